"""Random queries through `available_annotations` and `neuromaps list`.

Where the tools mean to differ, a model of both says what each must answer, so nothing passes that is not explained.
"""

import random
import re
from collections import Counter

from common import Part, short, tuple_of
from neuromaps import datasets

KEYS = ["source", "desc", "space", "den", "res", "hemi", "tags", "format"]

# What the toolbox does and we do not, each a switch of the model below.
DEVIATIONS = {
    "part of a word": "a value in a list matches as a part of a word: source=['xu'] finds xu2020",
    "all in a list": "'all' in a list is a word like any other: source=['all']",
    "all for tags": "'all' is a tag like any other: tags='all'",
    "all for den or res": "'all' is a density like any other: den='all'",
    "pattern": "* and ? are letters like any others: source='beliveau*'",
    "empty list": "an empty list of source, desc, space, hemi or format matches nothing: source=[]",
}
TOOLBOX = frozenset(DEVIATIONS)
OURS = frozenset()


def check(program, count, seed):
    part = Part("queries")
    rows = table(program)
    rng = random.Random(seed)
    matched = agreed = unexplained = 0
    explained = Counter()
    for _ in range(count):
        query = random_query(rng, rows)
        theirs = datasets.available_annotations(**query)
        ours = listing(program, query)
        matched += bool(theirs)
        agreed += ours == theirs
        right = part.check(
            theirs == answer(rows, query, TOOLBOX), f"{query}: the toolbox is not as its model:", short(theirs)
        )
        right &= part.check(ours == answer(rows, query, OURS), f"{query}: neuromaps is not as its model:", short(ours))
        unexplained += not right
        if right and ours != theirs:
            explained.update([" + ".join(reasons(rows, query))])
    names = ", ".join(f"{name} {number}" for name, number in explained.most_common())
    return part.report(
        f"seed {seed}, {count} queries, {matched} with maps: {agreed} agree, in the same order too; "
        f"{sum(explained.values())} differ as documented ({names}); {unexplained} unexplained"
    )


def table(program):
    """One row a file, as our catalog has it."""
    rows = []
    for entry in program.json("list", "--restricted"):
        for file in entry["files"]:
            rows.append(
                {
                    **{key: entry.get(key) for key in KEYS},
                    "hemi": file.get("hemi"),
                    "tags": entry["tags"],
                    "restricted": entry["restricted"],
                    "name": tuple_of(entry["map"]),
                }
            )
    return rows


def listing(program, query):
    words = ["--restricted"] if query.get("return_restricted") else []
    for key in KEYS:
        for value in as_list(query.get(key)):
            words += ["--tag" if key == "tags" else f"--{key}", value]
    return [tuple_of(entry["map"]) for entry in program.json("list", *words)]


def as_list(value):
    return [] if value is None else [value] if isinstance(value, str) else value


# The queries


def random_query(rng, rows):
    """A few keywords, mostly taken from one real file so that many queries match something."""
    row = rng.choice(rows)
    query = {}
    for key in rng.sample(KEYS, rng.choice([1, 1, 2, 2, 2, 3, 3, 4])):
        other = row if rng.random() < 0.85 else rng.choice(rows)
        if other[key] is not None:
            query[key] = random_tags(rng, other) if key == "tags" else random_value(rng, rows, key, other[key])
    if rng.random() < 0.1:
        query.update(den=random_sampling(rng, rows, "den"), res=random_sampling(rng, rows, "res"))
    if rng.random() < 0.3:
        query["return_restricted"] = rng.random() < 0.8
    return query


def random_value(rng, rows, key, value):
    """A value as someone might give it, around one that is there."""
    others = sorted({row[key] for row in rows if row[key]})
    kind = rng.choices(
        ["one", "list", "list of one", "all", "nowhere", "part", "all in a list", "pattern", "empty"],
        [50, 18, 4, 5, 4, 6, 3, 4, 2],
    )[0]
    if kind == "list":
        values = [value] + rng.sample(others, min(len(others), rng.randint(1, 2)))
        return rng.sample(values, len(values))
    if kind == "part":
        start = rng.randint(0, len(value) - 1)
        return [value[start : rng.randint(start + 1, len(value))]] + rng.sample(others, rng.randint(0, 1))
    return {
        "one": value,
        "list of one": [value],
        "all": "all",
        "empty": [],
        "nowhere": rng.choice([["nowhere"], "nowhere", value.upper(), value[:-1]]) or "nowhere",
        "all in a list": rng.choice([["all"], [value, "all"]]),
        "pattern": rng.choice([value[:2] + "*", "*" + value[-2:], "?" + value[1:], ["*" + value[1:]]]),
    }[kind]


def random_tags(rng, row):
    kind = rng.choices(["some", "one", "all", "nowhere", "pattern", "empty"], [60, 20, 6, 6, 5, 3])[0]
    return {
        "some": rng.sample(row["tags"], rng.randint(1, len(row["tags"]))),
        "one": rng.choice(row["tags"]),
        "all": rng.choice(["all", ["all"], [row["tags"][0], "all"]]),
        "nowhere": rng.choice([["nowhere"], "pet", ["PE"]]),
        "pattern": [row["tags"][0][:2] + "*"],
        "empty": [],
    }[kind]


def random_sampling(rng, rows, key):
    values = sorted({row[key] for row in rows if row[key]})
    return rng.choice([rng.choice(values), rng.sample(values, rng.randint(1, 3)), rng.sample(values, 2), "all", []])


# The model


def answer(rows, query, quirks):
    """What a tool with these deviations answers: tuples in the catalog's order."""
    return list(dict.fromkeys(row["name"] for row in rows if row_matches(row, query, quirks)))


def row_matches(row, query, quirks):
    if row["restricted"] and not query.get("return_restricted"):
        return False
    return sampling_matches(row, query, quirks) and all(
        value_matches(key, row[key], query[key], quirks)
        for key in ("source", "desc", "space", "hemi", "tags", "format")
        if query.get(key) is not None
    )


def value_matches(key, there, wanted, quirks):
    """Any value of a list will do, of tags all must be there; volumes have no hemisphere, not even `all`."""
    if there is None:
        return wanted == [] and "empty list" not in quirks
    if key == "tags":
        return all(any(word_matches(one, tag, "all for tags", quirks) for tag in there) for one in as_list(wanted))
    if isinstance(wanted, str):
        return wanted == "all" or word_matches(wanted, there, None, quirks)
    if not wanted:
        return "empty list" not in quirks
    return any(
        word_matches(one, there, "all in a list", quirks) or ("part of a word" in quirks and one in there)
        for one in wanted
    )


def sampling_matches(row, query, quirks):
    """A word given for den or res finds either; a pattern, or `all`, only its own kind."""
    wanted = [(key, one) for key in ("den", "res") for one in as_list(query.get(key))]
    there = row["den"] or row["res"]
    return not wanted or any(
        one == there or (row[key] is not None and word_matches(one, there, "all for den or res", quirks))
        for key, one in wanted
    )


def word_matches(wanted, there, quirk_of_all, quirks):
    if wanted == "all" and quirk_of_all not in quirks:
        return True
    if "pattern" not in quirks and re.search(r"[*?]", wanted):
        expression = "".join({"*": ".*", "?": "."}.get(letter, re.escape(letter)) for letter in wanted)
        return re.fullmatch(expression, there) is not None
    return wanted == there


def reasons(rows, query):
    """The deviations without which the toolbox would answer otherwise; those in play, if several say the same."""
    whole = answer(rows, query, TOOLBOX)
    alone = [name for name in DEVIATIONS if answer(rows, query, TOOLBOX - {name}) != whole]
    ours = answer(rows, query, OURS)
    return alone or [name for name in DEVIATIONS if answer(rows, query, {name}) != ours]
