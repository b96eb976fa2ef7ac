"""The JSON Schemas that `neuromaps schema` prints, beside the program's own readers. Exits with 1 if they differ.

usage: schemas.py NEUROMAPS [--mutants N] [--seed N]

What a schema refuses the reader must refuse: in every file of the repository, in the fixtures beside this file, and in
mutants of the good ones. The fixtures in `good` both accept, those in `bad` both refuse; those in `bad-beyond-schema`
only the program can tell.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

import core_yaml
import mutants
import yaml
from jsonschema import Draft202012Validator

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent


class Program:
    """Our program in a project of its own, asked for nothing but what it makes of a file."""

    def __init__(self, path, folder):
        self.path = path
        self.folder = folder

    def run(self, *arguments):
        environment = {
            "HOME": str(self.folder / "home"),
            "NEUROMAPS_CACHE_DIR": str(self.folder / "store"),
            "NEUROMAPS_DATA": str(self.folder / "data"),
            "NEUROMAPS_OSF_URL": "http://127.0.0.1:1",
        }
        return subprocess.run(
            [self.path, *arguments], cwd=self.folder, env=environment, capture_output=True, timeout=120
        )

    def refuses(self, files, accepted, codes, *arguments):
        """Whether it refuses a project of these files for one of the codes; what else befalls it is an error."""
        for name in ("neuromaps.yaml", "neuromaps.lock", "catalog.yaml"):
            (self.folder / name).unlink(missing_ok=True)
        for name, text in files.items():
            (self.folder / name).write_bytes(text.encode())
        result = self.run(*arguments)
        errors = result.stderr.decode(errors="replace")
        if result.returncode == 5 and re.search(rf"^error\[{codes}\d\d\]", errors, re.MULTILINE):
            return True
        if result.returncode in accepted:
            return False
        raise AssertionError(f"neuromaps {' '.join(arguments)}: exit {result.returncode}\n{errors}\nof\n{files}")


class Kind:
    """A kind of file: its schema, and how the program is asked about it."""

    def __init__(self, name, program):
        self.name = name
        self.program = program
        printed = program.run("schema", name).stdout
        self.is_as_kept = printed == (ROOT / "Sources/CSchemas" / f"{name}.schema.json").read_bytes()
        self.schema = json.loads(printed)
        Draft202012Validator.check_schema(self.schema)
        self.validator = Draft202012Validator(self.schema)

    def schema_refuses(self, text):
        """The first reason; None if there is none."""
        try:
            data = core_yaml.load(text)
        except yaml.YAMLError as error:
            return f"not YAML: {error}"
        return next((f"{error.json_path}: {error.message[:200]}" for error in self.validator.iter_errors(data)), None)

    def reader_refuses(self, text):
        if self.name == "manifest":
            # Reads the manifest alone, as there is no lock.
            return self.program.refuses({"neuromaps.yaml": text}, [3], "NM01", "lock", "--check")
        if self.name == "lock":
            arguments = ["sync", "--frozen", "--dry-run", "--offline", "--no-progress"]
            return self.program.refuses({"neuromaps.lock": text}, [0], "NM02", *arguments)
        manifest = "version: 1\nbuiltin: false\ncatalogs:\n  - path: catalog.yaml\n"
        return self.program.refuses({"neuromaps.yaml": manifest, "catalog.yaml": text}, [0], "NM05", "list")

    def program_refuses(self, text):
        """As the reader; of a manifest also as what looks its names up."""
        if self.reader_refuses(text):
            return True
        arguments = ["lock", "--dry-run", "--offline"]
        return self.name == "manifest" and self.program.refuses({"neuromaps.yaml": text}, [0], "NM0[15]", *arguments)

    def dump(self, data):
        return core_yaml.dump_lock(data) if self.name == "lock" else core_yaml.dump(data)


class Check:
    """Collects what does not hold."""

    def __init__(self):
        self.failures = []

    def holds(self, condition, words):
        if not condition:
            self.failures.append(words)


def fixtures(kind, folder):
    return sorted((HERE / "fixtures" / kind / folder).glob("*.yaml"))


def kept_files(kind):
    """Files of the repository that must be right, by what they are called in a message."""
    patterns = {
        "manifest": ["neuromaps.yaml.example", "examples/**/neuromaps.yaml"],
        "lock": ["Tests/ProjectTests/Locks/**/*.lock", "examples/**/neuromaps.lock"],
        "catalog": ["examples/**/catalog.yaml", "Sources/CBuiltinCatalog/neuromaps.yaml"],
    }[kind]
    paths = [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]
    return {str(path.relative_to(ROOT)): path.read_text() for path in paths}


def files_of_stories(kind):
    """Files of the stories, right and wrong ones, by what they are called in a message."""
    found = {}
    for path in sorted((ROOT / "Tests/NeuromapsCLITests/Stories").glob("*.case")):
        for name, text in re.findall(r"^=== file (\S+)\n(.*?)(?=^=== )", path.read_text(), re.MULTILINE | re.DOTALL):
            text = text.replace("[origin]", "http://127.0.0.1:1").replace("[project]", "/project")
            is_lock = name.endswith(".lock")
            is_catalog = re.search(r"^(name|maps):", text, re.MULTILINE) is not None
            if kind == ("lock" if is_lock else "catalog" if is_catalog else "manifest"):
                if is_lock or name.endswith(".yaml"):
                    found[f"{path.name}: {name}"] = text
    return found


def check_fixtures(kind, check):
    """Every fixture has the verdicts that its folder promises."""
    counts = Counter()
    for folder in ("good", "bad", "bad-beyond-schema"):
        for path in fixtures(kind.name, folder):
            name, text = f"{kind.name}/{folder}/{path.name}", path.read_text()
            reason = kind.schema_refuses(text)
            refused = kind.program_refuses(text) if folder == "bad-beyond-schema" else kind.reader_refuses(text)
            check.holds((reason is not None) == (folder == "bad"), f"{name}: the schema says {reason or 'nothing'}")
            check.holds(refused == (folder != "good"), f"{name}: the program {'refuses' if refused else 'accepts'} it")
            counts[folder] += 1
    check.holds(counts["bad"] >= 25 and counts["good"] >= 5, f"{kind.name}: only {dict(counts)} fixtures")
    return ", ".join(f"{number} {folder}" for folder, number in counts.items())


def check_files(kind, check):
    """What is right in the repository both accept; of the rest, what the schema refuses the reader refuses."""
    kept, told = kept_files(kind.name), files_of_stories(kind.name)
    check.holds(kept, f"{kind.name}: no file of the repository was found")
    for name, text in kept.items():
        check.holds(kind.schema_refuses(text) is None, f"{name}: the schema says {kind.schema_refuses(text)}")
        check.holds(not kind.reader_refuses(text), f"{name}: the program refuses it")
    # Most stories have the same few files.
    for text, name in {text: name for name, text in told.items()}.items():
        reason = kind.schema_refuses(text)
        check.holds(reason is None or kind.reader_refuses(text), f"{name}: only the schema refuses it: {reason}")
    return f"{len(kept)} files, {len(told)} of stories"


def check_mutants(kind, check, count, seed):
    """What the schema refuses of data with mistakes the reader refuses too."""
    seeds = [core_yaml.load(path.read_text()) for path in fixtures(kind.name, "good")]
    for path, data in zip(fixtures(kind.name, "good"), seeds):
        # Else every mutant of a lock would be refused for its form alone.
        if kind.name == "lock":
            check.holds(kind.dump(data) == path.read_text(), f"{path.name}: is not written back as it was")
    rng = random.Random(f"{seed} {kind.name}")
    counts = Counter()
    for number in range(count):
        text = kind.dump(mutants.mutant(rng, seeds))
        reason, refused = kind.schema_refuses(text), kind.reader_refuses(text)
        check.holds(reason is None or refused, f"mutant {number}: only the schema refuses it: {reason}\n{text}")
        counts["both" if reason and refused else "the reader" if refused else "none"] += 1
    # A mutation that is never seen, or always, would show nothing.
    check.holds(count < 100 or min(counts["both"], counts["none"]) > 0, f"{kind.name}: mutants are all alike: {counts}")
    told = ", ".join(f"{who} {counts[who]}" for who in ("both", "the reader", "none"))
    return f"{count} mutants, refused by {told}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("neuromaps")
    parser.add_argument("--mutants", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    all_well = True
    for name in ("manifest", "lock", "catalog"):
        with tempfile.TemporaryDirectory(prefix="schemas-") as folder:
            check = Check()
            kind = Kind(name, Program(os.path.abspath(options.neuromaps), Path(folder).resolve()))
            check.holds(kind.is_as_kept, f"`neuromaps schema {name}` does not print the file that is kept")
            summaries = [
                check_fixtures(kind, check),
                check_files(kind, check),
                check_mutants(kind, check, options.mutants, options.seed),
            ]
        for failure in check.failures[:20]:
            print(f"  differs: {failure}")
        state = f"FAILED ({len(check.failures)})" if check.failures else "ok"
        print(f"schema {name}: {state}: {'; '.join(summaries)}; seed {options.seed}", flush=True)
        all_well &= not check.failures
    sys.exit(0 if all_well else 1)


if __name__ == "__main__":
    main()
