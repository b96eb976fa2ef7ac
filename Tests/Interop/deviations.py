"""What differs on purpose when fetching: each deviation of docs/toolbox-parity.md shown in both tools.

Those of queries are counted, and predicted, in queries.py.
"""

import json
from pathlib import Path

from common import TOKEN, Part, checksums, file_id, loopback, replaced
from lab import Lab
from loopback_osf import LoopbackOSF
from neuromaps import datasets
from neuromaps.datasets import utils

ONE = dict(source="neurosynth", desc="cogpc1", space="MNI152", res="2mm")
NAME = "neurosynth/cogpc1/MNI152/2mm"
RESTRICTED = "spreng/feobv/MNI152/1mm"


def check(program, work):
    part = Part("deviations")
    lab = Lab(program.json("list", "--restricted"))
    project = lab.project(work / "lab", [NAME])
    shown = [no_match, no_keyword, token, restricted_by_name, changed_file, corrupt_download, unknown_description]
    with LoopbackOSF(lab.bytes, TOKEN) as server, checksums(lab.md5), loopback(server):
        for case in shown:
            case(part, program, server, project, work / case.__name__)
    return part.report(
        f"{len(shown)} of fetching and describing, each shown in both tools: "
        + ", ".join(case.__name__.replace("_", " ") for case in shown)
    )


def fetch(program, project, data_dir, *words):
    return program.run("fetch", *words, "--data-dir", data_dir, "--json", cwd=project)


def no_match(part, program, server, project, data_dir):
    """Nothing matches: an empty dictionary there, exit 1 here."""
    theirs = datasets.fetch_annotation(source="nobody", data_dir=data_dir, verbose=0)
    ours = fetch(program.at(server.url), project, data_dir, "--source", "nobody")
    part.equal((ours.returncode, theirs), (1, {}), "a fetch of nothing")


def no_keyword(part, program, server, project, data_dir):
    """No keyword: refused by both."""
    try:
        theirs = datasets.fetch_annotation(data_dir=data_dir)
    except ValueError:
        theirs = "refused"
    part.equal(
        (fetch(program.at(server.url), project, data_dir).returncode, theirs),
        (64, "refused"),
        "a fetch without keywords",
    )


def token(part, program, server, project, data_dir):
    """A token that is set takes the restricted map along there; here only `--restricted` does."""
    query = dict(tags=["receptors"], data_dir=data_dir / "theirs", verbose=0)
    theirs = [len(datasets.fetch_annotation(token=token, **query)) for token in (None, TOKEN)]
    words = ["--tag", "receptors"]
    ours = [
        len(json.loads(fetch(program.at(server.url, token), project, data_dir / "ours", *words, *more).stdout))
        for token, more in ((None, []), (TOKEN, []), (TOKEN, ["--restricted"]))
    ]
    part.equal(ours, [theirs[0], theirs[0], theirs[1]], "maps by tag without a token, with one, and with --restricted")
    part.equal(theirs[1] - theirs[0], 1, "restricted maps")


def restricted_by_name(part, program, server, project, data_dir):
    """Without a token: an empty dictionary there; here exit 6, which names the variable."""
    source, desc, space, res = RESTRICTED.split("/")
    theirs = datasets.fetch_annotation(source=source, desc=desc, space=space, res=res, data_dir=data_dir, verbose=0)
    words = ["--source", source, "--desc", desc, "--space", space, "--res", res]
    ours = fetch(program.at(server.url), project, data_dir, *words)
    part.equal((ours.returncode, theirs), (6, {}), "the restricted map without a token")
    part.check("NEUROMAPS_OSF_TOKEN" in ours.stderr, "the missing token's variable is not named:", ours.stderr)


def changed_file(part, program, server, project, data_dir):
    """A file with other bytes: taken as it is there; here exit 4, and the file is left alone."""
    ours = program.at(server.url)
    path = datasets.fetch_annotation(data_dir=data_dir, verbose=0, **ONE)
    part.equal(fetch(ours, project, data_dir, "--source", "neurosynth").returncode, 0, "a file that is right")
    bytes = bytearray(Path(path).read_bytes())
    bytes[20] ^= 1
    Path(path).write_bytes(bytes)
    part.equal(datasets.fetch_annotation(data_dir=data_dir, verbose=0, **ONE), path, "the toolbox and a changed file")
    result = fetch(ours, project, data_dir, "--source", "neurosynth")
    part.equal(result.returncode, 4, f"exit for a changed file\n{result.stderr}")
    part.check(Path(path).read_bytes() == bytes, "the changed file was touched")
    fetch(ours, project, data_dir, "--source", "neurosynth", "--repair")
    part.check(Path(path).read_bytes() == server.files[osf_of(NAME)], "--repair did not bring the right bytes")


def corrupt_download(part, program, server, project, data_dir):
    """A bad body: there an error, and the second call takes what is left of the first; here exit 1, and no file."""
    bad = {**server.files, osf_of(NAME): b"<html>log in</html>"}
    with replaced((server, "files", bad)):
        answers = []
        for _ in range(2):
            try:
                path = datasets.fetch_annotation(data_dir=data_dir / "theirs", verbose=0, **ONE)
                answers.append(Path(path).read_bytes())
            except ValueError as error:
                answers.append("checksum" in str(error))
        part.equal(answers, [True, b"<html>log in</html>"], "the toolbox and a bad body, twice")
        for _ in range(2):
            result = fetch(program.at(server.url), project, data_dir / "ours", "--source", "neurosynth")
            part.equal(result.returncode, 1, f"exit for a bad body\n{result.stderr}")
            part.check(not list((data_dir / "ours").rglob("*feature*")), "a bad body was left in the data directory")


def unknown_description(part, program, server, project, data_dir):
    """A map that is not there: `describe_annotations` raises a TypeError by mistake; here exit 1."""
    try:
        theirs = datasets.describe_annotations([("nobody", "x", "y", "1mm")], format="dataframe")
    except TypeError:
        theirs = "TypeError"
    part.equal((program.run("info", "nobody/x/y/1mm").returncode, theirs), (1, "TypeError"), "an unknown map described")


def osf_of(name):
    source, desc, space, _ = name.split("/")
    for row in utils.get_dataset_info("annotations", True):
        if (row["source"], row["desc"], row["space"]) == (source, desc, space):
            return file_id(row["url"])
    raise KeyError(name)
