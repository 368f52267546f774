"""A dialog that shows a picture, such as a chart, as text in the width of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.widgets.message_box import MessageBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.tui.widgets.text_lines import Line


class PictureBox(MessageBox):
    """A dialog that shows a picture as text. `draw` returns this text for a width in columns."""

    CSS = MessageBox.CSS.replace("MessageBox", "PictureBox").replace("width: 94", "width: 124")
    WIDEST = 124

    def __init__(self, title: str, draw: Callable[[int], str]) -> None:
        super().__init__(title, ())
        self._draw = draw

    def rows_of(self, width: int) -> list[Line]:
        return [[(row, "text")] for row in self._draw(width).splitlines()]
