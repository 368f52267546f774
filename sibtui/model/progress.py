"""Progress reports from long loops. The callback may raise an exception to cancel the loop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Progress = Callable[[int, int], None]
"""A function of two numbers: the items done, and all items. It may raise an exception to cancel the loop."""

Item = TypeVar("Item")

OFTEN = 1000
"""The number of items between two reports. At this rate the reports take almost no time."""


def with_progress(items: Iterable[Item], report: Callable[[int], None] | None, *, every: int = OFTEN) -> Iterator[Item]:
    """Yield the items, and call `report` with the number of items so far, each time after `every` more items."""
    if report is None:
        yield from items
        return
    for count, item in enumerate(items):
        if count and count % every == 0:
            report(count)
        yield item
