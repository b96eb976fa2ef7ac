#!/bin/sh
# Compares the JSON Schemas with the readers, and what is said of images with nibabel and numpy; then asks this program
# and the Python toolbox the same, and has each use the other's data directory.
# usage: run.sh NEUROMAPS [--queries N] [--seed N] [--only PART]
#
# The toolbox comes from PyPI into .build/interop-venv; no other network is used. INTEROP_PYTHON names a Python that
# has all of requirements.txt already. NEUROMAPS_REAL_DATA=DIR, a data directory with real maps, has those tried too.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
if [ -z "${INTEROP_PYTHON:-}" ]; then
  venv=$root/.build/interop-venv
  INTEROP_PYTHON=$venv/bin/python
  # A list that has changed is installed again; an install that broke off left no copy of it.
  if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
    echo "installing the Python toolbox into .build/interop-venv" >&2
    python3 -c 'import ensurepip, venv' 2>/dev/null || {
      # Debian and Ubuntu have these two in a package of their own.
      sudo=''
      [ "$(id -u)" = 0 ] || sudo='sudo'
      $sudo apt-get install -qq -y python3-venv >/dev/null 2>&1 ||
        { $sudo apt-get update -qq && $sudo apt-get install -qq -y python3-venv >/dev/null; }
    }
    python3 -m venv --clear "$venv"
    "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/requirements.txt"
    cp "$here/requirements.txt" "$venv/requirements.txt"
  fi
fi
export PYTHONDONTWRITEBYTECODE=1
"$INTEROP_PYTHON" "$here/schemas.py" "$1"
"$INTEROP_PYTHON" "$here/images.py" "$1"
exec "$INTEROP_PYTHON" "$here/parity.py" "$@"
