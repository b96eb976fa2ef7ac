#!/bin/sh
# Cites every map of the built-in catalog, and has the programs that people use read the result.
# usage: bibliography.sh NEUROMAPS
#
# Fails on any warning of bibtex, of biber or of pandoc, and if a paper gets lost on the way. What of them is
# missing is installed with apt-get where that may be; of bibtex and biber one is needed, and pandoc.
set -eu

neuromaps=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

install() {
  command -v apt-get >/dev/null || return 0
  [ "$(id -u)" = 0 ] || return 0
  echo "installing $*"
  # Of a machine whose package lists are old or gone, new ones are fetched first.
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >"$work/apt.log" 2>&1 && return 0
  apt-get update -qq >"$work/apt.log" 2>&1 || return 0
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >"$work/apt.log" 2>&1 || true
}
# The styles of bibtex come with texlive-base.
command -v bibtex >/dev/null || install texlive-binaries texlive-base
command -v biber >/dev/null || install biber
command -v pandoc >/dev/null || install pandoc

cd "$work"
export HOME="$work"
unset NEUROMAPS_DATA
export LC_ALL=C.UTF-8

"$neuromaps" cite '*/*/*/*' --format bibtex >all.bib
"$neuromaps" cite '*/*/*/*' --format csl-json >all.json
"$neuromaps" cite '*/*/*/*' --json >list.json
maps=$(python3 -c 'import json; print(len(json.load(open("list.json"))["maps"]))')
papers=$(python3 -c 'import json; print(len(json.load(open("list.json"))["references"]))')
listed=$("$neuromaps" list --restricted --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')
[ "$maps" = "$listed" ] || { echo "$maps maps cited, $listed in the catalog"; exit 1; }
grep -q spreng all.bib || { echo "the restricted map is not cited"; exit 1; }

failed=0
# check NAME WARNINGS PAPERS LOG
check() {
  echo "$1: $3 papers, $2 warnings"
  if [ "$2" != 0 ] || [ "$3" != "$papers" ]; then
    echo "  $papers papers and 0 warnings were expected:"
    sed 's/^/  /' "$4"
    failed=1
  fi
}

readers=0
if command -v bibtex >/dev/null; then
  readers=$((readers + 1))
  for style in plain unsrt alpha abbrv; do
    printf '\\relax\n\\citation{*}\n\\bibdata{all}\n\\bibstyle{%s}\n' "$style" >"$style.aux"
    bibtex "$style" >"$style.log" || true
    check "bibtex ($style)" "$(grep -c -i -E 'warning|error|---' "$style.log" || true)" \
      "$(grep -c '^.bibitem' "$style.bbl" || true)" "$style.log"
    # Half a letter, where a style took the first byte of a name, would end LaTeX.
    python3 -c 'import sys; open(sys.argv[1], encoding="utf-8").read()' "$style.bbl" 2>/dev/null ||
      { echo "  $style.bbl is not UTF-8"; failed=1; }
  done
fi
if command -v biber >/dev/null; then
  readers=$((readers + 1))
  biber --tool --validate-datamodel --nolog --output-file=biber.bib all.bib >biber.log 2>&1 || true
  check biber "$(grep -c -E '^(WARN|ERROR)' biber.log || true)" "$(grep -c '^@' biber.bib || true)" biber.log
  grep -q 'Štefan' biber.bib || { echo "  biber does not know a first letter"; failed=1; }
fi
[ "$readers" -gt 0 ] || { echo "neither bibtex nor biber is installed"; exit 1; }

command -v pandoc >/dev/null || { echo "pandoc is not installed"; exit 1; }
{
  printf -- '---\nnocite: "@*"\nbibliography: all.json\n---\n\n'
  # Each cited by its key, so that a key that pandoc cannot read is seen.
  python3 -c 'import json; [print("[@{%s}]" % i["id"], end="\n\n") for i in json.load(open("all.json"))]'
} >all.md
pandoc --citeproc --fail-if-warnings all.md -t plain --wrap=none >all.txt 2>pandoc.log || echo "exit $?" >>pandoc.log
pandoc --citeproc all.md -t html >all.html 2>>pandoc.log || true
check pandoc "$(grep -c . pandoc.log || true)" "$(grep -c 'class="csl-entry"' all.html || true)" pandoc.log
# `others` is no author.
if grep -n -w others all.txt | grep -v 'et al'; then echo "pandoc names an author called others"; failed=1; fi
grep -q 'et al' all.txt || { echo "pandoc cuts no list of authors short"; failed=1; }

[ "$failed" = 0 ] && echo "$maps maps, $papers papers: no warning"
exit "$failed"
