#!/bin/sh
# Makes the library's documentation from its doc comments with DocC, into .build/docs; any warning is
# an error. Needs `swift build` to have been run.
set -eu

modules='Neuromaps Dataset Catalog Project Diagnostics'
symbols=.build/symbols
rm -rf "$symbols"
mkdir -p "$symbols"
target=$(swiftc -print-target-info | sed -n 's/.*"triple" *: *"\([^"]*\)".*/\1/p' | head -n 1)
maps=''
for map in Sources/CLib*/module.modulemap .build/debug/*.build/module.modulemap; do
  maps="$maps -Xcc -fmodule-map-file=$map"
done
for module in $modules; do
  swift symbolgraph-extract -module-name "$module" -I .build/debug/Modules $maps -target "$target" \
    -minimum-access-level public -output-dir "$symbols"
done
docc=$(command -v docc || xcrun --find docc)
"$docc" convert Sources/Neuromaps/Neuromaps.docc --additional-symbol-graph-dir "$symbols" --output-path .build/docs \
  --fallback-display-name neuromaps --fallback-bundle-identifier neuromaps --warnings-as-errors
echo "the library's documentation is in .build/docs: $(find .build/docs/data -name '*.json' | wc -l | tr -d ' ') pages"
