#!/bin/sh
# Installs the headers of libyaml, libarchive, expat, libpng and zlib, and pkg-config to find them, if they are not there.
# Does nothing on a machine that has them.
set -eu

has() { # a package of pkg-config and its header
  command -v pkg-config >/dev/null || return 1
  printf '#include <%s>\n' "$2" | "${CC:-clang}" $(pkg-config --cflags "$1" 2>/dev/null) -E - >/dev/null 2>&1
}
has_all() { has yaml-0.1 yaml.h && has libarchive archive.h && has expat expat.h && has libpng png.h && has zlib zlib.h; }

has_all && exit 0

sudo=''
[ "$(id -u)" = 0 ] || sudo='sudo'
packages='libyaml-dev libarchive-dev libexpat1-dev libpng-dev zlib1g-dev pkg-config'
if command -v apt-get >/dev/null; then
  echo "installing $packages" >&2
  # A list of packages that is too old to have them is renewed once.
  $sudo apt-get install -qq -y $packages >/dev/null 2>&1 ||
    { $sudo apt-get update -qq && $sudo apt-get install -qq -y $packages >/dev/null; }
elif command -v brew >/dev/null; then
  echo "installing libyaml, libarchive, expat and libpng" >&2
  brew install libyaml libarchive expat libpng pkg-config
fi
has_all || {
  echo "error: pkg-config or the headers of libyaml, libarchive, expat, libpng or zlib are missing; install pkg-config with libyaml-dev, libarchive-dev, libexpat1-dev, libpng-dev and zlib1g-dev (Debian), libyaml-devel, libarchive-devel, expat-devel, libpng-devel and zlib-devel (Fedora), or libyaml, libarchive, expat and libpng (Homebrew)" >&2
  exit 1
}
