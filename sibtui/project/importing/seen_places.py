"""The places of the codings that an import has read, with the fields of the codings at each place.

An import of a million codings keeps a million places. While the rows of a source are read, its places are kept in a
dictionary. Afterwards they are kept in arrays, which need a fifth of the memory.
"""

from __future__ import annotations

from array import array
from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

RowFields = tuple[str, str, str, tuple[int, ...]]
"""The fields of a coding that are not its place or its code: stance, certainty, memo and the ids of its cases."""
CodingPlace = tuple[int, int, int, int, int, int]
"""The place of a coding: source, code, coder, start, end and round."""
_OPEN = 8
"""The number of sources whose places are kept in dictionaries at the same time.

With one source more, the oldest of these dictionaries is packed into arrays.
"""
_RETURNS = 3
"""How often an import returns to a source, after rows of other sources, until its places stay in a dictionary.

So a file in any order is read in linear time.
"""
_BITS = 31
"""The number of bits for the start or the end of a place. Every text is short enough for this."""


class _Packed(NamedTuple):
    """The places of the codings of one source as three arrays: value n of each array belongs to place n.

    `segments` combines the start and the end in one number. `kinds` has the numbers from `SeenPlaces._kinds`.
    `fields` has indexes of `SeenPlaces._fields`.
    """

    segments: array[int]
    kinds: array[int]
    fields: array[int]


class SeenPlaces:
    """A map: place of codings → fields of the codings at this place.

    A place is the source, code, coder, start, end and round of a coding.
    """

    def __init__(self) -> None:
        self._kinds: dict[tuple[int, int, int], int] = {}
        """A map: (code, coder, round) → number of this kind."""
        self._numbers: dict[tuple[RowFields, ...], int] = {}
        self._fields: list[tuple[RowFields, ...]] = []
        self._open: dict[int, dict[int, int]] = {}
        """A map: source → map of its places (place as one number → index of its fields)."""
        self._packed: dict[int, _Packed] = {}
        self._waiting: deque[int] = deque()
        """The sources whose dictionaries will be packed into arrays, in the order in which they were made."""
        self._returns: Counter[int] = Counter()

    def at(self, place: CodingPlace) -> tuple[RowFields, ...]:
        """Return the fields of the codings at a place; empty if the import has read no coding there."""
        number = self._places(place[0]).get(self._key(place))
        return () if number is None else self._fields[number]

    def set(self, place: CodingPlace, fields: tuple[RowFields, ...]) -> None:
        number = self._numbers.get(fields)
        if number is None:
            number = self._numbers[fields] = len(self._fields)
            self._fields.append(fields)
        self._places(place[0])[self._key(place)] = number

    def _key(self, place: CodingPlace) -> int:
        _, code, coder, start, end, in_round = place
        kind = self._kinds.setdefault((code, coder, in_round), len(self._kinds))
        return (kind << _BITS | start) << _BITS | end

    def _places(self, source: int) -> dict[int, int]:
        places = self._open.get(source)
        if places is None:
            places = self._open[source] = self._unpacked(source)
            if self._returns[source] < _RETURNS:
                self._waiting.append(source)
            if len(self._waiting) > _OPEN:
                oldest = self._waiting.popleft()
                self._packed[oldest] = _packed(self._open.pop(oldest))
        return places

    def _unpacked(self, source: int) -> dict[int, int]:
        packed = self._packed.pop(source, None)
        if packed is None:
            return {}
        self._returns[source] += 1
        keys = (kind << 2 * _BITS | segment for segment, kind in zip(packed.segments, packed.kinds, strict=True))
        return dict(zip(keys, packed.fields, strict=True))


def _packed(places: Mapping[int, int]) -> _Packed:
    segment = (1 << 2 * _BITS) - 1
    return _Packed(
        array("Q", (key & segment for key in places)),
        array("I", (key >> 2 * _BITS for key in places)),
        array("I", places.values()),
    )
