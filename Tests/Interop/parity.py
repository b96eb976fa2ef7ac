"""Compares `neuromaps list` with the Python toolbox's available_annotations, and has the toolbox
find the files of our data directory with a session that fails on any request.

usage: parity.py NEUROMAPS [--queries N] [--seed N] [--data-dir DIR]

Needs neuromaps==0.0.7 from PyPI. Values are exact and single (or tags, all of which must be there), as
the toolbox's matching of list values by substring is a bug; see docs/decisions/.
"""

import argparse
import json
import random
import subprocess
import sys

from neuromaps import datasets
from neuromaps.datasets import annotations
from neuromaps.datasets.utils import get_dataset_info

KEYS = ["source", "desc", "space", "den", "res", "hemi", "tags", "format"]


def ours(program, query):
    words = [program, "list", "--json"]
    for key, value in query.items():
        if key == "return_restricted":
            words += ["--restricted"] if value else []
        elif key == "tags":
            for tag in value:
                words += ["--tag", tag]
        else:
            words += [f"--{key}", value]
    maps = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return [(m["source"], m["desc"], m["space"], m.get("den") or m["res"]) for m in maps]


def random_query(rng, rows):
    """A few keywords, mostly taken from one real file so that many queries match something."""
    row = rng.choice(rows)
    query = {}
    for key in rng.sample(KEYS, rng.randint(1, 4)):
        source = row if rng.random() < 0.8 else rng.choice(rows)
        value = source.get(key)
        if key == "tags":
            query["tags"] = rng.sample(value, rng.randint(1, min(2, len(value))))
        elif value:
            query[key] = value
    if rng.random() < 0.3:
        query["return_restricted"] = True
    return query or random_query(rng, rows)


def check_queries(program, count, seed):
    rng = random.Random(seed)
    rows = get_dataset_info("annotations", True)
    differences = matched = 0
    for _ in range(count):
        query = random_query(rng, rows)
        theirs = datasets.available_annotations(**query)
        mine = ours(program, query)
        matched += bool(theirs)
        if sorted(mine) != sorted(theirs):
            differences += 1
            print(f"differs: {query}\n  toolbox:   {theirs}\n  neuromaps: {mine}")
    print(f"{count} queries, {matched} of them with maps: {differences} differ")
    return differences


class NoNetwork:
    """A session that fails on any use."""

    def __getattr__(self, name):
        raise AssertionError(f"the toolbox used the network: {name}")


def check_data_dir(program, data_dir):
    annotations._get_session = lambda token=None: NoNetwork()
    annotations._fetch_file = _no_fetch
    status = json.loads(
        subprocess.run([program, "status", "--json"], capture_output=True, text=True).stdout)
    maps = sorted({row["map"] for row in status["files"]})
    for name in maps:
        source, desc, space, sampling = name.split("/")
        key = "res" if sampling.endswith("mm") else "den"
        found = datasets.fetch_annotation(
            source=source, desc=desc, space=space, **{key: sampling}, data_dir=data_dir, verbose=0)
        paths = [found] if isinstance(found, str) else list(found)
        own = subprocess.run([program, "path", name], check=True, capture_output=True, text=True).stdout.split()
        assert paths == own, (name, paths, own)
    print(f"{len(maps)} maps found by the toolbox in {data_dir}, without a request")


def _no_fetch(*arguments, **keywords):
    raise AssertionError(f"the toolbox downloads {arguments}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("program")
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data-dir")
    arguments = parser.parse_args()
    if arguments.data_dir:
        check_data_dir(arguments.program, arguments.data_dir)
    sys.exit(1 if check_queries(arguments.program, arguments.queries, arguments.seed) else 0)


if __name__ == "__main__":
    main()
