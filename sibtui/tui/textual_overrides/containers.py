"""Containers that never scroll.

With them, Textual lays out a new screen only once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size
    from textual.strip import Strip


class Unscrolled(Widget):
    """A widget that never scrolls. When its size changes, the screen is not laid out again.

    For other widgets, Textual lays out the whole screen again, because scroll bars may appear.
    """

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        del layout
        return super()._size_updated(size, virtual_size, container_size, layout=False)


class _EqualRows(Unscrolled):
    """A container that draws nothing, or only a line at its left or right side. So one row is drawn and repeated."""

    def render_lines(self, crop: Region) -> list[Strip]:
        if self.styles.gutter.height:
            return super().render_lines(crop)
        return super().render_lines(Region(crop.x, crop.y, crop.width, 1)) * crop.height


class PaneColumn(Vertical, _EqualRows):
    """A container that puts widgets below each other, such as the parts of a pane."""


class PaneRow(Horizontal, _EqualRows):
    """A container that puts widgets beside each other, such as the panes of a screen."""
