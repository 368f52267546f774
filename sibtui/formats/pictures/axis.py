"""Axes of charts: round numbers between two values."""

from __future__ import annotations

from itertools import count
from math import ceil, floor

_STEPS = 6


def ticks(start: float, end: float) -> list[float]:
    """Return round numbers from `start` to `end`, at most seven. Their distance is 1, 2 or 5, times a power of ten."""
    step = _step(end - start)
    return [round(at * step, 10) for at in range(ceil(round(start / step, 6)), floor(round(end / step, 6)) + 1)]


def rounded_end(most: int) -> int:
    """Return the end of an axis from 0 for whole numbers: a round number that is not below the largest."""
    step = max(_step(most), 1)
    return max(1, round(step * ceil(most / step)))


def _step(length: float) -> float:
    """Return the smallest distance of 1, 2 or 5, times a power of ten, that divides a length into at most six parts."""
    if length <= 0:
        return 1
    found = (size * 10.0**power for power in count(-6) for size in (1, 2, 5))
    return next(step for step in found if _STEPS * step >= length * 0.999999)
