#!/usr/bin/env python3
"""Make the synthetic maps of this example, and the catalog that lists them.

    make-maps.py            write lab/maps/ and lab/catalog.yaml
    make-maps.py --check    exit 1 if what is there is not what this script makes

Nothing here was measured: the maps are formulas, drawn so that a lab has small
files to try the program with. Python's standard library is all it takes.

Running it twice gives the same bytes. Another machine's zlib may pack the same
content into other bytes, so --check compares what is inside the files, and the
catalog's sizes and checksums with the files as they are here. The arithmetic
is + - * / and sqrt alone, which every IEEE machine rounds the same way.
"""

import argparse
import base64
import hashlib
import math
import struct
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
import zlib
from pathlib import Path

HERE = Path(__file__).resolve().parent

# The sphere of FreeSurfer's fsaverage, 10k vertices in a hemisphere: an
# icosahedron, each triangle split in four, five times over. The order of the
# first faces and of the new ones is FreeSurfer's, so that vertex i here is
# vertex i of fsaverage5 and the maps can be drawn on its surfaces.

FACES = [
    (0, 3, 4), (0, 4, 5), (0, 5, 1), (0, 1, 2), (0, 2, 3),
    (3, 2, 8), (3, 8, 9), (3, 9, 4), (4, 9, 10), (4, 10, 5),
    (5, 10, 6), (5, 6, 1), (1, 6, 7), (1, 7, 2), (2, 7, 8),
    (8, 11, 9), (9, 11, 10), (10, 11, 6), (6, 11, 7), (7, 11, 8),
]  # fmt: skip


def icosahedron():
    """Twelve unit vectors: x to the right, y to the front, z up."""
    five = math.sqrt(5)
    cos72, cos144 = (five - 1) / 4, (-five - 1) / 4
    sin72, sin144 = math.sqrt((5 + five) / 8), math.sqrt((5 - five) / 8)
    ring, height = 2 / five, 1 / five
    angles = [(cos72, -sin72), (1, 0), (cos72, sin72), (cos144, sin144), (cos144, -sin144)]
    above = [(ring * c, ring * s, height) for c, s in angles]
    # The lower ring is the upper one, mirrored through the center.
    below = [(-x, -y, -z) for x, y, z in (above[2], above[3], above[4], above[0], above[1])]
    return [(0.0, 0.0, 1.0), *above, *below, (0.0, 0.0, -1.0)]


def unit(x, y, z):
    length = math.sqrt(x * x + y * y + z * z)
    return (x / length, y / length, z / length)


def icosphere(order):
    """The 10 * 4**order + 2 vertices of an icosahedron split `order` times."""
    vertices, faces = icosahedron(), FACES
    for _ in range(order):
        middles = {}

        def middle(a, b):
            edge = (min(a, b), max(a, b))
            if edge not in middles:
                middles[edge] = len(vertices)
                vertices.append(unit(*(p + q for p, q in zip(vertices[a], vertices[b]))))
            return middles[edge]

        first, rest = [], []
        for a, b, c in faces:
            ac, cb, ab = middle(a, c), middle(c, b), middle(b, a)
            first.append((a, ab, ac))
            rest += [(ac, cb, c), (ab, cb, ac), (ab, b, cb)]
        faces = first + rest
    return vertices


# The maps: smooth functions of a direction or of a place in the brain.


def depth(hemi, x, y, z):
    """Folds: spherical harmonics of degrees 2 and 3, mirrored left to right, a little apart."""
    outward = -x if hemi == "L" else x
    tilt = 0.25 if hemi == "L" else 0.15
    return 1.5 * y * z + outward * (5 * z * z - 1) * 0.4 + tilt * (3 * y * y - 1)


def gradient(hemi, x, y, z):
    """From the back (negative) to the front (positive), steeper above; degrees 1 and 2."""
    outward = -x if hemi == "L" else x
    shift = 0.05 if hemi == "L" else -0.05
    return y + 0.3 * y * z + 0.2 * outward + shift


# Center in mm of MNI space, radius in mm, height.
BLOBS = [
    ((-44, 20, 16), 30, 1.0),
    ((44, 20, 16), 30, 0.8),
    ((-30, -76, 8), 26, 0.6),
    ((32, -74, 10), 26, 0.7),
    ((0, -16, 6), 22, 0.9),
]


def blob(x, y, z):
    """Round hills that fall to nothing, within a brain-like ellipsoid; zero outside."""
    inside = 1 - (x / 70) ** 2 - ((y + 18) / 88) ** 2 - ((z - 8) / 68) ** 2
    if inside <= 0:
        return 0.0
    value = 0.25 * inside
    for center, radius, height in BLOBS:
        away = sum((p - q) ** 2 for p, q in zip((x, y, z), center)) / radius**2
        if away < 1:
            value += height * (1 - away) * (1 - away)
    return value


STEP = 128  # values are multiples of 1/128: exact in float32, and they pack well


def float32(values):
    return struct.pack(f"<{len(values)}f", *(round(v * STEP) / STEP for v in values))


# The files.

GIFTI = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE GIFTI SYSTEM "http://www.nitrc.org/frs/download.php/115/gifti.dtd">
<GIFTI Version="1.0" NumberOfDataArrays="1">
  <MetaData>
    <MD>
      <Name><![CDATA[AnatomicalStructurePrimary]]></Name>
      <Value><![CDATA[{structure}]]></Value>
    </MD>
    <MD>
      <Name><![CDATA[Description]]></Name>
      <Value><![CDATA[Synthetic: a formula, not a measurement]]></Value>
    </MD>
  </MetaData>
  <LabelTable/>
  <DataArray Intent="NIFTI_INTENT_SHAPE" DataType="NIFTI_TYPE_FLOAT32" \
ArrayIndexingOrder="RowMajorOrder" Dimensionality="1" Dim0="{count}" \
Encoding="GZipBase64Binary" Endian="LittleEndian" ExternalFileName="" ExternalFileOffset="">
    <MetaData>
      <MD>
        <Name><![CDATA[Name]]></Name>
        <Value><![CDATA[{name}]]></Value>
      </MD>
    </MetaData>
    <Data>{data}</Data>
  </DataArray>
</GIFTI>
"""


def gifti(name, hemi, values):
    text = GIFTI.format(
        structure={"L": "CortexLeft", "R": "CortexRight"}[hemi],
        count=len(values),
        name=f"synthetic {name}",
        # GIFTI says gzip and means zlib.
        data=base64.b64encode(zlib.compress(float32(values), 9)).decode("ascii"),
    )
    return text.encode("utf-8")


def nifti(shape, voxel, origin, values):
    """A NIfTI-1 file: axes to the right, front and top, the origin that of MNI space."""
    header = bytearray(352)  # 348 of header, 4 that say: no extension
    struct.pack_into("<i", header, 0, 348)
    struct.pack_into("<8h", header, 40, 3, *shape, 1, 1, 1, 1)  # dim
    struct.pack_into("<2h", header, 70, 16, 32)  # datatype, bitpix: float32
    struct.pack_into("<8f", header, 76, 1, voxel, voxel, voxel, 0, 0, 0, 0)  # pixdim
    struct.pack_into("<3f", header, 108, 352, 1, 0)  # vox_offset, scl_slope, scl_inter
    struct.pack_into("<B", header, 123, 2)  # xyzt_units: mm
    struct.pack_into("<79s", header, 148, b"synthetic: a formula, not a measurement")  # descrip
    struct.pack_into("<2h", header, 252, 4, 4)  # qform_code, sform_code: MNI 152
    struct.pack_into("<6f", header, 256, 0, 0, 0, *origin)  # no rotation, then the shift
    struct.pack_into("<12f", header, 280,
                     voxel, 0, 0, origin[0], 0, voxel, 0, origin[1], 0, 0, voxel, origin[2])  # fmt: skip
    struct.pack_into("<4s", header, 344, b"n+1\0")
    return gzip(bytes(header) + float32(values))


def gzip(data):
    """Without a time, a name or a system in its header."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(data) + deflate.flush()
    head = b"\x1f\x8b\x08\x00" + struct.pack("<I", 0) + b"\x02\xff"
    return head + body + struct.pack("<II", zlib.crc32(data), len(data))


def surface_map(name, value):
    vertices = icosphere(5)
    for hemi in "LR":
        values = [value(hemi, *vertex) for vertex in vertices]
        yield (
            f"source-examplelab_desc-{name}_space-fsaverage_den-10k_hemi-{hemi}_feature.func.gii",
            gifti(name, hemi, values),
        )


def volume_map():
    shape, voxel, origin = (23, 28, 23), 8, (-88, -126, -72)
    places = (
        [start + voxel * i for start, i in zip(origin, index)]
        for index in ((i, j, k) for k in range(shape[2]) for j in range(shape[1]) for i in range(shape[0]))
    )
    yield (
        "source-examplelab_desc-blob_space-MNI152_res-8mm_feature.nii.gz",
        nifti(shape, voxel, origin, [blob(*place) for place in places]),
    )


def files():
    """Name and bytes of each map file, by name."""
    return dict([*surface_map("depth", depth), *surface_map("gradient", gradient), *volume_map()])


CATALOG = """\
# The maps of Example Lab, all of them synthetic: a catalog as a lab would write
# it for its own maps. It ships with the maps, in maps/ beside it.
#
# This one is written by ../make-maps.py, for the checksums' sake. One written by
# hand looks the same: `md5sum FILE` and `sha256sum FILE` tell the checksums.

version: 1
name: examplelab            # what these maps are listed under: a-z, 0-9 and -
revision: "1"               # change it whenever anything below changes
title: Synthetic maps of Example Lab

# The papers to cite, by a key of your choice. Maps name them below.
references:
  examplelab2026:
    type: misc
    authors: ["Example Lab"]
    year: "2026"
    title: Synthetic brain maps to try a program with
    publisher: Example Lab

maps:
  # A map is named source/desc/space/density: here 10k vertices in each hemisphere.
  - map: examplelab/depth/fsaverage/10k
    title: "Synthetic folds: a formula, not a measurement"
    modality: synthetic
    license: CC0-1.0
    license_url: https://creativecommons.org/publicdomain/zero/1.0/
    primary: [examplelab2026]
    note: Left and right are nearly mirror images; values have no unit.
    tags: [synthetic, surface]
    files:
{depth}

  - map: examplelab/gradient/fsaverage/10k
    title: "Synthetic gradient from back to front: a formula, not a measurement"
    modality: synthetic
    license: CC0-1.0
    license_url: https://creativecommons.org/publicdomain/zero/1.0/
    primary: [examplelab2026]
    tags: [synthetic, surface]
    files:
{gradient}

  # A volume is one file, and the last part of its name is the voxel size.
  - map: examplelab/blob/MNI152/8mm
    title: "Synthetic blobs: a formula, not a measurement"
    modality: synthetic
    license: CC0-1.0
    license_url: https://creativecommons.org/publicdomain/zero/1.0/
    primary: [examplelab2026]
    note: Zero outside of an ellipsoid about as large as a brain.
    tags: [synthetic, volume]
    files:
{blob}
"""


def catalog(contents):
    """The catalog of files with these bytes; urls are relative to the catalog."""

    def entries(desc):
        lines = []
        for name, data in contents.items():
            if f"_desc-{desc}_" in name:
                hemi = "L" if "_hemi-L_" in name else "R" if "_hemi-R_" in name else ""
                pairs = [("hemi", hemi)] if hemi else []
                pairs += [
                    ("url", f"maps/{name}"),
                    ("size", len(data)),
                    ("md5", hashlib.md5(data).hexdigest()),
                    ("sha256", hashlib.sha256(data).hexdigest()),
                ]
                marks = ["- "] + ["  "] * (len(pairs) - 1)
                lines += [f"      {mark}{key}: {value}" for mark, (key, value) in zip(marks, pairs)]
        return "\n".join(lines)

    return CATALOG.format(**{desc: entries(desc) for desc in ("depth", "gradient", "blob")})


def content(name, data):
    """What a file holds, unpacked."""
    if name.endswith(".nii.gz"):
        return zlib.decompress(data, wbits=zlib.MAX_WBITS | 16)
    tree = ElementTree.fromstring(data)
    for element in tree.iter("Data"):
        element.text = zlib.decompress(base64.b64decode(element.text)).hex()
    return ElementTree.tostring(tree)


def write(folder):
    made = files()
    maps = folder / "maps"
    maps.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        (maps / name).write_bytes(data)
    (folder / "catalog.yaml").write_bytes(catalog(made).encode("utf-8"))
    return made


def check(folder):
    """What in `folder` is not as this script makes it, in words."""
    with tempfile.TemporaryDirectory() as temporary:
        write(Path(temporary))
        fresh = {path.name: path.read_bytes() for path in (Path(temporary) / "maps").iterdir()}
    maps = folder / "maps"
    there = {path.name: path.read_bytes() for path in maps.iterdir()} if maps.is_dir() else {}
    wrong = []
    for name in sorted(fresh.keys() | there.keys()):
        if name not in there:
            wrong.append(f"maps/{name} is missing")
        elif name not in fresh:
            wrong.append(f"maps/{name} is not one of these maps")
        else:
            try:
                same = content(name, there[name]) == content(name, fresh[name])
            except (zlib.error, ValueError, ElementTree.ParseError) as error:
                wrong.append(f"maps/{name} cannot be read: {error}")
                continue
            if not same:
                wrong.append(f"maps/{name} holds something else")
    path = folder / "catalog.yaml"
    ordered = {name: there[name] for name in files() if name in there}
    if not path.is_file():
        wrong.append("catalog.yaml is missing")
    elif path.read_bytes() != catalog(ordered).encode("utf-8"):
        wrong.append("catalog.yaml does not describe the files beside it")
    return wrong


def main():
    parser = argparse.ArgumentParser(description="Make the synthetic maps of this example.")
    parser.add_argument("--check", action="store_true", help="compare with what is there; write nothing")
    if parser.parse_args().check:
        wrong = check(HERE / "lab")
        for line in wrong:
            print(f"lab/{line}")
        sys.exit(1 if wrong else 0)
    for name, data in write(HERE / "lab").items():
        print(f"{len(data):6}  lab/maps/{name}")


if __name__ == "__main__":
    main()
