"""Telling how far something long is: whoever is told can end it, by raising."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Item = TypeVar("Item")

OFTEN = 1000
"""Items between two tellings: as good as none of the time that they take."""


def counted(items: Iterable[Item], tell: Callable[[int], None] | None, *, every: int = OFTEN) -> Iterator[Item]:
    """The items as they come; `tell` is told how many came before, once every so many."""
    if tell is None:
        yield from items
        return
    for count, item in enumerate(items):
        if count and count % every == 0:
            tell(count)
        yield item
