"""Reading and writing front matter, the properties of a note at the top of its file.

Front matter is a block of YAML between `---` lines, with lines such as `key: value`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from itertools import chain, count
from typing import TYPE_CHECKING, Any

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.line_errors import refuse
from sibtui.formats.sources.front_matter_tree import FIRST_LINE, FrontMatterReader
from sibtui.model.folding import name_key
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from yaml import ScalarEvent

    from sibtui.formats.sources.front_matter_tree import FrontMatterNode

_BLOCK = re.compile(r"---[ \t]*\n(?P<inside>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FIELD = re.compile(r"^(?:[^\s#-].*?:(?:\s|$)|\{)", re.MULTILINE)
"""The pattern of a line that looks like `key: value`."""
_NUMBER = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|nan)", re.IGNORECASE
)
_NULLS = ("", "~", "null", "Null", "NULL")
"""The texts that YAML reads as null if they have no quotation marks and no tag."""
_UNWRAPPED = 1 << 30
_REMEMBERED = 1000
"""The number of texts whose YAML is remembered. The notes of a study have many equal texts, such as keys and cases."""
_SHORT_KEY = 500
"""A key of at least this length is written in the form `? key`.

In the usual form `key:`, YAML allows at most 1,024 characters before the colon.
"""


@dataclass(frozen=True, slots=True)
class FrontMatterEntry:
    """A value in front matter, not yet converted. A list counts as one entry with several values."""

    node: FrontMatterNode

    @property
    def line(self) -> int:
        """The line number of the key of this value in the file."""
        return self.node.line

    @property
    def is_list(self) -> bool:
        return self.node.items is not None

    @property
    def raw(self) -> tuple[str, ...]:
        """The values as texts, exactly as they are written, such as 007. Empty values (null in YAML) are left out."""
        values = (self.node,) if self.node.items is None else self.node.items
        return tuple(value.text for value in values if value.scalar is None or not _is_null(value.scalar))


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys and values of front matter, in order.

    A key inside another key, such as `role` inside `contact`, has an entry with the name `contact.role`. `nested` is a
    map: outer key (`contact`) → (line of this key, names of the entries inside it).
    """

    entries: Mapping[str, FrontMatterEntry] = field(default_factory=dict)
    nested: Mapping[str, tuple[int, tuple[str, ...]]] = field(default_factory=dict)
    unnamed: Mapping[str, int] = field(default_factory=dict)
    """A map: new key → its line in the file. A new key replaces a key that is empty in the file."""
    empty: Mapping[str, int] = field(default_factory=dict)
    """A map: path of a key whose value is an empty mapping (`{}`) → the line of the key in the file."""


def split(text: str, name: str) -> tuple[FrontMatter, str]:
    """Return (front matter of a note, text after it). One empty line after the front matter is removed.

    Front matter is a block between `---` lines. A block without keys is not front matter: it is a part of the text.
    If a block has keys but is not correct YAML, InputError is raised. `name` is the name of the file in messages.
    """
    if not text.startswith("---") or (match := _BLOCK.match(text)) is None:
        return FrontMatter(), text
    found = _parse(match["inside"], name)
    return (FrontMatter(), text) if found is None else (found, text[match.end() :].removeprefix("\n"))


def _parse(inside: str, name: str) -> FrontMatter | None:
    """Return the keys and values in the block `inside`; None if the block is prose or a list.

    Raises InputError, with file and line, if the block has a line such as `key: value` and is not correct YAML.
    InputError is also raised for refused content, such as a key that occurs twice, or text after the keys and
    values.
    """
    import yaml

    like_fields = _FIELD.search(inside) is not None
    if bad := yaml.reader.Reader.NON_PRINTABLE.search(inside):
        if not like_fields:
            return None
        line = inside.count("\n", 0, bad.start()) + FIRST_LINE
        refuse(name, line, f"the front matter holds a character that YAML does not allow (U+{ord(bad[0]):04X})")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the fast loader in C, if PyYAML has it
    try:
        pairs = FrontMatterReader(name, inside, yaml.parse(inside, Loader=loader)).pairs()
    except yaml.MarkedYAMLError as error:
        if not like_fields:
            return None
        line = (error.problem_mark.line if error.problem_mark else 0) + FIRST_LINE
        refuse(name, line, f"the front matter is not YAML ({one_line(str(error.problem))})")
    return None if pairs is None else _flat(*_named(pairs))


def _named(
    pairs: Sequence[tuple[str, FrontMatterNode]],
) -> tuple[list[tuple[str, FrontMatterNode]], dict[str, int]]:
    """Return (pairs, map: new name → line of the key in the file). An empty key gets a new name, such as `unnamed`."""
    taken = {name_key(key) for key, _ in pairs}
    named: list[tuple[str, FrontMatterNode]] = []
    unnamed: dict[str, int] = {}
    for key, node in pairs:
        name = key if name_key(key) else new_name("unnamed", taken)
        if name != key:
            unnamed[name] = node.line
            taken.add(name_key(name))
        named.append((name, node))
    return named, unnamed


def _flat(pairs: Sequence[tuple[str, FrontMatterNode]], unnamed: Mapping[str, int]) -> FrontMatter:
    entries = {key: FrontMatterEntry(node) for key, node in pairs if node.pairs is None}
    nested: dict[str, tuple[int, tuple[str, ...]]] = {}
    empty = {path: line for key, node in pairs for path, line in _empty(key, node)}
    taken = set(map(name_key, entries))
    for key, node in pairs:
        names: list[str] = []
        for path, each in _leaves(key, node) if node.pairs else ():
            names.append(new_name(path, taken))
            taken.add(name_key(names[-1]))
            entries[names[-1]] = FrontMatterEntry(each)
        if names:
            nested[key] = (node.line, tuple(names))
    return FrontMatter(entries, nested, unnamed, empty)


def _empty(path: str, node: FrontMatterNode) -> Iterator[tuple[str, int]]:
    """Yield (path, line) of each key with an empty mapping (`{}`) as its value.

    `node` is the value of the key `path`. The keys inside `node` are searched too.
    """
    if node.pairs == ():
        yield path, node.line
    for key, value in node.pairs or ():
        yield from _empty(f"{path}.{key}", value)


def _leaves(path: str, node: FrontMatterNode) -> Iterator[tuple[str, FrontMatterNode]]:
    if node.pairs is None and not (node.scalar and _is_null(node.scalar)):
        yield path, node
    for key, value in node.pairs or ():
        yield from _leaves(f"{path}.{key}", value)


def new_name(name: str, taken: Collection[str]) -> str:
    """Return the name. If a name in `taken` reads the same, a number is added that makes it unique.

    `taken` has names in the form for comparisons (see `name_key`).
    """
    numbered = (f"{name} {number}" for number in count(2))
    return next(each for each in chain([name], numbered) if name_key(each) not in taken)


def _tag(scalar: ScalarEvent) -> str:
    from yaml import ScalarNode
    from yaml.resolver import Resolver

    tag = scalar.tag or Resolver().resolve(ScalarNode, scalar.value, scalar.implicit)  # type: ignore[no-untyped-call]
    return str(tag).removeprefix("tag:yaml.org,2002:")


def _is_null(scalar: ScalarEvent) -> bool:
    may_be_null = scalar.tag is not None or scalar.value in _NULLS
    return may_be_null and _tag(scalar) == "null"


def value(scalar: ScalarEvent) -> str | int | float | bool | date | None:
    """Return the value of a YAML scalar (a single value): a text, a number, a truth value or a date; None for null.

    A date with a time becomes a UTC timestamp. Only decimal numbers are converted: 16:30, 007 and 1_000 are returned as
    texts. Raises ValueError for a value of another type.
    """
    from yaml import ScalarNode, YAMLError
    from yaml.constructor import SafeConstructor

    tag = _tag(scalar)
    if tag in ("int", "float") and not _NUMBER.fullmatch(scalar.value):
        return str(scalar.value)
    try:
        made = SafeConstructor().construct_object(ScalarNode(f"tag:yaml.org,2002:{tag}", scalar.value))
    except YAMLError as error:
        raise ValueError(str(error)) from error
    if isinstance(made, datetime):
        return timestamps.from_datetime(made)
    if made is not None and not isinstance(made, str | int | float | bool | date):
        raise ValueError(f"a {tag} is not a value here")
    return made


def line(key: str, value: Any) -> str:
    """Return the line of YAML for a key and its value: a text, a number, a truth value, a date, or a list of texts."""
    literal = _list_literal(value) if isinstance(value, list | tuple) else _literal(value)
    label = _literal(key)
    return f"{label}: {literal}\n" if len(label) < _SHORT_KEY else f"? {label}\n: {literal}\n"


def moment(key: str, value: str) -> str:
    """Return the line of YAML for a key and a timestamp, without quotation marks, so that YAML reads a date."""
    return f"{key}: {value}\n" if timestamps.is_canonical(value) else line(key, value)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float_literal(value)
    if isinstance(value, str):
        return _text_literal(value, flow=False)
    return str(value)


def _list_literal(values: Sequence[str]) -> str:
    return "[" + ", ".join(_text_literal(value, flow=True) for value in values) + "]"


@lru_cache(maxsize=_REMEMBERED)
def _text_literal(text: str, *, flow: bool) -> str:
    """Return a text as YAML. With `flow`, the text is an item of a list in brackets."""
    return _quoted(text) or (_dumped([text], flow=True)[1:-1] if flow else _dumped([text], flow=False)[2:])


def _dumped(value: list[str], *, flow: bool) -> str:
    import yaml

    text = yaml.safe_dump(value, allow_unicode=True, width=_UNWRAPPED, default_flow_style=flow)
    return str(text).removesuffix("\n")


def _quoted(text: str) -> str:
    """Return the text in double quotes if it has characters that YAML would change or refuse.

    For any other text, return an empty text.
    """
    if text.isprintable():
        return ""
    escaped = json.dumps(text, ensure_ascii=False)
    return "".join(
        c if c.isprintable() else f"\\u{ord(c):04x}" if c <= "\uffff" else f"\\U{ord(c):08x}" for c in escaped
    )


def _float_literal(number: float) -> str:
    text = repr(number)
    if text.lstrip("-") in ("inf", "nan"):
        return text.replace("inf", ".inf").replace("nan", ".nan")
    mantissa, e, exponent = text.partition("e")
    return text if not e or "." in mantissa else f"{mantissa}.0e{exponent}"
