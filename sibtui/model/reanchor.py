"""Re-anchoring: finding the segments of a text again in its corrected version."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from sibtui.model.segments import Segment


@dataclass(frozen=True, slots=True)
class Reanchored:
    """Segments in the new text. `lost` are the old (start, end) without a place in it.

    When none is lost, `segments` are in the order of the old places. `moved` is the number of segments with new offsets.
    """

    segments: tuple[Segment, ...]
    lost: tuple[tuple[int, int], ...]
    moved: int


def reanchor(old: str, new: str, places: Sequence[tuple[int, int]]) -> Reanchored:
    """Return the segments in `new` of half-open places in `old`. A segment keeps its exact words or is lost; it never changes."""
    unchanged = _unchanged_ranges(old, new)
    segments: list[Segment] = []
    lost: list[tuple[int, int]] = []
    for start, end in places:
        segment = _shifted(start, end, unchanged) or _only_place(old[start:end], new)
        if segment is None:
            lost.append((start, end))
        else:
            segments.append(segment)
    moved = sum(1 for segment, place in zip(segments, places, strict=False) if (segment.start, segment.end) != place)
    return Reanchored(tuple(segments), tuple(lost), 0 if lost else moved)


def _unchanged_ranges(old: str, new: str) -> list[tuple[int, int, int]]:
    """Return (start in old, end in old, start in new) of the ranges that both texts share, in order."""
    prefix = _common(old, new)
    suffix = _common(old[prefix:][::-1], new[prefix:][::-1])
    ranges = [(0, prefix, 0)]
    ranges += _equal_blocks(old[prefix : len(old) - suffix], new[prefix : len(new) - suffix], prefix)
    ranges.append((len(old) - suffix, len(old), len(new) - suffix))
    joined: list[tuple[int, int, int]] = []
    for start, end, new_start in ranges:
        if joined and joined[-1][1] == start and joined[-1][2] + (start - joined[-1][0]) == new_start:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        elif end > start:
            joined.append((start, end, new_start))
    return joined


def _common(first: str, second: str) -> int:
    """Return the length of the common beginning, in code points."""
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
    """Return the ranges that both texts share, as (start in old, end in old, start in new), with `offset` added.

    The smallest unit is a word or a character between words: scattered equal letters are not unchanged text.
    """
    return [(offset + at, offset + at + size, offset + new_at) for at, new_at, size in _matched(old, new, _LEVELS)]


_LEVELS = (r"[^\n]*\n+|[^\n]+", r"[^.!?…]*[.!?…]+\s*|[^.!?…]+", r"\w+\W*|\W+", r"\w+|\W")
"""The units of the comparison: lines, sentences, words with the characters after them, single words and characters.

Each level compares only the text between the matches of the level before it. Spaces and punctuation occur so often that comparing a
whole interview by them takes minutes.
"""
_MOST = 10_000_000
"""Largest number of pairs of equal units that a level compares. With more, the level is skipped."""


def _matched(old: str, new: str, levels: Sequence[str]) -> list[_Matched]:
    import re
    from collections import Counter
    from difflib import SequenceMatcher

    if not (levels and old and new):
        return []
    before, after = ([match.span() for match in re.finditer(levels[0], text)] for text in (old, new))
    olds, news = [old[a:b] for a, b in before], [new[a:b] for a, b in after]
    often = Counter(news)
    if sum(count * often[part] for part, count in Counter(olds).items()) > _MOST:
        return _matched(old, new, levels[1:])
    matcher = SequenceMatcher(None, olds, news, autojunk=False)
    matched: list[_Matched] = []
    at = new_at = 0
    for a, b, size in matcher.get_matching_blocks():  # the last block is empty, at the ends of both texts
        start, new_start = (before[a][0], after[b][0]) if size else (len(old), len(new))
        between = _matched(old[at:start], new[new_at:new_start], levels[1:])
        matched += [(at + first, new_at + new_first, length) for first, new_first, length in between]
        if size:
            at, new_at = before[a + size - 1][1], after[b + size - 1][1]
            matched.append((start, new_start, at - start))
    return matched


def _shifted(start: int, end: int, ranges: Sequence[tuple[int, int, int]]) -> Segment | None:
    """Return the place in the new text if one of the sorted, disjoint ranges holds all of the old place."""
    at = bisect_right(ranges, start, key=lambda one: one[0]) - 1
    if at < 0 or end > ranges[at][1]:
        return None
    first, _, new_first = ranges[at]
    return Segment(new_first + start - first, new_first + end - first)


def _only_place(quote: str, new: str) -> Segment | None:
    """Return the place of the quote in the new text if it occurs there exactly once."""
    at = new.find(quote)
    return Segment(at, at + len(quote)) if at >= 0 and new.find(quote, at + 1) < 0 else None
