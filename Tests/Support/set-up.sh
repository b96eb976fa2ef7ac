#!/bin/sh
# Installs libyaml's headers, and pkg-config to find them, if they are not there. Does nothing on a machine that has them.
set -eu

has_libyaml() {
  command -v pkg-config >/dev/null || return 1
  printf '#include <yaml.h>\n' | "${CC:-clang}" $(pkg-config --cflags yaml-0.1 2>/dev/null) -E - >/dev/null 2>&1
}

has_libyaml && exit 0

sudo=''
[ "$(id -u)" = 0 ] || sudo='sudo'
if command -v apt-get >/dev/null; then
  echo "installing libyaml-dev" >&2
  # A list of packages that is too old to have it is renewed once.
  $sudo apt-get install -qq -y libyaml-dev pkg-config >/dev/null 2>&1 ||
    { $sudo apt-get update -qq && $sudo apt-get install -qq -y libyaml-dev pkg-config >/dev/null; }
elif command -v brew >/dev/null; then
  echo "installing libyaml" >&2
  brew install libyaml pkg-config
fi
has_libyaml || {
  echo "error: libyaml's headers or pkg-config are missing; install pkg-config and libyaml-dev (Debian), libyaml-devel (Fedora) or libyaml (Homebrew)" >&2
  exit 1
}
