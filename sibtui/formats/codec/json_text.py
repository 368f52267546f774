"""Writing JSON as readable UTF-8. Control characters, which could affect a terminal, are escaped."""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING

# json escapes C0 itself, but not DEL, C1, bidi controls, separators and surrogates.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_MANY = 1000


def dumps_each(values: Iterable[object]) -> Iterator[str]:
    """Yield the values as one JSON list, in chunks of whole lines, so that only few values are in memory.

    The joined chunks are the text that `dumps` returns for the list of all values.
    """
    source = iter(values)
    chunk = list(islice(source, _MANY))
    if not chunk:
        yield dumps([])
        return
    yield "[\n"
    while chunk:
        following = list(islice(source, _MANY))
        yield dumps(chunk)[2:-3] + (",\n" if following else "\n]\n")  # without the brackets around this chunk
        chunk = following


def dumps_ending_in(fields: Mapping[str, object], name: str, values: Iterable[object]) -> Iterator[str]:
    """Yield a JSON object in chunks of lines: the entries of `fields`, then the key `name` with the list `values`."""
    chunks = dumps_each(values)
    yield dumps(fields)[: -len("\n}\n")] + f',\n  "{name}": {next(chunks)}'
    for chunk in chunks:
        yield "  " + chunk[:-1].replace("\n", "\n  ") + "\n"  # texts in JSON contain no line ends
    yield "}\n"


def dumps(value: object) -> str:
    """Return the value as indented JSON that ends with a newline."""
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(value, indent=2, ensure_ascii=False)) + "\n"
