"""The one normalisation that a text goes through, on import: BOM off, CRLF and CR to LF. Nothing else changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE_END = re.compile(r"\r\n?")
# C0 (but tab and newline), DEL, C1, bidi controls, line and paragraph separators, surrogates
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def normalise(decoded: str) -> str:
    """The text as it is stored and as all offsets count it."""
    return _LINE_END.sub("\n", decoded.removeprefix("\ufeff"))


def _picture(match: re.Match[str]) -> str:
    point = ord(match[0])
    if point < 0x20:
        return chr(0x2400 + point)
    return "\u2421" if point == 0x7F else "\ufffd"


def inert(text: str) -> str:
    """The text with control characters replaced one for one by pictures of them, so that no terminal obeys them.

    Tabs and newlines stay. The length in code points does not change.
    """
    return _UNSAFE.sub(_picture, text)


def one_line(text: str, width: int | None = None) -> str:
    """The text on one line, blanks collapsed, cut with an ellipsis to `width` code points: for messages and tables."""
    flat = " ".join(inert(text).split())
    return flat if width is None or len(flat) <= width else flat[: width - 1].rstrip() + "…"


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(items: Iterable[str], limit: int = 10) -> str:
    found = list(items)
    more = f" and {len(found) - limit} more" if len(found) > limit else ""
    return ", ".join(found[:limit]) + more
