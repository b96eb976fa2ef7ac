"""Data with mistakes made at random: keys and items gone, added, doubled or moved, values of other types and forms."""

import copy
import string

VALUES = [
    None, True, False, 0, 1, -1, 2, 1.5, 12, 2**63, "", "a", "12", "true", "null", "unknown", "2026-01-02", "a/b",
    "a/b/c", "a/b/c/d", "a/b/c/2mm", "a/b/c/d/e", "a//c/d", "/a", "~", "..", "a b", "a.tar.gz", "A" * 64, "f" * 64,
    "e" * 32, "1" * 64, "ftp://h/a", "https://h/a", "https://u:p@h/a", "file:///a", "L", "allow", [], ["a"], [None],
    [["a"]], ["a", "b", "c", "2mm"], {}, {"a": "b"}, {"path": "a"}, {"source": "a"},
]  # fmt: skip
KEYS = ["version", "name", "path", "url", "osf", "sha256", "md5", "size", "map", "atlas", "groups", "revision", "hemi"]


def mutant(rng, seeds):
    """A copy of one of the seeds with one to three mistakes."""
    data = copy.deepcopy(rng.choice(seeds))
    for _ in range(rng.choice([1, 1, 1, 2, 2, 3])):
        places = list(_places(data))
        if places:
            _change(rng, *rng.choice(places), places)
    return data


def _places(data):
    """Every container with each of its keys or indices."""
    keys = data.keys() if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else []
    for key in list(keys):
        yield data, key
        yield from _places(data[key])


def _change(rng, holder, key, places):
    kind = rng.choice(["drop", "drop", "add", "value", "value", "text", "text", "number", "swap"])
    value = holder[key]
    if kind == "drop":
        del holder[key]
    elif kind == "add" and isinstance(holder, dict):
        holder[rng.choice([rng.choice(KEYS), f"{key}s", key.upper(), "novelty"])] = copy.deepcopy(rng.choice(VALUES))
    elif kind == "add":
        holder.insert(key, copy.deepcopy(rng.choice([value, rng.choice(VALUES)])))
    elif kind == "text" and isinstance(value, str) and value:
        holder[key] = _other_text(rng, value)
    elif kind == "number" and isinstance(value, int):
        holder[key] = rng.choice([value + 1, -value, 0, value + 0.5, str(value)])
    elif kind == "swap":
        other, there = rng.choice(places)
        # What has been taken out meanwhile can still be had.
        holder[key] = copy.deepcopy(other[there]) if other is not holder else [copy.deepcopy(value)]
    else:
        holder[key] = copy.deepcopy(rng.choice(VALUES))


def _other_text(rng, text):
    at = rng.randrange(len(text))
    letter = rng.choice(string.ascii_letters + string.digits + "/:.-_+ \\ö")
    return rng.choice(
        [text[:at] + text[at + 1 :], text[:at] + letter + text[at:], text[:at] + letter + text[at + 1 :], text.upper()]
    )
