#!/usr/bin/env python3
"""Prove that the built-in catalog says what its tables say, no less and no more.

    check-catalog.py TABLES_DIR [CATALOG]

It shares nothing with make-catalog.py and goes the other way: the YAML is read
by PyYAML and turned back into the rows of the six tables, which are compared
with the tables field by field, in order, both ways. What the YAML holds and no
table has is a difference too. One line of counts and exit 0, or the fields
that differ and exit 1.
"""

import csv
import re
import sys
from pathlib import Path

import yaml

TABLES = ["annotations", "maps", "references", "atlases", "atlas_members", "known_bytes"]

# Not in the tables: what the catalog says of itself, and the names that changed upstream.
HEAD = {
    "version": 1,
    "name": "neuromaps",
    "revision": "0.0.7-2",
    "title": "Brain maps of the neuromaps toolbox",
    "cite": ["markello2022natmethods"],
}
PAPER = {
    "type": "article",
    "authors": [
        "Markello, Ross D", "Hansen, Justine Y", "Liu, Zhen-Qi", "Bazinet, Vincent", "Shafiei, Golia",
        "Suárez, Laura E", "Blostein, Nadia", "Seidlitz, Jakob", "Baillet, Sylvain", "Satterthwaite, Theodore D",
        "Chakravarty, M Mallar", "Raznahan, Armin", "Misic, Bratislav",
    ],
    "year": "2022",
    "title": "neuromaps: structural and functional interpretation of brain maps",
    "journal": "Nature Methods",
    "volume": "19",
    "number": "11",
    "pages": "1472-1479",
    "doi": "10.1038/s41592-022-01625-w",
}
# Put right in the catalog, by key and field; the table has another form.
CORRECTED = {
    "ds004401:1.0.1": {
        "authors": "Greve, Doug; Wighton, Paul; Ganz, Melanie; Nørgaard, Martin; Zanotti-Fregonara, Paolo; "
        "Pernet, Cyril; Galassi, Anthony; Thomas, Adam; Ghazanfari, Nafiseh; Liow, Jeih-San; Matheson, Granville; "
        "Knudsen, Gitte; Innis, Robert",
        "title": "A PET Molecular Imaging Brain Atlas of Cyclooxygenase-1 (Kim 2021)",
        "doi": "10.18112/openneuro.ds004401.v1.0.1",
    },
    "ivangonzalez2018zenodo1174364": {"authors": "Gonzalez, Ivan; Lois, Cristina"},
    "galovic2021vivo": {"pages": ""},
    "li2014neuroimage": {
        "authors": "Li, Chiang-shan R; Potenza, Marc N; Lee, Dianne E; Planeta, Beata; Gallezot, Jean-Dominique; Labaree, David; "
        "Henry, Shannan; Nabulsi, Nabeel; Sinha, Rajita; Ding, Yu-Shin; others",
    },
}
RENAMED = [
    {"from": "norgaard2020/flumazenil", "to": "norgaard2021/flumazenil"},
    {"from": "raichle/cmruglu", "to": "raichle/cmrglc"},
]


class Loader(yaml.SafeLoader):
    """PyYAML keeps the last of two equal keys; here that is an error."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise yaml.YAMLError(f"key {key!r} twice, in line {node.start_mark.line + 1}")
        return super().construct_mapping(node, deep)


class Findings:
    def __init__(self):
        self.lines = []

    def add(self, where, what):
        self.lines.append(f"{where}: {what}")


class Fields:
    """A mapping of the catalog, whose keys are taken one by one; what is left is a finding."""

    def __init__(self, where, mapping, findings):
        self.where, self.findings = where, findings
        if not isinstance(mapping, dict):
            findings.add(where, f"not a mapping but {mapping!r}")
            mapping = {}
        self.left = dict(mapping)

    def take(self, key, type_, default=None):
        if key not in self.left:
            return default
        value = self.left.pop(key)
        # bool is an int to Python; not here.
        if type(value) is not type_:
            self.findings.add(f"{self.where}.{key}", f"not a {type_.__name__} but {value!r}")
            return default
        if value in ("", []):
            self.findings.add(f"{self.where}.{key}", "empty, so to be left out")
        return value

    def text(self, key):
        return self.take(key, str, "")

    def texts(self, key, glue):
        values = self.take(key, list, [])
        if any(type(value) is not str or glue in value for value in values):
            self.findings.add(f"{self.where}.{key}", f"not a list of names: {values!r}")
        return glue.join(map(str, values))

    def end(self):
        for key, value in self.left.items():
            self.findings.add(f"{self.where}.{key}", f"no table has {value!r}")


def bytes_of(fields, name, rows):
    """md5 of a file or archive; where its size or sha256 is given, a row of known_bytes."""
    project, _, file = fields.text("osf").partition("/")
    md5, size, sha256 = fields.text("md5"), fields.take("size", int), fields.text("sha256")
    if size is not None or sha256:
        rows["known_bytes"].append(
            dict(osf_project=project, osf_file=file, name=name, md5=md5, sha256=sha256,
                 size="" if size is None else str(size))
        )
    return dict(osf_project=project, osf_file=file, md5=md5)


def rows_of(catalog, findings):
    """The tables that the catalog would come from."""
    rows = {name: [] for name in TABLES}
    top = Fields("catalog", catalog, findings)
    for key, expected in HEAD.items():
        value = top.take(key, type(expected))
        if value != expected:
            findings.add(f"catalog.{key}", f"{value!r}, not {expected!r}")
    caution = top.text("caution")
    if "CC BY-NC-SA 4.0" not in caution or "cite" not in caution:
        findings.add("catalog.caution", f"says too little: {caution!r}")
    if top.take("renamed", list) != RENAMED:
        findings.add("catalog.renamed", f"not {RENAMED!r}")

    entries = top.take("references", dict, {})
    if entries.pop(HEAD["cite"][0], None) != PAPER:
        findings.add("references", "the toolbox's own paper is not there, or another")
    for key, entry in entries.items():
        f = Fields(f"references.{key}", entry, findings)
        names = "type year title journal volume number pages doi url publisher".split()
        rows["references"].append(
            {"key": key, "authors": f.texts("authors", "; "), **{name: f.text(name) for name in names}}
        )
        f.end()

    for entry in top.take("maps", list, []):
        f = Fields(f"maps.{entry.get('map')}", entry, findings)
        source, desc, space, grain = (f.text("map").split("/") + [""] * 4)[:4]
        names = "title modality measure target n age license license_url note".split()
        rows["maps"].append(
            dict(source=source, desc=desc, space=space, density=grain,
                 primary=f.texts("primary", ","), secondary=f.texts("secondary", ","),
                 **{name: f.text(name) for name in names})
        )
        tags, restricted = f.texts("tags", ","), f.take("restricted", bool, False)
        if "restricted" in entry and not restricted:
            findings.add(f.where, "restricted is written only when true")
        for file in f.take("files", list, []):
            g = Fields(f"{f.where}.files", file, findings)
            hemi = g.text("hemi")
            volume = grain.endswith("mm")
            name = f"source-{source}_desc-{desc}_space-{space}_"
            name += f"res-{grain}" if volume else f"den-{grain}"
            name += (f"_hemi-{hemi}" if hemi else "") + "_feature"
            name += ".nii.gz" if volume else ".func.gii"
            rows["annotations"].append(
                dict(source=source, desc=desc, space=space, hemi=hemi, filename=name, tags=tags,
                     den="" if volume else grain, res=grain if volume else "",
                     format="volume" if volume else "surface",
                     restricted="yes" if restricted else "no", **bytes_of(g, name, rows))
            )
            g.end()
        f.end()

    for entry in top.take("atlases", list, []):
        f = Fields(f"atlases.{entry.get('atlas')}", entry, findings)
        atlas, _, density = f.text("atlas").partition("/")
        archive = f.text("archive")
        rows["atlases"].append(
            dict(atlas=atlas, density=density, archive=archive, **bytes_of(f, archive, rows))
        )
        for file in f.take("members", list, []):
            grain = density or "".join(re.findall("_den-([0-9]+k)_", file))
            rows["atlas_members"].append(dict(atlas=atlas, density=grain, file=file))
        f.end()
    top.end()
    return rows


# By what a row of a table is told from the others.
IDENTITY = {
    "annotations": ("filename",),
    "maps": ("source", "desc", "space", "density"),
    "references": ("key",),
    "atlases": ("atlas", "density"),
    "atlas_members": ("atlas", "file"),
    "known_bytes": ("osf_project", "osf_file"),
}


def compare(name, columns, table, ours, findings):
    def by_identity(rows, side):
        found = {}
        for row in rows:
            key = " ".join(row[column] for column in IDENTITY[name])
            if key in found:
                findings.add(f"{name}: {key}", f"twice in {side}")
            found[key] = row
        return found

    table, ours = by_identity(table, "the table"), by_identity(ours, "the catalog")
    for key in table.keys() | ours.keys():
        if key not in ours or key not in table:
            findings.add(f"{name}: {key}", f"only in the {'table' if key in table else 'catalog'}")
            continue
        for column in sorted(set(columns) | set(ours[key])):
            a, b = table[key].get(column), ours[key].get(column)
            if a != b:
                findings.add(f"{name}: {key}: {column}", f"{a!r} in the table, {b!r} in the catalog")
    if table.keys() == ours.keys() and list(table) != list(ours):
        at = next(i for i, (a, b) in enumerate(zip(table, ours)) if a != b)
        findings.add(name, f"another order, from row {at + 1} on: {list(ours)[at]}")


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit("usage: check-catalog.py TABLES_DIR [CATALOG]")
    path = Path(sys.argv[2]) if len(sys.argv) == 3 else Path(__file__).with_name("neuromaps.yaml")
    findings = Findings()
    try:
        catalog = yaml.load(path.read_text(encoding="utf-8"), Loader)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        sys.exit(f"check-catalog.py: {path}: {error}")
    ours = rows_of(catalog, findings)
    for name in TABLES:
        with open(Path(sys.argv[1]) / f"{name}.tsv", encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True)
            table = list(reader)
        if name == "known_bytes":
            # The catalog has these where their files are, so in the order of files and archives.
            rank = {row["osf_file"]: i for i, row in enumerate(ours[name])}
            table.sort(key=lambda row: rank.get(row["osf_file"], -1))
        if name == "references":
            for row in table:
                row.update(CORRECTED.get(row["key"], {}))
        compare(name, reader.fieldnames, table, ours[name], findings)

    if findings.lines:
        print("\n".join(sorted(findings.lines)))
        print(f"{len(findings.lines)} differences", file=sys.stderr)
        sys.exit(1)
    tags = {tag for row in ours["annotations"] for tag in row["tags"].split(",")}
    archives = {row["osf_file"] for row in ours["atlases"]}
    known = sum(row["osf_file"] in archives for row in ours["known_bytes"])
    print(
        f"{len(ours['annotations'])} files, {len(ours['maps'])} maps, {len(tags)} tags, "
        f"{len(ours['references'])} references, {len(archives)} archives, "
        f"{len(ours['atlas_members'])} members, "
        f"{len(ours['known_bytes']) - known}+{known} known sizes"
    )


if __name__ == "__main__":
    main()
