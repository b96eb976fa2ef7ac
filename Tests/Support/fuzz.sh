#!/bin/sh
# Gives the readers of the manifest, the lock, catalogs, OSF's answers and images inputs of all kinds, made by libFuzzer,
# and ends when one crashes, hangs, takes too much memory or breaks a promise (Tests/Support/ReaderChecks).
# usage: fuzz.sh [--seconds N] [--reader NAME]... [--address] [--keep]
#   --seconds N   for each reader; 60 unless said
#   --reader NAME manifest, lock, catalog, osf, nifti or gifti; all unless said
#   --address     with AddressSanitizer too, which is slower and finds misuse of memory by the C below
#   --keep        afterwards adds what was found to Tests/FuzzTests/Corpus, as far as it leads along new ways
# Each run goes on from what earlier ones found, in .build/fuzz. Needs a toolchain of swift.org, as Xcode's has no
# libFuzzer.
set -eu

cd "$(dirname "$0")/../.."
seconds=60 readers='' sanitizers=fuzzer keep=no
while [ $# -gt 0 ]; do
  case $1 in
  --seconds) seconds=${2:?--seconds takes a number} && shift ;;
  --reader) readers="$readers ${2:?--reader takes a name}" && shift ;;
  --address) sanitizers=fuzzer,address ;;
  --keep) keep=yes ;;
  *) sed -n '/^# usage/,/^#   --keep/s/^# //p' "$0" >&2 && exit 64 ;;
  esac
  shift
done

kept=Tests/FuzzTests/Corpus
dictionaries=Tests/FuzzTests/Dictionaries
work=$PWD/.build/fuzz
build=$work/$sanitizers
known=$(ls "$kept")
for reader in ${readers:=$known}; do
  [ -d "$kept/$reader" ] || { echo "error: no reader $reader; there are:" $known >&2 && exit 64; }
done

# With its checks of overflows, bounds and exclusive access, and the standard library's of debug builds.
NEUROMAPS_FUZZ=$sanitizers ${SWIFT:-swift} build -c release --scratch-path "$build" --product fuzz-readers
program=$build/release/fuzz-readers

# fuzz READER ARGUMENT...: the program, with options of libFuzzer; Swift's report of a crash would keep that from
# writing the input down.
fuzz() {
  reader=$1 && shift
  NEUROMAPS_FUZZ_READER=$reader SWIFT_BACKTRACE=enable=no "$program" -max_len=65536 -timeout=10 -rss_limit_mb=2048 \
    -dict="$work/$reader/words" -artifact_prefix="$work/$reader/failed/" "$@"
}

total=0 failed=''
for reader in $readers; do
  mkdir -p "$work/$reader/found" "$work/$reader/failed"
  cat "$dictionaries"/yaml.dict "$dictionaries/$reader.dict" >"$work/$reader/words"
  log=$work/$reader/log
  echo "fuzzing $reader for $seconds s" >&2
  if fuzz "$reader" -max_total_time="$seconds" -print_final_stats=1 -verbosity=1 "$work/$reader/found" "$kept/$reader" \
    >"$log" 2>&1; then
    result='no failure'
  else
    result="FAILED, see $log"
    failed=yes
    grep -e 'Fatal error' -e '^SUMMARY' "$log" >&2 || true
    input=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
    if [ -n "$input" ]; then
      echo "the input: $input" >&2
      echo "again: NEUROMAPS_FUZZ_READER=$reader SWIFT_BACKTRACE=enable=no $program $input" >&2
    else
      echo "no input was written: it did not start, or was interrupted" >&2
    fi
  fi
  runs=$(sed -n 's/^stat::number_of_executed_units: *//p; s/^#\([0-9]*\).*/\1/p' "$log" | tail -n 1)
  speed=$(sed -n 's/^stat::average_exec_per_sec: *//p' "$log")
  covered=$(sed -n 's/.* cov: \([0-9]*\) .*/\1/p' "$log" | tail -n 1)
  total=$((total + ${runs:-0}))
  echo "$reader: ${runs:-0} inputs, ${speed:-?} a second, $covered edges covered, $result"
done
echo "$total inputs in all"
[ -z "$failed" ] || exit 1

[ $keep = yes ] || exit 0
for reader in $readers; do
  # One input for each edge of the program is enough to keep, and short ones can be read.
  log=$work/$reader/merge.log
  fuzz "$reader" -max_len=2048 -set_cover_merge=1 -use_counters=0 "$kept/$reader" "$work/$reader/found" >"$log" 2>&1 ||
    { echo "error: what was found cannot be merged; see $log" >&2 && exit 1; }
  echo "$reader: $(ls "$kept/$reader" | wc -l | tr -d ' ') inputs are kept"
done
