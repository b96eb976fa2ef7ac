#!/usr/bin/env python3
"""Times a cold `neuromaps sync --locked` beside other downloaders, from one nginx on loopback.

Every tool brings the same files into an empty target once a round; each round begins with another tool. The tables are
Markdown. A latency comes from a relay that delays what passes: it takes a share of the machine, but the same from all.
"""

import argparse
import asyncio
import contextlib
import hashlib
import mmap
import multiprocessing
import os
import platform
import random
import shlex
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

JOBS = 16
CHUNK = 1 << 18
RELAY_CHUNKS = 128  # In flight in a direction of a connection: 32 MiB, more than the relay moves in half a round trip.

# Runs a command; prints seconds, exit code, peak KiB and CPU seconds. A process of its own because the kernel counts
# the memory of what starts a program as the program's: this is small, 9 MiB.
STOPWATCH = """\
import os, sys, time
start = time.monotonic()
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_DUP2, 2, 1)])
_, status, used = os.wait4(child, 0)
print(time.monotonic() - start, os.waitstatus_to_exitcode(status), used.ru_maxrss, used.ru_utime + used.ru_stime)
"""

POOCH = """\
import concurrent.futures, sys
import pooch
url, registry, target, jobs = sys.argv[1:]
pooch.get_logger().setLevel("WARNING")
files = pooch.create(path=target, base_url=url)
files.load_registry(registry)
with concurrent.futures.ThreadPoolExecutor(int(jobs)) as pool:
    list(pool.map(files.fetch, files.registry_files))
"""

NGINX = """\
{user}
daemon off;
worker_processes 2;
pid {work}/nginx.pid;
error_log {work}/nginx.log;
events {{ worker_connections 512; }}
http {{
    access_log off;
    sendfile on;
    keepalive_requests 100000;
    {temporary}
    server {{ listen 127.0.0.1:{port}; root {work}/site; }}
}}
"""


@dataclass(frozen=True)
class ServedFile:
    """A file of a set: the map it is of, its path below the target, and what a lock pins of it."""

    map: str
    path: str
    size: int
    sha256: str


@dataclass(frozen=True)
class Tool:
    """A command, and the folder in which its files land; both as seen from the folder of the run."""

    name: str
    command: list[str]
    target: str


class Measurement(NamedTuple):
    """What one run took."""

    seconds: float
    peak: float
    cpu: float


def toolbox_sizes():
    """124 sizes like those of the built-in catalog, about 180 MB in all: volumes and surfaces, coarse and fine."""
    numbers = random.Random("sizes")
    classes = [(40, 150_000, 220_000), (40, 650_000, 900_000), (32, 2_200_000, 2_500_000), (12, 5_000_000, 6_500_000)]
    sizes = [numbers.randrange(low, high) for count, low, high in classes for _ in range(count)]
    numbers.shuffle(sizes)
    return sizes


SETS = {"a": toolbox_sizes, "b": lambda: [50 << 10] * 2000, "c": lambda: [1 << 30]}


def make_file(root, number, size):
    """Writes a file of pseudo-random bytes, the same in every run, named as a volume in a data folder."""
    desc = f"map{number:04}"
    path = f"annotations/lab/{desc}/MNI152/source-lab_desc-{desc}_space-MNI152_res-2mm_feature.nii.gz"
    numbers, digest = random.Random(number), hashlib.sha256()
    (root / path).parent.mkdir(parents=True)
    with open(root / path, "wb") as file:
        for start in range(0, size, CHUNK):
            piece = numbers.randbytes(min(CHUNK, size - start))
            digest.update(piece)
            file.write(piece)
    return ServedFile(f"lab/{desc}/MNI152/2mm", path, size, digest.hexdigest())


def clean_environment(home):
    """What every tool sees: no proxy, no settings of the user."""
    return {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}


def write_project(folder, files, url, neuromaps):
    """Writes a project that pins the files, and locks it."""
    folder.mkdir()
    maps = [
        f"  - map: {file.map}\n"
        f"    files: [{{url: {url}/{file.path}, size: {file.size}, sha256: {file.sha256}}}]\n"
        for file in files
    ]
    (folder / "lab.yaml").write_text('version: 1\nname: lab\nrevision: "1"\nmaps:\n' + "".join(maps))
    (folder / "neuromaps.yaml").write_text(
        "version: 1\ndata_dir: data\nbuiltin: false\ncatalogs:\n  - path: lab.yaml\nannotations:\n  - lab/*/*/*\n"
    )
    lock = [neuromaps, "lock", "--quiet", "--project", folder]
    subprocess.run(lock, check=True, env=clean_environment(folder.parent))


def write_lists(folder, files, url):
    """Writes the list of files in the form that each rival reads."""

    def write(name, line):
        (folder / name).write_text("".join(line(file) for file in files))

    write("curl.conf", lambda file: f'url = "{url}/{file.path}"\noutput = "curl/{file.path}"\n')
    write("sha256sums", lambda file: f"{file.sha256}  curl/{file.path}\n")
    write("aria2.list", lambda file: f"{url}/{file.path}\n  out={file.path}\n  checksum=sha-256={file.sha256}\n")
    write("pooch.registry", lambda file: f"{file.path} sha256:{file.sha256}\n")
    (folder / "pooch-fetch.py").write_text(POOCH)


def make_tools(options, url):
    """The program and its rivals; the first is what the others are compared with."""
    curl = f"curl -Z --parallel-max {JOBS} --silent --show-error --fail --create-dirs --config curl.conf"
    checked = f"{curl} && sha256sum --check --quiet sha256sums"
    aria2 = f"aria2c -j{JOBS} -x1 -i aria2.list -d aria2 --quiet --allow-overwrite=true --file-allocation=none"
    sync = f"sync --locked --quiet --no-progress --jobs {JOBS} --project project --cache-dir store"
    return [
        Tool("curl, checks nothing", curl.split(), "curl"),
        Tool("curl, then sha256sum", ["sh", "-c", checked], "curl"),
        Tool("aria2c", aria2.split(), "aria2"),
        Tool("pooch", [options.pooch_python, *f"pooch-fetch.py {url}/ pooch.registry pooch {JOBS}".split()], "pooch"),
        Tool("neuromaps", [options.neuromaps, *sync.split()], "project/data"),
    ]


def wait_until_served(port, server):
    """Returns when the server takes connections."""
    while server.poll() is None:
        with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)):
            return
        time.sleep(0.02)
    sys.exit("error: nginx did not start")


@contextlib.contextmanager
def web_server(work):
    """An nginx that serves the folder `site`; gives its port."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    user = "user root;" if os.geteuid() == 0 else ""
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = " ".join(f"{kind}_temp_path {work}/nginx-{kind};" for kind in kinds)
    (work / "nginx.conf").write_text(NGINX.format(user=user, work=work, port=port, temporary=temporary))
    server = subprocess.Popen(["nginx", "-e", work / "nginx.log", "-p", work, "-c", work / "nginx.conf"])
    try:
        wait_until_served(port, server)
        yield port
    finally:
        server.terminate()
        server.wait()


async def pump(reader, writer, delay, opened):
    """Moves bytes one way, each `delay` seconds after it came, what came before `opened` as if it came then. Reading
    goes on meanwhile: this delays, and does not throttle."""
    clock, queue = asyncio.get_running_loop().time, asyncio.Queue(RELAY_CHUNKS)

    async def take():
        piece = b"-"
        while piece:
            piece = await reader.read(CHUNK)
            await queue.put((max(clock(), opened) + delay, piece))

    async def release():
        piece = b"-"
        while piece:
            due, piece = await queue.get()
            await asyncio.sleep(max(0, due - clock()))
            writer.write(piece)
            await writer.drain()
        writer.write_eof()

    await asyncio.gather(take(), release())


async def relay(listener, port, round_trip):
    """Relays connections to the port, half a round trip later each way; opening one takes a round trip more."""
    loop, connections = asyncio.get_running_loop(), set()

    async def connect(reader, writer):
        opened = loop.time() + round_trip
        out_reader, out_writer = await asyncio.open_connection("127.0.0.1", port, limit=CHUNK)
        with contextlib.suppress(ConnectionError):
            await asyncio.gather(
                pump(reader, out_writer, round_trip / 2, opened), pump(out_reader, writer, round_trip / 2, opened)
            )
        writer.close()
        out_writer.close()

    def accept(reader, writer):
        connection = loop.create_task(connect(reader, writer))
        connections.add(connection)  # The loop itself holds tasks weakly.
        connection.add_done_callback(connections.discard)

    server = await asyncio.start_server(accept, sock=listener, limit=CHUNK)
    await server.serve_forever()


def run_relay(listener, port, round_trip):
    """The relay as a process."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    asyncio.run(relay(listener, port, round_trip))


@contextlib.contextmanager
def delayed(port, milliseconds):
    """A port with that round trip in front of the given one, or the given one if there is none."""
    if not milliseconds:
        yield port
        return
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        process = multiprocessing.Process(target=run_relay, args=(listener, port, milliseconds / 1000), daemon=True)
        process.start()
        try:
            yield listener.getsockname()[1]
        finally:
            process.terminate()
            process.join()


def check(tool, folder, files):
    """Ends the benchmark if not all files are there; of the program, each must also have the right bytes."""
    target = folder / tool.target
    if tool.name != "neuromaps":
        found = sum(len(names) for _, _, names in os.walk(target))
        if found != len(files):
            sys.exit(f"error: {tool.name} brought {found} of {len(files)} files")
        return
    for file in files:
        with open(target / file.path, "rb") as opened:
            if hashlib.file_digest(opened, "sha256").hexdigest() != file.sha256:
                sys.exit(f"error: {tool.name} brought wrong bytes of {file.path}")


def set_aside(folder, name):
    """Takes away what a run made, and frees its space. Deleting it waits for the end: for minutes after many files
    were deleted, ext4 is slow at making new ones."""
    if not (folder / name).exists():
        return
    aside = (folder / name).rename(Path(tempfile.mkdtemp(dir=folder, prefix="aside-"), "files"))
    for path in aside.rglob("*"):
        if path.is_file():
            path.chmod(0o600)
            os.truncate(path, 0)


def touch_memory(size):
    """Uses memory and frees it. What a virtual machine has not used for a while may have to come from its host first,
    which takes longer than the downloads."""
    mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE).close()


def measure(tool, folder, files):
    """Runs a tool from nothing, on a disk with nothing left to write."""
    os.sync()
    touch_memory(2 * sum(file.size for file in files) + (1 << 28))
    log = folder / "run.log"
    stopwatch = [sys.executable, "-I", "-S", "-c", STOPWATCH, *tool.command]
    with open(log, "wb") as output:
        run = subprocess.run(
            stopwatch, cwd=folder, env=clean_environment(folder), stdout=subprocess.PIPE, stderr=output, check=True
        )
    seconds, code, peak, cpu = map(float, run.stdout.split())
    if code:
        sys.exit(f"error: {tool.name} ended with {code:.0f}:\n{log.read_text()}")
    check(tool, folder, files)
    for name in (tool.target, "store"):
        set_aside(folder, name)
    return Measurement(seconds, peak / 1024, cpu)


def run_rounds(tools, folder, files, rounds):
    """The measurements of each tool."""
    results = {tool.name: [] for tool in tools}
    for number in range(rounds):
        first = number % len(tools)
        for tool in tools[first:] + tools[:first]:
            results[tool.name].append(measure(tool, folder, files))
            print(f"{folder.name} {number + 1}: {tool.name}: {results[tool.name][-1].seconds:.2f} s", file=sys.stderr)
    return results


def print_table(results):
    """A row for each tool: medians, and of the memory the most."""
    print("| tool | median s | min–max | ratio to curl | peak MiB | CPU s |\n|---|---:|---:|---:|---:|---:|")
    medians = {name: statistics.median(run.seconds for run in runs) for name, runs in results.items()}
    for name, runs in results.items():
        seconds = [run.seconds for run in runs]
        peak, cpu = max(run.peak for run in runs), statistics.median(run.cpu for run in runs)
        span, ratio = f"{min(seconds):.2f}–{max(seconds):.2f}", medians[name] / next(iter(medians.values()))
        print(f"| {name} | {medians[name]:.2f} | {span} | {ratio:.2f} | {peak:.0f} | {cpu:.2f} |")
    print(flush=True)


def run_set(name, files, latency, port, folder, options):
    """Brings the files of a set with every tool, through a relay if there is a latency, and prints the table."""
    folder.mkdir()
    with delayed(port, latency) as seen:
        url = f"http://127.0.0.1:{seen}/{name}"
        write_project(folder / "project", files, url, options.neuromaps)
        write_lists(folder, files, url)
        results = run_rounds(make_tools(options, url), folder, files, options.rounds)
    counted = f"{len(files)} file{'s' if len(files) > 1 else ''}, {sum(file.size for file in files) / 1e6:,.0f} MB"
    print(f"### {name}: {counted}{f', round trip {latency:g} ms' if latency else ''}\n")
    print_table(results)


def print_setting(work, options):
    """The machine, as far as it matters, and the commands."""
    listed = subprocess.run(["df", "--output=fstype", work], check=True, capture_output=True, text=True)
    print(f"{os.cpu_count()} cores, Linux {platform.release()}, {listed.stdout.split()[-1]}\n")
    print(*(f"    {shlex.join(tool.command)}" for tool in make_tools(options, "URL")), sep="\n", end="\n\n")


def parse_options():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("neuromaps", type=os.path.abspath, help="the program to measure")
    parser.add_argument("--rounds", type=int, default=5, help="how often each tool runs (default: 5)")
    parser.add_argument("--sets", default="a,b,c", help="a: 124 files, b: 2,000 small ones, c: one of 1 GiB")
    parser.add_argument("--latency", type=float, metavar="MS", help="round trip (default: none; then 50 for a and b)")
    parser.add_argument("--dir", help="where to make the temporary folder")
    parser.add_argument("--pooch-python", default=sys.executable, help="a Python that has pooch")
    options = parser.parse_args()
    options.sets = options.sets.split(",")
    if unknown := set(options.sets) - SETS.keys():
        parser.error(f"no such set: {', '.join(sorted(unknown))}")
    return options


def main():
    """Makes the files, and runs the sets one after the other."""
    options = parse_options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    runs = [(name, options.latency or 0) for name in options.sets]
    if options.latency is None:
        runs += [(name, 50) for name in options.sets if name != "c"]
    runs.sort(key=lambda run: run[0] == "c")  # Last: much written at once may make a disk slow for a while.
    with tempfile.TemporaryDirectory(prefix="transfer-", dir=options.dir) as made:
        work = Path(made).resolve()
        print_setting(work, options)
        site = {
            name: [make_file(work / "site" / name, number, size) for number, size in enumerate(SETS[name](), 1)]
            for name in dict.fromkeys(options.sets)
        }
        with web_server(work) as port:
            for place, (name, latency) in enumerate(runs, 1):
                run_set(name, site[name], latency, port, work / f"{place}-{name}", options)


if __name__ == "__main__":
    main()
