#!/usr/bin/env python3
"""Write the built-in catalog from its tables.

    make-catalog.py TABLES_DIR > neuromaps.yaml

TABLES_DIR holds annotations.tsv, maps.tsv, references.tsv, atlases.tsv,
atlas_members.tsv and known_bytes.tsv: tab-separated, UTF-8, the first line
names the columns, an empty field means unknown. The same tables give the same
bytes. Whatever the catalog format could not hold ends the script with a word
of why, and nothing is written: no fact is dropped in silence.

check-catalog.py proves the result against the tables by another way.
"""

import re
import sys
from pathlib import Path

NAME = "neuromaps"
REVISION = "0.0.7-2"  # the toolbox's version, then ours; changes whenever the contents do
TITLE = "Brain maps of the neuromaps toolbox"

# What whoever uses the maps must know; what the toolbox's documentation asks for, in our words.
CAUTION = (
    "These maps were measured and published by others and are only gathered here: cite the papers behind each map "
    "you use, and the neuromaps paper. The collection is licensed CC BY-NC-SA 4.0, but a map of it may carry a "
    "license of its own that allows less. Where the license is unknown, none is stated, which is no permission: ask "
    "the authors before you pass the map on or use it commercially."
)

# The toolbox's own paper, which no table has; with the columns of references.tsv.
PAPER = {
    "key": "markello2022natmethods",
    "type": "article",
    "authors": "Markello, Ross D; Hansen, Justine Y; Liu, Zhen-Qi; Bazinet, Vincent; Shafiei, Golia; "
    "Suárez, Laura E; Blostein, Nadia; Seidlitz, Jakob; Baillet, Sylvain; Satterthwaite, Theodore D; "
    "Chakravarty, M Mallar; Raznahan, Armin; Misic, Bratislav",
    "year": "2022",
    "title": "neuromaps: structural and functional interpretation of brain maps",
    "journal": "Nature Methods",
    "volume": "19",
    "number": "11",
    "pages": "1472-1479",
    "doi": "10.1038/s41592-022-01625-w",
    "url": "",
    "publisher": "",
}

# Where the tables do not keep to their own form, by key and column: before, since. Names are given
# name first, a title is in quotation marks, a DOI has its scheme, and a month stands for pages.
CORRECTED = {
    ("ds004401:1.0.1", "authors"): (
        "Doug Greve; Paul Wighton; Melanie Ganz; Martin Nørgaard; Paolo Zanotti-Fregonara; Cyril Pernet; "
        "Anthony Galassi; Adam Thomas; Nafiseh Ghazanfari; Jeih-San Liow; Granville Matheson; Gitte Knudsen; "
        "Robert Innis",
        "Greve, Doug; Wighton, Paul; Ganz, Melanie; Nørgaard, Martin; Zanotti-Fregonara, Paolo; Pernet, Cyril; "
        "Galassi, Anthony; Thomas, Adam; Ghazanfari, Nafiseh; Liow, Jeih-San; Matheson, Granville; Knudsen, Gitte; "
        "Innis, Robert",
    ),
    ("ds004401:1.0.1", "title"): (
        '"A PET Molecular Imaging Brain Atlas of Cyclooxygenase-1 (Kim 2021)"',
        "A PET Molecular Imaging Brain Atlas of Cyclooxygenase-1 (Kim 2021)",
    ),
    ("ds004401:1.0.1", "doi"): (
        "doi:10.18112/openneuro.ds004401.v1.0.1",
        "10.18112/openneuro.ds004401.v1.0.1",
    ),
    ("ivangonzalez2018zenodo1174364", "authors"): ("Ivan Gonzalez; Cristina Lois", "Gonzalez, Ivan; Lois, Cristina"),
    ("galovic2021vivo", "pages"): ("2021-12", ""),
    ("li2014neuroimage", "authors"): (
        "Chiang-shan, R Li; Potenza, Marc N; Lee, Dianne E; Planeta, Beata; Gallezot, Jean-Dominique; Labaree, David; "
        "Henry, Shannan; Nabulsi, Nabeel; Sinha, Rajita; Ding, Yu-Shin; others",
        "Li, Chiang-shan R; Potenza, Marc N; Lee, Dianne E; Planeta, Beata; Gallezot, Jean-Dominique; Labaree, David; "
        "Henry, Shannan; Nabulsi, Nabeel; Sinha, Rajita; Ding, Yu-Shin; others",
    ),
}

# Names that changed upstream, source/desc: before, since.
RENAMED = [
    ("norgaard2020/flumazenil", "norgaard2021/flumazenil"),
    ("raichle/cmruglu", "raichle/cmrglc"),
]

HEADER = """\
# The built-in catalog of neuromaps: what there is, where it comes from, and
# how to tell that a file is the right one.
#
# Made by make-catalog.py from tables of the facts of the neuromaps toolbox
# 0.0.7; not edited by hand: change the tables or the script, and run it again.
# Fields that are unknown are left out.
"""

COLUMNS = {
    "annotations": "source desc space den res hemi format filename osf_project osf_file md5 tags restricted",
    "maps": "source desc space density title modality measure target n age license license_url "
    "primary secondary note",
    "references": "key type authors year title journal volume number pages doi url publisher",
    "atlases": "atlas density osf_project osf_file md5 archive",
    "atlas_members": "atlas density file",
    "known_bytes": "osf_project osf_file name size md5 sha256",
}


def fail(message):
    sys.exit(f"make-catalog.py: {message}")


def read(folder, name):
    """The rows of a table, as dictionaries; exactly the columns this script knows."""
    text = (folder / f"{name}.tsv").read_text(encoding="utf-8")
    head, *lines = text.rstrip("\n").split("\n")
    columns = head.split("\t")
    if columns != COLUMNS[name].split():
        fail(f"{name}.tsv has other columns than this script knows: {columns}")
    rows = []
    for number, line in enumerate(lines, start=2):
        fields = line.split("\t")
        if len(fields) != len(columns):
            fail(f"{name}.tsv:{number}: {len(fields)} fields, not {len(columns)}")
        if any(field != field.strip() for field in fields):
            fail(f"{name}.tsv:{number}: a field begins or ends with white space")
        rows.append(dict(zip(columns, fields)))
    return rows


# YAML: only what this file needs, block style, one line a value.

PLAIN = re.compile(r"[A-Za-z0-9][^\x00-\x1f\x7f\"\\#:{}\[\],&*!|>%@`]*")
URL = re.compile(r"https?://[A-Za-z0-9./_~-]+")
WORDS = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"}
NUMBER_LIKE = re.compile(r"[0-9][0-9eExXoO._:+-]*|0[xX][0-9A-Fa-f]+")
ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t"}


def quoted(text):
    if re.search(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufeff]", text):
        fail(f"a control character in {text!r}")
    return '"' + "".join(ESCAPES.get(c, c) for c in text) + '"'


def scalar(text):
    """Plain where every YAML reader takes it for this very string, else double-quoted."""
    if URL.fullmatch(text):
        return text
    plain = PLAIN.fullmatch(text) and text.lower() not in WORDS and not NUMBER_LIKE.fullmatch(text)
    return text if plain else quoted(text)


def flow(items, write=scalar):
    return "[" + ", ".join(write(item) for item in items) + "]"


def fields(indent, pairs):
    """`key: value` lines, without those whose value is empty; values are written already."""
    return [f"{indent}{key}: {value}" for key, value in pairs if value not in ("", "[]", '""')]


def item(indent, pairs):
    """The same, as an item of a list."""
    lines = fields(indent + "  ", pairs)
    lines[0] = f"{indent}- {lines[0].lstrip()}"
    return lines


# The sections.


def optional(text, write=scalar):
    return write(text) if text else ""


def keys(text):
    return flow(text.split(",")) if text else ""


def corrected(rows):
    """The rows of references.tsv in their own form; every correction must find what it corrects."""
    left = dict(CORRECTED)
    for row in rows:
        for column in row:
            before, since = left.pop((row["key"], column), (None, None))
            if before is not None and row[column] != before:
                fail(f"references.tsv: {column} of {row['key']} is not what the script corrects")
            if before is not None:
                row[column] = since
    if left:
        fail(f"references.tsv lacks {sorted(left)}")
    return rows


def references(rows):
    lines = ["references:"]
    for row in rows:
        lines.append(f"  {scalar(row['key'])}:")
        lines += fields(
            "    ",
            [
                ("type", scalar(row["type"])),
                ("authors", flow(row["authors"].split("; "), quoted) if row["authors"] else ""),
                ("year", optional(row["year"], quoted)),
                ("title", optional(row["title"])),
                ("journal", optional(row["journal"])),
                ("volume", optional(row["volume"], quoted)),
                ("number", optional(row["number"], quoted)),
                ("pages", optional(row["pages"], quoted)),
                ("doi", optional(row["doi"])),
                ("url", optional(row["url"])),
                ("publisher", optional(row["publisher"])),
            ],
        )
    return lines


def tuple_of(row):
    """The four values that name a map."""
    den = row["density"] if "density" in row else row["den"] or row["res"]
    return "/".join((row["source"], row["desc"], row["space"], den))


def file_name(row):
    """The name a file has by its values; the catalog does not repeat it."""
    grain = f"den-{row['den']}" if row["den"] else f"res-{row['res']}"
    hemi = f"_hemi-{row['hemi']}" if row["hemi"] else ""
    suffix = "func.gii" if row["format"] == "surface" else "nii.gz"
    return f"source-{row['source']}_desc-{row['desc']}_space-{row['space']}_{grain}{hemi}_feature.{suffix}"


def origin(row):
    return f"{row['osf_project']}/{row['osf_file']}"


def byte_fields(row, known):
    """md5, and size and sha256 where they are known; `known` gives up what it was asked for."""
    bytes_ = known.pop(origin(row), {"size": "", "sha256": "", "md5": row["md5"]})
    if bytes_["md5"] != row["md5"]:
        fail(f"known_bytes.tsv is about other bytes of {origin(row)}")
    return [
        ("size", bytes_["size"]),
        ("md5", scalar(row["md5"])),
        ("sha256", optional(bytes_["sha256"])),
    ]


def maps(annotations, facts, known):
    facts = {tuple_of(row): row for row in facts}
    files = {}
    for row in annotations:
        if bool(row["den"]) == bool(row["res"]):
            fail(f"{row['filename']}: exactly one of den and res is needed")
        if row["filename"] != file_name(row):
            fail(f"{row['filename']}: its values say {file_name(row)}")
        if (row["format"] == "surface", row["format"] == "volume") != (bool(row["hemi"]), bool(row["res"])):
            fail(f"{row['filename']}: hemi, den and res do not go with {row['format']}")
        files.setdefault(tuple_of(row), []).append(row)
    if set(files) != set(facts):
        fail(f"maps.tsv and annotations.tsv differ in {sorted(set(files) ^ set(facts))}")

    lines = ["maps:"]
    for name, rows in files.items():
        fact = facts[name]
        if len({(row["tags"], row["restricted"]) for row in rows}) != 1:
            fail(f"{name}: its files differ in tags or restricted")
        if rows[0]["restricted"] not in ("yes", "no"):
            fail(f"{name}: restricted is neither yes nor no")
        lines += item(
            "  ",
            [
                ("map", scalar(name)),
                ("title", optional(fact["title"])),
                ("modality", optional(fact["modality"])),
                ("measure", optional(fact["measure"])),
                ("target", optional(fact["target"])),
                ("n", optional(fact["n"], quoted)),
                ("age", optional(fact["age"], quoted)),
                ("license", optional(fact["license"])),
                ("license_url", optional(fact["license_url"])),
                ("primary", keys(fact["primary"])),
                ("secondary", keys(fact["secondary"])),
                ("note", optional(fact["note"])),
                ("tags", keys(rows[0]["tags"])),
                ("restricted", "true" if rows[0]["restricted"] == "yes" else ""),
            ],
        )
        lines.append("    files:")
        for row in rows:
            lines += item(
                "      ",
                [("hemi", row["hemi"]), ("osf", origin(row)), *byte_fields(row, known)],
            )
    return lines


def atlases(rows, members, known):
    def name(row):
        # regfusion is one archive for all densities; its members' names tell which.
        whole = row["atlas"] == "regfusion"
        return row["atlas"] if whole else f"{row['atlas']}/{row['density']}"

    files = {name(row): [] for row in rows}
    for row in members:
        grain = re.findall(r"_(?:den|res)-([^_]+)_", row["file"])
        if grain != [row["density"]]:
            fail(f"{row['file']}: its name does not tell the density {row['density']}")
        files[name(row)].append(row["file"])
    lines = ["atlases:"]
    for row in rows:
        lines += item(
            "  ",
            [
                ("atlas", scalar(name(row))),
                ("archive", scalar(row["archive"])),
                ("osf", origin(row)),
                *byte_fields(row, known),
            ],
        )
        lines.append("    members:")
        lines += [f"      - {scalar(file)}" for file in files[name(row)]]
    return lines


def renamed(map_names):
    current = {"/".join(name.split("/")[:2]) for name in map_names}
    lines = ["renamed:"]
    for before, since in RENAMED:
        if before in current or since not in current:
            fail(f"{before} → {since}: the tables do not bear it out")
        lines += item("  ", [("from", scalar(before)), ("to", scalar(since))])
    return lines


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: make-catalog.py TABLES_DIR > neuromaps.yaml")
    tables = {name: read(Path(sys.argv[1]), name) for name in COLUMNS}
    known = {origin(row): row for row in tables["known_bytes"]}
    names = {origin(row): row["filename"] for row in tables["annotations"]}
    names.update({origin(row): row["archive"] for row in tables["atlases"]})
    for key, row in known.items():
        if names.get(key) != row["name"]:
            fail(f"known_bytes.tsv: {row['name']} is not the name of {key}")
    cited = {
        key
        for row in tables["maps"]
        for key in (row["primary"] + "," + row["secondary"]).split(",")
        if key
    }
    missing = cited - {row["key"] for row in tables["references"]}
    if missing:
        fail(f"references.tsv lacks {sorted(missing)}")

    head = [
        "version: 1",
        f"name: {scalar(NAME)}",
        f"revision: {quoted(REVISION)}",
        f"title: {scalar(TITLE)}",
        f"cite: {flow([PAPER['key']])}",
        f"caution: {quoted(CAUTION)}",
    ]
    sections = [
        head,
        references([PAPER, *corrected(tables["references"])]),
        maps(tables["annotations"], tables["maps"], known),
        atlases(tables["atlases"], tables["atlas_members"], known),
        renamed({tuple_of(row) for row in tables["maps"]}),
    ]
    if known:
        fail(f"known_bytes.tsv has bytes of nothing: {sorted(known)}")
    text = HEADER + "\n" + "\n\n".join("\n".join(section) for section in sections) + "\n"
    sys.stdout.buffer.write(text.encode("utf-8"))


if __name__ == "__main__":
    main()
