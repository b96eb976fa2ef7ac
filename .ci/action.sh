#!/bin/sh
# What the steps of action.yml do, a word each; docs/ci.md tells what for.
# usage: action.sh find|install|check|sync|prune|summary
#
# Inputs come as INPUT_… and never as a part of a script, so that nothing in them is run.
set -euf

action=$(cd "$(dirname "$0")/.." && pwd)
if command -v sha256sum >/dev/null; then sha256=sha256sum; else sha256='shasum -a 256'; fi

output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }
fail() { # exit code, message
  echo "::error title=neuromaps::$2" >&2
  exit "$1"
}

# The program.

# Where it is to come from: the PATH, or a build of these sources, or of those of another version.
find_program() {
  if [ -z "$INPUT_VERSION" ] && program=$(command -v neuromaps); then
    echo "found $program"
    output build false
    return
  fi
  source=$action
  if [ -n "$INPUT_VERSION" ]; then
    source=$RUNNER_TEMP/neuromaps-source
    fetch "$INPUT_VERSION" "$source"
  fi
  output build true
  output source "$source"
  output program "$RUNNER_TEMP/neuromaps-program"
  output key "neuromaps-program-$RUNNER_OS-$RUNNER_ARCH-$(system)-$(sources "$source")"
}

fetch() { # a branch, tag or commit of the action's repository, a folder
  case $action in
    # Here the runner unpacks actions: owner, name, version. One that is used as ./ is the repository itself.
    */_actions/*/*/*) repository=$(echo "${action##*/_actions/}" | cut -d / -f 1-2) ;;
    *) repository=$GITHUB_REPOSITORY ;;
  esac
  rm -rf "$2"
  git init -q "$2"
  git -C "$2" fetch -q --depth 1 -- "$GITHUB_SERVER_URL/$repository" "$1"
  git -C "$2" checkout -q FETCH_HEAD
}

# A program runs where it was built, or on later systems of the kind.
system() {
  if [ -r /etc/os-release ]; then
    (. /etc/os-release && echo "$ID-${VERSION_ID:-rolling}")
  else
    sw_vers -productVersion | cut -d . -f 1
  fi
}

sources() { # one digest of all that a program is built from
  (cd "$1" && find Makefile Package.swift Sources -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 $sha256) |
    $sha256 | cut -c 1-16
}

install_program() {
  if [ ! -x "$PROGRAM/neuromaps" ]; then
    build "$SOURCE"
    mkdir -p "$PROGRAM"
    cp "$SOURCE/.build/release/neuromaps" "$PROGRAM/neuromaps"
  fi
  "$PROGRAM/neuromaps" --version
  echo "$PROGRAM" >>"$GITHUB_PATH"
}

build() { # with the machine's Swift if it is new enough, else with that of a container
  wanted=$(sed -n 's,^// swift-tools-version: *,,p' "$1/Package.swift")
  has=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  if [ -n "$has" ] && [ "$(printf '%s\n' "$wanted" "$has" | sort -V | head -n 1)" = "$wanted" ]; then
    make -C "$1" build
  elif command -v docker >/dev/null && [ -r /etc/os-release ]; then
    image=swift:$wanted-$(. /etc/os-release && echo "$VERSION_CODENAME")
    echo "building with Swift of the container $image"
    docker run --rm --volume "$1:$1" --workdir "$1" "$image" sh -euc '
      apt-get update -qq && apt-get install -qq -y make >/dev/null
      make build
      chown -R "$0" .' "$(id -u):$(id -g)"
  else
    fail 1 "neuromaps is built with Swift $wanted, and there is neither that nor docker"
  fi
}

# The maps.

check() {
  neuromaps lock --check
  # So there is one, here or above.
  lock=neuromaps.lock
  while [ ! -e "$lock" ]; do lock=../$lock; done
  case $INPUT_CACHE in
    always) cache=true ;;
    never) cache=false ;;
    auto)
      cache=true
      # Who opens a pull request can read what the base branch has cached.
      if grep -q '^  restricted: true$' "$lock"; then
        echo "the lock has restricted maps, so the store is not cached; \`cache: always\` is for private repositories"
        cache=false
      fi
      ;;
    *) fail 64 "\`cache\` takes auto, always or never, not \`$INPUT_CACHE\`" ;;
  esac
  output cache "$cache"
  [ "$cache" = true ] || return 0
  # What is cached is what this run has brought, and not what else the machine's own store may hold.
  store=${NEUROMAPS_CACHE_DIR:-$RUNNER_TEMP/neuromaps-store}
  echo "NEUROMAPS_CACHE_DIR=$store" >>"$GITHUB_ENV"
  # What is synced depends on these, too; a store with less must not stand for one with more.
  digest=$({ cat "$lock" && echo "$INPUT_GROUPS;$INPUT_ARGS"; } | $sha256 | cut -c 1-16)
  output store "$(neuromaps cache dir --cache-dir "$store")"
  output key "neuromaps-store-$RUNNER_OS-$digest"
  output restore "neuromaps-store-$RUNNER_OS-"
}

group_options() {
  case " $INPUT_GROUPS " in
    *' all '*) echo '--all-groups' ;;
    *) for group in $INPUT_GROUPS; do echo "--group $group"; done ;;
  esac
}

sync_maps() {
  neuromaps sync --locked $(group_options) $INPUT_ARGS
}

# Asks once more what is there, for programs; what went wrong has been told where it happened.
summary() {
  results=$(mktemp -d)
  trap 'rm -rf "$results"' EXIT
  GITHUB_ACTIONS='' neuromaps sync --locked --quiet --json $(group_options) $INPUT_ARGS >"$results/sync.json"
  # Maps that were left out as asked are missing, which is no error here.
  GITHUB_ACTIONS='' neuromaps verify --json $(group_options) >"$results/verify.json" 2>"$results/errors" ||
    [ $? = 4 ] || { cat "$results/errors" >&2 && exit 1; }
  GITHUB_ACTIONS='' neuromaps cite --format markdown >"$results/cite.md" ||
    echo "::warning title=neuromaps::cannot tell what to cite"
  python3 "$action/.ci/summary.py" "$results" || {
    status=$?
    [ "$status" != 4 ] || neuromaps verify $(group_options)
    exit "$status"
  }
}

case ${1:-} in
  find) find_program ;;
  install) install_program ;;
  check) check ;;
  sync) sync_maps ;;
  prune) neuromaps cache prune ;;
  summary) summary ;;
  *) fail 64 'usage: action.sh find|install|check|sync|prune|summary' ;;
esac
