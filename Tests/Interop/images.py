"""What `neuromaps info` says of image files, beside nibabel and numpy. Exits with 1 if they differ.

usage: images.py NEUROMAPS [--seed N] [FILE…]

The files are made here with numpy: NIfTI-1 and NIfTI-2 of every type, in both byte orders, scaled and not, compressed
and not. NEUROMAPS_REAL_DATA=DIR, a data directory with real maps, has those tried too, and FILE any other.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import nibabel
import numpy

TYPES = "uint8 int8 int16 uint16 int32 uint32 int64 uint64 float32 float64".split()
SHAPES = [(5, 4, 3), (3, 4, 2, 2), (4, 3, 2, 1), (7,), (4, 5)]
SCALINGS = [None, (0.0123, 0.0), (2.5, -7.3), (1.0, 3.0), (0.0, 5.0), (float("nan"), 1.0)]
UNITS = {"mm": "mm", "meter": "m", "micron": "um", "unknown": None}


def array(random, kind, shape):
    """Values over all of the type's range; of those that have them, NaN and infinities too."""
    if kind.kind in "iu":
        limits = numpy.iinfo(kind)
        return random.integers(limits.min, limits.max, size=shape, dtype=kind, endpoint=True)
    values = (random.standard_normal(shape) * 10.0 ** random.integers(-20, 20)).astype(kind)
    values.flat[:4] = [0, numpy.nan, numpy.inf, -numpy.inf]
    return values


def volumes(random, folder):
    """Writes the files, and yields their paths."""
    kinds = [(version, kind, order) for version in (1, 2) for kind in TYPES for order in "<>"]
    for number, (version, kind, order) in enumerate(kinds):
        for index, scaling in enumerate(SCALINGS):
            header = (nibabel.Nifti1Header if version == 1 else nibabel.Nifti2Header)(endianness=order)
            shape = SHAPES[(number + index) % len(SHAPES)]
            header.set_data_dtype(numpy.dtype(kind))
            header.set_data_shape(shape)
            header["xyzt_units"] = [2, 10, 0, 1, 3][(number + index) % 5]
            header["scl_slope"], header["scl_inter"] = scaling or (float("nan"), float("nan"))
            header["vox_offset"] = header.single_vox_offset
            header["magic"] = header.single_magic
            values = array(random, numpy.dtype(kind), shape).astype(numpy.dtype(kind).newbyteorder(order))
            data = header.binaryblock + bytes(4) + values.tobytes(order="F")
            word = "little" if order == "<" else "big"
            path = folder / f"{version}_{kind}_{word}_{index}.nii{'.gz' if index % 2 else ''}"
            path.write_bytes(gzip.compress(data) if index % 2 else data)
            yield path


def surface(image):
    """The values of a surface's maps, in the order of its file."""
    arrays = [array for array in image.darrays if array.intent != nibabel.nifti1.intent_codes["NIFTI_INTENT_TRIANGLE"]]
    first = image.darrays[0].data
    return list(first.shape), first.dtype.name, None, numpy.concatenate([array.data.ravel() for array in arrays])


def expected(path):
    """What nibabel and numpy say, in double precision, under the names of the program's JSON."""
    image = nibabel.load(path)
    if isinstance(image, nibabel.GiftiImage):
        shape, kind, units, values = surface(image)
    else:
        shape, kind = list(image.shape), image.get_data_dtype().newbyteorder("=").name
        units, values = UNITS[image.header.get_xyzt_units()[0]], image.get_fdata(dtype=numpy.float64)
    values = values.astype(numpy.float64).ravel()
    finite = values[numpy.isfinite(values)]
    return {
        "shape": shape,
        "data_type": kind,
        "units": units,
        "minimum": float(finite.min()) if finite.size else None,
        "maximum": float(finite.max()) if finite.size else None,
        "mean": (float(finite.mean()), float(numpy.abs(finite).mean())) if finite.size else None,
        "zeros": int((values == 0).sum()),
        "non_finite": int(values.size - finite.size),
    }


def described(answer):
    """The first object in an answer that describes an image."""
    if isinstance(answer, dict) and "data_type" in answer:
        return answer
    parts = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else []
    return next((found for found in map(described, parts) if found is not None), None)


def differences(program, path):
    """What the two do not agree on, a line each. Means may differ by what numpy's own sum may be wrong."""
    run = subprocess.run([program, "info", "--json", str(path)], capture_output=True, timeout=60)
    if run.returncode != 0:
        return [f"exit code {run.returncode}: {run.stderr.decode(errors='replace')}"]
    ours, theirs, found = described(json.loads(run.stdout)) or {}, expected(path), []
    for key, value in theirs.items():
        mine = ours.get(key)
        if key == "mean" and value is not None and mine is not None:
            if abs(mine - value[0]) <= 1e-14 * value[1]:
                continue
        elif mine == value:
            continue
        found.append(f"{key}: neuromaps {mine}, nibabel {value}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("neuromaps")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = list(volumes(numpy.random.default_rng(options.seed), Path(folder))) + options.files
        if real := os.environ.get("NEUROMAPS_REAL_DATA"):
            files += sorted(path for ending in ("nii.gz", "gii") for path in Path(real).rglob(f"*.{ending}"))
        wrong = {path: found for path in files if (found := differences(options.neuromaps, path))}
    for path, found in wrong.items():
        print("\n  ".join([f"{path}:", *found]))
    print(f"images: {len(files) - len(wrong)} of {len(files)} files as nibabel and numpy have them")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
