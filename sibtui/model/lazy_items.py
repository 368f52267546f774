"""Long sequences whose items are not all in memory. Each iteration reads or computes the items again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import overload

from sibtui.model.progress import Item


class LazyItems(Sequence[Item]):
    """A sequence of known length that reads its items during each iteration, and does not keep them in memory.

    - `read`: a function that returns the items, from the first one.
    - `length`: the number of items.
    - `heads`: the same items without their large parts: for example, sources without texts.
    - `unused`: the names of fields that are empty in every item.
    - `lasting`: set if every item is known to have an id that is the same in all copies of the study.
    - `by_source`: set for codings that are ordered by source.
    """

    def __init__(
        self,
        read: Callable[[], Iterable[Item]],
        length: int,
        *,
        heads: Sequence[Item] | None = None,
        unused: Iterable[str] = (),
        lasting: bool = False,
        by_source: bool = False,
    ) -> None:
        self._read = read
        self._length = length
        self.heads = heads
        self.unused = frozenset(unused)
        self.lasting = lasting
        self.by_source = by_source

    def __iter__(self) -> Iterator[Item]:
        return iter(self._read())

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        """Return one item, or the items of a slice. This is slow, because all items before it are read, too."""
        if isinstance(index, slice):
            return tuple(self)[index]
        at = index + self._length if index < 0 else index
        for item in islice(self, at, None) if at >= 0 else ():
            return item
        raise IndexError(index)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (LazyItems, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(mine == its for mine, its in zip(self, other, strict=False))

    __hash__ = None  # type: ignore[assignment]  # two readings of the same items are equal


def heads(items: Sequence[Item]) -> Sequence[Item]:
    """Return the items without their large parts (such as the texts of sources), for code that needs only small fields."""
    found = items.heads if isinstance(items, LazyItems) else None
    return items if found is None else found


def mapped(items: Sequence[Item], change: Callable[[Item], Item]) -> Sequence[Item]:
    """Return the results of `change` for all items. The result is lazy (read during iteration) if `items` are."""
    if not isinstance(items, LazyItems):
        return tuple(map(change, items))
    changed = None if items.heads is None else tuple(map(change, items.heads))
    return LazyItems(lambda: map(change, items), len(items), heads=changed, unused=items.unused)


def joined(items: Sequence[Item], more: Sequence[Item]) -> Sequence[Item]:
    """Return `items` followed by `more`. If `items` are lazy (read during iteration), the result is lazy, too."""
    if not isinstance(items, LazyItems):
        return (*items, *more)
    return LazyItems(lambda: chain(items, more), len(items) + len(more)) if more else items


def filtered(items: Sequence[Item], choose: Callable[[Item], bool]) -> Sequence[Item]:
    """Return the items for which `choose` is true. If `items` is lazy (read during iteration), the result is lazy too.

    `choose` must not depend on the large parts of an item, such as the text of a source: they can be missing.
    """
    if not isinstance(items, LazyItems):
        return tuple(filter(choose, items))
    kept = None if items.heads is None else tuple(filter(choose, items.heads))
    length = sum(map(choose, items)) if kept is None else len(kept)
    return LazyItems(lambda: filter(choose, items), length, heads=kept, unused=items.unused)
