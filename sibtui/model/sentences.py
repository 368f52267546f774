"""Sentences of a text. A paragraph is split only when its sentences are needed."""

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
"""The pattern of a line that always begins a new unit: a heading, list item, quotation, table row or speaker's turn."""
_NUMBER = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z])[.)]")
"""The pattern of the number or letter of a list item.

Such a number ends in a period or a bracket, but is not a sentence.
"""
_LONGEST_NUMBER = len("(123)")
_WORD = re.compile(r"\w")
_HEADING = re.compile(r"\s*#{1,6}\s")
_AFTER_WIDE_SPACE = re.compile(r"\.(?<=[^\S\x00-\x7f]\.)")
"""The pattern of a period after whitespace that is not ASCII, such as a no-break space.

sentencex 1.0.32 fails (panics) if a single letter is before such a whitespace and period: “J\xa0.”
"""
_FULL = 45
"""The least length of the longest line in a paragraph that counts as broken into lines of equal length.

In such a paragraph, a sentence can continue on the next line.
"""
_KEPT = 512

_Span = tuple[int, int]
_Spans = tuple["array[int]", "array[int]"]


class Sentences:
    """The units of a text: sentences, headings and list items.

    A unit contains no empty line, and no whitespace at its start or end.
    """

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
        return bool(self._starts)

    @property
    def paragraphs(self) -> int:
        return len(self._starts)

    def paragraph(self, at: int) -> Segment:
        return Segment(self._starts[at], self._ends[at])

    def paragraph_of(self, offset: int) -> int:
        """Return the index of the paragraph at an offset.

        Between two paragraphs, it is the index of the next one; after the last paragraph, the index of the last one.
        """
        return min(bisect_right(self._ends, offset), len(self._starts) - 1)

    def all(self) -> Iterator[Segment]:
        """Yield all units, in order."""
        return (Segment(*span) for span in self.spans())

    def spans(self) -> Iterator[tuple[int, int]]:
        for paragraph in zip(self._starts, self._ends, strict=True):
            for passage in _passages(self.text, *paragraph):
                yield from self._sentences(*_trimmed(self.text, *passage))

    def paragraph_spans(self) -> Iterator[tuple[int, int]]:
        return zip(self._starts, self._ends, strict=True)

    def at(self, offset: int) -> Segment:
        """Return the unit at an offset.

        Between two units, it is the next unit; after the last unit, it is the last one.
        """
        starts, ends = self._passages_of(self.paragraph_of(offset))
        passage = min(bisect_right(ends, offset), len(starts) - 1)
        starts, ends = self._units_of(starts[passage], ends[passage])
        found = min(bisect_right(ends, offset), len(starts) - 1)
        return Segment(starts[found], ends[found])

    def after(self, offset: int) -> Segment | None:
        """Return the first unit that begins at or after an offset; None if there is none."""
        for paragraph in range(bisect_right(self._ends, offset), len(self._starts)):
            firsts, lasts = self._passages_of(paragraph)
            for passage in range(bisect_right(lasts, offset), len(firsts)):
                starts, ends = self._units_of(firsts[passage], lasts[passage])
                found = bisect_left(starts, offset)
                if found < len(starts):
                    return Segment(starts[found], ends[found])
        return None

    def before(self, offset: int) -> Segment | None:
        """Return the last unit that ends at or before an offset; None if there is none."""
        for paragraph in range(bisect_left(self._starts, offset) - 1, -1, -1):
            firsts, lasts = self._passages_of(paragraph)
            for passage in range(bisect_left(firsts, offset) - 1, -1, -1):
                starts, ends = self._units_of(firsts[passage], lasts[passage])
                found = bisect_right(ends, offset) - 1
                if found >= 0:
                    return Segment(starts[found], ends[found])
        return None

    def heading_before(self, offset: int) -> int:
        """Return the offset of the last heading that begins at or before `offset`; 0 if there is none."""
        for paragraph in range(bisect_right(self._starts, offset) - 1, -1, -1):
            if _HEADING.match(self.text, self._starts[paragraph]):
                return self._starts[paragraph]
        return 0

    def _passages_of(self, paragraph: int) -> _Spans:
        known = self._passages.get(paragraph)
        if known is None:
            start, end = self._starts[paragraph], self._ends[paragraph]
            spans = (_trimmed(self.text, *passage) for passage in _passages(self.text, start, end))
            known = _remember(self._passages, paragraph, [span for span in spans if span[0] < span[1]])
        return known

    def _units_of(self, start: int, end: int) -> _Spans:
        known = self._units.get(start)
        if known is None:
            known = _remember(self._units, start, self._sentences(start, end))
        return known

    def _sentences(self, start: int, end: int) -> list[_Span]:
        from sentencex import segment  # type: ignore[import-untyped]

        text = self.text
        passage = text[start:end].replace("\n", " ")
        if not passage.isascii():
            passage = passage.encode("utf-8", "replace").decode()  # surrogates become "?"
            if _AFTER_WIDE_SPACE.search(passage):
                passage = re.sub(r"[^\S\x00-\x7f](?=\.)", " ", passage)
        units: list[_Span] = []
        position = boundary = start
        for sentence in segment(self._language, passage):
            boundary += len(sentence)
            first, last = _trimmed(text, position, boundary)
            if first >= last or (
                last - first <= _LONGEST_NUMBER and last < end and _NUMBER.fullmatch(text, first, last)
            ):
                continue
            if not text[first].isalnum() and units and _WORD.search(text, first, last) is None:
                first = units.pop()[0]  # a lone bracket or asterisk belongs to the unit that it closes
            units.append((first, last))
            position = last
        return units


def _remember(cache: dict[int, _Spans], key: int, spans: Iterable[_Span]) -> _Spans:
    """Store ranges under `key`. If the cache is full, remove the oldest entry.

    Return (starts of the ranges, ends of the ranges).
    """
    if len(cache) >= _KEPT:
        cache.pop(next(iter(cache)))
    listed = list(spans)
    cache[key] = array("I", [start for start, _ in listed]), array("I", [end for _, end in listed])
    return cache[key]


def _trimmed(text: str, start: int, end: int) -> _Span:
    part = text[start:end].lstrip()
    start = end - len(part)
    return start, start + len(part.rstrip())


def _passages(text: str, start: int, end: int) -> Iterator[_Span]:
    """Yield (start, end) of each line of a paragraph.

    If a sentence can continue from one line to the next, the two lines are yielded as one.
    """
    if text.find("\n", start, end) < 0:
        yield start, end
        return
    lines: list[_Span] = []
    at = start
    while at < end:
        newline = text.find("\n", at, end)
        newline = end if newline < 0 else newline
        lines.append((at, newline))
        at = newline + 1
    longest = max(last - first for first, last in lines)
    passage_start = lines[0][0]
    for (first, last), (next_start, next_end) in pairwise(lines):
        word = text.find(" ", next_start, next_end)
        word_length = (next_end if word < 0 else word) - next_start
        full = longest >= _FULL and last - first + 1 + word_length > longest
        if not full or _OWN_LINE.match(text, next_start, next_end) or _HEADING.match(text, first, last):
            yield passage_start, last
            passage_start = next_start
    yield passage_start, lines[-1][1]
