"""Progress reports from long loops. The callback may raise an exception to cancel the loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[int, int], None]
"""A callback with two arguments: the number of items done, and the number of all items. It may raise an exception to cancel the loop."""

Item = TypeVar("Item")

OFTEN = 1000
"""The number of items between two reports of progress. With this number, the reports take almost no time."""


def with_progress(items: Iterable[Item], report: Callable[[int], None] | None, *, every: int = OFTEN) -> Iterator[Item]:
    """Yield the items. After each group of `every` items, call `report` with the number of items done so far."""
    if report is None:
        yield from items
        return
    for count, item in enumerate(items):
        if count and count % every == 0:
            report(count)
        yield item
