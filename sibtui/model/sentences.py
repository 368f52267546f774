"""The sentences of a text, found when they are asked for: what the keys move by."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_GAP = re.compile(r"\n(?:[^\S\n]*\n)+")
_OWN_LINE = re.compile(r"\s*(?:#{1,6}\s|[-*+•–·◦‣▪]\s|\(?\d{1,3}[.)]\s|>|\||(?:[A-Z][\w.]{0,20}|[A-Z]{1,10}\d*):\s)")
"""A heading, an item of a list, a quotation, a row of a table, a speaker's turn: each begins a unit of its own."""
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])[.)]")
"""What stands before an item of a list is no sentence."""
_WORD = re.compile(r"\w")
_HEADING = re.compile(r"\s*#{1,6}\s")
_FULL = 45
"""Lines this long or longer are taken to be broken by a machine: a sentence goes on over their ends."""
_KEPT = 512

_Span = tuple[int, int]
_Spans = tuple["array[int]", "array[int]"]


class Sentences:
    """Units of a text: sentences, headings, items of lists. None crosses a blank line; none begins or ends with a blank."""

    def __init__(self, text: str, language: str = "en") -> None:
        self.text = text
        self._language = language
        self._starts, self._ends = array("I"), array("I")
        start = 0
        for gap in _GAP.finditer(text):
            self._paragraph(start, gap.start())
            start = gap.end()
        self._paragraph(start, len(text))
        self._passages: dict[int, _Spans] = {}
        self._units: dict[int, _Spans] = {}

    def _paragraph(self, start: int, end: int) -> None:
        first, last = _trimmed(self.text, start, end)
        if first < last:
            self._starts.append(first)
            self._ends.append(last)

    def __bool__(self) -> bool:
        """Whether there is anything to select: a text of blanks has none."""
        return bool(self._starts)

    @property
    def paragraphs(self) -> int:
        return len(self._starts)

    def paragraph(self, at: int) -> Segment:
        return Segment(self._starts[at], self._ends[at])

    def paragraph_of(self, offset: int) -> int:
        """The paragraph that an offset is in, else the next, else the last one."""
        return min(bisect_right(self._ends, offset), len(self._starts) - 1)

    def at(self, offset: int) -> Segment:
        """The unit that an offset is in, else the next, else the last one."""
        starts, ends = self._passages_of(self.paragraph_of(offset))
        passage = min(bisect_right(ends, offset), len(starts) - 1)
        starts, ends = self._units_of(starts[passage], ends[passage])
        found = min(bisect_right(ends, offset), len(starts) - 1)
        return Segment(starts[found], ends[found])

    def after(self, offset: int) -> Segment | None:
        """The first unit that begins at the offset or later."""
        for paragraph in range(bisect_right(self._ends, offset), len(self._starts)):
            firsts, lasts = self._passages_of(paragraph)
            for passage in range(bisect_right(lasts, offset), len(firsts)):
                starts, ends = self._units_of(firsts[passage], lasts[passage])
                found = bisect_left(starts, offset)
                if found < len(starts):
                    return Segment(starts[found], ends[found])
        return None

    def before(self, offset: int) -> Segment | None:
        """The last unit that ends at the offset or earlier."""
        for paragraph in range(bisect_left(self._starts, offset) - 1, -1, -1):
            firsts, lasts = self._passages_of(paragraph)
            for passage in range(bisect_left(firsts, offset) - 1, -1, -1):
                starts, ends = self._units_of(firsts[passage], lasts[passage])
                found = bisect_right(ends, offset) - 1
                if found >= 0:
                    return Segment(starts[found], ends[found])
        return None

    def heading_before(self, offset: int) -> int:
        """Where the section that an offset is in begins: its heading's offset, 0 when there is none above."""
        for paragraph in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if _HEADING.match(self.text, self._starts[paragraph]):
                return self._starts[paragraph]
        return 0

    def _passages_of(self, paragraph: int) -> _Spans:
        known = self._passages.get(paragraph)
        if known is None:
            start, end = self._starts[paragraph], self._ends[paragraph]
            found = (_trimmed(self.text, *passage) for passage in _passages(self.text, start, end))
            known = _remember(self._passages, paragraph, [span for span in found if span[0] < span[1]])
        return known

    def _units_of(self, start: int, end: int) -> _Spans:
        known = self._units.get(start)
        if known is None:
            known = _remember(self._units, start, self._sentences(start, end))
        return known

    def _sentences(self, start: int, end: int) -> list[_Span]:
        from sentencex import (  # type: ignore[import-untyped] # noqa: PLC0415 - the first screen is drawn before it
            get_sentence_boundaries,
        )

        passage = (
            self.text[start:end].replace("\n", " ").encode("utf-8", "replace").decode()
        )  # half characters become "?"
        units: list[_Span] = []
        begun = start
        for found in get_sentence_boundaries(self._language, passage):
            first, last = _trimmed(self.text, begun, min(end, start + found["end_index"]))
            if first >= last or (_NUMBER.fullmatch(self.text, first, last) and last < end):
                continue
            if (
                units and _WORD.search(self.text, first, last) is None
            ):  # a bracket or asterisk left over belongs to what it closes
                first = units.pop()[0]
            units.append((first, last))
            begun = last
        return units


def _remember(cache: dict[int, _Spans], key: int, spans: Iterable[_Span]) -> _Spans:
    """Keep spans as two arrays, for bisect; the oldest are forgotten, so that moving about does not fill the memory."""
    if len(cache) >= _KEPT:
        cache.pop(next(iter(cache)))
    listed = list(spans)
    cache[key] = array("I", [start for start, _ in listed]), array("I", [end for _, end in listed])
    return cache[key]


def _trimmed(text: str, start: int, end: int) -> _Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _passages(text: str, start: int, end: int) -> Iterator[_Span]:
    """The lines of a paragraph, those together over whose ends a sentence may go on."""
    lines: list[_Span] = []
    at = start
    while at < end:
        newline = text.find("\n", at, end)
        newline = end if newline < 0 else newline
        lines.append((at, newline))
        at = newline + 1
    longest = max(last - first for first, last in lines)
    begun = lines[0][0]
    for (first, last), (following, following_end) in pairwise(lines):
        word = text.find(" ", following, following_end)
        word_length = (following_end if word < 0 else word) - following
        full = longest >= _FULL and last - first + 1 + word_length > longest
        if not full or _OWN_LINE.match(text, following, following_end) or _HEADING.match(text, first, last):
            yield begun, last
            begun = following
    yield begun, lines[-1][1]
