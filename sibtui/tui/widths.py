"""How wide a screen must be to have room for what."""

from __future__ import annotations

WIDTHS = ((0, "-narrow"), (104, "-wide"), (150, "-broad"))
"""From how many cells on a screen is of which class."""


def width_classes(width: int) -> dict[str, bool]:
    """All classes of widths, and which one a width of so many cells is of."""
    own = next(name for least, name in reversed(WIDTHS) if width >= least)
    return {name: name == own for _, name in WIDTHS}
