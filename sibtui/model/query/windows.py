"""Windows: the part of a text in which a coding must lie to be near another coding, counted in units of the text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from sibtui.model.query.spans import SHIFT, PackedPlace
from sibtui.model.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.query.tree import TextUnit

Window = tuple[int, int]
"""An offset and the offset after it. A coding is near if it shares a character with the window."""

_KEPT = 4096
"""The largest number of sources whose units are cached. The units are used twice, because the places of both sides of a relation are widened."""
_SECTION = re.compile(r"^(?:[ \t]{0,3}#{1,6}[ \t]\S.*|[ \t]*(?:\*\*[^*\n]+\*\*|__[^_\n]+__)[ \t]*)$", re.MULTILINE)
"""The first line of a section: a Markdown heading, or a line of bold text alone."""


def windows(text: str, language: Callable[[], str], unit: TextUnit) -> Callable[[int, int, int], Window | None]:
    """Return a function that widens a place. It takes (start, end, distance in units), and returns the window of the place.

    The function returns None for a place that touches no unit, such as spaces between two sentences or paragraphs.
    `language` returns the language of the text. It is called for sentences only, because guessing it takes longer than finding a paragraph.
    """
    if unit == "section":
        return _Ranges(*_sections(text)).window
    if unit == "sentence":
        return _SentenceWindows(Sentences(text, language())).window
    cut = Sentences(text)
    paragraphs = [cut.paragraph(at) for at in range(cut.paragraphs)]
    return _Ranges([each.start for each in paragraphs], [each.end for each in paragraphs]).window


def _sections(text: str) -> tuple[list[int], list[int]]:
    """Return the starts and the ends of the sections. Text before the first heading is a section too."""
    starts = sorted({0, *(found.start() for found in _SECTION.finditer(text))})
    edges = [*starts, len(text)]
    return starts, [end for _, end in pairwise(edges)]


class _Ranges:
    """Units that are listed in full, in order."""

    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._starts = starts
        self._ends = ends

    def window(self, start: int, end: int, distance: int) -> Window | None:
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        if first > last:
            return None
        return self._starts[max(0, first - distance)], self._ends[min(len(self._ends) - 1, last + distance)]


class _SentenceWindows:
    """The sentences of a text. Each is found when it is needed, because most sentences of a study are near no coding of a query."""

    def __init__(self, cut: Sentences) -> None:
        self._cut = cut

    def window(self, start: int, end: int, distance: int) -> Window | None:
        cut = self._cut
        if not cut:
            return None
        first = cut.at(start)
        if first.start >= end or first.end <= start:
            return None
        last = cut.at(end - 1)
        if last.start >= end:
            last = cut.before(end) or first
        low, high = first.start, last.end
        for _ in range(distance):
            earlier, later = cut.before(low), cut.after(high)
            if earlier is None and later is None:
                break
            low = low if earlier is None else earlier.start
            high = high if later is None else later.end
        return low, high


def packed_windows(
    text_of: Callable[[int], str], language_of: Callable[[int, str], str], unit: TextUnit
) -> Callable[[PackedPlace, int], Window | None]:
    """Return a function that widens packed places, as `windows` does. `text_of` and `language_of` return the text and the language of a source."""

    @lru_cache(_KEPT)
    def of_source(source: int) -> Callable[[int, int, int], Window | None]:
        text = text_of(source)
        return windows(text, lambda: language_of(source, text), unit)

    def window(place: PackedPlace, distance: int) -> Window | None:
        source = place[0] >> SHIFT
        first = source << SHIFT
        found = of_source(source)(place[0] - first, place[1] - first, distance)
        return found and (found[0] + first, found[1] + first)

    return window
