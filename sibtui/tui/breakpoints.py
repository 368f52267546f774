"""Breakpoints: the widths at which the layout of the screens changes."""

from __future__ import annotations

WIDTHS = ((0, "-narrow"), (104, "-wide"), (150, "-broad"))
"""Least width in cells → class of the screen."""


def width_classes(width: int) -> dict[str, bool]:
    """Return all classes of widths, with True for the class of `width` cells."""
    own = next(name for least, name in reversed(WIDTHS) if width >= least)
    return {name: name == own for _, name in WIDTHS}
