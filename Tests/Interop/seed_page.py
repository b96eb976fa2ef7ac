"""The examples of the toolbox's page "Brain maps and annotations", each in both tools.

Bytes are generated; each tool downloads into a data directory of its own.
"""

import os

from common import TOKEN, Part, checksums, listed, loopback, tuple_of
from lab import Lab
from loopback_osf import LoopbackOSF
from neuromaps import datasets

# What the page prints for available_annotations(); there are more by now.
ON_THE_PAGE = (
    [("abagen", "genepc1", "fsaverage", "10k")]
    + [("margulies2016", f"fcgradient{n:02}", "fsLR", "32k") for n in range(1, 11)]
    + [("neurosynth", "cogpc1", "MNI152", "2mm")]
)

# The toolbox's line, and ours.
MAPS = [
    ("available_annotations()", "list"),
    ("available_annotations(source='abagen')", "list --source abagen"),
    ("available_annotations(tags=['genetics'])", "list --tag genetics"),
]
TAGS = [("available_tags()", "tags")]
# Without --json, as a single map's paths are then all that is printed.
PATHS = [
    ("fetch_annotation(source='neurosynth')", "fetch --source neurosynth"),
    ("fetch_annotation(source='abagen')", "fetch --source abagen"),
]
DICTIONARIES = [
    ("fetch_annotation(source=['abagen', 'neurosynth'])", "fetch --source abagen --source neurosynth"),
    ("fetch_annotation(source=['hcps1200', 'margulies2016'])", "fetch --source hcps1200 --source margulies2016"),
    ("fetch_annotation(source='neurosynth', return_single=False)", "fetch --source neurosynth"),
    ("fetch_annotation(source='abagen', return_single=False)", "fetch --source abagen"),
]


def check(program, work):
    part = Part("seed page")
    everything = datasets.available_annotations()
    part.check(set(ON_THE_PAGE) <= set(everything), "the toolbox lacks maps of its page")
    for line, command in MAPS:
        ours = [tuple_of(entry["map"]) for entry in program.json(*command.split())]
        part.equal(ours, toolbox(line), f"{line} and `neuromaps {command}`")
    for line, command in TAGS:
        part.equal(sorted(program.json(*command.split())), toolbox(line), f"{line} and `neuromaps {command}`")
    lab = Lab(program.json("list"))
    project = lab.project(work / "lab", [])
    with LoopbackOSF(lab.bytes, TOKEN) as server, checksums(lab.md5), loopback(server):
        ours = program.at(server.url)
        for number, (line, command) in enumerate(PATHS + DICTIONARIES):
            here, there = work / f"ours-{number}", work / f"theirs-{number}"
            words = [*command.split(), "--data-dir", here]
            if (line, command) in PATHS:
                answer = relative(ours.succeed(*words, cwd=project).splitlines(), here)
                expected = relative(listed(toolbox(line, there)), there)
            else:
                found = ours.json(*words, cwd=project)
                answer = {tuple_of(name): relative(paths, here) for name, paths in found.items()}
                # A single file is a path in the toolbox's dictionary, and a list of one in ours.
                expected = {name: relative(listed(value), there) for name, value in toolbox(line, there).items()}
            part.equal(answer, expected, f"{line} and `neuromaps {command}`")
            part.equal(contents(here), contents(there), f"the bytes brought by {line} and `neuromaps {command}`")
    lines = MAPS + TAGS + PATHS + DICTIONARIES
    return part.report(
        f"{len(lines)} lines give the same in both tools; {len(everything)} maps now, {len(ON_THE_PAGE)} on the page"
    )


def toolbox(line, data_dir=None):
    """Runs a line of the page, with a data directory if one is given."""
    if data_dir:
        line = line[:-1] + ", data_dir=data_dir, verbose=0)"
    return eval(line, {**vars(datasets), "data_dir": data_dir})


def relative(paths, folder):
    return [os.path.relpath(path, folder) for path in paths]


def contents(folder):
    """The files below `annotations`, with their bytes."""
    files = [path for path in (folder / "annotations").rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
