"""The bar at the bottom of a screen: lines about the current item, and below them the keys that help now, or a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.views.hint_lines import message_line
from sibtui.tui.widgets.text_lines import Line, TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAST = 40
"""Cells of a line at least, so that a bar without a size yet keeps the beginning of a message."""


class MessageBar(TextLines):
    """Shows lines and the keys. A message takes the place of the keys once: the next key brings them back."""

    def __init__(self, name: str = "status-bar", *, inset: int = 0, keeps_message: bool = False) -> None:
        """`name` is the id of the widget. With `keeps_message`, a message stays until `forget_message`."""
        super().__init__(id=name, inset=inset, names_keys=True)
        self._message: Line = []
        self._keeps = keeps_message

    @property
    def cells(self) -> int:
        """Return the number of cells of a line."""
        return max(_LEAST, self.room)

    def put_message(self, message: str, *, error: bool = False, done: bool = False) -> Line:
        """Let the bar show a message when it shows its lines the next time. Return the message as a line."""
        self._message = message_line(message, self.cells, error=error, done=done)
        return self._message

    def forget_message(self) -> None:
        self._message = []

    def show_lines(self, lines: Sequence[Line], hints: Callable[[int], Line]) -> None:
        """Show lines, and below them the message or the keys; `hints` returns the keys for a number of cells."""
        self.set_lines([*lines, self._message or hints(self.cells)])
        if not self._keeps:
            self.forget_message()
