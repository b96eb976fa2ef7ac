"""What the parts share: our program, a check that collects what differs, and the guards around the toolbox."""

import contextlib
import json
import os
import socket
import subprocess
from pathlib import Path, PurePosixPath

import requests
from neuromaps.datasets import annotations, utils
from nilearn.datasets import _utils as nilearn_utils

TOKEN = "interop-token"
# Nothing listens there: port 1 of this machine.
CLOSED = "http://127.0.0.1:1"


# The two maps of which the toolbox gives the right hemisphere first; ours is always left, right.
RIGHT_FIRST = {("xu2020", "FChomology", "fsLR", "32k"), ("xu2020", "evoexp", "fsLR", "32k")}


class Part:
    """One part of the suite: counts what agrees, collects what differs, and sums up in one line."""

    def __init__(self, name):
        self.name = name
        self.failures = []

    def check(self, holds, *words):
        if not holds:
            self.failures.append(" ".join(str(word) for word in words))
        return bool(holds)

    def equal(self, ours, theirs, what):
        return self.check(ours == theirs, f"{what}:\n    neuromaps: {short(ours)}\n    toolbox:   {short(theirs)}")

    def same_paths(self, ours, theirs, what):
        """Two answers of a fetch, from tuple to paths: the same maps, and of each the same paths in the same order."""
        self.equal(
            sorted(ours.keys() - theirs.keys()), sorted(theirs.keys() - ours.keys()), f"{what}: maps of one only"
        )
        for name in sorted(ours.keys() & theirs.keys()):
            paths = listed(theirs[name])
            self.equal(ours[name], paths[::-1] if name in RIGHT_FIRST else paths, f"{what}: {name}")

    def report(self, summary):
        """Prints the line; returns whether all is well."""
        for failure in self.failures[:20]:
            print(f"  differs: {failure}")
        if len(self.failures) > 20:
            print(f"  … and {len(self.failures) - 20} more")
        state = "ok" if not self.failures else f"FAILED ({len(self.failures)})"
        print(f"{self.name}: {state}: {summary}", flush=True)
        return not self.failures


class Program:
    """Our program, with an environment of its own: no user settings, no proxies, a fresh store."""

    def __init__(self, path, home, osf=CLOSED, token=None):
        self.path = path
        self.home = Path(home)
        self.osf = osf
        self.token = token

    def at(self, osf=CLOSED, token=None):
        """The same program with an empty store, and OSF at another address."""
        number = len(list(self.home.glob("store-*")))
        home = self.home / f"store-{number}"
        home.mkdir(parents=True)
        return Program(self.path, home, osf, token)

    def run(self, *arguments, cwd=None, variables=None):
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(self.home),
            "NEUROMAPS_OSF_URL": self.osf,
            "NEUROMAPS_CACHE_DIR": str(self.home / "cache"),
        }
        if self.token:
            environment["NEUROMAPS_OSF_TOKEN"] = self.token
        environment.update(variables or {})
        return subprocess.run(
            [self.path, *map(str, arguments)], cwd=cwd or self.home, env=environment, capture_output=True, text=True
        )

    def succeed(self, *arguments, cwd=None):
        result = self.run(*arguments, cwd=cwd)
        if result.returncode != 0:
            raise CommandFailed(f"neuromaps {' '.join(map(str, arguments))}: exit {result.returncode}\n{result.stderr}")
        return result.stdout

    def json(self, *arguments, cwd=None):
        return json.loads(self.succeed(*arguments, "--json", cwd=cwd))


def tuple_of(text):
    """`a/b/c/d` as the toolbox's key."""
    return tuple(text.split("/"))


def listed(value):
    """The toolbox's value of one map, a path or a list of paths, as a list."""
    return [str(value)] if isinstance(value, (str, os.PathLike)) else [str(path) for path in value]


def file_id(url):
    """Project and file of an OSF address, `4mw3a/60c2…`."""
    parts = url.split("/")
    return f"{parts[parts.index('resources') + 1]}/{parts[-1]}"


def annotation_path(row):
    """Where the toolbox puts a file of its table, below the data directory."""
    return str(PurePosixPath("annotations", row["rel_path"], row["fname"]))


def short(value):
    """A value as a message shows it."""
    text = repr(value)
    return text if len(text) <= 1000 else f"{text[:1000]} … ({len(text)} characters)"


class CommandFailed(Exception):
    """A command of ours that had to succeed did not."""


class NetworkUsed(AssertionError):
    """The toolbox wanted to download, or to connect."""


@contextlib.contextmanager
def replaced(*changes):
    """Sets attributes, (object, name, value) each, and sets them back."""
    before = [(thing, name, getattr(thing, name)) for thing, name, _ in changes]
    try:
        for thing, name, value in changes:
            setattr(thing, name, value)
        yield
    finally:
        for thing, name, value in reversed(before):
            setattr(thing, name, value)


def no_network():
    """The toolbox with sessions, downloads and sockets that fail on any use."""

    def fail(*arguments, **_):
        raise NetworkUsed(f"the toolbox used the network: {arguments}")

    return replaced(
        (annotations, "_fetch_file", fail),
        (nilearn_utils, "fetch_single_file", fail),
        (requests.Session, "send", fail),
        (socket.socket, "connect", fail),
    )


class _Loopback(requests.adapters.HTTPAdapter):
    """Sends what is meant for files.osf.io to a server on this machine."""

    def __init__(self, url):
        super().__init__()
        self.url = url

    def send(self, request, **keywords):
        request.url = request.url.replace("https://files.osf.io", self.url)
        return super().send(request, **keywords)


@contextlib.contextmanager
def loopback(server):
    """The toolbox with sessions that reach OSF at a server on this machine, and nothing else."""
    make = utils._get_session

    def session(token=None):
        made = make(token=token)
        made.trust_env = False
        made.adapters.clear()
        made.mount("https://files.osf.io/", _Loopback(server.url))
        made.mount(server.url, requests.adapters.HTTPAdapter())
        return made

    with replaced((annotations, "_get_session", session)):
        yield


@contextlib.contextmanager
def checksums(md5_of):
    """The toolbox with other md5 sums, by `project/file`, where there are some."""
    entries = [
        entry for data in (utils.NEUROMAPS_DATASETS, utils.NEUROMAPS_DATASETS_PUBLIC) for entry in data["annotations"]
    ]
    before = [entry["checksum"] for entry in entries]
    for entry in entries:
        entry["checksum"] = md5_of.get(file_id(entry["url"]), entry["checksum"])
    try:
        yield
    finally:
        for entry, checksum in zip(entries, before):
            entry["checksum"] = checksum
