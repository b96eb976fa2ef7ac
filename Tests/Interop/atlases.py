"""Atlases: each tool unpacks the archives, and the other finds every file that it asks for.

The archives are generated, with the members that the toolbox asks for.
"""

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path

from common import TOKEN, NetworkUsed, Part, file_id, no_network, replaced
from lab import Lab, image
from loopback_osf import LoopbackOSF
from neuromaps import datasets
from neuromaps.datasets import atlases

CATALOG = Path(__file__).resolve().parents[2] / "Sources/CBuiltinCatalog/neuromaps.yaml"


def check(program, work):
    part = Part("atlases")
    wanted = toolbox_members()
    builtin = builtin_atlases()
    for name in sorted(set(wanted) | set(builtin)):
        part.equal(builtin.get(name), wanted.get(name), f"archive of {name}")
    files = sum(len(members) for _, _, members in wanted.values())
    words = f"{len(wanted)} archives of the built-in catalog: OSF id, md5 and {files} members are the toolbox's"
    packed = {osf: archive(name.split("/")[0], members) for name, (osf, _, members) in wanted.items()}
    md5 = {osf: hashlib.md5(data).hexdigest() for osf, data in packed.items()}
    entries = [
        (name, f"{name.replace('/', '')}.tar.gz", osf, md5[osf], members) for name, (osf, _, members) in wanted.items()
    ]
    project = Lab([]).project(work / "lab", [], atlases=entries)
    with LoopbackOSF(packed, TOKEN) as server:
        there = fetched_by_us(part, program.at(server.url), server, project, work / "ours", wanted)
    with LoopbackOSF(packed, TOKEN) as server:
        back = brought_by_toolbox(part, program, server, project, work / "theirs", md5)
    return part.report(
        f"{words}; the toolbox finds {there} of them in our data directory, neuromaps {back} in the toolbox's"
    )


def calls():
    """The name in our catalog and the toolbox's call, of everything that `fetch_all_atlases` brings."""
    for atlas, densities in atlases.DENSITIES.items():
        for density in densities:
            yield (
                f"{atlas}/{density}",
                lambda atlas=atlas, density=density, **keywords: datasets.fetch_atlas(
                    atlas, density, verbose=0, **keywords
                ),
            )
    for atlas in ("civet", "fsaverage", "fsLR"):
        yield "regfusion", lambda atlas=atlas, **keywords: datasets.fetch_regfusion(atlas, verbose=0, **keywords)


def toolbox_members():
    """(OSF id, md5, member names) of each archive, as the toolbox asks for them."""
    members, origins = {}, {}

    def record(data_dir, files, verbose):
        for path, url, options in files:
            origins[name] = (file_id(url), options["md5sum"])
            members.setdefault(name, []).append(os.path.basename(path))
        return [path for path, _, _ in files]

    with replaced((atlases, "_fetch_files", record)):
        for name, call in calls():
            call(data_dir=".")
    return {name: (*origins[name], sorted(members[name])) for name in members}


def builtin_atlases():
    """The same from the built-in catalog's source, whose lines are one field each."""
    found, name = {}, None
    lines = CATALOG.read_text().split("\natlases:\n")[1].splitlines()
    for line in lines:
        word = line.strip().removeprefix("- ")
        if line and not line.startswith(" "):
            break
        if word.startswith("atlas: "):
            name = word.removeprefix("atlas: ")
            found[name] = {"members": []}
        elif word.startswith(("osf: ", "md5: ")):
            found[name][word[:3]] = word[5:]
        elif word.startswith("tpl-"):
            found[name]["members"].append(word)
    return {name: (fields["osf"], fields["md5"], sorted(fields["members"])) for name, fields in found.items()}


def archive(folder, members):
    """A tar.gz with `atlases/<folder>/<member>`, small images in it."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for member in members:
            path = f"atlases/{folder}/{member}"
            data = image(path)
            entry = tarfile.TarInfo(path)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    return buffer.getvalue()


def fetched_by_us(part, program, server, project, data_dir, wanted):
    """`fetch --atlas` for each, then the toolbox; returns how many files it found."""
    ours, found = {}, set()
    for name in wanted:
        answer = program.run("fetch", "--atlas", name, "--data-dir", data_dir, "--json", cwd=project)
        if part.check(answer.returncode == 0, f"fetch --atlas {name}: exit {answer.returncode}\n{answer.stderr}"):
            ours[name] = answer.stdout
    part.equal(len(set(server.downloads)), len(wanted), "archives downloaded by fetch --atlas")
    with no_network():
        for name, call in calls():
            try:
                paths = [str(path) for path in flat(list(call(data_dir=data_dir).values()))]
            except NetworkUsed as error:
                part.check(False, f"{name}: {error}")
                continue
            for path in paths:
                relative = os.path.relpath(path, data_dir)
                part.check(Path(path).read_bytes() == image(relative), f"{relative} has other bytes than were packed")
                part.check(path in ours.get(name, ""), f"{relative} is not told by `fetch --atlas {name} --json`")
                found.add(relative)
    part.equal(len(found), sum(len(members) for _, _, members in wanted.values()), "atlas files found")
    return len(found)


def brought_by_toolbox(part, program, server, project, data_dir, md5):
    """The toolbox, then `fetch --atlas all` offline, with OSF at a closed port and an empty store; returns how many
    files that found. With `sync` the archives are had, and every file of the toolbox's stays where it is."""
    describe = atlases.get_dataset_info

    def info(name, *arguments):
        found = describe(name, *arguments)
        entries = {"": found} if "url" in found else found
        made = {
            key: {**entry, "url": server.url + "/" + entry["url"].split("/", 3)[3], "md5": md5[file_id(entry["url"])]}
            for key, entry in entries.items()
        }
        return made[""] if "url" in found else made

    theirs = set()
    with replaced((atlases, "get_dataset_info", info)):
        for _, call in calls():
            theirs |= {str(path) for path in flat(list(call(data_dir=data_dir).values()))}
    before = {path: os.stat(path).st_mtime_ns for path in theirs}
    fetched = program.at().run(
        "fetch", "--atlas", "all", "--offline", "--data-dir", data_dir, "--json", "-v", cwd=project
    )
    part.equal(fetched.returncode, 0, f"the toolbox, then fetch --atlas all --offline\n{fetched.stderr[-2000:]}")
    kept = {line.split()[1] for line in fetched.stderr.splitlines() if line.startswith("unchanged ")}
    ours = {path for paths in json.loads(fetched.stdout or "{}").values() for path in paths}
    part.equal(sorted(ours), sorted(theirs), "the toolbox, then fetch --atlas all --offline: paths")
    part.equal(len(kept), len(theirs), "the toolbox, then fetch --atlas all --offline: files told as unchanged")
    with (project / "neuromaps.yaml").open("a") as manifest:
        manifest.write("atlases: [all]\n")
    synced = program.at(server.url).json("sync", "--data-dir", data_dir, cwd=project)
    part.equal(synced["unchanged"], len(theirs), "the toolbox, then sync: files told as unchanged")
    part.equal({path: os.stat(path).st_mtime_ns for path in theirs}, before, "times of the toolbox's files afterwards")
    return len(kept)


def flat(value):
    return [one for item in value for one in flat(item)] if isinstance(value, (list, tuple)) else [value]
