"""Front matter: the block between `---` lines at the top of a note, `key: value` in a small, safe subset of YAML."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.line_errors import refuse
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from yaml import Event, ScalarEvent

_BLOCK = re.compile(r"---[ \t]*\n(?P<inside>(?:.*\n)*?)---[ \t]*(?:\n|\Z)")
_NUMBER = re.compile(
    r"[-+]?(?:(?:0|[1-9][0-9]*)(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|nan)", re.IGNORECASE
)
_INSIDE = 2
"""The line of the file with the first line of the block."""
_UNWRAPPED = 1 << 30
_SHORT_KEY = 500
"""YAML requires the colon within 1,024 characters; a longer key is written `? key`."""


@dataclass(frozen=True, slots=True)
class FrontMatterEntry:
    """An unconverted value of the block, and its line in the file. A list has several `scalars`."""

    line: int
    scalars: tuple[ScalarEvent, ...]
    is_list: bool = False

    @property
    def raw(self) -> tuple[str, ...]:
        """Return the values as written: `name: 007` is 007. Empty ones (YAML's null) are left out."""
        return tuple(scalar.value for scalar in self.scalars if not _is_null(scalar))


def split(text: str) -> tuple[str | None, str]:
    """Return the inside of the block (None without one), and the text after it without its first empty line."""
    if not text.startswith("---") or (match := _BLOCK.match(text)) is None:
        return None, text
    return match["inside"], text[match.end() :].removeprefix("\n")


def parse(inside: str, name: str) -> dict[str, FrontMatterEntry]:
    """Return the entries of a block, in order.

    Raises InputError with the file and the line for anything that is not `key: value`, and for YAML that is not allowed.
    """
    import yaml

    if bad := yaml.reader.Reader.NON_PRINTABLE.search(inside):
        line = inside.count("\n", 0, bad.start()) + _INSIDE
        refuse(name, line, f"the front matter holds a character that YAML does not allow (U+{ord(bad[0]):04X})")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C one where PyYAML has it
    try:
        return _collect(yaml.parse(inside, Loader=loader), name)
    except yaml.MarkedYAMLError as error:
        line = (error.problem_mark.line if error.problem_mark else 0) + _INSIDE
        refuse(name, line, f"the front matter is not YAML ({one_line(str(error.problem))})")


def _collect(events: Iterator[Event], name: str) -> dict[str, FrontMatterEntry]:
    """Return one level of keys, with lists of plain values. Without nesting and aliases no small file can fill the memory."""
    import yaml

    entries: dict[str, FrontMatterEntry] = {}
    opened = False
    key: str | None = None
    items: list[ScalarEvent] | None = None
    for event in events:
        line = (event.start_mark.line if event.start_mark else 0) + _INSIDE
        if getattr(event, "anchor", None) is not None:
            refuse(name, line, "the front matter holds an anchor or alias (& or *): write the value out, or in quotes")
        if isinstance(event, yaml.ScalarEvent) and opened:
            if items is not None:
                items.append(event)
            elif key is None:
                key = _key(event.value, entries, name, line)
            else:
                entries[key], key = FrontMatterEntry(line, (event,)), None
        elif isinstance(event, yaml.MappingStartEvent) and not opened:
            opened = True
        elif isinstance(event, yaml.SequenceStartEvent) and key is not None and items is None:
            items = []
        elif isinstance(event, yaml.SequenceEndEvent) and key is not None and items is not None:
            entries[key] = FrontMatterEntry(line, tuple(items), is_list=True)
            key = items = None
        elif isinstance(event, yaml.NodeEvent):
            refuse(name, line, "the front matter may hold lines of “key: value” only, without nesting")
    return entries


def _key(key: str, entries: dict[str, FrontMatterEntry], name: str, line: int) -> str:
    if not key:
        refuse(name, line, "the front matter has a value without a key")
    if key in entries:
        refuse(name, line, f"“{one_line(key, 60)}” appears twice in the front matter")
    return key


def _tag(scalar: ScalarEvent) -> str:
    from yaml import ScalarNode
    from yaml.resolver import Resolver

    tag = scalar.tag or Resolver().resolve(ScalarNode, scalar.value, scalar.implicit)  # type: ignore[no-untyped-call]
    return str(tag).removeprefix("tag:yaml.org,2002:")


def _is_null(scalar: ScalarEvent) -> bool:
    return _tag(scalar) == "null"


def value(scalar: ScalarEvent) -> str | int | float | bool | date | None:
    """Return the converted value: text, a number, yes or no, or a date. A date with a time becomes a UTC timestamp.

    Only decimal numbers become numbers: 16:30, 007 and 1_000 stay text. Raises ValueError for other types.
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
    """Return one line of the block, for text, a number, yes or no, a date, or a list of texts."""
    literal = _list_literal(value) if isinstance(value, list | tuple) else _literal(value)
    label = _literal(key)
    return f"{label}: {literal}\n" if len(label) < _SHORT_KEY else f"? {label}\n: {literal}\n"


def moment(key: str, value: str) -> str:
    """Return one line with a timestamp, without quotes, as YAML has dates."""
    return f"{key}: {value}\n" if timestamps.is_canonical(value) else line(key, value)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float_literal(value)
    if isinstance(value, str):
        return _quoted(value) or _dumped([value], flow=False)[2:]
    return str(value)


def _list_literal(values: Sequence[str]) -> str:
    return "[" + ", ".join(_quoted(value) or _dumped([value], flow=True)[1:-1] for value in values) + "]"


def _dumped(value: list[str], *, flow: bool) -> str:
    import yaml

    text = yaml.safe_dump(value, allow_unicode=True, width=_UNWRAPPED, default_flow_style=flow)
    return str(text).removesuffix("\n")


def _quoted(text: str) -> str:
    """Return the text in double quotes on one line, if it has characters that YAML folds or refuses; else ""."""
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
