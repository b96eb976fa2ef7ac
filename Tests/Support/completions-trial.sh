#!/bin/bash
# Has bash, zsh and fish complete lines with the scripts that the program prints, and checks the manual page.
# usage: completions-trial.sh NEUROMAPS
#
# Each line is typed in each shell, in a project whose lab catalog also holds what a shell might run; the shells must
# offer the same. What of zsh, fish and mandoc is missing is installed with apt-get where that may be.
set -euo pipefail

neuromaps=$(realpath "$1")
top=$(realpath "$(dirname "$0")/../..")
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
for tool in zsh fish mandoc; do
  command -v "$tool" >/dev/null || install "$tool"
  command -v "$tool" >/dev/null || { echo "$tool is not there"; exit 1; }
done

failed=0
fail() {
  echo "  $*"
  failed=1
}

# The world: a program on PATH, a home, no network, and a project.
mkdir -p "$work/bin" "$work/home" "$work/zsh" "$work/project/studies" "$work/project/figures" "$work/project/cache"
ln -s "$neuromaps" "$work/bin/neuromaps"
export PATH="$work/bin:$PATH" HOME="$work/home" XDG_CACHE_HOME="$work/cache" LC_ALL=C.UTF-8
export HTTPS_PROXY=http://127.0.0.1:1 NEUROMAPS_OSF_URL=http://127.0.0.1:1
unset NEUROMAPS_DATA NEUROMAPS_CACHE_DIR
cd "$work/project"
cat >neuromaps.yaml <<'YAML'
version: 1
data_dir: data
catalogs: [{path: lab.yaml}]
annotations: [margulies2016/fcgradient01/fsLR/32k, margulies2016/fcgradient02/fsLR/32k, lab/one/MNI152/2mm]
atlases: [fsLR/32k, regfusion]
groups:
  figures: {annotations: [abagen/genepc1/fsaverage/10k]}
YAML
cat >lab.yaml <<'YAML'
version: 1
name: lab
revision: "1"
maps:
  - map: lab/one/MNI152/2mm
    tags: [PET, "two words", "$(touch gone)", "`touch gone`", "; touch gone", "*", "~"]
    files: [{url: one.nii.gz, md5: 00000000000000000000000000000000}]
YAML
neuromaps lock --offline --quiet --cache-dir "$work/store"
for shell in bash zsh fish; do neuromaps completions "$shell" >"$work/script.$shell"; done
cp "$work/script.zsh" "$work/zsh/_neuromaps"
before=$(find . -exec ls -ld {} +)

# Each of the following prints what a shell offers at the end of a line, one a line; then `+` and the line as it
# becomes if the shell goes on typing, where that can be told.

# bash: as readline calls the function that `complete` names.
ask_bash() {
  bash --norc --noprofile -c '
    source "$1"
    COMP_LINE=$2 COMP_POINT=${#2} COMP_WORDS=() space=" " are_names=false
    compopt() { if [ "$2" = nospace ]; then space=; elif [ "$2" = filenames ]; then are_names=true; fi; }
    read -ra COMP_WORDS <<<"$2"
    [[ $2 != *" " ]] || COMP_WORDS+=("")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    name=$(complete -p neuromaps | sed "s/.* -F \([^ ]*\) .*/\1/")
    "$name" neuromaps "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
    (( ${#COMPREPLY[@]} == 0 )) || printf "%s\n" "${COMPREPLY[@]}" | sed "s/\\\\\(.\)/\1/g" | sort -u
    word=${COMP_WORDS[COMP_CWORD]}
    # So does readline.
    if $are_names && [ -d "${COMPREPLY[0]}" ]; then space=/; fi
    [ ${#COMPREPLY[@]} != 1 ] || echo "+${2%"$word"}${COMPREPLY[0]}$space"
    [ -z "$(trap -p RETURN)" ] || echo "a trap is left behind"
  ' bash "$work/script.bash" "$1" 2>&1
}

# zsh: a shell on a terminal of its own, in which the line is completed as it begins to be edited.
cat >"$work/zsh/.zshrc" <<'ZSH'
fpath=("$ZDOTDIR" $fpath)
autoload -Uz compinit
compinit -u -D
setopt no_auto_list no_auto_menu no_list_beep no_beep
compadd() {
  # Where it is asked to store or to remove, it offers nothing.
  if [[ -z ${(M)@[1,(i)(-|--)]:#-(O|A|D)} ]]; then
    local -a offered
    builtin compadd -A offered "$@"
    print -rl -- $offered >>$ANSWER
  fi
  builtin compadd "$@"
}
zle-line-init() {
  BUFFER=$LINE CURSOR=$#LINE
  zle complete-word
  print -r -- "+$BUFFER" >>$ANSWER
  exit
}
zle -N zle-line-init
ZSH
ask_zsh() {
  ANSWER="$work/answer" LINE="$1" ZDOTDIR="$work/zsh" TERM=vt100 zsh -f -c '
    rm -f $ANSWER; touch $ANSWER
    zmodload zsh/zpty
    zpty shell zsh -d -i
    while zpty -r shell; do :; done >$ANSWER.screen'
  grep -v '^+' "$work/answer" | sed 's/\\\(.\)/\1/g' | grep . | sort -u || true
  # If the line has not changed, or only as far as all that is offered begins alike, it says nothing.
  [ "$(grep -v '^+' "$work/answer" | sort -u | grep -c .)" != 1 ] || grep '^+' "$work/answer"
}

# fish: it has a command for it.
ask_fish() {
  fish --no-config -c 'source $argv[1]; complete -C $argv[2]' "$work/script.fish" "$1" 2>&1 | cut -f 1 |
    sed 's/\\\(.\)/\1/g' | sort -u
}

# expect LINE [OFFER...]: exactly these are offered, whatever the shell
expect() {
  line=$1
  shift
  wanted=$( (( $# == 0 )) || printf '%s\n' "$@" | sort -u)
  for shell in bash zsh fish; do
    got=$("ask_$shell" "$line" | grep -v '^+' | sed 's|^studies/$|studies|' || true)
    [ "$got" = "$wanted" ] || fail "$shell: \`$line\` offers [${got//$'\n'/, }], not [${wanted//$'\n'/, }]"
  done
  echo "$line: $*"
}

# becomes LINE LINE: the only offer is typed, with or without a space behind it (fish does it in its editor alone)
becomes() {
  for shell in bash zsh; do
    got=$("ask_$shell" "$1" | sed -n 's/^+//p')
    [ "$got" = "$2" ] || fail "$shell: \`$1\` becomes \`$got\`, not \`$2\`"
  done
  echo "$1: becomes \`$2\`"
}

expect "neuromaps inf" info
expect "neuromaps cache pr" prune
expect "neuromaps sync --rep" --repair
expect "neuromaps info aba" abagen/
expect "neuromaps info abagen/" abagen/genepc1/
expect "neuromaps info abagen/genepc1/fsaverage/" abagen/genepc1/fsaverage/10k
expect "neuromaps info --json abagen/genepc1/fsaverage/10k lab" lab/
expect "neuromaps info nothing/"
expect "neuromaps path " abagen/ fsLR/ lab/ margulies2016/ regfusion
expect "neuromaps path margulies2016/" margulies2016/fcgradient01/ margulies2016/fcgradient02/
expect "neuromaps lock --upgrade-map fsLR/" fsLR/32k
expect "neuromaps sync --group " figures
expect "neuromaps sync --link-mode re" reflink
expect "neuromaps list --source beliv" beliveau2017
expect "neuromaps list --space fsaverage --source ab" abagen
expect "neuromaps list --source lab --tag " PET "two words"
expect "neuromaps list --tag PET --tag rec" receptors
expect "neuromaps fetch --atlas regf" regfusion
expect "neuromaps cite --format bib" bibtex
expect "neuromaps list --project stud" studies
expect "neuromaps path --project nowhere "
expect "neuromaps completions fi" fish

becomes "neuromaps info aba" "neuromaps info abagen/"
becomes "neuromaps info abagen/genepc1/fsaverage/" "neuromaps info abagen/genepc1/fsaverage/10k "
becomes "neuromaps cach" "neuromaps cache "
becomes "neuromaps sync --group fig" "neuromaps sync --group figures "
becomes "neuromaps list --tag two" "neuromaps list --tag two\\ words "
becomes "neuromaps list --project stud" "neuromaps list --project studies/"
becomes "neuromaps list --source beliv" "neuromaps list --source beliveau2017 "

# Nothing is written, nothing run, and nothing said of what is wrong.
[ ! -e gone ] || fail "something of the catalog was run"
[ ! -e "$work/cache" ] || fail "a completion has made a store"
[ "$(find . -exec ls -ld {} +)" = "$before" ] || fail "the project has changed"
echo "annotations: [" >neuromaps.yaml
echo "<<<<<<<" >neuromaps.lock
expect "neuromaps path m"
expect "neuromaps sync --group "
expect "neuromaps info aba" abagen/
ln -sf /bin/false "$work/bin/neuromaps"
expect "neuromaps info aba"
rm "$work/bin/neuromaps"
expect "neuromaps info aba"

# The manual page, by the strict reader and the common one.
python3 "$top/docs/man.py" "$neuromaps" >"$work/neuromaps.1"
mandoc -T utf8 "$work/neuromaps.1" | sed 's/.\x08//g' >"$work/neuromaps.txt"
mandoc -T lint -W warning "$work/neuromaps.1" || fail "mandoc finds fault with the manual page"
for heading in NAME SYNOPSIS COMMANDS ENVIRONMENT FILES "EXIT STATUS" "SEE ALSO"; do
  grep -q "^$heading" "$work/neuromaps.txt" || fail "the manual page has no $heading"
done
if command -v groff >/dev/null; then
  warnings=$(groff -mandoc -T utf8 -ww -z "$work/neuromaps.1" 2>&1)
  [ -z "$warnings" ] || fail "$warnings"
fi
echo "the manual page has $(grep -c . "$work/neuromaps.1") lines"

[ "$failed" = 0 ] && echo "bash, zsh and fish complete alike"
exit "$failed"
