"""The search for words in a text. Other spellings of the words match too (see `model.text_pattern`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sibtui.errors import InputError
from sibtui.model.frozen import dataclass
from sibtui.model.segments import Segment
from sibtui.model.text import one_line
from sibtui.model.text_pattern import text_pattern

BEFORE, AFTER = 60, 160
"""The number of code points shown before a match, and the number shown after it."""


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A match in a source. `line` counts from 1; `before` and `after` are the text around the match."""

    source: str
    segment: Segment
    line: int
    quote: str
    before: str
    after: str


def pattern(words: str) -> re.Pattern[str]:
    """Return the pattern that finds the words, also across line ends. Raises InputError when there are no words."""
    compiled = text_pattern(words)
    if compiled is None:
        raise InputError("There is nothing to search for: write a word or more.")
    return compiled


def matches(source: str, text: str, places: Iterable[tuple[int, int]]) -> Iterator[TextMatch]:
    """Yield the matches at these places of the text of a source. The places are in order."""
    line, counted = 1, 0
    for start, end in places:
        line += text.count("\n", counted, start)
        counted = start
        yield TextMatch(source, Segment(start, end), line, text[start:end], *_around(text, start, end))


@dataclass(frozen=True, slots=True)
class KeywordInContext:
    """A match in a source, with the text on both sides of it, the codes that cover it, and the cases of the source."""

    source: str
    line: int
    segment: Segment
    left: str
    match: str
    right: str
    codes: tuple[str, ...]
    cases: tuple[str, ...]


def context(text: str, segment: Segment, width: int) -> tuple[str, str]:
    r"""Return up to `width` characters on the left and on the right of a segment, each on one line.

    >>> context("The rate card\npaid late.", Segment(4, 13), 6)
    ('The', 'paid l')
    """
    left, right = text[max(0, segment.start - width) : segment.start], text[segment.end : segment.end + width]
    return one_line(left), one_line(right)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the text before a match and the text after it, without words that are cut off at the far ends."""
    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    if start > BEFORE and " " in before:
        before = before[before.index(" ") + 1 :]
    if end + AFTER < len(text) and " " in after:
        after = after[: after.rindex(" ")]
    return before, after
