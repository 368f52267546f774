"""Segments between few edges, so that border cases occur often: segments that touch, nest, chain or are equal, and no segments."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Iterable

LAST = 40
TOUCH = [Segment(0, 5), Segment(5, 9)]
NEST = [Segment(0, 9), Segment(2, 5)]
SAME_START = [Segment(2, 5), Segment(2, 9)]
SAME_END = [Segment(2, 9), Segment(5, 9)]
CHAIN = [Segment(0, 5), Segment(4, 9), Segment(8, 12)]
EQUAL = [Segment(2, 5), Segment(2, 5)]
EMPTY: list[Segment] = []
BORDERS = (TOUCH, NEST, SAME_START, SAME_END, CHAIN, EQUAL, EMPTY)
"""One example of each border case, for `@example`."""


def edges(last: int = LAST) -> st.SearchStrategy[list[int]]:
    """Draw four to six sorted offsets from 0 to `last`; two of them are adjacent."""
    return st.lists(st.integers(0, last - 1), min_size=3, max_size=5, unique=True).map(
        lambda drawn: sorted({*drawn, drawn[0] + 1})
    )


def between(offsets: list[int]) -> st.SearchStrategy[Segment]:
    """Draw a segment from one of the offsets to a later one."""
    return st.sampled_from([Segment(start, end) for start, end in combinations(offsets, 2)])


def segments(*, last: int = LAST, min_size: int = 0, max_size: int = 8) -> st.SearchStrategy[list[Segment]]:
    """Draw segments that share their edges."""
    return edges(last).flatmap(lambda offsets: st.lists(between(offsets), min_size=min_size, max_size=max_size))


# Relation → the indexes, in four sorted offsets, of the edges of two segments
_PAIRS = {
    "touch": ((0, 1), (1, 2)),
    "overlap": ((0, 2), (1, 3)),
    "same start": ((0, 1), (0, 2)),
    "same end": ((0, 2), (1, 2)),
    "equal": ((1, 2), (1, 2)),
    "nest": ((0, 3), (1, 2)),
}


def pairs(last: int = LAST) -> st.SearchStrategy[tuple[Segment, Segment]]:
    """Draw two segments in one of the relations of `_PAIRS`, in either order."""

    def pair(offsets: list[int], name: str, *, swapped: bool) -> tuple[Segment, Segment]:
        one, other = (Segment(offsets[start], offsets[end]) for start, end in _PAIRS[name])
        return (other, one) if swapped else (one, other)

    four = st.lists(st.integers(0, last), min_size=4, max_size=4, unique=True).map(sorted)
    return st.one_of(*(st.builds(pair, four, st.just(name), swapped=st.booleans()) for name in _PAIRS))


def borders(found: Iterable[Segment]) -> set[str]:
    """Return the names of the border cases that occur among these segments."""
    several = list(found)
    names = set() if several else {"empty"}
    for one, other in permutations(several, 2):
        names |= {
            name
            for name, holds in (
                ("touch", one.end == other.start),
                ("nest", one.start < other.start and other.end < one.end),
                ("same start", one.start == other.start and one.end < other.end),
                ("same end", one.end == other.end and one.start < other.start),
                ("equal", one == other),
                ("one apart", one.end + 1 == other.start),
            )
            if holds
        }
    for first, second, third in permutations(several, 3):
        if first.overlaps(second) and second.overlaps(third) and first.end <= third.start:
            names.add("chain")
            break
    return names
