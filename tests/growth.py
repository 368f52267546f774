"""How the time of something grows with its size: a ratio of two times in the same run, which no machine is too slow for."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LINEAR = 9
"""Four times the size takes about four times as long, where with the square of the size it would take sixteen."""
_TRIES = 3


def growth(work: Callable[[int], object], size: int) -> float:
    """How many times as much processor time it takes at four times the size; the least of some tries each, since noise only adds."""
    return _least(work, 4 * size) / _least(work, size)


def _least(work: Callable[[int], object], size: int) -> float:
    spent = []
    for _ in range(_TRIES):
        begun = time.process_time()
        work(size)
        spent.append(time.process_time() - begun)
    return min(spent)
