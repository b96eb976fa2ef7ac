"""The built-in catalog and the toolbox's own tables: every map and file, what is known of it, tags."""

from common import Part, annotation_path, file_id, tuple_of
from neuromaps import datasets
from neuromaps.datasets import utils

# Upstream repeats another map's N and age here; ours says unknown.
UNKNOWN = [("sydnor2021", "SAaxis", "fsLR", "32k")]


def check(program):
    part = Part("catalog")
    maps = program.json("list", "--restricted")
    ours = {
        file["path"]: (
            file["osf"],
            file["md5"],
            file.get("hemi"),
            entry["format"],
            entry["tags"],
            entry["source"],
            entry["desc"],
            entry["space"],
            entry.get("den"),
            entry.get("res"),
        )
        for entry in maps
        for file in entry["files"]
    }
    theirs = {
        annotation_path(row): (
            file_id(row["url"]),
            row["checksum"],
            row.get("hemi"),
            row["format"],
            row["tags"],
            row["source"],
            row["desc"],
            row["space"],
            row.get("den"),
            row.get("res"),
        )
        for row in utils.get_dataset_info("annotations", True)
    }
    for path in sorted(set(ours) | set(theirs)):
        part.equal(ours.get(path), theirs.get(path), path)
    unknown = descriptions(part, program)
    tags(part, program, maps)
    return part.report(
        f"{len(maps)} maps, {len(theirs)} files: path, OSF id, md5, keys, tags, N, age, license and papers "
        f"are the toolbox's (N and age of {unknown} map are not, on purpose); {len(program.json('tags', '--restricted'))} tags"
    )


def descriptions(part, program):
    """What the toolbox tells of each map, against `info`; returns how many have another N and age on purpose."""
    theirs = {
        tuple(entry["annot"][key] for key in ("source", "desc", "space", "den", "res") if key in entry["annot"]): entry
        for entry in utils.get_meta_info("annotations")
    }
    ours = {tuple_of(found["map"]): found for found in program.json("info", "*/*/*/*")}
    part.equal(sorted(ours), sorted(theirs), "maps described")
    for name in sorted(set(ours) & set(theirs)):
        found, people = ours[name], theirs[name]["demographics"]
        if name in UNKNOWN:
            part.equal((found["n"], found["age"]), (None, None), f"N and age of {name}")
        else:
            part.equal((found["n"], found["age"]), (text(people["N"]), text(people["age"])), f"N and age of {name}")
        for kind in ("primary", "secondary"):
            keys = [paper["bibkey"] for paper in theirs[name]["refs"][kind] if paper["bibkey"]]
            part.equal([paper["key"] for paper in found[kind]], keys, f"{kind} papers of {name}")
        license = theirs[name].get("license", {}).get("type")
        part.equal(found["license"], license, f"license of {name}")
    return len(UNKNOWN)


def text(value):
    """N and age as we write them: texts without blanks around, null for what is not known."""
    return None if value in (None, "") else str(value).strip()


def tags(part, program, maps):
    for restricted in (False, True):
        ours = program.json("tags", *["--restricted"] * restricted)
        part.equal(
            sorted(ours), datasets.available_tags(return_restricted=restricted), f"tags, restricted {restricted}"
        )
        for tag, count in ours.items():
            found = datasets.available_annotations(tags=tag, return_restricted=restricted)
            part.equal(count, len(found), f"maps with the tag {tag}, restricted {restricted}")
