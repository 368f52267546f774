"""Carrying segments over to a corrected text: each goes where its own words are, or it is told that it cannot."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Carried:
    """`segments` in the new text, in the order given, when nothing is lost; `lost` are the (start, end) without a place.

    `moved` counts the segments whose offsets changed.
    """

    segments: tuple[Segment, ...]
    lost: tuple[tuple[int, int], ...]
    moved: int


def carry(old: str, new: str, places: Sequence[tuple[int, int]]) -> Carried:
    """Carry half-open places of `old` over to `new`. A segment keeps its exact words, or is lost: never silently changed."""
    kept = _kept_ranges(old, new)
    segments: list[Segment] = []
    lost: list[tuple[int, int]] = []
    for start, end in places:
        segment = _carried(start, end, kept) or _only_place(old[start:end], new)
        if segment is None:
            lost.append((start, end))
        else:
            segments.append(segment)
    moved = sum(1 for segment, place in zip(segments, places, strict=False) if (segment.start, segment.end) != place)
    return Carried(tuple(segments), tuple(lost), 0 if lost else moved)


def _kept_ranges(old: str, new: str) -> list[tuple[int, int, int]]:
    """(start in old, end in old, start in new) of what both texts have, in order. What both begin and end with needs no search."""
    prefix = _common(old, new)
    suffix = _common(old[prefix:][::-1], new[prefix:][::-1])
    kept = [(0, prefix, 0)]
    kept += _equal_blocks(old[prefix : len(old) - suffix], new[prefix : len(new) - suffix], prefix)
    kept.append((len(old) - suffix, len(old), len(new) - suffix))
    joined: list[tuple[int, int, int]] = []
    for start, end, there in kept:
        if joined and joined[-1][1] == start and joined[-1][2] + (start - joined[-1][0]) == there:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        elif end > start:
            joined.append((start, end, there))
    return joined


def _common(first: str, second: str) -> int:
    """How many code points both begin with."""
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[:middle] == second[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


_Matched = tuple[int, int, int]
"""Start in the old text, start in the new text, length."""


def _equal_blocks(old: str, new: str, offset: int) -> list[tuple[int, int, int]]:
    """What is in both, as ranges; both offsets begin at `offset`. Words, not letters: scattered letters are no kept text."""
    return [(offset + at, offset + at + size, offset + there) for at, there, size in _matched(old, new, _LEVELS)]


_LEVELS = (r"[^\n]*\n+|[^\n]+", r"[^.!?…]*[.!?…]+\s*|[^.!?…]+", r"\w+\W*|\W+", r"\w+|\W")
"""What texts are compared by, one after the other in what is left between: lines, sentences, words with what follows them, words and
signs alone.

Signs and blanks occur so often that to compare a whole interview by them takes minutes.
"""
_MOST = 10_000_000
"""So many pairs of equal parts are compared at most. Beyond, a segment goes to where its words stand once, or is lost."""


def _matched(old: str, new: str, levels: Sequence[str]) -> list[_Matched]:
    import re  # noqa: PLC0415 - a rare thing to do
    from collections import Counter  # noqa: PLC0415
    from difflib import SequenceMatcher  # noqa: PLC0415

    if not (levels and old and new):
        return []
    before, after = ([match.span() for match in re.finditer(levels[0], text)] for text in (old, new))
    olds, news = [old[a:b] for a, b in before], [new[a:b] for a, b in after]
    often = Counter(news)
    if sum(count * often[part] for part, count in Counter(olds).items()) > _MOST:
        return _matched(old, new, levels[1:])
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    found: list[_Matched] = []
    at = there = 0
    for a, b, size in matcher.get_matching_blocks():  # the last is empty, at both ends
        start, begun = (before[a][0], after[b][0]) if size else (len(old), len(new))
        between = _matched(old[at:start], new[there:begun], levels[1:])
        found += [(at + start_within, there + there_within, length) for start_within, there_within, length in between]
        if size:
            at, there = before[a + size - 1][1], after[b + size - 1][1]
            found.append((start, begun, at - start))
    return found


def _carried(start: int, end: int, kept: Sequence[tuple[int, int, int]]) -> Segment | None:
    """Where the place is when all of it is in one of the ranges, which are in order and apart."""
    at = bisect_right(kept, start, key=lambda one: one[0]) - 1
    if at < 0 or end > kept[at][1]:
        return None
    first, _, there = kept[at]
    return Segment(there + start - first, there + end - first)


def _only_place(quote: str, new: str) -> Segment | None:
    """Where the words are when they were moved as a whole, and stand in one place only."""
    at = new.find(quote)
    return Segment(at, at + len(quote)) if at >= 0 and new.find(quote, at + 1) < 0 else None
