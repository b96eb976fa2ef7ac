#!/usr/bin/env bash
# Runs a test command; what failed is said once more at the end, where a log that is cut to its last lines has it.
set -uo pipefail

log=.build/tests.log
mkdir -p .build
"$@" 2>&1 | tee "$log"
status=$?
if [ "$status" -ne 0 ]; then
    printf '\nFailed (all of it is in %s):\n' "$log"
    # An issue begins with a cross; its details follow, the first thirty lines of them.
    awk '/^(◇|✔|✘) / { told = /recorded an issue/ ? 30 : 0 } told-- > 0' "$log"
    grep -E ': (error|Fatal error): |^(Fatal )?error: ' "$log" | tail -20
fi
exit "$status"
