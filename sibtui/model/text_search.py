"""The places at which a search has found its words, with the text around each place.

A text may have the words in another spelling than the search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sibtui.model.frozen import dataclass
from sibtui.model.segments import Segment
from sibtui.model.text import one_line

BEFORE, AFTER = 60, 160
"""The number of code points that are shown before a match, and the number shown after a match."""


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A place in a source at which a search has found its words. `line` is the number of the line, from 1.

    `quote` is the text at the place. `before` and `after` are the text around the place.
    """

    source: str
    segment: Segment
    line: int
    quote: str
    before: str
    after: str


def matches(source: str, text: str, places: Iterable[tuple[int, int]]) -> Iterator[TextMatch]:
    """Yield a match for each place in the text of the source named `source`. The places must be in order."""
    line, counted = 1, 0
    for start, end in places:
        line += text.count("\n", counted, start)
        counted = start
        yield TextMatch(source, Segment(start, end), line, text[start:end], *_around(text, start, end))


@dataclass(frozen=True, slots=True)
class KeywordInContext:
    """A place in a source at which a search has found its words. `left` and `right` are the text beside it.

    `codes` are the codes at this place, and `cases` the cases of the source.
    """

    source: str
    line: int
    segment: Segment
    left: str
    match: str
    right: str
    codes: tuple[str, ...]
    cases: tuple[str, ...]


def context(text: str, segment: Segment, width: int) -> tuple[str, str]:
    r"""Return (text on the left of a segment, text on its right), each on one line and with at most `width` characters.

    >>> context("The rate card\npaid late.", Segment(4, 13), 6)
    ('The', 'paid')
    """
    left, right = text[max(0, segment.start - width) : segment.start], text[segment.end : segment.end + width]
    return one_line(left), one_line(right)


def _around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return (text before a match, text after it). A word that would be cut at the far end is left out."""
    before, after = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    if start > BEFORE and " " in before:
        before = before[before.index(" ") + 1 :]
    if end + AFTER < len(text) and " " in after:
        after = after[: after.rindex(" ")]
    return before, after
