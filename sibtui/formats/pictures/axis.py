"""Axes of charts: the round numbers at which an axis is labelled."""

from __future__ import annotations

from itertools import count
from math import ceil, floor

_STEPS = 6


def ticks(start: float, end: float, *, whole: bool = False) -> list[float]:
    """Return at most seven round numbers from `start` to `end`, as labels of an axis.

    The distance between two neighbours is 1, 2 or 5, times a power of ten. If `whole` is set, the distance is at least
    1, because an axis of counts has no fractions.
    """
    step = max(_step(end - start), 1 if whole else 0)
    return [round(at * step, 10) for at in range(ceil(round(start / step, 6)), floor(round(end / step, 6)) + 1)]


def rounded_end(most: int) -> int:
    """Return the upper end of an axis of whole numbers that begins at 0: a round number that is at least `most`."""
    step = max(_step(most), 1)
    return max(1, round(step * ceil(most / step)))


def _step(length: float) -> float:
    """Return the smallest round distance that divides a length into at most six parts.

    A round distance is 1, 2 or 5, times a power of ten.
    """
    if length <= 0:
        return 1
    found = (size * 10.0**power for power in count(-6) for size in (1, 2, 5))
    return next(step for step in found if _STEPS * step >= length * 0.999999)
