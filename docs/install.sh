#!/bin/sh
# Installs what the program tells of itself: its manual page, and completions for bash, zsh and fish.
# usage: install.sh NEUROMAPS SHARE
#
# Where the program cannot run, as when it was built for another machine, nothing is installed; without python3 no
# manual page is.
set -eu

neuromaps=$1
share=$2
"$neuromaps" --version >/dev/null 2>&1 || {
  echo "$neuromaps does not run here: no manual page and no completions are installed" >&2
  exit 0
}
stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT

put() { # FOLDER NAME: the staged file of that name, below the folder of shared files
  install -d "$share/$1"
  install -m 644 "$stage/$2" "$share/$1/$2"
}

"$neuromaps" completions bash >"$stage/neuromaps"
put bash-completion/completions neuromaps
"$neuromaps" completions zsh >"$stage/_neuromaps"
put zsh/site-functions _neuromaps
"$neuromaps" completions fish >"$stage/neuromaps.fish"
put fish/vendor_completions.d neuromaps.fish
if command -v python3 >/dev/null; then
  python3 "$(dirname "$0")/man.py" "$neuromaps" >"$stage/neuromaps.1"
  put man/man1 neuromaps.1
else
  echo "python3 is not there: no manual page is installed" >&2
fi
