"""The same maps, files and origins as the built-in catalog's, but small made-up bytes, to serve to both tools."""

import gzip
import hashlib
import json
import random

import nibabel
import numpy


class Lab:
    """Bytes by `project/file`, and the catalog that pins them. `maps` is `neuromaps list --json --restricted`."""

    def __init__(self, maps):
        self.maps = maps
        self.paths = {file["osf"]: file["path"] for entry in maps for file in entry["files"]}
        self.bytes = {osf: image(path) for osf, path in self.paths.items()}
        self.md5 = {osf: hashlib.md5(data).hexdigest() for osf, data in self.bytes.items()}

    def catalog(self, atlases=()):
        """The catalog's text; of atlases each is (name, archive, osf, md5, members)."""
        lines = ["version: 1", "name: interop", 'revision: "1"', "maps:" if self.maps else "maps: []"]
        for entry in self.maps:
            lines += [f"  - map: {entry['map']}", f"    tags: {json.dumps(entry['tags'])}"]
            lines += ["    restricted: true"] if entry["restricted"] else []
            lines += ["    files:"]
            for file in entry["files"]:
                hemi = f"hemi: {file['hemi']}, " if "hemi" in file else ""
                lines += [f"      - {{{hemi}osf: {file['osf']}, md5: {self.md5[file['osf']]}}}"]
        lines += ["atlases:"] if atlases else []
        for name, archive, osf, md5, members in atlases:
            lines += [
                f"  - atlas: {name}",
                f"    archive: {archive}",
                f"    osf: {osf}",
                f"    md5: {md5}",
                "    members:",
            ]
            lines += [f"      - {member}" for member in members]
        return "\n".join(lines) + "\n"

    def project(self, folder, annotations, data_dir="data", atlases=()):
        """Writes a project that knows this catalog only."""
        folder.mkdir(parents=True)
        (folder / "catalog.yaml").write_text(self.catalog(atlases))
        manifest = ["version: 1", "builtin: false", "catalogs:", "  - path: catalog.yaml"]
        manifest += [f"data_dir: {data_dir}"] if data_dir else []
        manifest += ["annotations:" if annotations else "annotations: []"]
        manifest += [f"  - {json.dumps(name)}" for name in annotations]
        (folder / "neuromaps.yaml").write_text("\n".join(manifest) + "\n")
        return folder


def image(path):
    """A small image of the kind that a path names, always the same for the path."""
    values = numpy.array(random.Random(path).choices(range(100), k=64), dtype="float32")
    if path.endswith(".nii.gz"):
        return gzip.compress(nibabel.Nifti1Image(values.reshape(4, 4, 4), numpy.eye(4)).to_bytes(), mtime=0)
    if path.endswith(".gii"):
        return nibabel.GiftiImage(darrays=[nibabel.gifti.GiftiDataArray(values)]).to_bytes()
    return " ".join(map(str, values)).encode()
