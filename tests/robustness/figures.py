"""Figures of the slow tests: how many kills, full disks, inputs and so on there were. They are printed at the end of a run."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PREFIX = "figure: "


class Figures:
    """The figures of one test."""

    def __init__(self, record: Callable[[str, object], None]) -> None:
        self._record = record

    def add(self, name: str, number: int = 1) -> None:
        self._record(PREFIX + name, number)


def summed(reports: Iterable[Any]) -> dict[str, int]:
    """Return the sums of the figures that tests recorded, by name."""
    sums: Counter[str] = Counter()
    for report in reports:
        for name, number in getattr(report, "user_properties", ()):
            if name.startswith(PREFIX):
                sums[name.removeprefix(PREFIX)] += number
    return dict(sorted(sums.items()))
