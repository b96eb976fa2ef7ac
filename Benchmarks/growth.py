"""How time and memory grow with the number of files: the comparisons `huge` and `lock` of `sync.py`."""

import math
import shutil
import sys
from dataclasses import dataclass

from workbench import MadeMap, Measurement, Tool, median, peak, peak_cell, print_table, write_project

SPACES = ("civet", "fsLR", "fsaverage", "onavg")
TINY = 48  # Bytes of a file.
GIT = ["git", "status", "-uno"]


def surface_maps(count):
    """Surfaces of two hemispheres: each source has 250 descs in four spaces."""
    for number in range(count):
        source, desc = number // 1000 + 1, number // 4 % 250 + 1
        sizes = {"L": TINY, "R": TINY}
        yield MadeMap(f"source{source:03}", f"desc{desc:03}", SPACES[number % 4], "10k", sizes)


def volume_maps(count):
    """Volumes: each source has 250 descs at four voxel sizes."""
    for number in range(count):
        source, desc = number // 1000 + 1, number // 4 % 250 + 1
        yield MadeMap(f"source{source:03}", f"desc{desc:03}", "MNI152", f"{number % 4 + 1}mm", {"": TINY})


def run_huge(bench, options):
    """A satisfied sync of very many files."""
    project, data = bench.folder / "project", bench.folder / "project/data"
    count = write_project(project, surface_maps(options.files // 2))
    lock = bench.measure(Tool("neuromaps lock", [bench.neuromaps, "lock", "--offline"], project))
    first = bench.measure(Tool("neuromaps sync", [bench.neuromaps, "sync"], project))
    bench.sync_twice(project)
    bench.commit(data)
    tools = [
        Tool("git status -uno", GIT, data),
        Tool("git status", ["git", "status"], data),
        Tool("neuromaps sync", [bench.neuromaps, "sync"], project),
        Tool("neuromaps status", [bench.neuromaps, "status"], project),
    ]
    results = bench.compare(tools)
    print(f"### huge: nothing to do, {count:,} files\n")
    print_table(results, "git status -uno")
    told = (f"{name} {run.seconds:.1f} s, {peak_cell([run])} MiB" for name, run in (("lock", lock), ("sync", first)))
    print(f"Once before, from nothing: {'; '.join(told)}.\n", flush=True)


@dataclass(frozen=True)
class Row:
    """What was measured with one number of maps, by tool."""

    maps: int
    lock_bytes: int
    results: dict[str, list[Measurement]]


def measure_row(bench, maps):
    """Locking, checking and syncing so many maps of one file each, which are in the data directory from the start."""
    project, data, first = (bench.folder / f"{maps}{name}" for name in ("", "/data", "-first"))
    write_project(project, volume_maps(maps), catalog="catalog.yaml", tree="data")
    bench.run([bench.neuromaps, "lock", "--offline"], project)
    bench.sync_twice(project)
    bench.commit(data)
    first.mkdir()
    for name in ("neuromaps.yaml", "catalog.yaml"):
        shutil.copyfile(project / name, first / name)

    def set_aside(fresh):
        (first / "neuromaps.lock").rename(fresh)

    tools = [
        Tool("lock", [bench.neuromaps, "lock", "--offline"], first, after=set_aside),
        Tool("lock --check", [bench.neuromaps, "lock", "--check"], project),
        Tool("sync", [bench.neuromaps, "sync"], project),
        Tool("git status -uno", GIT, data),
    ]
    return Row(maps, (project / "neuromaps.lock").stat().st_size, bench.compare(tools))


def run_lock(bench, options):
    """How locking and a satisfied sync grow."""
    rows = []
    for maps in options.sizes:
        rows.append(measure_row(bench, maps))
        print(f"lock: {maps:,} maps are done", file=sys.stderr)
    names = list(rows[0].results)
    print("### lock: growth with the number of maps of one file; median s, peak MiB\n")
    print("| maps | lock, MB |", *(f" {name} s | MiB |" for name in names), " sync, ratio to git |", sep="")
    print("|---:" * (3 + 2 * len(names)) + "|")
    for row in rows:
        cells = [cell for runs in row.results.values() for cell in (f"{median(runs):.3f}", peak_cell(runs))]
        ratio = f"{median(row.results['sync']) / median(row.results['git status -uno']):.2f}"
        print("| " + " | ".join([f"{row.maps:,}", f"{row.lock_bytes / 1e6:.1f}", *cells, ratio]) + " |")
    print(flush=True)
    if options.plot:
        write_plot(options.plot, rows)


# The plot: two panels side by side, both axes logarithmic.

COLORS = ("#0072b2", "#009e73", "#d55e00", "#6b6b6b")
WIDTH, HEIGHT = 380, 300  # Of a panel, within its axes.
LEFT, TOP, GAP, BELOW = 70, 46, 90, 92  # What is around the panels, and between them.


@dataclass(frozen=True)
class Axis:
    """A logarithmic scale, from whole decade to whole decade or less, drawn over a length."""

    low: float
    high: float
    length: float

    @classmethod
    def over(cls, values, length, whole):
        """An axis that holds the values; `whole` if it begins and ends at powers of ten."""
        low, high = math.log10(min(values)), math.log10(max(values))
        if whole:
            low, high = math.floor(low), math.ceil(high)
        return cls(low, high if high > low else low + 1, length)

    def place(self, value):
        """How far along the axis a value stands."""
        return (math.log10(value) - self.low) / (self.high - self.low) * self.length


def text(x, y, words, anchor="middle", extra=""):
    """A text, as SVG."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{extra}>{words}</text>'


def panel(left, title, curves):
    """Title, axes and curves; a curve is a color and its points."""
    across = Axis.over([x for _, points in curves for x, _ in points], WIDTH, whole=False)
    upward = Axis.over([y for _, points in curves for _, y in points], HEIGHT, whole=True)
    bottom = TOP + HEIGHT
    yield text(left, TOP - 16, title, "start", ' font-weight="bold"')
    for power in range(math.ceil(upward.low), math.floor(upward.high) + 1):
        y = bottom - upward.place(10**power)
        yield f'<path d="M{left} {y:.1f}h{WIDTH}" stroke="#ddd"/>'
        yield text(left - 8, y + 4, f"{10**power:g}" if power < 0 else f"{10**power:,}", "end")
    for x in sorted({x for _, points in curves for x, _ in points}):
        yield f'<path d="M{left + across.place(x):.1f} {bottom}v5" stroke="#444"/>'
        yield text(left + across.place(x), bottom + 20, f"{x:,}")
    yield f'<path d="M{left} {TOP}V{bottom}h{WIDTH}" fill="none" stroke="#444"/>'
    yield text(left + WIDTH / 2, bottom + 42, "maps of one file")
    for color, points in curves:
        placed = [(left + across.place(x), bottom - upward.place(y)) for x, y in points]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        yield f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}"/>' for x, y in placed)


def curves(rows, value):
    """A color and the points of each tool for which the value is known."""
    for color, name in zip(COLORS, rows[0].results):
        points = [(row.maps, value(row.results[name])) for row in rows]
        if known := [(x, y) for x, y in points if y]:
            yield color, known


def write_plot(path, rows):
    """Draws seconds and MiB against the number of maps. A peak too small to be told has no point."""
    width, height = 2 * (LEFT + WIDTH) + GAP - 30, TOP + HEIGHT + BELOW
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
        ' font-family="Helvetica, Arial, sans-serif" font-size="12" fill="#222" role="img">',
        "<title>Seconds and memory against the number of maps, both axes logarithmic</title>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
    ]
    for place, (title, value) in enumerate((("seconds, median", median), ("peak MiB", peak))):
        if drawn := list(curves(rows, value)):
            parts += panel(LEFT + place * (WIDTH + GAP), title, drawn)
    for place, (color, name) in enumerate(zip(COLORS, rows[0].results)):
        x, y = LEFT + 190 * place, height - 18
        parts.append(f'<path d="M{x} {y - 4}h24" stroke="{color}" stroke-width="3"/>')
        parts.append(text(x + 32, y, name if name.startswith("git") else f"neuromaps {name}", "start"))
    path.write_text("\n".join([*parts, "</svg>"]) + "\n")
