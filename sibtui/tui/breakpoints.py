"""Breakpoints: the widths at which the layout of the screens changes."""

from __future__ import annotations

WIDTHS = ((0, "-narrow"), (104, "-wide"), (150, "-broad"))
"""The CSS classes of a screen, each after the least width, in cells, at which it is used."""


def width_classes(width: int) -> dict[str, bool]:
    """Return a map: CSS class, such as “-narrow” → whether a screen of `width` cells has this class.

    Exactly one of the values is True.
    """
    own = next(name for least, name in reversed(WIDTHS) if width >= least)
    return {name: name == own for _, name in WIDTHS}
