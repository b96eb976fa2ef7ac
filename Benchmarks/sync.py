#!/usr/bin/env python3
"""Times syncs that find everything in place or in the store, beside tools that do the like.

Five comparisons, each with files of its own, all of them made up; the tools take turns. The tables are Markdown.

noop    a satisfied sync of 124 files, beside git, uv, dvc and the import of the Python toolbox
huge    satisfied sync and status of 100,000 small files, beside git
warm    a sync of 124 files, 181 MB, from a full store, beside cp
verify  hashing 124 files, 1 GiB in all, beside sha256sum and openssl
lock    how locking and a satisfied sync grow from 1,000 to 100,000 maps

Nothing is deleted before the end: for minutes after many files were deleted, ext4 is slow at making new ones. All five
need some 12 GB and a million files.
"""

import argparse
import os
import platform
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from growth import run_huge, run_lock
from transfer import toolbox_sizes
from workbench import Tool, Workbench, count_files, print_table, toolbox_maps, write_project

SHORT_RUNS = 8  # For each round of the others: what takes milliseconds needs more runs.
UV_PACKAGES = 125


def rival(options, name, program):
    """The path of a program: that of the environment `name` in the folder of rivals, or else the one on the PATH."""
    candidates = [options.rivals / name / "bin" / program] if options.rivals else []
    found = next((str(path) for path in candidates if path.exists()), None)
    return found or (shutil.which(program) if program == name else None)


def works(bench, command, folder):
    """Whether a rival does what is asked of it here. If not, its message is told, and the comparison goes on."""
    run = subprocess.run(command, cwd=folder, env=bench.environment, capture_output=True, text=True)
    if run.returncode:
        print(f"warning: {shlex.join(map(str, command))}: {run.stderr.strip()}", file=sys.stderr)
    return run.returncode == 0


def write_wheel(folder, name):
    """Writes the package `name` 1.0: one module."""
    info = f"{name}-1.0.dist-info"
    files = {
        f"{name}.py": f"NAME = {name!r}\n",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    with zipfile.ZipFile(folder / f"{name}-1.0-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)


def uv_project(bench, uv):
    """A project with 125 packages in its environment; gives the folder if uv could sync it."""
    project = bench.folder / "uv"
    (project / "wheels").mkdir(parents=True)
    names = [f"package{number:03}" for number in range(1, UV_PACKAGES + 1)]
    for name in names:
        write_wheel(project / "wheels", name)
    (project / "pyproject.toml").write_text(
        '[project]\nname = "bench"\nversion = "1.0"\nrequires-python = ">=3.8"\n'
        f"dependencies = {names}\n[tool.uv]\npackage = false\n[tool.uv.sources]\n"
        + "".join(f'{name} = {{ path = "wheels/{name}-1.0-py3-none-any.whl" }}\n' for name in names)
    )
    return project if works(bench, [uv, "sync"], project) else None


def dvc_project(bench, dvc, tree):
    """A copy of the tree that dvc tracks; gives the folder if it could."""
    project = bench.folder / "dvc"
    project.mkdir()
    bench.run(["cp", "-r", tree, "annotations"], project)
    steps = ("init --no-scm", "config core.analytics false", "config core.check_update false", "add annotations")
    return project if all(works(bench, [dvc, *step.split()], project) for step in steps) else None


def run_noop(bench, options):
    """What it costs to find that there is nothing to do."""
    project, data = bench.folder / "project", bench.folder / "project/data"
    count = write_project(project, toolbox_maps(toolbox_sizes()))
    bench.sync_twice(project)
    bench.commit(data)
    uv, dvc, toolbox = (rival(options, *names) for names in (("uv", "uv"), ("dvc", "dvc"), ("toolbox", "python")))
    uv_folder = uv and uv_project(bench, uv)
    dvc_folder = dvc and dvc_project(bench, dvc, data / "annotations")
    imported = [toolbox, "-c", "import neuromaps.datasets"] if toolbox else None
    if imported and not works(bench, imported, bench.folder):
        imported = None
    tools = [
        Tool("neuromaps sync", [bench.neuromaps, "sync"], project),
        Tool("neuromaps status", [bench.neuromaps, "status"], project),
        Tool("neuromaps --version, bare start", [bench.neuromaps, "--version"], project),
        Tool("/bin/true", ["/bin/true"], project),
        Tool("git status", ["git", "status"], data),
        Tool(f"uv sync, {UV_PACKAGES} packages", [uv, "sync"] if uv_folder else None, uv_folder),
        Tool("dvc status", [dvc, "status"] if dvc_folder else None, dvc_folder, every=SHORT_RUNS),
        Tool("Python toolbox, its import alone", imported, bench.folder, every=SHORT_RUNS),
    ]
    results = bench.compare(tools, rounds=bench.rounds * SHORT_RUNS)
    print(f"### noop: nothing to do, {count} files\n")
    print_table(results, "git status", "ms")


def run_warm(bench, options):
    """What it costs to bring files that the store has."""
    project, linked = bench.folder / "project", bench.folder / "linked-store"
    sizes = toolbox_sizes()
    count = write_project(project, toolbox_maps(sizes))
    tree = project / "lab/annotations"
    bench.run([bench.neuromaps, "sync"], project)
    bench.expect_reused(project, count, "--data-dir", str(bench.folder / "again"))

    def arrived(folder):
        if (found := count_files(folder)) != count:
            sys.exit(f"error: {found} of {count} files arrived in {folder.name}")

    def tool(name, *command):
        return Tool(name, list(command), project, after=arrived)

    def shell(command):
        return "sh", "-c", command.format(tree=shlex.quote(str(tree)), fresh='"{fresh}"')

    sync = [bench.neuromaps, "sync", "--data-dir", "{fresh}"]
    link = ["--link-mode", "hardlink", "--cache-dir", str(linked)]
    copies = [
        tool("cp -r", "cp", "-r", tree, "{fresh}"),
        tool("cp -r, then sync -f", *shell("cp -r {tree} {fresh} && sync -f {fresh}")),
        tool("neuromaps sync", *sync),
    ]
    has_links = "--link-mode" in bench.run([bench.neuromaps, "sync", "--help"], project).stdout
    if has_links:
        bench.run([bench.neuromaps, "sync", *link, "--data-dir", str(bench.folder / "linked")], project)
        bench.expect_reused(project, count, *link, "--data-dir", str(bench.folder / "linked-again"))
    links = [
        tool("cp -rl", "cp", "-rl", tree, "{fresh}"),
        tool("cp -rl, then sync -f", *shell("cp -rl {tree} {fresh} && sync -f {fresh}")),
        Tool("neuromaps sync --link-mode hardlink", [*sync, *link] if has_links else None, project, after=arrived),
    ]
    results = bench.compare(copies + links, memory=2 * sum(sizes) + (1 << 28))
    title = f"a full store and an empty data directory, {count} files, {sum(sizes) / 1e6:.0f} MB"
    for tools, how in ((copies, "copies"), (links, "hard links")):
        print(f"### warm: {title}, {how}\n")
        print_table({tool.name: results[tool.name] for tool in tools}, tools[0].name)


def run_verify(bench, options):
    """What it costs to hash everything."""
    project, data = bench.folder / "project", bench.folder / "project/data"
    sizes, wanted = toolbox_sizes(), options.verify_mib << 20
    sizes = [size * wanted // sum(sizes) for size in sizes]
    count = write_project(project, toolbox_maps(sizes))
    bench.sync_twice(project)

    def hashed(name, command):
        line = f"find annotations -type f -print0 | xargs -0 -P{os.cpu_count()} -n8 {command}"
        return Tool(name, ["sh", "-c", line] if shutil.which(command.split()[0]) else None, data)

    tools = [
        hashed("sha256sum", "sha256sum"),
        hashed("openssl dgst", "openssl dgst -sha256"),
        Tool("neuromaps verify", [bench.neuromaps, "verify"], project),
    ]
    results = bench.compare(tools)
    print(f"### verify: {count} files, {sum(sizes) / (1 << 20):.0f} MiB, {os.cpu_count()} at a time\n")
    print_table(results, "sha256sum")


# In this order: first what measures how files are made, last what makes the most of them.
COMPARISONS = {"warm": run_warm, "noop": run_noop, "verify": run_verify, "huge": run_huge, "lock": run_lock}


def parse_options():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("neuromaps", type=os.path.abspath, help="the program to measure")
    parser.add_argument("--only", default="noop,huge,warm,verify,lock", help="which comparisons, with commas between")
    parser.add_argument("--rounds", type=int, default=5, help=f"of noop {SHORT_RUNS} times as many (default: 5)")
    parser.add_argument("--work", help="where to make the temporary folder")
    parser.add_argument("--rivals", type=Path, help="a folder with the environments uv, dvc and toolbox")
    parser.add_argument("--files", type=int, default=100_000, help="of huge (default: 100,000)")
    parser.add_argument("--sizes", default="1000,3000,10000,30000,100000", help="of lock: numbers of maps")
    parser.add_argument("--verify-mib", type=int, default=1024, help="of verify (default: 1024)")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draws what lock measures")
    options = parser.parse_args()
    options.only = options.only.split(",")
    options.sizes = [int(size) for size in options.sizes.split(",")]
    if unknown := set(options.only) - COMPARISONS.keys():
        parser.error(f"no such comparison: {', '.join(sorted(unknown))}")
    if options.plot and "lock" not in options.only:
        parser.error("--plot draws what lock measures")
    if options.rivals:
        options.rivals = options.rivals.absolute()
    return options


def print_setting(work, options):
    """The machine, as far as it matters, and the versions of the rivals."""
    listed = subprocess.run(["df", "--output=fstype", work], check=True, capture_output=True, text=True)
    print(f"{os.cpu_count()} cores, Linux {platform.release()}, {listed.stdout.split()[-1]}")
    for program in filter(None, ("git", rival(options, "uv", "uv"), rival(options, "dvc", "dvc"))):
        told = subprocess.run([program, "--version"], check=True, capture_output=True, text=True).stdout.split()
        print(f"{Path(program).name} {next(word for word in told if word[0].isdigit())}")
    print(flush=True)


def main():
    """Runs the comparisons one after the other."""
    options = parse_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    if options.work:
        Path(options.work).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sync-", dir=options.work) as made:
        work = Path(made).resolve()
        print_setting(work, options)
        for name, comparison in COMPARISONS.items():
            if name in options.only:
                comparison(Workbench(work / name, options.neuromaps, options.rounds), options)


if __name__ == "__main__":
    main()
