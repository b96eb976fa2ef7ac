#!/usr/bin/env python3
"""Tell, on the page of a run of GitHub Actions, which maps a project has and what to cite for them.

    summary.py FOLDER

FOLDER holds sync.json and verify.json, what the two commands print with --json, and cite.md, what
`neuromaps cite --format markdown` prints. Adds to the files that $GITHUB_STEP_SUMMARY and $GITHUB_OUTPUT name.
Exits with 4, having written nothing, if a file that the sync has brought is not the locked one.
"""

import json
import os
import sys
from pathlib import Path

IN_PLACE = {"unchanged", "reused", "downloaded", "written"}


def counted(count, noun):
    return f"{count} {noun}" if count == 1 else f"{count} {noun}{'es' if noun.endswith('s') else 's'}"


def size(count):
    """As the program itself says it: in powers of a thousand."""
    if count < 1000:
        return counted(count, "byte")
    for unit in ("kB", "MB", "GB"):
        count /= 1000
        if count < 999.5 or unit == "GB":
            return f"{count:.1f} {unit}" if count < 99.95 else f"{count:.0f} {unit}"


def items(rows):
    """Rows of files by their map or atlas, in the order of the lock."""
    found = {}
    for row in rows:
        found.setdefault(row.get("map") or row["atlas"], []).append(row)
    return found


def table(rows):
    yield "| map | files | size |"
    yield "|:--|--:|--:|"
    for name, files in items(rows).items():
        yield f"| `{name}` | {len(files)} | {size(sum(row['size'] or 0 for row in files))} |"


def heading(rows):
    maps = len(items(row for row in rows if "map" in row))
    atlases = len(items(row for row in rows if "atlas" in row))
    parts = [counted(maps, "map")] if maps or not atlases else []
    parts += [counted(atlases, "atlas")] if atlases else []
    parts += [counted(len(rows), "file"), size(sum(row["size"] or 0 for row in rows))]
    return "### neuromaps: " + ", ".join(parts)


def summary(synced, verified, citations):
    """The page, as Markdown."""
    rows = [row for row in synced["files"] if row["result"] in IN_PLACE and not row["metadata"]]
    lines = [heading(rows), ""]
    if rows:
        lines += [*table(rows), ""]
    left_out = items(row for row in synced["files"] if row["result"] == "skipped")
    if left_out:
        lines += ["Left out, as they are restricted: " + ", ".join(f"`{name}`" for name in left_out), ""]
    if verified["tree_sha256"]:
        lines += [
            f"Tree digest: `sha256:{verified['tree_sha256']}`; `neuromaps verify` prints it wherever these files are.",
            "",
        ]
    if citations.strip():
        lines += ["<details><summary>What to cite</summary>", "", citations.strip(), "", "</details>", ""]
    return "\n".join(lines)


def is_right(synced, verified):
    """Whether every file that the sync has brought is the locked one."""
    brought = {row["path"] for row in synced["files"] if row["result"] in IN_PLACE}
    return all(row["state"] == "ok" for row in verified["files"] if row["path"] in brought)


def main():
    folder = Path(sys.argv[1])
    synced = json.loads((folder / "sync.json").read_text(encoding="utf-8"))
    verified = json.loads((folder / "verify.json").read_text(encoding="utf-8"))
    if not is_right(synced, verified):
        sys.exit(4)
    if any(end in synced["data_dir"] for end in "\r\n"):
        sys.exit("error: the name of the data directory has more than one line")
    with open(os.environ["GITHUB_STEP_SUMMARY"], "a", encoding="utf-8") as page:
        page.write(summary(synced, verified, (folder / "cite.md").read_text(encoding="utf-8")) + "\n")
    digest = f"sha256:{verified['tree_sha256']}" if verified["tree_sha256"] else ""
    with open(os.environ["GITHUB_OUTPUT"], "a", encoding="utf-8") as outputs:
        outputs.write(f"data-dir={synced['data_dir']}\ntree-digest={digest}\n")


if __name__ == "__main__":
    main()
