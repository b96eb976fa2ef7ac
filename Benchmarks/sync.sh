#!/bin/sh
# How long syncs take that find everything in place or in the store, beside git, uv, dvc, cp and sha256sum, in the same
# run; and how time and memory grow with the number of files.
# usage: sync.sh NEUROMAPS [OPTIONS of sync.py]    (needs git and python3 3.11)
# The rivals of the comparison `noop` (uv, dvc, the Python toolbox) come from PyPI into .build/bench-rivals, an
# environment each. One that cannot be had is left out.
set -eu

need() {
    command -v "$1" >/dev/null || { echo "error: $1 is missing; install the package $2" >&2; exit 1; }
}

neuromaps=${1:?usage: sync.sh NEUROMAPS [OPTIONS of sync.py]}
shift
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
rivals=$root/.build/bench-rivals
need git git
need sha256sum coreutils
need python3 python3
[ "$neuromaps" != --help ] || exec python3 "$here/sync.py" --help

# rival NAME WORD...: an environment with what pip installs for these words; made again when they change.
rival() {
    name=$1 venv=$rivals/$1
    shift
    [ "$(cat "$venv/installed" 2>/dev/null)" != "$*" ] || return 0
    echo "installing $name into .build/bench-rivals" >&2
    python3 -m venv --clear "$venv" && "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" &&
        echo "$*" >"$venv/installed" || echo "warning: $name cannot be installed" >&2
}

case "$*" in
*--only*noop*) wanted=yes ;;
*--only*) wanted=no ;;
*) wanted=yes ;;
esac
if [ "$wanted" = yes ]; then
    python3 -c 'import ensurepip' 2>/dev/null || { echo "error: venv is missing; install python3-venv" >&2; exit 1; }
    mkdir -p "$rivals"
    rival uv uv==0.13.9
    rival dvc dvc==3.67.1
    rival toolbox -r "$root/Tests/Interop/requirements.txt"
fi

exec python3 "$here/sync.py" "$neuromaps" --rivals "$rivals" "$@"
