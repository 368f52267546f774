"""The search for the stretches of text that are the same in an old and a new version of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

Range = tuple[int, int, int]
"""A stretch of unchanged text: (start in the old text, end in the old text, start in the new text)."""

_SLIDE = 10_000
"""The greatest distance, in code points, by which `slid_ranges` moves an edit."""

_Matched = tuple[int, int, int]
"""A stretch of unchanged text: (start in the old text, start in the new text, length)."""

_LEVELS = (r"[^\n]*\n+|[^\n]+", r"[^.!?…]*[.!?…]+\s*|[^.!?…]+", r"\w+\W*|\W+", r"\w+|\W")
"""The patterns of the units that are compared, level by level.

The levels are: lines, sentences, words with the characters after them, single words and characters. On each level, only
the text without a match on the level before is compared. A comparison of a whole interview by single words and
characters would take minutes, because spaces and punctuation are so frequent.
"""
_MOST = 10_000_000
"""The largest number of pairs of equal units for which a level is compared. A level with more pairs is skipped."""


def unchanged_ranges(old: str, new: str) -> list[Range]:
    """Return the stretches of text that are unchanged between the old and the new text, in order."""
    prefix = _common(old, new)
    suffix = _common(old[prefix:][::-1], new[prefix:][::-1])
    joined: list[Range] = []
    for start, end, new_start in _shared(old, new, prefix, suffix):
        if joined and joined[-1][1] == start and joined[-1][2] + (start - joined[-1][0]) == new_start:
            joined[-1] = (joined[-1][0], end, joined[-1][2])
        elif end > start:
            joined.append((start, end, new_start))
    return joined


def _shared(old: str, new: str, prefix: int, suffix: int) -> Iterator[Range]:
    """Yield the common beginning of both texts, the unchanged stretches after it, and the common end.

    `prefix` and `suffix` are the lengths of the common beginning and end. Between them, only whole words count as
    unchanged, because single letters are often equal by chance.
    """
    yield 0, prefix, 0
    for at, new_at, size in _matched(old[prefix : len(old) - suffix], new[prefix : len(new) - suffix], _LEVELS):
        yield prefix + at, prefix + at + size, prefix + new_at
    yield len(old) - suffix, len(old), len(new) - suffix


def _common(first: str, second: str) -> int:
    low, high = 0, min(len(first), len(second))
    while low < high:
        middle = (low + high + 1) // 2
        if first[:middle] == second[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _matched(old: str, new: str, levels: Sequence[str]) -> list[_Matched]:
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


def slid_ranges(old: str, new: str, ranges: Sequence[Range], *, later: bool) -> list[Range]:
    """Return the unchanged stretches, with each insertion and deletion as early in the text as possible.

    With `later`, they are as late as possible. For example, if `very good` became `very very good`, the new word may
    be the first or the second `very`.
    """
    moved = [(0, 0, 0), *ranges, (len(old), len(old), len(new))]
    pairs = list(pairwise(range(len(moved))))
    for index, following in pairs if later else reversed(pairs):
        (start, end, new_start), (next_start, next_end, next_new) = moved[index], moved[following]
        new_end = new_start + end - start
        deleted = next_new == new_end
        if not deleted and next_start != end:
            continue  # replaced text does not slide
        text, first, last = (old, end, next_start) if deleted else (new, new_end, next_new)
        most = min(_SLIDE, (next_end - next_start if later else end - start))
        by = 0
        while by < most and (
            text[first + by] == text[last + by] if later else text[first - 1 - by] == text[last - 1 - by]
        ):
            by += 1
        by = by if later else -by
        moved[index], moved[following] = (start, end + by, new_start), (next_start + by, next_end, next_new + by)
    return [one for one in moved if one[0] < one[1]]
