#!/bin/sh
# Locks and syncs the example in a copy of it, with no network, and shows what comes of it.
# usage: demo.sh NEUROMAPS
set -eu

neuromaps=$1
example=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$example/lab" "$example/neuromaps.yaml" "$work"
cd "$work"
export NEUROMAPS_CACHE_DIR="$work/store"
unset NEUROMAPS_DATA NEUROMAPS_MIRRORS

show() {
  printf '\n$ neuromaps %s\n' "$*"
  "$neuromaps" "$@"
}

show lock
show sync
show sync --locked
show status
show verify
printf '\n$ find data -type f\n'
find data -type f -not -path '*/.neuromaps/*' | sort
show path examplelab/depth/fsaverage/10k | sed "s|$work|.|"
