"""The short tags and colours of codes: two letters each, no two the same as long as letters last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.records import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.records import Code

_LETTERS = re.compile(r"[^\W_]+")
_SIGNS = "abcdefghijklmnopqrstuvwxyz0123456789"
_LITTLE = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "of",
        "on",
        "or",
        "the",
        "their",
        "to",
        "with",
    ]
)


def tags(codes: Sequence[Code]) -> dict[str, str]:
    """Path → tag, of two cells, all different as long as there are any left."""
    taken: set[str] = set()
    found: dict[str, str] = {}
    for code in codes:
        tag = next((tag for tag in _candidates(code.name) if tag.casefold() not in taken), "··")
        taken.add(tag.casefold())
        found[code.path] = tag
    return found


def _candidates(name: str) -> Iterator[str]:
    """Initials of its words, its first two letters, its first with any other, then numbers."""
    words = [word for word in _LETTERS.findall(name) if word.isascii()]
    words = [word for word in words if word.casefold() not in _LITTLE] or words
    if words:
        first = words[0][0].upper()
        letters = "".join(words)[1:].lower()
        if len(words) > 1:
            yield first + words[1][0].lower()
        for letter in letters:
            yield first + letter
        for number in range(2, 10):
            yield f"{first}{number}"
    for number in range(10, 100):
        yield str(number)
    yield from (first + second for first in _SIGNS for second in _SIGNS)


def colours(codes: Iterable[Code]) -> dict[str, str]:
    """Path → colour: a code's own, else that of what is above it; a theme without one takes its turn."""
    by_id: dict[int | None, str] = {}
    found: dict[str, str] = {}
    turn = 0
    for code in codes:  # parents come first
        colour = code.colour or by_id.get(code.parent) or COLOURS[turn % len(COLOURS)]
        turn += code.parent is None
        found[code.path] = by_id[code.id] = colour
    return found
