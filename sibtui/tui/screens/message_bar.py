"""The bar at the bottom of a screen: lines about the item under the cursor, and below them key hints or a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.views.hint_lines import message_lines
from sibtui.tui.widgets.text_lines import Line, TextLines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_UNSIZED = 40
"""The width in cells of the rows of a message while the bar has no size yet."""


_BESIDE = 2
"""The difference between the width of a screen and the width of the lines in its bar, in cells."""
_LOWEST = 2
"""The number of lines in the bar that has the fewest lines."""


def fits_in_bar(message: str, width: int) -> bool:
    """Return whether the whole message fits into the bar at the bottom of any screen of this width."""
    return len(message_lines(message, width - _BESIDE, _LOWEST + 1, done=True)) <= _LOWEST


class MessageBar(TextLines):
    """The bar at the bottom of a screen. It shows lines, and below them key hints or a message.

    A message replaces the hints until the next key.
    """

    def __init__(self, name: str = "status-bar", *, inset: int = 0, keeps_message: bool = False) -> None:
        """Make a bar. `name` is its widget id, and `inset` is the number of empty cells at each side.

        If `keeps_message` is True, each call of `show_lines` shows the message, until `forget_message` is called.
        Otherwise only the next call shows it.
        """
        super().__init__(id=name, inset=inset, names_keys=True)
        self._message: list[Line] = []
        self._keeps = keeps_message

    @property
    def cells(self) -> int:
        """The width of a line in cells."""
        return self.room if self.room > 0 else _UNSIZED

    def put_message(self, message: str, *, error: bool = False, done: bool = False) -> Line:
        """Set the message that the next call of `show_lines` draws. Return the last line of the message.

        `error` marks a failure, and `done` an action that was carried out.
        """
        self._message = message_lines(message, self.cells, self.size.height, error=error, done=done)
        return self._message[-1]

    def forget_message(self) -> None:
        self._message = []

    def show_lines(self, lines: Sequence[Line], hints: Callable[[int], Line]) -> None:
        """Show lines, and below them the message or the key hints. `hints` returns the hints for a width in cells.

        A message of several lines replaces the last of `lines`, so that the height of the bar does not change.
        """
        bottom = self._message or [hints(self.cells)]
        self.set_lines([*lines[: max(0, len(lines) + 1 - len(bottom))], *bottom])
        if not self._keeps:
            self.forget_message()
