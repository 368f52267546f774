"""Sweeps: tests of many values. The default run takes some of the values, and the slow run takes the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

SIZES = ((80, 24), (120, 36), (200, 50))
"""The sizes of the terminal in which screens are tested."""


def in_part(values: Iterable[Any], every: int = 4) -> list[Any]:
    """Return the values as parameters: the first one and every fourth after it for the default run, the others for the slow run."""
    return [pytest.param(value, marks=[pytest.mark.slow] if at % every else []) for at, value in enumerate(values)]
