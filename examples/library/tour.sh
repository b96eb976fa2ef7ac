#!/bin/sh
# Runs the tour on a copy of the quickstart project, with no network.
# usage: tour.sh LIBRARY-TOUR
set -eu

tour=$1
example=$(cd "$(dirname "$0")/../quickstart" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$example/lab" "$example/neuromaps.yaml" "$work"
export NEUROMAPS_CACHE_DIR="$work/store"
unset NEUROMAPS_DATA NEUROMAPS_MIRRORS
"$tour" "$work" | sed "s|$work|.|g"
