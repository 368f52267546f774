"""Growth of the time of a task with its size, as a ratio of two times in one run, which does not depend on the machine."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LINEAR = 9
"""Largest ratio of a linear task. For four times the size, a linear task takes about 4 times as long, a quadratic one 16 times."""
_TRIES = 3


def growth(work: Callable[[int], object], size: int) -> float:
    """Return the ratio of the processor times at four times the size and at the size.

    Each time is the smallest of several tries, because noise only adds time.
    """
    return _least(work, 4 * size) / _least(work, size)


def _least(work: Callable[[int], object], size: int) -> float:
    spent = []
    for _ in range(_TRIES):
        start = time.process_time()
        work(size)
        spent.append(time.process_time() - start)
    return min(spent)
