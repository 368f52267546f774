"""The test whether a coding is “alone”: it shares no character with a coding of another code."""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.query.spans import PackedPlace


class OtherCodes:
    """Tests whether a place is “alone”: it shares no character with a coding of another code.

    The codes above and below a code do not count as other codes. `places` are the places of all codings, and
    `parents` maps each code to the code above it. Pass places to `leave_alone` in sorted order.
    """

    def __init__(self, places: Sequence[PackedPlace], parents: Mapping[int, int | None]) -> None:
        self._parents = parents
        self._islands = sorted(_islands(places))
        self._starts = [start for start, _, _ in self._islands]
        self._next = 0
        self._open: dict[int, int] = {}
        """A map: code → end of its last stretch that begins before the current place."""
        self._above = cache(self._ancestors)

    def leave_alone(self, place: PackedPlace) -> bool:
        """Return whether the coding at a place is “alone”: it shares no character with a coding of another code."""
        start, end, _, code = place
        at = bisect_left(self._starts, start)
        for _, island_end, island_code in self._islands[self._next : at]:
            self._open[island_code] = island_end
        self._next = max(self._next, at)
        for other in [each for each, reached in self._open.items() if reached <= start]:
            del self._open[other]
        if any(self._is_other(code, other) for other in self._open):
            return False
        while at < len(self._starts) and self._starts[at] < end:
            if self._is_other(code, self._islands[at][2]):
                return False
            at += 1
        return True

    def _is_other(self, code: int, other: int) -> bool:
        return code != other and other not in self._above(code) and code not in self._above(other)

    def _ancestors(self, code: int) -> frozenset[int]:
        found = []
        above = self._parents.get(code)
        while above is not None:
            found.append(above)
            above = self._parents.get(above)
        return frozenset(found)


def _islands(places: Sequence[PackedPlace]) -> Iterator[tuple[int, int, int]]:
    """Yield (start, end, code) of each stretch of text that overlapping codings of one code cover.

    Codings that only touch are in separate stretches.
    """
    current: dict[int, tuple[int, int]] = {}
    for start, end, _, code in places:
        island = current.get(code)
        if island is not None and start < island[1]:
            current[code] = island[0], max(island[1], end)
            continue
        if island is not None:
            yield *island, code
        current[code] = start, end
    for code, island in current.items():
        yield *island, code
