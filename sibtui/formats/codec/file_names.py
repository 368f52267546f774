"""File names made from the names of sources and matrices. Each file name is valid on every operating system."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LONGEST, _LONGEST_BYTES = 100, 200
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])", re.IGNORECASE)


def unique_stems(names: Iterable[str]) -> Iterator[str]:
    """Yield a file name, without an extension, for each name.

    No two file names are equal, even if letter case is ignored.
    """
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for name in names:
        base = stem = _safe(name)
        while stem.casefold() in taken:
            counts[base] = counts.get(base, 1) + 1
            ending = f"-{counts[base]}"
            stem = _cut(base, len(ending)) + ending
        taken.add(stem.casefold())
        yield stem


def _safe(name: str) -> str:
    printable = "".join(c if c.isprintable() else "-" for c in unicodedata.normalize("NFC", name))
    stem = _cut(_FORBIDDEN.sub("-", printable).lstrip(". "), 1) or "unnamed"  # one less: room for the underscore
    return f"_{stem}" if _DEVICES.fullmatch(stem.partition(".")[0].rstrip()) else stem


def _cut(stem: str, less: int) -> str:
    short = stem[: _LONGEST - less].encode()[: _LONGEST_BYTES - less].decode(errors="ignore")
    return short.rstrip(". ")
