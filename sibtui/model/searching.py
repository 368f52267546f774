"""Finding words in a text: letter case and the kind of blanks between them aside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE, AFTER = 60, 160
"""Code points of the text that are shown on each side of a match."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place in a source where the words are. `line` counts from 1; `before` and `after` are the text around it."""

    source: str
    segment: Segment
    line: int
    quote: str
    before: str
    after: str


def pattern(words: str) -> re.Pattern[str]:
    """What finds the words as they stand, over the ends of lines too. InputError when there are none."""
    parts = words.split()
    if not parts:
        raise InputError("There is nothing to search for: write a word or more.")
    return re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)


def matches(source: str, text: str, wanted: re.Pattern[str]) -> Iterator[Match]:
    """The matches in a source's text, in order."""
    line, counted = 1, 0
    for found in wanted.finditer(text):
        start, end = found.span()
        line += text.count("\n", counted, start)
        counted = start
        yield Match(source, Segment(start, end), line, text[start:end], *_around(text, start, end))


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """The text on each side, without the words at its far ends that it would cut through."""
    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    if start > BEFORE and " " in before:
        before = before[before.index(" ") + 1 :]
    if end + AFTER < len(text) and " " in after:
        after = after[: after.rindex(" ")]
    return before, after
