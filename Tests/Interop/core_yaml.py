"""YAML 1.2 with its core schema, as editors read it, and locks written as our program writes them."""

import re

import yaml

HEADER = (
    "# Written by `neuromaps lock`: the exact files that answer neuromaps.yaml.\n"
    "# Commit it; do not edit it by hand.\n"
)


class CoreLoader(yaml.SafeLoader):
    """PyYAML with the types of YAML 1.2: `yes` is a text, a date too, and keys are texts whatever they look like."""

    yaml_implicit_resolvers = {}

    def construct_mapping(self, node, deep=False):
        if not isinstance(node, yaml.MappingNode):
            raise yaml.constructor.ConstructorError(None, None, "not a mapping", node.start_mark)
        mapping = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key that is no text", key.start_mark)
            # Of a key that stands twice the last counts, as in most parsers of JSON.
            mapping[key.value] = self.construct_object(value, deep=True)
        return mapping

    def construct_integer(self, node):
        text = node.value
        for prefix, base in (("0o", 8), ("0x", 16)):
            if text.startswith(prefix):
                return int(text[2:], base)
        return int(text)

    def construct_real(self, node):
        return float(re.sub(r"\.(inf|nan)$", r"\1", node.value.lower()))


# Tables 2 and 3 of chapter 10 of the YAML 1.2.2 specification.
for tag, pattern, first in (
    ("null", r"^(?:~|null|Null|NULL|)$", ["~", "n", "N", ""]),
    ("bool", r"^(?:true|True|TRUE|false|False|FALSE)$", list("tTfF")),
    ("int", r"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", list("-+0123456789")),
    (
        "float",
        r"^(?:[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$",
        list("-+.0123456789"),
    ),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(pattern), first)
CoreLoader.add_constructor("tag:yaml.org,2002:int", CoreLoader.construct_integer)
CoreLoader.add_constructor("tag:yaml.org,2002:float", CoreLoader.construct_real)


def load(text):
    """The one document of a text, as data."""
    return yaml.load(text, Loader=CoreLoader)


def dump(data):
    """Data as YAML that reads back the same."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=float("inf"))


def dump_lock(data):
    """Data as a lock, byte for byte as `neuromaps lock` would write it if its entries are in order."""
    return HEADER + yaml.dump(data, Dumper=_LockDumper, allow_unicode=True, sort_keys=False, width=float("inf"))


class _Dumper(yaml.SafeDumper):
    """Without anchors, which our program refuses; texts in quotes where YAML 1.2 would take them for more."""

    yaml_implicit_resolvers = CoreLoader.yaml_implicit_resolvers

    def ignore_aliases(self, data):
        return True


class _LockDumper(_Dumper):
    """Texts in quotes where any version of YAML would take them for more, and lists of texts on one line."""

    def represent_text(self, text):
        style = "'" if _needs_quotes(text) else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)

    def represent_fields(self, data):
        node = self.represent_mapping("tag:yaml.org,2002:map", data.items())
        for key, value in node.value:
            if key.value in _INLINE and isinstance(value, yaml.SequenceNode):
                value.flow_style = True
        return node


_INLINE = {"groups", "authors", "cite", "primary", "secondary"}
_LockDumper.add_representer(str, _LockDumper.represent_text)
_LockDumper.add_representer(dict, _LockDumper.represent_fields)


def _needs_quotes(text):
    words = {"", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "~", "=", "<<"}
    return (
        text.lower() in words
        or re.fullmatch(r"[-+]*0[xXoObB][0-9a-fA-F_]*", text) is not None
        or re.fullmatch(r"[0-9._:+\-eETtZ ]*[0-9][0-9._:+\-eETtZ ]*", text) is not None
        or re.search(r"\.(inf|nan)$", text.lower()) is not None
    )
