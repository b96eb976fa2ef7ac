#!/bin/sh
# How long a satisfied sync takes, against `git status` in the same folder, in the same run.
# usage: no-op.sh NEUROMAPS    (needs hyperfine and git)
set -eu

neuromaps=$1
command -v hyperfine >/dev/null || { echo "error: hyperfine is missing; install the package hyperfine" >&2; exit 1; }
example=$(cd "$(dirname "$0")/../examples/quickstart" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$example/lab" "$example/neuromaps.yaml" "$work"
cd "$work"
export NEUROMAPS_CACHE_DIR="$work/store" HOME="$work"
unset NEUROMAPS_DATA NEUROMAPS_MIRRORS
"$neuromaps" sync --quiet
git init --quiet .
git add --all
git -c user.name=bench -c user.email=bench@example.org commit --quiet --message data
hyperfine --shell=none --warmup 5 --runs 100 "$neuromaps sync" "git status" "$neuromaps --version" /bin/true
