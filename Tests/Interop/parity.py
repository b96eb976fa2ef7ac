"""Asks both tools the same and compares the answers. Exits with 1 if anything differs that is not explained.

usage: parity.py NEUROMAPS [--queries N] [--seed N] [--only PART]

With NEUROMAPS_REAL_DATA=DIR, a data directory with real maps, those are tried too.
"""

import argparse
import os
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

import atlases
import catalog
import data_directories
import deviations
import queries
import seed_page
from common import Program

PARTS = {
    "catalog": lambda program, work, options: catalog.check(program),
    "queries": lambda program, work, options: queries.check(program, options.queries, options.seed),
    "data-directories": lambda program, work, options: data_directories.check(
        program, work, os.environ.get("NEUROMAPS_REAL_DATA")
    ),
    "atlases": lambda program, work, options: atlases.check(program, work),
    "seed-page": lambda program, work, options: seed_page.check(program, work),
    "deviations": lambda program, work, options: deviations.check(program, work),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("neuromaps")
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", choices=list(PARTS))
    options = parser.parse_args()
    for name in ("NEUROMAPS_DATA", "NEUROMAPS_OSF_TOKEN", "NEUROMAPS_MIRRORS"):
        os.environ.pop(name, None)
    start = time.monotonic()
    all_well = True
    for name in options.only or PARTS:
        # Resolved, as both tools print absolute paths and macOS has a link in the folder for temporary files.
        with tempfile.TemporaryDirectory(prefix="interop-") as folder:
            work = Path(folder).resolve()
            program = Program(os.path.abspath(options.neuromaps), work / "home").at()
            try:
                all_well &= PARTS[name](program, work, options)
            except Exception:
                # The other parts have their say all the same.
                all_well = False
                print(f"{name}: FAILED:\n{traceback.format_exc()}", flush=True)
    print(f"interop: {'ok' if all_well else 'FAILED'} in {time.monotonic() - start:.0f} s")
    sys.exit(0 if all_well else 1)


if __name__ == "__main__":
    main()
