"""bids-validator and cffconvert read what `neuromaps sync` writes about three projects: the example, one with all maps
of the built-in catalog (their papers and facts, small made-up bytes), and one whose catalog is full of signs.

    bids.py NEUROMAPS
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
TOOLS = Path(sys.executable).parent
WHOLE = [".bidsignore", "CITATION.cff", "README", "dataset_description.json"]
SIGNS = (
    "\"quotes\" 'and' \\ {braces} [18 F] # & * ! | > % @ `\n\r\n\ttwo lines \u0085\u2028 "
    "é 日本 מפה خريطة \u202eabc\u202c 🧠 \0\x07"
)


def main():
    program, failures = sys.argv[1], []
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        for name, make in [("example", example), ("all maps", everything), ("signs", signs)]:
            folder = work / name.replace(" ", "-")
            make(folder)
            found = trial(program, folder, work)
            print(f"{name}: {'; '.join(found) if found else 'ok'}", flush=True)
            failures += found
        failures += can_fail(work / "example" / "data")
    sys.exit(1 if failures else 0)


# The projects.


def example(folder):
    shutil.copytree(ROOT / "examples" / "quickstart" / "lab", folder / "lab")
    shutil.copy(ROOT / "examples" / "quickstart" / "neuromaps.yaml", folder)


def everything(folder):
    """What the built-in catalog says of its maps; the bytes are made up, and so their checksums."""
    text = (ROOT / "Sources" / "CBuiltinCatalog" / "neuromaps.yaml").read_text(encoding="utf-8")
    catalog = yaml.load(text, Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader)
    names = ["*/*/*/*"] + [entry["map"] for entry in catalog["maps"] if entry.get("restricted")]
    catalog.update(name="everything")
    catalog.pop("atlases", None)
    project(folder, catalog, names)


def signs(folder):
    paper = dict.fromkeys(["title", "journal", "volume", "number", "pages", "publisher"], SIGNS)
    papers = {
        "full": {"type": SIGNS, "authors": [SIGNS, f"{SIGNS}, {SIGNS}", "Twice, A", "Twice, A", "others"], **paper},
        "same": {"type": "article", "title": "Same"},
        "again": {"type": "article", "title": " Same "},
        "blank": {"type": "", "authors": ["", " ", ","], "title": "", "year": "", "journal": "", "doi": "", "url": ""},
        "links": {"type": "dataset", "title": "Links", "year": "2020", "doi": "10.1/<a> b", "url": "https://x/[a] b"},
        "numbers": {"type": "misc", "title": "12", "year": "1e3", "volume": "0x1", "pages": "no", "doi": "10.1234/a"},
    }
    names = ["title", "modality", "measure", "target", "n", "age", "license", "license_url", "note"]
    facts = dict.fromkeys(names, SIGNS)
    files = [{"url": "v"}]
    maps = [
        {"map": "lab/a/MNI152/2mm", **facts, "primary": list(papers), "secondary": list(papers), "files": files},
        {"map": "lab/b/civet/v1.2", "primary": ["same"], "files": [{"hemi": "R", "url": "v"}]},
    ]
    catalog = {"version": 1, "name": "signs", "revision": "1", "title": SIGNS, "cite": ["full"], "caution": SIGNS}
    project(folder, {**catalog, "references": papers, "maps": maps}, ["*/*/*/*"])


def project(folder, catalog, names):
    """Writes a project with that catalog alone, and a file beside it for each file of each map."""
    folder.mkdir()
    for number, file in enumerate(file for entry in catalog["maps"] for file in entry["files"]):
        data = f"map {number}\n".encode()
        (folder / f"map{number}").write_bytes(data)
        hemi = {"hemi": file["hemi"]} if "hemi" in file else {}
        file.clear()
        file.update(hemi, url=f"map{number}", md5=hashlib.md5(data).hexdigest())
    (folder / "catalog.yaml").write_bytes(dumped(catalog))
    manifest = {"version": 1, "data_dir": "data", "builtin": False, "catalogs": [{"path": "catalog.yaml"}]}
    (folder / "neuromaps.yaml").write_bytes(dumped({**manifest, "annotations": names}))


def dumped(value):
    """YAML without aliases, which neuromaps refuses."""
    dumper = type("Dumper", (yaml.SafeDumper,), {"ignore_aliases": lambda *_: True})
    return yaml.dump(value, Dumper=dumper, allow_unicode=True, sort_keys=False, encoding="utf-8")


# What must hold.


def trial(program, folder, work):
    """What is wrong with what a sync writes."""
    sync(program, folder, work)
    data = folder / "data"
    found = [f"{name} is missing" for name in WHOLE if not (data / name).is_file()]
    if found:
        return found
    found += bids_errors(data) + cff_errors(data)
    for path in sorted(data.glob("annotations/*/*/*/*")):
        if path.suffix == ".json":
            names = json.loads(path.read_text(encoding="utf-8"))["Files"]
            found += [f"{path.name} tells of {name}" for name in names if not (path.parent / name).is_file()]
        elif not sidecar(path).is_file():
            found.append(f"{path.name} is not described")
        else:
            facts = json.loads(sidecar(path).read_text(encoding="utf-8"))["Files"][path.name]
            if facts["SHA256"] != hashlib.sha256(path.read_bytes()).hexdigest():
                found.append(f"{path.name} has another checksum than its description")
    twin = folder.with_name(f"{folder.name}-again")
    shutil.copytree(folder, twin, ignore=shutil.ignore_patterns("data"))
    sync(program, twin, work)
    if tree(data) != tree(twin / "data"):
        found.append("the same lock gave other bytes elsewhere")
    return found


def sidecar(path):
    """Where the description of a map's file is."""
    stem = path.name.replace(".func.gii", "").replace(".nii.gz", "")
    return path.with_name(stem.replace("_hemi-L", "").replace("_hemi-R", "") + ".json")


def tree(data):
    return {
        str(path.relative_to(data)): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and ".neuromaps" not in path.parts
    }


def sync(program, folder, work):
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(work), "NEUROMAPS_CACHE_DIR": str(work / "store")}
    result = subprocess.run(
        [program, "sync", "--offline"], cwd=folder, env=environment, capture_output=True, text=True
    )
    if result.returncode != 0:
        sys.exit(f"neuromaps sync in {folder.name}: exit {result.returncode}\n{result.stderr or result.stdout}")


def bids_errors(data):
    """The errors of bids-validator; its warnings are of what no collection of maps can have, such as subjects."""
    result = subprocess.run(
        [TOOLS / "bids-validator-deno", "--format", "json", data], capture_output=True, text=True
    )
    try:
        issues = json.loads(result.stdout)["issues"]["issues"]
    except (ValueError, KeyError):
        return [f"bids-validator: exit {result.returncode}: {result.stderr[-500:]}"]
    errors = [issue for issue in issues if issue["severity"] == "error"]
    found = [f"bids-validator: {issue['code']} {issue.get('location', '')}" for issue in errors]
    return found or ([] if result.returncode == 0 else [f"bids-validator: exit {result.returncode}"])


def cff_errors(data):
    """What cffconvert says of CITATION.cff; nothing if it is right and can be made into BibTeX."""
    found = []
    for words in (["--validate"], ["--format", "bibtex"]):
        result = subprocess.run(
            [TOOLS / "cffconvert", *words, "--infile", data / "CITATION.cff"], capture_output=True, text=True
        )
        if result.returncode != 0:
            found.append(f"cffconvert {words[0]}: {(result.stderr or result.stdout)[-500:]}")
    return found


def can_fail(data):
    """That both programs see what is wrong: else the trial would say nothing."""
    found = []
    (data / ".bidsignore").unlink()
    if not bids_errors(data):
        found.append("bids-validator minds nothing")
    citation = data / "CITATION.cff"
    citation.write_text(citation.read_text(encoding="utf-8").replace("\nauthors:", "\nauthor:"), encoding="utf-8")
    if not cff_errors(data):
        found.append("cffconvert minds nothing")
    for words in found:
        print(words)
    return found


main()
