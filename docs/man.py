#!/usr/bin/env python3
"""Prints the manual page of neuromaps in mdoc(7): commands and options as the program tells them, environment and
exit codes as docs/cli.md has them.

usage: man.py NEUROMAPS > neuromaps.1

The date is that of $SOURCE_DATE_EPOCH, else today's.
"""

import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import textwrap

FILES = [
    ("neuromaps.yaml", "What a project wants: maps, atlases, catalogs of the lab, mirrors."),
    ("neuromaps.lock", "The exact files that answer it. Commit both."),
    ("data/annotations, data/atlases", "The files, in the tree of the Python toolbox; `data` is the manifest's "
     "`data_dir`."),
    ("data/.neuromaps", "What the program remembers of the files; costs a rehash when removed, and nothing else."),
    ("~/.cache/neuromaps", "The store that all projects of a user share."),
]

EXAMPLES = [
    ("Begin a project, write the maps you need into `neuromaps.yaml`, and bring them:",
     "neuromaps init\n$EDITOR neuromaps.yaml\nneuromaps sync"),
    ("Bring the same bytes on another machine, or in CI:", "neuromaps sync --locked"),
    ("Bring one map without a project:", "neuromaps fetch --source abagen --data-dir maps"),
]


def escaped(text):
    """Text that roff prints as it is, on any of its encodings."""
    text = text.replace("\\", "\\e")
    return "".join(c if ord(c) < 128 else f"\\[u{ord(c):04X}]" for c in text)


def code(text):
    """Text in which a hyphen is a minus, as it must be typed."""
    return escaped(text).replace("-", "\\-")


def words(text):
    """A paragraph of Markdown as lines of roff: a sentence a line, broken at 80 columns."""
    text = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", text.replace("\\|", "|").replace("**", ""))
    parts = re.split(r"`([^`]*)`", " ".join(text.split()))
    text = "".join(f"\\fB{code(part)}\\fP" if i % 2 else escaped(part) for i, part in enumerate(parts))
    lines = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        lines += textwrap.wrap(sentence, 78, break_long_words=False, break_on_hyphens=False)
    return [f"\\&{line}" if line[0] in ".'" else line for line in lines]


def literal(lines):
    """A display of lines as they are."""
    lines = [code(line) for line in textwrap.dedent("\n".join(lines)).split("\n")]
    return [".Bd -literal -offset indent", *(f"\\&{line}" if line[:1] in (".", "'") else line for line in lines), ".Ed"]


def prose(text):
    """Paragraphs; lines that are indented are displayed as they are."""
    out = []
    for block in re.split(r"\n\s*\n", text.strip("\n")):
        for is_literal, lines in runs(block.split("\n")):
            out += literal(lines) if is_literal else ([".Pp"] if out else []) + words(" ".join(lines))
    return out


def runs(lines):
    """Neighboring lines that are all indented, or none of them."""
    found = []
    for line in lines:
        is_literal = line.startswith("  ")
        if not found or found[-1][0] != is_literal:
            found.append((is_literal, []))
        found[-1][1].append(line)
    return found


def table(text, heading):
    """The rows of the Markdown table below a heading, without its head."""
    match = re.search(rf"^## {heading}\n\n((?:\|.*\n)+)", text, re.MULTILINE)
    if not match:
        sys.exit(f"docs/cli.md has no table below `## {heading}`")
    rows = match.group(1).splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", row.strip("|"))] for row in rows]


def listing(items):
    """A list of tags, each as a line of macros, with what is said of them."""
    if not items:
        return []
    out = [".Bl -tag -width Ds"]
    for tag, lines in items:
        out += [f".It {tag}", *lines]
    return [*out, ".El"]


def leaves(command):
    """The commands that do something, each with the words by which it is called."""
    for sub in command.get("subcommands") or []:
        if not sub["shouldDisplay"] or sub["commandName"] == "help":
            continue
        path = [*(sub.get("superCommands") or [])[1:], sub["commandName"]]
        yield path, sub
        yield from leaves(sub)


def shown(command, kinds):
    """A command's arguments of these kinds."""
    return [a for a in command.get("arguments") or [] if a["shouldDisplay"] and a["kind"] in kinds]


def name(argument):
    """The longest name of an option."""
    return max((n["name"] for n in argument["names"]), key=len)


def option(argument):
    """An option as an item of a list."""
    flags = [f"Fl {code('-' * (n['kind'] == 'long') + n['name'])}" for n in argument["names"]]
    value = f" Ar {argument['valueName']}" if argument["kind"] == "option" else ""
    text = argument.get("abstract") or ""
    if argument.get("defaultValue"):
        text += f" Default: {argument['defaultValue']}."
    if argument["isRepeating"]:
        text += " May be given several times."
    return " , ".join(flags) + value, words(text)


def positional(argument):
    """A positional argument in a synopsis."""
    text = f"Ar {argument['valueName']}" + (" ..." if argument["isRepeating"] else "")
    return f"Oo {text} Oc" if argument["isOptional"] else text


def section(path, command, common):
    """What there is to say of one command."""
    own = [a for a in shown(command, ["option", "flag"]) if name(a) not in common]
    arguments = shown(command, ["positional"])
    out = [f".Ss {code(' '.join(path))}"]
    if not command.get("subcommands"):
        places = "".join(f" {positional(a)}" for a in arguments)
        out.append(f".D1 Nm Cm {code(' '.join(path))} Oo Ar options Oc{places}")
    out += words(command["abstract"])
    # The list comes before the examples, and both after what the options are about.
    prose_text, _, examples = (command.get("discussion") or "").partition("Examples:\n")
    if prose_text.strip():
        out += [".Pp", *prose(prose_text)]
    items = [(f"Ar {a['valueName']}", words(a.get("abstract") or "")) for a in arguments] + [option(a) for a in own]
    out += listing(items)
    if examples.strip():
        out += [".Pp", "Examples:", *literal(examples.rstrip("\n").split("\n"))]
    return out


def page(binary):
    """All lines."""
    help_text = subprocess.run([binary, "--experimental-dump-help"], check=True, capture_output=True, text=True).stdout
    version = subprocess.run([binary, "--version"], check=True, capture_output=True, text=True).stdout.strip()
    root = json.loads(help_text)["command"]
    cli = (pathlib.Path(__file__).parent / "cli.md").read_text(encoding="utf-8")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    date = datetime.datetime.fromtimestamp(int(epoch), datetime.timezone.utc) if epoch else datetime.datetime.now()

    commands = list(leaves(root))
    doing = [(path, command) for path, command in commands if not command.get("subcommands")]
    counts = {}
    for _, command in doing:
        for argument in shown(command, ["option", "flag"]):
            counts.setdefault(name(argument), []).append(argument)
    common = {key: found[0] for key, found in counts.items() if len(found) > len(doing) / 2}
    without = [
        path for path, command in doing if not set(common) <= {name(a) for a in shown(command, ["option", "flag"])}]

    out = [
        f".Dd {date:%B} {date.day}, {date.year}", ".Dt NEUROMAPS 1", f".Os \"neuromaps {version}\"", ".Sh NAME",
        ".Nm neuromaps", f".Nd {escaped(root['abstract'][0].lower() + root['abstract'][1:].rstrip('.'))}",
        ".Sh SYNOPSIS", ".Nm", ".Ar command", ".Op Ar options", ".Op Ar argument ...", ".Sh DESCRIPTION",
    ]
    about = (root.get("discussion") or "").split("\n\n")
    out += prose("\n\n".join(part for part in about if not part.startswith("Exit codes:")))
    out += [".Sh COMMANDS"]
    for path, command in commands:
        out += section(path, command, common)
    out += [".Sh OPTIONS"]
    exceptions = " and ".join(f"`{' '.join(path)}`" for path in without)
    out += words("Every command takes these" + (f", but for {exceptions}:" if without else ":"))
    out += listing([option(argument) for argument in common.values()])
    out += [".Sh ENVIRONMENT"]
    out += listing(
        [("Ev " + " , ".join(re.findall(r"`([^`]*)`", names)), words(sentence(means)))
         for names, means in table(cli, "Environment")])
    out += [".Sh FILES"]
    out += listing([(f"Pa {code(path)}", words(means)) for path, means in FILES])
    out += [".Sh EXIT STATUS"]
    out += listing([(number, words(sentence(means))) for number, means in table(cli, "Exit codes")])
    out += [".Sh EXAMPLES"]
    for index, (text, lines) in enumerate(EXAMPLES):
        out += ([".Pp"] if index else []) + words(text) + literal(lines.split("\n"))
    out += [
        ".Sh SEE ALSO", "The Python toolbox that the built-in catalog is of:",
        ".Lk https://netneurolab.github.io/neuromaps/"]
    return out


def sentence(text):
    """A cell of a table as a sentence."""
    return text[:1].upper() + text[1:] + "." * (not text.endswith((".", "*")))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: man.py NEUROMAPS > neuromaps.1")
    print("\n".join(page(sys.argv[1])))
