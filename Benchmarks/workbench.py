"""What the benchmarks of `sync.py` share: made-up maps, the stopwatch, runs in alternation, tables."""

import hashlib
import itertools
import json
import math
import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from transfer import CHUNK, clean_environment, touch_memory

# Runs a command; prints seconds, exit code, peak KiB, and its own peak: the kernel counts the memory of what starts a
# program as the program's, so no less can be told. That is why this is a process of its own, and a small one.
STOPWATCH = """\
import os, sys, time
quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, used = os.wait4(child, 0)
end = time.perf_counter()
own = next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(end - start, os.waitstatus_to_exitcode(status), used.ru_maxrss, own)
"""

MANIFEST = """\
version: 1
data_dir: data
builtin: false
catalogs:
  - path: {catalog}
annotations:
  - "*/*/*/*"
"""


@dataclass(frozen=True)
class MadeMap:
    """A map that nobody measured: the parts of its name, and the sizes of its files by hemisphere."""

    source: str
    desc: str
    space: str
    sampling: str
    sizes: dict[str, int]

    def path(self, hemisphere):
        """Where the data directory has a file of it; volumes have no hemisphere."""
        sampling = f"den-{self.sampling}_hemi-{hemisphere}" if hemisphere else f"res-{self.sampling}"
        ending = "func.gii" if hemisphere else "nii.gz"
        name = f"source-{self.source}_desc-{self.desc}_space-{self.space}_{sampling}_feature.{ending}"
        return f"annotations/{self.source}/{self.desc}/{self.space}/{name}"


def toolbox_maps(sizes):
    """87 maps of these 124 sizes: 50 volumes, and 37 surfaces of two hemispheres."""
    volumes = [MadeMap("lab", f"volume{i:02}", "MNI152", "2mm", {"": size}) for i, size in enumerate(sizes[:50], 1)]
    pairs = enumerate(zip(sizes[50::2], sizes[51::2]), 1)
    return volumes + [MadeMap("lab", f"surface{i:02}", "fsLR", "32k", {"L": l, "R": r}) for i, (l, r) in pairs]


def write_file(path, number, size):
    """Writes pseudo-random bytes, the same in every run; gives their MD5 and SHA-256."""
    numbers, digests = random.Random(number), (hashlib.md5(), hashlib.sha256())
    with open(path, "wb") as file:
        for start in range(0, size, CHUNK):
            piece = numbers.randbytes(min(CHUNK, size - start))
            file.write(piece)
            for digest in digests:
                digest.update(piece)
    return [digest.hexdigest() for digest in digests]


def write_project(project, maps, catalog="lab/catalog.yaml", tree="lab"):
    """Writes a project: the manifest, which takes all maps; the catalog; and below `tree` the maps, under the names
    that the data directory has them by. Gives the number of files."""
    folder, numbers = (project / catalog).parent, itertools.count(1)
    folder.mkdir(parents=True)
    (project / "neuromaps.yaml").write_text(MANIFEST.format(catalog=catalog))
    with open(project / catalog, "w") as listing:
        listing.write('version: 1\nname: lab\nrevision: "1"\nmaps:\n')
        for made in maps:
            listing.write(f"  - map: {made.source}/{made.desc}/{made.space}/{made.sampling}\n    files:\n")
            for hemisphere, size in made.sizes.items():
                path = project / tree / made.path(hemisphere)
                path.parent.mkdir(parents=True, exist_ok=True)
                md5, sha256 = write_file(path, next(numbers), size)
                fields = [f"hemi: {hemisphere}"] if hemisphere else []
                fields += [f"url: {path.relative_to(folder)}", f"size: {size}", f"md5: {md5}", f"sha256: {sha256}"]
                listing.write(f"      - {{{', '.join(fields)}}}\n")
    return next(numbers) - 1


def count_files(folder):
    """How many files of maps are in a folder or below."""
    return sum(name.endswith((".gii", ".nii.gz")) for _, _, names in os.walk(folder) for name in names)


@dataclass(frozen=True)
class Tool:
    """A command and the folder it runs in. `{fresh}` in the command stands for a new path in every run."""

    name: str
    command: list[str] | None  # None: what it needs is not here.
    folder: Path
    every: int = 1  # It takes part in every so many-th round: slow ones need fewer.
    after: Callable[[Path], None] | None = None  # Is called after each run, with the new path.


class Measurement(NamedTuple):
    """What one run took, and the peak below which none can be told."""

    seconds: float
    mebibytes: float
    least: float


class Workbench:
    """A folder for a comparison, and what commands see there: a home of their own, a store, no settings of the user."""

    def __init__(self, folder, neuromaps, rounds):
        folder.mkdir()
        (folder / "home").mkdir()
        self.folder, self.neuromaps, self.rounds = folder, neuromaps, rounds
        self.environment = clean_environment(folder / "home") | {
            "NEUROMAPS_CACHE_DIR": str(folder / "store"),
            "GIT_CONFIG_NOSYSTEM": "1",
            "UV_OFFLINE": "1",
            "UV_PYTHON": sys.executable,
            "DVC_NO_ANALYTICS": "1",
            "DVC_SITE_CACHE_DIR": str(folder / "dvc-site"),
        }
        self._fresh = (folder / f"fresh-{number}" for number in itertools.count(1))

    def run(self, command, folder):
        """Runs a command that is not measured; gives what it prints. If it fails, so does the benchmark."""
        run = subprocess.run(command, cwd=folder, env=self.environment, capture_output=True, text=True)
        if run.returncode:
            told = f"{run.stdout}{run.stderr}"
            sys.exit(f"error: {' '.join(map(str, command))} ended with {run.returncode}:\n{told}")
        return run

    def measure(self, tool, memory=0):
        """Runs a tool once, on a disk with nothing left to write, and with so much memory at hand."""
        fresh = next(self._fresh)
        command = [str(word).replace("{fresh}", str(fresh)) for word in tool.command]
        stopwatch, log = [sys.executable, "-I", "-S", "-c", STOPWATCH, *command], self.folder / "run.log"
        os.sync()
        if memory:
            touch_memory(memory)
        with open(log, "wb") as errors:
            run = subprocess.run(
                stopwatch, cwd=tool.folder, env=self.environment, stdout=subprocess.PIPE, stderr=errors, check=True
            )
        seconds, code, *kibibytes = map(float, run.stdout.split())
        if code:
            sys.exit(f"error: {tool.name} ended with {code:.0f}:\n{log.read_text()}")
        if tool.after:
            tool.after(fresh)
        return Measurement(seconds, *(number / 1024 for number in kibibytes))

    def compare(self, tools, rounds=None, memory=0):
        """Runs the tools in alternation, each round beginning with another, after one that is not counted. Gives the
        measurements by name; none of what is not here."""
        results = {tool.name: [] for tool in tools}
        for number in range(-1, rounds or self.rounds):
            present = [tool for tool in tools if tool.command and (number < 0 or number % tool.every == 0)]
            first = number % len(present)
            for tool in present[first:] + present[:first]:
                measurement = self.measure(tool, memory)
                if number >= 0:
                    results[tool.name].append(measurement)
            print(f"{self.folder.name}: round {number + 1}", file=sys.stderr)
        return results

    def sync_twice(self, project):
        """Syncs a project, and ends the benchmark if a second sync would then find anything to do."""
        sync = [self.neuromaps, "sync"]
        self.run(sync, project)
        run = self.run(sync, project)
        if "nothing to do" not in (told := run.stdout + run.stderr):
            sys.exit(f"error: a second sync found something to do:\n{told}")

    def expect_reused(self, project, count, *options):
        """Syncs once, and ends the benchmark unless all files came from the store."""
        run = self.run([self.neuromaps, "sync", "--json", *options], project)
        if (reused := json.loads(run.stdout)["reused"]) != count:
            sys.exit(f"error: {reused} of {count} files came from the store")

    def commit(self, folder):
        """Makes a git repository of a data directory. No clean-up in the background, which would run into the
        measurements; what is measured later sees git as it comes."""
        self.run(["git", "init", "--quiet"], folder)
        (folder / ".git/info").mkdir(exist_ok=True)
        (folder / ".git/info/exclude").write_text("/.neuromaps/\n")
        git = ["git", "-c", "gc.auto=0", "-c", "maintenance.auto=false"]
        self.run([*git, "add", "annotations"], folder)
        user = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
        self.run([*git, *user, "commit", "--quiet", "--message", "data"], folder)


def median(measurements):
    """The median of the seconds."""
    return statistics.median(measurement.seconds for measurement in measurements)


def spread(measurements):
    """The least, the median and the most of the seconds."""
    seconds = [measurement.seconds for measurement in measurements]
    return min(seconds), median(measurements), max(seconds)


def peak(measurements):
    """The most MiB; None if it is too little to be told."""
    most = max(measurements, key=lambda measurement: measurement.mebibytes)
    return most.mebibytes if most.mebibytes > most.least else None


def peak_cell(measurements):
    """The most MiB, for a table."""
    least = max(measurement.least for measurement in measurements)
    return f"{most:.0f}" if (most := peak(measurements)) else f"under {math.ceil(least)}"


def print_table(results, rival, unit="s"):
    """A row for each tool: the median and how it compares with the rival's; of the memory the most."""
    print(f"| | median {unit} | min–max | ratio to {rival} | peak MiB |\n|---|---:|---:|---:|---:|")
    factor, digits = (1000, 1) if unit == "ms" else (1, 2)
    for name, runs in results.items():
        if not runs:
            print(f"| {name} | not here | | | |")
            continue
        low, middle, high = (f"{value * factor:.{digits}f}" for value in spread(runs))
        ratio = f"{median(runs) / median(results[rival]):.2f}" if results.get(rival) else ""
        print(f"| {name} | {middle} | {low}–{high} | {ratio} | {peak_cell(runs)} |")
    print(flush=True)
