#!/bin/sh
# Syncs projects without a network, and has bids-validator and cffconvert read what describes their data directories.
# usage: bids.sh NEUROMAPS
#
# The two come from PyPI into .build/bids-venv; no other network is used. BIDS_PYTHON names a Python that has all of
# bids-requirements.txt already. That the toolbox finds its files beside these is tried by run.sh.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if [ -z "${BIDS_PYTHON:-}" ]; then
  venv=$root/.build/bids-venv
  BIDS_PYTHON=$venv/bin/python
  # A list that has changed is installed again; an install that broke off left no copy of it.
  if ! cmp -s "$here/bids-requirements.txt" "$venv/requirements.txt"; then
    echo "installing bids-validator and cffconvert into .build/bids-venv" >&2
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/bids-requirements.txt"
    cp "$here/bids-requirements.txt" "$venv/requirements.txt"
  fi
fi
export PYTHONDONTWRITEBYTECODE=1
exec "$BIDS_PYTHON" "$here/bids.py" "$(realpath "$1")"
