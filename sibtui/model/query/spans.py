"""Places of codings as numbers, and indexes of sorted places that answer questions about overlap in one sweep.

A place is packed: the upper bits of its start and end hold the source. So one sorted list holds the places of all sources, and places of
different sources never overlap.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHIFT = 32
"""The number of lower bits of a packed offset. They hold the offset; the bits above them hold the source."""
BEYOND = (1 << SHIFT) - 1
"""An offset after the end of every text."""

_NONE = -1 << 80
"""A value that is smaller than every end and every negated end. It is used where there is no end."""

PackedPlace = tuple[int, int, int, int]
"""A coding: source << SHIFT | start, source << SHIFT | end, the number of the coding, the id of its code."""


def packed(source: int, start: int, end: int, number: int, code: int = 0) -> PackedPlace:
    """Return the place of a coding."""
    return source << SHIFT | start, source << SHIFT | end, number, code


class PlaceIndex:
    """Sorted places, with the farthest ends up to each place.

    A coding never relates to itself. So the index also keeps the second farthest end, for a coding that holds the farthest one itself.
    """

    def __init__(self, places: Sequence[PackedPlace]) -> None:
        self._places = places
        self._starts = [place[0] for place in places]

    @cached_property
    def _ends(self) -> tuple[list[int], list[int], list[int]]:
        """For each place: the farthest end up to it, the coding that holds this end, the farthest end of the other codings."""
        return _farthest((end, number) for _, end, number, _ in self._places)

    @cached_property
    def _nearest_ends(self) -> tuple[list[int], list[int], list[int]]:
        """The lists of `_ends` for the places in reverse order, with negated ends: the nearest end of each place and all places after it."""
        return _farthest((-end, number) for _, end, number, _ in reversed(self._places))

    @cached_property
    def _equal(self) -> Counter[tuple[int, int]]:
        return Counter(place[:2] for place in self._places)

    @cached_property
    def _numbers(self) -> set[int]:
        return {place[2] for place in self._places}

    def overlaps(self, low: int, high: int, number: int) -> bool:
        """Return whether another coding shares a character with the range from `low` up to but not including `high`."""
        return self._end_before(bisect_left(self._starts, high), number) > low

    def contains(self, place: PackedPlace) -> bool:
        """Return whether another coding begins at the start of the place or before, and ends at its end or after."""
        return self._end_before(bisect_right(self._starts, place[0]), place[2]) >= place[1]

    def _end_before(self, count: int, number: int) -> int:
        """Return the farthest end of the first `count` places, without the place of coding `number`; `_NONE` without any other place."""
        if not count:
            return _NONE
        ends, holders, others = self._ends
        return ends[count - 1] if holders[count - 1] != number else others[count - 1]

    def is_inside(self, place: PackedPlace) -> bool:
        """Return whether another coding begins and ends within the place."""
        count = len(self._starts) - bisect_left(self._starts, place[0])
        if not count:
            return False
        ends, holders, others = self._nearest_ends
        nearest = ends[count - 1] if holders[count - 1] != place[2] else others[count - 1]
        return -nearest <= place[1]

    def is_equal(self, place: PackedPlace) -> bool:
        """Return whether another coding has the same place."""
        return self._equal[place[:2]] > (place[2] in self._numbers)

    def next_start(self, offset: int) -> int | None:
        """Return the first start of a coding at the offset or after it; None when there is none, in this or a later source."""
        at = bisect_left(self._starts, offset)
        return self._starts[at] if at < len(self._starts) else None

    def overlapping(self, low: int, high: int) -> Iterator[PackedPlace]:
        """Yield the places that share a character with the range from `low` up to but not including `high`, the last first."""
        at = bisect_left(self._starts, high) - 1
        ends = self._ends[0]
        while at >= 0 and ends[at] > low:
            if self._places[at][1] > low:
                yield self._places[at]
            at -= 1


def _farthest(ends: Iterable[tuple[int, int]]) -> tuple[list[int], list[int], list[int]]:
    """Return, for each item of (end, number): the largest end so far, its number, and the largest end so far of another number."""
    largest: list[int] = []
    holders: list[int] = []
    others: list[int] = []
    most, holder, other = _NONE, -1, _NONE
    for end, number in ends:
        if end > most:
            most, holder, other = end, number, most
        elif end > other:
            other = end
        largest.append(most)
        holders.append(holder)
        others.append(other)
    return largest, holders, others
