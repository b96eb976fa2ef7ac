#!/bin/sh
# Opens a page of `neuromaps report` in Chromium, without a network, and works it as a person would.
# usage: report-trial.sh PAGE [SCREENSHOTS]
#
# Chromium is installed with apt-get where it is missing; what drives it comes from PyPI into .build/report-trial-venv.
# Screenshots, and the page as it is printed, are left in .build/report-trial, or where the second argument says.
set -eu

page=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
shots=${2:-$root/.build/report-trial}
venv=$root/.build/report-trial-venv

browser() {
  for name in "${CHROMIUM:-chromium}" chromium-browser google-chrome; do
    command -v "$name" && return 0
  done
  return 1
}
missing=''
browser >/dev/null || missing="$missing chromium"
command -v pdftotext >/dev/null || missing="$missing poppler-utils"
python3 -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
if [ -n "$missing" ] && command -v apt-get >/dev/null; then
  echo "installing$missing" >&2
  sudo=''
  [ "$(id -u)" = 0 ] || sudo='sudo'
  $sudo apt-get install -qq -y $missing >/dev/null 2>&1 ||
    { $sudo apt-get update -qq && $sudo apt-get install -qq -y $missing >/dev/null; }
fi
chromium=$(browser) || { echo "error: chromium is not there; CHROMIUM names one" >&2; exit 1; }

# A list that has changed is installed again; an install that broke off left no copy of it.
if ! cmp -s "$here/report-trial/requirements.txt" "$venv/requirements.txt"; then
  echo "installing playwright and axe into .build/report-trial-venv" >&2
  python3 -m venv --clear "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r "$here/report-trial/requirements.txt"
  cp "$here/report-trial/requirements.txt" "$venv/requirements.txt"
fi
mkdir -p "$shots"
export PYTHONDONTWRITEBYTECODE=1
exec "$venv/bin/python" "$here/report-trial.py" "$page" "$chromium" "$shots"
