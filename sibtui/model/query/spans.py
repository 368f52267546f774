"""Places of codings as numbers, and an index that quickly finds overlapping places.

A place is packed: its start and its end have the id of the source in their upper bits. So the places in all sources
can be in one sorted list, and places in different sources never overlap.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHIFT = 32
"""The number of lower bits of a packed offset.

The lower bits are the offset in the text; the upper bits are the source id.
"""
BEYOND = (1 << SHIFT) - 1
"""An offset that is larger than the end of every text."""

_NONE = -1 << 80
"""A number that is smaller than every end and every negated end. This number is used in place of a missing end."""

PackedPlace = tuple[int, int, int, int]
"""The place of a coding, packed into four numbers.

The numbers are: source << SHIFT | start, source << SHIFT | end, id of the coding, id of its code.
"""


def packed(source: int, start: int, end: int, number: int, code: int = 0) -> PackedPlace:
    """Return the place of a coding as numbers that include the id of the source; see `PackedPlace`.

    `number` is the id of the coding, and `code` the id of its code.
    """
    return source << SHIFT | start, source << SHIFT | end, number, code


class PlaceIndex:
    """An index of sorted places of codings, for fast questions such as “does another coding overlap this place?”."""

    def __init__(self, places: Sequence[PackedPlace]) -> None:
        self._places = places
        self._starts = [place[0] for place in places]

    @cached_property
    def _ends(self) -> tuple[list[int], list[int], list[int]]:
        """Three lists with one item for each place, in order (see `_farthest`).

        The item is about this place and all places before it. The first list has the largest of their ends, the
        second the coding with this end, and the third the largest end of the other codings.
        """
        return _farthest((end, number) for _, end, number, _ in self._places)

    @cached_property
    def _nearest_ends(self) -> tuple[list[int], list[int], list[int]]:
        """Three lists like those of `_ends`, but with the smallest end among a place and all later places.

        The item for the last place comes first. Each end is stored as a negative number, so that `_farthest` can be
        used.
        """
        return _farthest((-end, number) for _, end, number, _ in reversed(self._places))

    @cached_property
    def _equal(self) -> Counter[tuple[int, int]]:
        return Counter(place[:2] for place in self._places)

    @cached_property
    def _numbers(self) -> set[int]:
        return {place[2] for place in self._places}

    def overlaps(self, low: int, high: int, number: int) -> bool:
        """Return whether a coding in the index shares a character with the range from `low` to before `high`.

        The coding with the id `number` does not count. `low` and `high` are packed offsets (they include the id of
        the source).
        """
        return self._end_before(bisect_left(self._starts, high), number) > low

    def contains(self, place: PackedPlace) -> bool:
        """Return whether another coding contains the place. The two may have the same start or end."""
        return self._end_before(bisect_right(self._starts, place[0]), place[2]) >= place[1]

    def _end_before(self, count: int, number: int) -> int:
        """Return the largest end among the first `count` places; `_NONE` if there is none.

        The coding with the id `number` does not count.
        """
        if not count:
            return _NONE
        ends, holders, others = self._ends
        return ends[count - 1] if holders[count - 1] != number else others[count - 1]

    def is_inside(self, place: PackedPlace) -> bool:
        """Return whether another coding is inside the place. The two may have the same start or end."""
        count = len(self._starts) - bisect_left(self._starts, place[0])
        if not count:
            return False
        ends, holders, others = self._nearest_ends
        nearest = ends[count - 1] if holders[count - 1] != place[2] else others[count - 1]
        return -nearest <= place[1]

    def is_equal(self, place: PackedPlace) -> bool:
        return self._equal[place[:2]] > (place[2] in self._numbers)

    def next_start(self, offset: int) -> int | None:
        """Return the first start of a coding at or after `offset`; None if there is none.

        The start can be in a later source. `offset` and the result are packed (they include the id of the source).
        """
        at = bisect_left(self._starts, offset)
        return self._starts[at] if at < len(self._starts) else None

    def overlapping(self, low: int, high: int) -> Iterator[PackedPlace]:
        """Yield the places that share a character with the range from `low` to before `high`. The last place comes first.

        `low` and `high` are packed offsets (they include the id of the source).
        """
        at = bisect_left(self._starts, high) - 1
        ends = self._ends[0]
        while at >= 0 and ends[at] > low:
            if self._places[at][1] > low:
                yield self._places[at]
            at -= 1


def _farthest(ends: Iterable[tuple[int, int]]) -> tuple[list[int], list[int], list[int]]:
    """Return three lists with one item per pair (end, coding id) in `ends`.

    The item for a pair is about this pair and all pairs before it. The first list has the largest end, the second
    the coding with this end, and the third the largest end of all other codings. The third list is needed because a
    coding does not count as related to itself.

    For example, (5, 1), (9, 2), (7, 3) give [5, 9, 9], [1, 2, 2] and [`_NONE`, 5, 7].
    """
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
