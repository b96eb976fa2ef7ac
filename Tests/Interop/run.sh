#!/bin/sh
# Asks both tools the same questions, and has the Python toolbox read the example's data directory.
# usage: run.sh NEUROMAPS
set -eu

neuromaps=$1
here=$(cd "$(dirname "$0")" && pwd)
venv=$here/../../.build/interop-venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import neuromaps' 2>/dev/null || "$venv/bin/pip" install --quiet neuromaps==0.0.7

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export HOME="$work"
unset NEUROMAPS_DATA NEUROMAPS_MIRRORS
"$venv/bin/python" "$here/parity.py" "$neuromaps" --queries 200
