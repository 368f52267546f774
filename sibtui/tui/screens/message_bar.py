"""The bar at the bottom of a screen: lines about the current item, and below them the keys that help now, or a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.views.hint_lines import message_lines
from sibtui.tui.widgets.text_lines import Line, TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LEAST = 40
"""Cells of a line at least, so that a bar without a size yet keeps the beginning of a message."""


_BESIDE = 2
"""Cells of a screen beside the lines of its bar."""
_LOWEST = 2
"""Lines of the lowest bar."""


def fits_in_bar(message: str, width: int) -> bool:
    """Return whether every bar of a screen of this width shows the whole message."""
    return len(message_lines(message, width - _BESIDE, _LOWEST + 1, done=True)) <= _LOWEST


class MessageBar(TextLines):
    """Shows lines and the keys. A message takes the place of the keys once: the next key brings them back.

    A message that is longer than a line covers the lines above the keys as well.
    """

    def __init__(self, name: str = "status-bar", *, inset: int = 0, keeps_message: bool = False) -> None:
        """`name` is the id of the widget. With `keeps_message`, a message stays until `forget_message`."""
        super().__init__(id=name, inset=inset, names_keys=True)
        self._message: list[Line] = []
        self._keeps = keeps_message

    @property
    def cells(self) -> int:
        """Return the number of cells of a line."""
        return max(_LEAST, self.room)

    def put_message(self, message: str, *, error: bool = False, done: bool = False) -> Line:
        """Let the bar show a message when it shows its lines the next time. Return the last line of the message."""
        self._message = message_lines(message, self.cells, self.size.height, error=error, done=done)
        return self._message[-1]

    def forget_message(self) -> None:
        self._message = []

    def show_lines(self, lines: Sequence[Line], hints: Callable[[int], Line]) -> None:
        """Show lines, and below them the message or the keys; `hints` returns the keys for a number of cells.

        A message of several lines takes the place of the last lines too.
        """
        bottom = self._message or [hints(self.cells)]
        self.set_lines([*lines[: max(0, len(lines) + 1 - len(bottom))], *bottom])
        if not self._keeps:
            self.forget_message()
