#!/bin/sh
# Cites every map of the built-in catalog, then a catalog full of signs that LaTeX gives a meaning, and has the
# programs that people use read the results.
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
  # Where the package lists are old or missing, new ones are fetched first.
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >"$work/apt.log" 2>&1 && return 0
  apt-get update -qq >"$work/apt.log" 2>&1 || return 0
  DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >"$work/apt.log" 2>&1 || true
}
# The styles of bibtex come with texlive-base.
command -v bibtex >/dev/null || install texlive-binaries texlive-base
command -v biber >/dev/null || install biber
command -v pandoc >/dev/null || install pandoc
command -v bibtex >/dev/null || command -v biber >/dev/null || { echo "neither bibtex nor biber is there"; exit 1; }
command -v pandoc >/dev/null || { echo "pandoc is not there"; exit 1; }

cd "$work"
export HOME="$work" LC_ALL=C.UTF-8
unset NEUROMAPS_DATA
failed=0

# fail WORDS
fail() {
  echo "  $1"
  failed=1
}

# count FILE LIST: how many items a list of `neuromaps cite --json` has
count() { python3 -c 'import json, sys; print(len(json.load(open(sys.argv[1]))[sys.argv[2]]))' "$1" "$2"; }

# check READER WARNINGS FOUND PAPERS LOG
check() {
  echo "$1: $3 papers, $2 warnings"
  [ "$2" = 0 ] && [ "$3" = "$4" ] && return 0
  fail "$4 papers and no warning were expected:"
  sed 's/^/  /' "$5"
}

# read_by_all NAME: NAME.bib by bibtex and biber, NAME.json by pandoc
read_by_all() {
  papers=$(count "$1.list" references)
  if command -v bibtex >/dev/null; then
    for style in plain unsrt alpha abbrv; do
      printf '\\relax\n\\citation{*}\n\\bibdata{%s}\n\\bibstyle{%s}\n' "$1" "$style" >"$1-$style.aux"
      bibtex "$1-$style" >"$style.log" || true
      check "$1: bibtex ($style)" "$(grep -c -i -E 'warning|error|---' "$style.log" || true)" \
        "$(grep -c '^.bibitem' "$1-$style.bbl" || true)" "$papers" "$style.log"
      # Half a letter, where a style took the first byte of a name, would end LaTeX.
      python3 -c 'import sys; open(sys.argv[1], encoding="utf-8").read()' "$1-$style.bbl" 2>/dev/null ||
        fail "$1-$style.bbl is not UTF-8"
    done
  fi
  if command -v biber >/dev/null; then
    biber --tool --validate-datamodel --nolog --output-file="$1-biber.bib" "$1.bib" >biber.log 2>&1 || true
    check "$1: biber" "$(grep -c -E '^(WARN|ERROR)' biber.log || true)" \
      "$(grep -c '^@' "$1-biber.bib" || true)" "$papers" biber.log
  fi
  {
    printf -- '---\nnocite: "@*"\nbibliography: %s.json\n---\n\n' "$1"
    # Each is cited by its key, so that a key that pandoc cannot read is seen.
    python3 -c 'import json, sys
for item in json.load(open(sys.argv[1])): print("[@{%s}]" % item["id"], end="\n\n")' "$1.json"
  } >"$1.md"
  pandoc --citeproc --fail-if-warnings "$1.md" -t html --wrap=none >"$1.html" 2>pandoc.log || echo "exit $?" >>pandoc.log
  pandoc --citeproc "$1.md" -t plain --wrap=none >"$1.txt" 2>/dev/null || true
  check "$1: pandoc" "$(grep -c . pandoc.log || true)" "$(grep -c 'class="csl-entry"' "$1.html" || true)" \
    "$papers" pandoc.log
}

# All maps, the restricted one included.
"$neuromaps" cite '*/*/*/*' --format bibtex >all.bib
"$neuromaps" cite '*/*/*/*' --format csl-json >all.json
"$neuromaps" cite '*/*/*/*' --json >all.list
maps=$(count all.list maps)
listed=$("$neuromaps" list --restricted --json | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')
[ "$maps" = "$listed" ] || fail "$maps maps cited, $listed in the catalog"
grep -q spreng all.bib || fail "the restricted map is not cited"
read_by_all all
# `others` is no author, a formula keeps its capitals, and a first letter is whole.
if grep -w others all.txt; then fail "pandoc names an author called others"; fi
grep -q 'et al' all.txt || fail "pandoc cuts no list of authors short"
grep -q '5-HT1B' all.txt || fail "pandoc changes the letters of a formula"
[ ! -f all-biber.bib ] || grep -q 'Štefan' all-biber.bib || fail "biber does not know a first letter"

# Signs.
mkdir signs
cat >signs/neuromaps.yaml <<'YAML'
version: 1
builtin: false
catalogs: [{path: signs.yaml}]
YAML
cat >signs/signs.yaml <<'YAML'
version: 1
name: signs
revision: "1"
cite: ["d:1.0"]
caution: "100% of it: write to a@b.org, @article{x, or {not}."
references:
  "a b,{c}": {type: article, authors: ["Smith and Sons, J", "{House}", others], year: "2020",
    title: "} 100% of {a} & #1 $x_y ~ ^ \\ @ \"q\" <b> ’", journal: "A & B", volume: "1", pages: "1-2"}
  "A B,{C}": {type: article, authors: ["Öst, Émile", "Łuk, Šime"], year: "2021", title: "Другая", journal: J}
  "d:1.0": {type: misc, authors: [Body of People], year: "2022", title: "é", url: "https://x.org/a_b%20{c}#d",
    doi: "doi:10.1/(a)<b>_c;2-#", publisher: "P & Q"}
maps:
  - map: a/b/MNI152/2mm
    primary: ["a b,{c}"]
    secondary: ["A B,{C}"]
    files: [{url: v, md5: 00000000000000000000000000000000}]
YAML
"$neuromaps" cite --project signs '*/*/*/*' --format bibtex >signs.bib
"$neuromaps" cite --project signs '*/*/*/*' --format csl-json >signs.json
"$neuromaps" cite --project signs '*/*/*/*' --json >signs.list
[ "$(count signs.list references)" = 3 ] || fail "a paper of the signs is lost"
read_by_all signs

[ "$failed" = 0 ] && echo "$maps maps, $(count all.list references) papers: no warning"
exit "$failed"
