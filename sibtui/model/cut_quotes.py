"""Quotes with words left out, such as `They came […] every week`. The mark `[…]` is called a cut.

The place of such a quote in the text is from the start of its first part to the end of its last part.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Place = tuple[int, int]

_DOTS = r"(?:\.{3,}|…|\.(?: \.){2,})"
_CUT = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS}")
"""The pattern of the mark for words left out (a cut): an ellipsis, alone or in brackets."""
_QUOTED = re.compile(r"""\s*["“”„‟«»'‘’‚‹›](.*)["“”„‟«»'‘’‚‹›]\s*""", re.DOTALL)
"""The pattern of a quote in quotation marks. The searched text does not need to have these quotation marks."""
_LETTER = re.compile(r"[^\W_]")
_MOST_PARTS = 20
_FEWEST_WORDS = 3
"""The least number of words in all parts of a quote together. A shorter quote could match a place by accident."""
_FEWEST_OF_A_TURN = 2
"""The least number of words in each part of a quote that reaches over several paragraphs."""
_MOST_TURNS = 12
"""The largest number of paragraphs over which a quote may reach."""
_WRAPPED = range(40, 131)
"""The lengths of a line after which a sentence may continue on the next line.

Some files break their paragraphs into lines of equal length.
"""
_ENDS = (".", "!", "?", ":", '"', "”", "»", ")")


def cut_places(text: str, quote: str, find: Callable[[str, str], Sequence[Place]]) -> list[Place]:
    """Return the places of a quote with cuts, in the order of the text; an empty list for a quote without cuts.

    `find` takes a text and a part of the quote, and returns the places of the part. The parts must be in one
    paragraph, in order and each exactly once. If no paragraph has them, several successive paragraphs are tried (see
    `_over_turns`).
    """
    pieces = _CUT.split(_QUOTED.sub(r"\1", quote))
    parts = [piece.strip() for piece in pieces if _LETTER.search(piece)]
    if len(pieces) == 1 or not 0 < len(parts) <= _MOST_PARTS:
        return []
    found = [list(_whole_words(text, find(text, part))) for part in parts]
    if len(parts) == 1:
        return found[0]
    if sum(len(part.split()) for part in parts) < _FEWEST_WORDS:
        return []
    starts = _paragraphs(text)
    rarest = min(found, key=len)
    places = (_within(starts, at, found) for at in dict.fromkeys(bisect_right(starts, start) for start, _ in rarest))
    return [place for place in places if place is not None] or _over_turns(starts, parts, found)


def _over_turns(starts: Sequence[int], parts: Sequence[str], found: Sequence[Sequence[Place]]) -> list[Place]:
    """Return a list with the place of a quote whose parts are in several successive paragraphs, as in a chat.

    The list is empty if a part is short, repeated, out of order or far away, because the place is then not certain.
    """
    if any(len(places) != 1 for places in found) or any(len(part.split()) < _FEWEST_OF_A_TURN for part in parts):
        return []
    places = [places[0] for places in found]
    first, last = places[0][0], places[-1][1]
    in_order = all(before[1] <= after[0] for before, after in pairwise(places))
    is_near = bisect_left(starts, last) - bisect_right(starts, first) < _MOST_TURNS
    return [(first, last)] if in_order and is_near else []


def _within(starts: Sequence[int], number: int, found: Iterable[Sequence[Place]]) -> Place | None:
    """Return the place of a quote in one paragraph, from the places of its parts (`found`).

    The result is None if a part is missing, occurs twice, or is in the wrong order. `number` is the position of the
    paragraph, counted from 1, and `starts` is the result of `_paragraphs`.
    """
    begin, end = starts[number - 1], starts[number]
    first, last = begin, begin
    for at, places in enumerate(found):
        low = bisect_left(places, (begin, 0))
        if low == len(places) or places[low][1] > end or places[low][0] < last:
            return None
        if low + 1 < len(places) and places[low + 1][0] < end:
            return None
        first = first if at else places[low][0]
        last = places[low][1]
    return first, last


def _whole_words(text: str, places: Iterable[Place]) -> Iterator[Place]:
    for start, end in places:
        begins = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
        if begins and not (text[end - 1].isalnum() and text[end : end + 1].isalnum()):
            yield start, end


@lru_cache(2)
def _paragraphs(text: str) -> tuple[int, ...]:
    """Return the starts of all paragraphs, followed by the end of the text.

    Each line is a paragraph, unless its sentence continues on the next line (see `_WRAPPED`).
    """
    starts, at, before = [0], 0, ""
    for line in text.split("\n"):
        if at and not _goes_on(before, line):
            starts.append(at)
        at, before = at + len(line) + 1, line
    return (*starts, at)


def _goes_on(before: str, line: str) -> bool:
    return len(before) in _WRAPPED and line[:1].islower() and not before.rstrip().endswith(_ENDS)
