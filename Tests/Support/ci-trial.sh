#!/bin/sh
# Runs the steps of action.yml, the workflows of docs/ci.md and the hook of pre-commit on this machine, with no network.
# usage: ci-trial.sh NEUROMAPS
#
# What reads YAML, and pre-commit, come from PyPI into .build/ci-trial-venv; git must be there.
set -eu

neuromaps=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)/ci-trial
root=$(cd "$here/../../.." && pwd)
venv=$root/.build/ci-trial-venv
# A list that has changed is installed again; an install that broke off left no copy of it.
if ! cmp -s "$here/requirements.txt" "$venv/requirements.txt"; then
  echo "installing pre-commit and check-jsonschema into .build/ci-trial-venv" >&2
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
export PYTHONDONTWRITEBYTECODE=1
exec "$venv/bin/python" "$here/trial.py" "$neuromaps"
