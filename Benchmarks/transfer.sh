#!/bin/sh
# How long a cold `neuromaps sync --locked` takes beside curl, curl and sha256sum, aria2c and pooch, in the same run.
# usage: transfer.sh NEUROMAPS [OPTIONS of transfer.py]    (needs nginx, curl, aria2c and python3 3.11)
# Sets a (124 files, 180 MB), b (2,000 of 50 KiB) and c (one of 1 GiB), then a and b with a round trip of 50 ms.
set -eu

need() {
    command -v "$1" >/dev/null || { echo "error: $1 is missing; install the package $2" >&2; exit 1; }
}

neuromaps=${1:?usage: transfer.sh NEUROMAPS [OPTIONS of transfer.py]}
shift
here=$(cd "$(dirname "$0")" && pwd)
PATH=$PATH:/usr/sbin
need nginx nginx
need curl curl
need aria2c aria2
need sha256sum coreutils
need python3 python3
python3 -c 'import ensurepip' 2>/dev/null || { echo "error: venv is missing; install python3-venv" >&2; exit 1; }

venv=$(dirname "$here")/.build/bench-venv
if ! "$venv/bin/python" -c 'import pooch, requests' 2>/dev/null; then
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet pooch==1.8.2 requests
fi

exec python3 "$here/transfer.py" "$neuromaps" --pooch-python "$venv/bin/python" "$@"
