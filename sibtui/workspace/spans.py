"""The codings of a text, sorted by position, so that the codings at a place are found in microseconds."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.model.segments import Segment

LONG = 2048
"""The greatest length of a short span.

Short spans are searched by their start. A text has few longer spans, so each search looks at all of them.
"""


class Spanning(Protocol):
    """An object that has an id and a segment, such as a coding."""

    @property
    def id(self) -> int: ...

    @property
    def segment(self) -> Segment: ...


T = TypeVar("T", bound=Spanning)


def _sort_key(item: Spanning) -> tuple[int, int, int]:
    return item.segment.start, item.segment.end, item.id


class CodingSpans(Generic[T]):
    """Codings (or other objects with an id and a segment), sorted by start, end and id.

    `version` is a number that rises with every change.
    """

    def __init__(self, items: Iterable[T] = ()) -> None:
        ordered = sorted(items, key=_sort_key)
        self._short = _Band([item for item in ordered if len(item.segment) <= LONG])
        self._long = _Band([item for item in ordered if len(item.segment) > LONG])
        self._by_id = {item.id: item for item in ordered}
        self.version = 0

    def __len__(self) -> int:
        return len(self._by_id)

    def __iter__(self) -> Iterator[T]:
        return iter(sorted(self._by_id.values(), key=_sort_key))

    def get(self, number: int | None) -> T | None:
        return None if number is None else self._by_id.get(number)

    def put(self, item: T) -> None:
        """Add an item. If there is an item with the same id, replace this item."""
        self.drop(item.id)
        self._by_id[item.id] = item
        self._band(item).add(item)
        self.version += 1

    def drop(self, number: int) -> None:
        """Remove the item with the id `number`, if there is one."""
        item = self._by_id.pop(number, None)
        if item is not None:
            self._band(item).remove(item)
            self.version += 1

    def overlapping(self, start: int, end: int) -> list[T]:
        """Return the items that overlap the range from `start` to before `end`, in sorted order."""
        short = self._short.overlapping(start, end, start - LONG)
        long = self._long.overlapping(start, end, None)
        return sorted(short + long, key=_sort_key) if long else short

    def following(self, start: int, end: int, number: int = -1) -> T | None:
        """Return the first item after (`start`, `end`, id `number`) in the sort order; None if there is none."""
        key = (start, end, number)
        items = [item for band in (self._short, self._long) if (item := band.following(key)) is not None]
        return min(items, key=_sort_key, default=None)

    def preceding(self, start: int, end: int, number: int = -1) -> T | None:
        """Return the last item that is sorted before (start, end, number); None if there is none. `number` is an id."""
        key = (start, end, number)
        items = [item for band in (self._short, self._long) if (item := band.preceding(key)) is not None]
        return max(items, key=_sort_key, default=None)

    def _band(self, item: T) -> _Band[T]:
        return self._short if len(item.segment) <= LONG else self._long


class _Band(Generic[T]):
    """A sorted list of codings. Their offsets are in arrays, because the garbage collector need not visit an array."""

    def __init__(self, items: list[T]) -> None:
        self._items = items
        self._starts = array("I", (item.segment.start for item in items))
        self._ends = array("I", (item.segment.end for item in items))

    def add(self, item: T) -> None:
        at = bisect_left(self._items, _sort_key(item), key=_sort_key)
        self._items.insert(at, item)
        self._starts.insert(at, item.segment.start)
        self._ends.insert(at, item.segment.end)

    def remove(self, item: T) -> None:
        at = bisect_left(self._items, _sort_key(item), key=_sort_key)
        del self._items[at], self._starts[at], self._ends[at]

    def overlapping(self, start: int, end: int, earliest: int | None) -> list[T]:
        first = 0 if earliest is None else bisect_left(self._starts, max(0, earliest))
        last = bisect_left(self._starts, max(0, end))
        ends, items = self._ends, self._items
        return [items[at] for at in range(first, last) if ends[at] > start]

    def following(self, key: tuple[int, int, int]) -> T | None:
        at = bisect_right(self._items, key, key=_sort_key)
        return self._items[at] if at < len(self._items) else None

    def preceding(self, key: tuple[int, int, int]) -> T | None:
        at = bisect_left(self._items, key, key=_sort_key)
        return self._items[at - 1] if at > 0 else None
