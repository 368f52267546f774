"""A widget that prepares its rows for a new size before the rows are drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.textual_overrides.line_view import LineView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Size


class SizedLineView(LineView, can_focus=False, inherit_bindings=False):
    """A scrolling widget that can prepare its rows when its size changes. A subclass overrides `change_size`."""

    def change_size(self, change: Callable[[], bool]) -> bool:
        """Call `change`, which sets the new size, and return its result: whether the size has changed."""
        return change()

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:
        """Set the size of the widget by calling `change_size`. Return whether the size has changed.

        The resize event of Textual is not used, because the event comes only after the widget was drawn.
        """
        update = super()._size_updated
        return self.change_size(lambda: update(size, virtual_size, container_size, layout))
