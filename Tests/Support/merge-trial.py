#!/usr/bin/env python3
"""Lets git merge what random pairs of branches have locked, and sees whether the lock is right afterwards.

    python3 Tests/Support/merge-trial.py BINARY [--pairs N] [--lab-pairs N] [--seed N] [--keep]

Needs git, and no network: the built-in catalog is enough. Of each pair both directions are merged. What must hold:

- A manifest that git could not merge is refused by `lock`, and both files stay as they are.
- A lock with conflict markers is merged by `lock`: the markers are gone, `lock --check` agrees, and the bytes are those
  of a lock that is made from the merged manifest alone. Both directions give the same bytes.
- A lock that git merged by itself is right, or `lock --check` says that it is not, if it has the catalogs that the lock
  names; then `lock` puts it right, as above.
- Where one branch has an older revision of a catalog, no pin of either branch moves that git has left, unless it has
  lost the word that it is older.

The same must hold for some pairs that were thought out: git merges their locks without a conflict, and wrongly.
Exits with 1 if anything did not.
"""
import argparse
import difflib
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

STYLES = ["merge", "diff3", "zdiff3"]
GROUPS = [None, "figures", "paper"]
LOCK, MANIFEST = "neuromaps.lock", "neuromaps.yaml"

# By what is wrong with the lock that git makes: the entries of the base, of ours, of theirs, by group.
SOME = ["abagen/genepc1/fsaverage/10k", "hill2010/evoexp/fsLR/164k", "neurosynth/cogpc1/MNI152/2mm"]
DASB, PATTERN, SELECTOR = "savli2012/dasb/MNI152/3mm", '"*/dasb/*/*"', "{source: [savli2012], desc: dasb}"
LAST = "xu2020/evoexp/fsLR/32k"
LEFT, RIGHT = ("{source: [abagen], hemi: %s}" % hemi for hemi in "LR")
TRAPS = {
    "the path of one half stands before the checksums of the other: one branch has turned to it, the other has both":
        ({None: [*SOME[1:], LEFT]}, {None: [*SOME[1:], RIGHT]}, {None: SOME}),
    "a map is missing: one branch has it by a new pattern, the other has dropped its name":
        ({None: [*SOME, DASB, LAST]}, {None: [PATTERN, *SOME, DASB, LAST]}, {None: [*SOME, LAST]}),
    "a map is too much: each branch has dropped another of the two lines that brought it in":
        ({None: [SELECTOR, *SOME, DASB, LAST]}, {None: [*SOME, DASB, LAST]}, {None: [SELECTOR, *SOME, LAST]}),
    "a map is of no group any more: one branch has dropped it from the main set, the other from its group":
        ({None: [*SOME, DASB, LAST], "paper": [DASB, SOME[0]]}, {None: [*SOME, LAST], "paper": [DASB, SOME[0]]},
         {None: [*SOME, DASB, LAST], "paper": [SOME[0]]}),
    "the format's revision is missing: one branch has no map of a group alone any more, the other has a new one":
        ({None: [*SOME, LAST], "paper": [DASB]}, {None: [*SOME, DASB, LAST], "paper": [DASB]},
         {None: [*SOME, LAST], "paper": ["beliveau2017/dasb/fsaverage/164k", DASB]}),
    "the format's revision is too much: each branch has taken one of the two maps of a group into the main set":
        ({None: [*SOME, LAST], "paper": [DASB, "raichle/cbf/fsLR/164k"]},
         {None: [*SOME, DASB, LAST], "paper": [DASB, "raichle/cbf/fsLR/164k"]},
         {None: [SOME[0], "raichle/cbf/fsLR/164k", *SOME[1:], LAST], "paper": [DASB, "raichle/cbf/fsLR/164k"]}),
}
LAB = [f"lab/m{number:02}/MNI152/2mm" for number in range(45)]
LAB_TRAPS = {
    "its catalog is missing: one branch has dropped the last map of it, the other has a new one":
        ({None: [SOME[0], LAB[9], LAB[20]]}, {None: [LAB[9], LAB[20]]}, {None: [SOME[0], LAB[9], LAB[20], LAST]}),
    "a catalog is too much: each branch has dropped one of its two maps":
        ({None: [SOME[0], LAB[9], LAB[20], LAST]}, {None: [LAB[9], LAB[20], LAST]},
         {None: [SOME[0], LAB[9], LAB[20], LAB[31]]}),
    "the format's revision is missing, and pins are older than the catalog":
        ({None: [LAB[9], LAB[20]], "paper": [LAB[31]]}, {None: [LAB[9], LAB[20], LAB[31]], "paper": [LAB[31]]},
         {None: [LAB[9], LAB[20]], "paper": [LAB[15], LAB[31]]}),
    "a new pin is older than the catalog":
        ({None: [LAB[9], LAB[20]]}, {None: [LAB[9], LAB[15], LAB[20]]}, {None: [LAB[9], LAB[20], LAB[31]]}),
}


class Wrong(Exception):
    """Something that must hold does not."""


class Machine:
    """Git and the program, by nobody's settings."""

    def __init__(self, binary, folder):
        self.binary, self.folder = binary, folder
        self.environment = {
            "PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C", "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull, "NEUROMAPS_CACHE_DIR": str(folder / "store"),
            "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@example.org",
            "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@example.org",
        }

    def run(self, arguments, folder):
        return subprocess.run(arguments, cwd=folder, env=self.environment, capture_output=True, text=True, timeout=60)

    def git(self, folder, *arguments):
        outcome = self.run(["git", *arguments], folder)
        if outcome.returncode != 0:
            raise Wrong(f"git {' '.join(arguments)}: {outcome.stderr}")
        return outcome.stdout

    def neuromaps(self, folder, *arguments):
        return self.run([self.binary, *arguments], folder)

    def lock(self, folder, *options):
        outcome = self.neuromaps(folder, "lock", "--offline", "-q", *options)
        if outcome.returncode != 0:
            raise Wrong(f"`{' '.join(['lock', *options])}` ended with {outcome.returncode}\n{outcome.stderr}")

    def check(self, folder):
        """0 if the lock is right; and what was said of it."""
        outcome = self.neuromaps(folder, "lock", "--check", "-q")
        return outcome.returncode, outcome.stderr

    def has_catalogs(self, folder, lock):
        """Whether all catalogs of a lock are here as the lock has them."""
        answer = json.loads(self.neuromaps(folder, "lock", "--check", "--json").stdout)
        return len(answer["compared"]) == len(re.findall(rb"^- name: ", lock, re.M))


class Manifest:
    """What a project wants: by group (None for the main set) and kind, the entries in order, one a line."""

    def __init__(self, head, entries):
        self.head, self.entries = head, entries

    def copy(self):
        return Manifest(self.head, {key: list(value) for key, value in self.entries.items()})

    def text(self):
        lines = ["version: 1", "data_dir: data", *self.head]
        for group in GROUPS:
            sections = {kind: self.entries[group, kind] for kind in ["annotations", "atlases"]}
            if group and any(sections.values()):
                lines += [] if "groups:" in lines else ["groups:"]
                lines.append(f"  {group}:")
            margin = "    " if group else ""
            for kind, entries in sections.items():
                if entries:
                    lines += [f"{margin}{kind}:", *(f"{margin}  - {entry}" for entry in entries)]
        return "\n".join(lines) + "\n"

    def merged(self, ours, theirs):
        """What a person makes of two manifests that come from this one."""
        result = {}
        for key, base in self.entries.items():
            a, b = ours.entries[key], theirs.entries[key]
            kept = [entry for entry in base if entry in a and entry in b]
            new = [entry for entry in a if entry not in base]
            result[key] = kept + new + [entry for entry in b if entry not in base and entry not in new]
        return Manifest(self.head, result)


class Desk:
    """Thinks of manifests and of changes to them."""

    def __init__(self, generator, maps, atlases):
        self.random, self.maps, self.atlases = generator, maps, atlases

    def entry(self, kind):
        if kind == "atlases":
            name = self.random.choice(self.atlases)
            return f"{name.split('/')[0]}/*" if "/" in name and self.random.random() < 0.15 else name
        one = self.random.choice(self.maps)
        way = self.random.random()
        if way < 0.6:
            return one["map"]
        if way < 0.7:
            return f"{one['source']}/*/{one['space']}/*"
        if way < 0.8:
            return f"{{source: [{one['source']}]}}"
        if way < 0.9 and one["tags"]:
            return f"{{tags: [{self.random.choice(one['tags'])}], space: [{one['space']}]}}"
        hemis = sorted({file["hemi"] for file in one["files"] if "hemi" in file})
        return f"{{source: [{one['source']}], hemi: {self.random.choice(hemis)}}}" if hemis else one["map"]

    def add(self, manifest, place=None):
        key, position = place or (self.key(), self.random.random())
        entries, entry = manifest.entries[key], self.entry(key[1])
        if entry not in entries:
            entries.insert(round(position * len(entries)), entry)

    def key(self):
        group = self.random.choice(GROUPS + [None, None])
        return group, self.random.choice(["annotations", "annotations", "annotations", "atlases"])

    def remove(self, manifest):
        full = [key for key, entries in manifest.entries.items() if entries]
        if not full:
            return None
        key = self.random.choice(full)
        entries = manifest.entries[key]
        return key[1], entries.pop(self.random.randrange(len(entries)))

    def move(self, manifest):
        taken = self.remove(manifest)
        if taken:
            entries = manifest.entries[self.random.choice(GROUPS), taken[0]]
            if taken[1] not in entries:
                entries.insert(self.random.randint(0, len(entries)), taken[1])

    def base(self, head):
        kinds = ["annotations", "atlases"]
        manifest = Manifest(head, {(group, kind): [] for group in GROUPS for kind in kinds})
        for _ in range(self.random.randint(4, 24)):
            self.add(manifest)
        return manifest

    def branch(self, base, place):
        """A branch's manifest, which is not that of the base; with a place, an entry is added just there."""
        while True:
            manifest = base.copy()
            for _ in range(self.random.randint(1, 4)):
                self.random.choice([self.add, self.add, self.remove, self.move])(manifest)
            if place:
                self.add(manifest, place)
            if manifest.text() != base.text():
                return manifest


class Trial:
    """One pair of branches in a repository of its own."""

    def __init__(self, machine, folder, manifests, style, counts):
        self.machine, self.folder, self.style, self.counts = machine, folder, style, counts
        self.base, self.branches = manifests[0], dict(zip(["ours", "theirs"], manifests[1:]))
        self.options = []
        folder.mkdir()
        machine.git(folder, "init", "-q")
        machine.git(folder, "symbolic-ref", "HEAD", "refs/heads/base")

    def path(self, name):
        return self.folder / name

    def bytes(self, name=LOCK):
        return self.path(name).read_bytes()

    def commit(self, branch, manifest, *options):
        """Writes a manifest, locks it and commits both on a branch."""
        if branch != "base":
            self.machine.git(self.folder, "checkout", "-q", "-b", branch, "base")
        self.path(MANIFEST).write_text(manifest.text())
        self.change_catalog(branch)
        self.machine.lock(self.folder, *options)
        self.machine.git(self.folder, "add", "-A")
        self.machine.git(self.folder, "commit", "-q", "--allow-empty", "-m", branch)

    def change_catalog(self, branch):
        """For who has a catalog that changes."""

    def prepare(self):
        self.commit("base", self.base)
        for branch, manifest in self.branches.items():
            self.commit(branch, manifest)

    def run(self):
        self.prepare()
        results = [self.merge("ours", "theirs"), self.merge("theirs", "ours")]
        self.compare(results)

    def merge(self, onto, other):
        """Merges one branch into another, mends what is left to mend, and gives the lock's bytes."""
        git = self.machine.git
        git(self.folder, "checkout", "-q", "-f", onto)
        outcome = self.machine.run(
            ["git", "-c", f"merge.conflictStyle={self.style}", "merge", "-q", "--no-commit", "--no-ff", other],
            self.folder)
        left = git(self.folder, "diff", "--name-only", "--diff-filter=U").split()
        if (outcome.returncode != 0) != bool(left) or set(left) - {LOCK, MANIFEST}:
            raise Wrong(f"git merge: {outcome.stdout}{outcome.stderr}")
        self.left = self.bytes()
        if MANIFEST in left:
            self.mend_manifest(onto, other)
        if LOCK in left:
            self.mend_lock()
        else:
            self.look_at_clean_lock(MANIFEST in left)
        text, result = self.path(MANIFEST).read_text(), self.bytes()
        git(self.folder, "reset", "-q", "--hard")
        return text, result

    def mend_manifest(self, onto, other):
        self.counts["manifests merged by hand"] += 1
        before = self.bytes(MANIFEST), self.bytes()
        refused = self.machine.neuromaps(self.folder, "lock", "--offline")
        if refused.returncode != 5 or "NM0118" not in refused.stderr:
            raise Wrong(f"`lock` took a manifest with conflict markers: {refused.returncode}\n{refused.stderr}")
        if before != (self.bytes(MANIFEST), self.bytes()):
            raise Wrong("`lock` refused the manifest, and changed something")
        self.path(MANIFEST).write_text(self.base.merged(self.branches[onto], self.branches[other]).text())

    def mend_lock(self):
        self.counts["locks merged by `lock`"] += 1
        if self.machine.check(self.folder)[0] == 0:
            raise Wrong("`lock --check` passes a lock with conflict markers")
        self.machine.lock(self.folder)
        self.must_be_right()

    def look_at_clean_lock(self, isManifestMended):
        before = self.bytes()
        code, said = self.machine.check(self.folder)
        canTell = code != 0 or self.machine.has_catalogs(self.folder, before)
        self.machine.lock(self.folder)
        isRight = before == self.bytes()
        if (code == 0) != isRight and canTell:
            changes = difference(before, self.bytes()) or "`lock` finds it right"
            raise Wrong(f"git merged the lock by itself; `lock --check` gives {code}\n{said}{changes}")
        told = (re.findall(r"NM\d+", said) or ["nothing: the catalog is of another revision"])[0]
        self.counts["locks merged by git alone" if isRight else f"locks merged by git, wrong, told by {told}"] += 1
        if not isRight and isManifestMended:
            self.counts["of these after a manifest that was merged by hand"] += 1
        self.must_be_right()

    def must_be_right(self):
        """The lock is whole and in its form, and what the merged manifest gives alone."""
        if re.search(rb"^(<{7}|\|{7}|={7}|>{7})( |$)", self.bytes(), re.M):
            raise Wrong("there are conflict markers left")
        code, said = self.machine.check(self.folder)
        if code != 0:
            raise Wrong(f"after `lock`, `lock --check` gives {code}\n{said}")
        self.must_be_as_from_scratch()

    def must_be_as_from_scratch(self):
        scratch = self.folder.parent / "scratch"
        shutil.rmtree(scratch, ignore_errors=True)
        scratch.mkdir()
        shutil.copy(self.path(MANIFEST), scratch)
        self.machine.lock(scratch)
        if (scratch / LOCK).read_bytes() != self.bytes():
            changes = difference(self.bytes(), (scratch / LOCK).read_bytes())
            raise Wrong(f"the lock is not that of the merged manifest\n{changes}")

    def compare(self, results):
        if results[0][1] != results[1][1]:
            raise Wrong("merged the other way around, the lock is another")


class LabTrial(Trial):
    """One branch goes on with an older revision of the lab's catalog, the other has a newer one."""

    CATALOG = "lab.yaml"

    def __init__(self, *arguments, generator=None):
        super().__init__(*arguments)
        self.random = generator
        self.catalogs = [lab_catalog(revision) for revision in [1, 2]]

    def change_catalog(self, branch):
        if branch != "ours":
            self.path(self.CATALOG).write_text(self.catalogs[branch == "theirs"])

    def prepare(self):
        self.commit("base", self.base)
        items = lock_items(self.bytes())
        self.commit("ours", self.branches["ours"])
        if self.random and items:
            some = ["--upgrade-map", self.random.choice(items)]
            self.options = self.random.choice([[], [], ["--upgrade"], some])
        self.commit("theirs", self.branches["theirs"], *self.options)
        self.pins = {}
        for branch in ["ours", "theirs"]:
            self.machine.git(self.folder, "checkout", "-q", branch)
            self.pins[branch] = lock_pins(self.bytes())

    def must_be_as_from_scratch(self):
        """By the pins of both branches: what a catalog says now is no reason to move one that git has not dropped."""
        for path, pin in lock_pins(self.bytes()).items():
            known = {pins[path] for pins in self.pins.values() if path in pins}
            if known and b"\n- path: " + path + b"\n" not in self.left:
                self.counts["pins that one branch had dropped, and git too"] += 1
                continue
            if known and pin not in known and self.has_lost_revision(path):
                self.counts["older pins that git left without their revision, taken anew"] += 1
                continue
            if known and pin not in known:
                raise Wrong(f"the pin of {path.decode()} is of neither branch")
            self.counts["pins of a lab's catalog that stayed"] += bool(known)

    def has_lost_revision(self, path):
        """Whether the pin in what git left passes for one of the newer revision, which it is not."""
        name = re.search(rb"^- path: " + re.escape(path) + rb"\n  map: (.*)$", self.left, re.M)
        block = rb"^- map: " + re.escape(name.group(1)) + rb"\n  catalog: lab\n  revision: "
        return b"\n  revision: '2'\n  sha256:" in self.left and not re.search(block, self.left, re.M)

    def compare(self, results):
        if lock_pins(results[0][1]).keys() != lock_pins(results[1][1]).keys():
            raise Wrong("merged the other way around, the lock has other files")


def lab_catalog(revision):
    """A catalog of volumes; a third of them has other bytes in the second revision, which also lacks and adds some."""
    lines = ["version: 1", "name: lab", f'revision: "{revision}"', "maps:"]
    for number in range(40) if revision == 1 else range(3, 45):
        version = revision if number % 3 == 0 else 1
        md5 = hashlib.md5(f"{number} {version}".encode()).hexdigest()
        lines += [f"  - map: {LAB[number]}", f"    tags: [t{number % 4}]", "    files:",
                  f"      - {{url: maps/{number}.nii.gz, md5: {md5}}}"]
    return "\n".join(lines) + "\n"


def lab_maps():
    """What can be asked of the lab in both revisions."""
    return [
        {"map": LAB[number], "source": "lab", "space": "MNI152", "tags": [f"t{number % 4}"], "files": []}
        for number in range(3, 40)
    ]


def difference(before, after):
    """The first lines that go and come, for a person."""
    lines = difflib.unified_diff(before.decode().splitlines(), after.decode().splitlines(), n=0, lineterm="")
    changed = [line for line in lines if line[0] in "+-" and line[:3] not in ["+++", "---"]]
    return "\n".join(changed[:8] + ["…"] * (len(changed) > 8))


def lock_pins(lock):
    """The MD5 of each file of a lock."""
    pairs = re.findall(rb"^- path: (.*)\n(?:  .*\n)*?  md5: (.*)$", lock, re.M)
    return dict(pairs)


def lock_items(lock):
    """The maps of a lock."""
    return [name.decode() for name in re.findall(rb"^- map: (.*)$", lock, re.M)]


def thought_out(head, entries):
    """A manifest of these maps, by group."""
    kinds = ["annotations", "atlases"]
    return Manifest(head, {
        (group, kind): entries.get(group, []) if kind == "annotations" else [] for group in GROUPS for kind in kinds})


def pairs(options, maps, names):
    """What is tried: a name, whether it is of a lab's catalog, three manifests, and what goes on drawing lots."""
    for isLab, traps in [(False, TRAPS), (True, LAB_TRAPS)]:
        head = ["catalogs:", "  - path: lab.yaml"] if isLab else []
        for name, sets in traps.items():
            yield name, isLab, [thought_out(head, entries) for entries in sets], None
    for number in range(options.pairs + options.lab_pairs):
        isLab = number >= options.pairs
        generator = random.Random(f"{options.seed} {number}")
        desk = Desk(generator, lab_maps() if isLab else maps, names)
        if isLab:
            desk.key = lambda: (generator.choice(GROUPS), "annotations")
        base = desk.base(["builtin: false", "catalogs:", "  - path: lab.yaml"] if isLab else [])
        if isLab and number % 2:
            # The newer catalog has it no more.
            base.entries[None, "annotations"].insert(0, generator.choice(LAB[:3]))
        place = (desk.key(), generator.random()) if number % 4 == 3 else None
        yield f"pair {number}", isLab, [base, desk.branch(base, place), desk.branch(base, place)], generator


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("binary")
    parser.add_argument("--pairs", type=int, default=100)
    parser.add_argument("--lab-pairs", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="leave the repositories that went wrong")
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="merge-trial-"))
    machine = Machine(os.path.abspath(options.binary), folder)
    maps = json.loads(machine.neuromaps(folder, "list", "--json").stdout)
    names = [atlas["atlas"] for atlas in json.loads(machine.neuromaps(folder, "list", "--atlases", "--json").stdout)]
    counts, failures, began = Counter(), 0, time.monotonic()
    for number, (name, isLab, manifests, generator) in enumerate(pairs(options, maps, names)):
        arguments = machine, folder / str(number), manifests, STYLES[number % 3], counts
        trial = LabTrial(*arguments, generator=generator) if isLab else Trial(*arguments)
        try:
            trial.run()
        except Wrong as wrong:
            failures += 1
            print(f"{name}, style {trial.style}: {wrong}".rstrip())
            if options.keep:
                print(f"  kept in {trial.folder}")
                continue
        shutil.rmtree(trial.folder)
    print(f"{len(TRAPS) + len(LAB_TRAPS)} + {options.pairs} + {options.lab_pairs} pairs, both ways, "
          f"in {time.monotonic() - began:.0f} s")
    for what, count in sorted(counts.items()):
        print(f"  {count:5} {what}")
    print(f"  {failures:5} pairs went wrong")
    if not (options.keep and failures):
        shutil.rmtree(folder)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
