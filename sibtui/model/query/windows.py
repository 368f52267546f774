"""Windows: stretches of text around a coding. Another coding in the window counts as near.

The size of a window is given in units such as sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from sibtui.model.query.spans import SHIFT, PackedPlace
from sibtui.model.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.model.query.tree import TextUnit

Window = tuple[int, int]
"""A stretch of text, as (start, end). A coding is near if it shares a character with the window."""

_KEPT = 4096
"""The largest number of sources whose units are cached.

The units of a source are used twice: for the codings on both sides of a relation.
"""
_SECTION = re.compile(r"^(?:[ \t]{0,3}#{1,6}[ \t]\S.*|[ \t]*(?:\*\*[^*\n]+\*\*|__[^_\n]+__)[ \t]*)$", re.MULTILINE)
"""The pattern of the first line of a section: a Markdown heading, or a line that is bold as a whole."""


def windows(text: str, language: Callable[[], str], unit: TextUnit) -> Callable[[int, int, int], Window | None]:
    """Return a function: (start of a place, end of the place, distance) → the window around the place.

    The window has all units (such as sentences) of the place, and `distance` more units on each side. For a place in no
    unit, such as a space between two sentences, the function returns None.

    `language` returns the language of the text. It is called only for sentences, because it is slow to guess a
    language.
    """
    if unit == "section":
        return _Ranges(*section_bounds(text)).window
    if unit == "sentence":
        return _SentenceWindows(Sentences(text, language())).window
    cut = Sentences(text)
    paragraphs = [cut.paragraph(at) for at in range(cut.paragraphs)]
    return _Ranges([each.start for each in paragraphs], [each.end for each in paragraphs]).window


def headed_sections(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (heading line, start, end) for each section that has a heading.

    `start` and `end` are the offsets of the text below the heading.
    """
    found = list(_SECTION.finditer(text))
    limits = [*(each.start() for each in found), len(text)][1:]
    for heading, limit in zip(found, limits, strict=True):
        yield heading.group(), heading.end(), limit


def section_bounds(text: str) -> tuple[list[int], list[int]]:
    """Return (starts, ends) of the sections of a text. The text before the first heading is a section, too."""
    starts = sorted({0, *(found.start() for found in _SECTION.finditer(text))})
    edges = [*starts, len(text)]
    return starts, [end for _, end in pairwise(edges)]


class _Ranges:
    def __init__(self, starts: Sequence[int], ends: Sequence[int]) -> None:
        self._starts = starts
        self._ends = ends

    def window(self, start: int, end: int, distance: int) -> Window | None:
        first, last = bisect_right(self._ends, start), bisect_left(self._starts, end) - 1
        if first > last:
            return None
        return self._starts[max(0, first - distance)], self._ends[min(len(self._ends) - 1, last + distance)]


class _SentenceWindows:
    """The sentences of a text. Only the sentences near a coding of the query are found, to save time."""

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
    """Return a function that works as `windows` does, but for all sources of a study.

    It takes a packed place and a distance in units, and returns the packed window around the place. `text_of` takes
    the id of a source and returns its text. `language_of` takes the id and the text and returns the language.
    """

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
