"""The bar at the bottom of a screen: lines about the item under the cursor, and below them key hints or a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.views.hint_lines import message_lines, whole_hints
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

    A message replaces the hints until the next key or click.
    """

    def __init__(self, name: str = "status-bar", *, inset: int = 0) -> None:
        """Make a bar. `name` is its widget id, and `inset` is the number of empty cells at each side."""
        super().__init__(id=name, inset=inset, names_keys=True)
        self._message: Callable[[], list[Line]] | None = None
        self._put_at = 0
        self._is_covered = False
        """Whether a dialog or another screen has covered the bar since the message was put there."""
        self._shown: tuple[Sequence[Line], Callable[[int], Line]] | None = None

    @property
    def cells(self) -> int:
        """The width of a line in cells."""
        return self.room if self.room > 0 else _UNSIZED

    @property
    def _inputs(self) -> int:
        inputs: int = getattr(self.app, "inputs", 0)
        return inputs

    def put_message(self, message: str, *, error: bool = False, done: bool = False) -> None:
        """Set the message that `show_lines` draws until the next key or click.

        `error` marks a failure, and `done` an action that was carried out.
        """
        self.put_lines(lambda: message_lines(message, self.cells, self.size.height, error=error, done=done))

    def put_lines(self, lines: Callable[[], list[Line]]) -> None:
        """Set a message. `lines` is a function that returns the lines of the message for the present size of the bar."""
        self._message, self._put_at = lines, self._inputs
        self._is_covered = self.is_attached and not self.screen.is_active

    def show_lines(self, lines: Sequence[Line], hints: Callable[[int], Line]) -> None:
        """Show lines, and below them the message or the key hints. `hints` returns the hints for a width in cells.

        A message of several lines replaces the last of `lines`, so that the height of the bar does not change.
        """
        if self._is_old:
            self._message = None
        self._shown = lines, hints
        bottom = [whole_hints(hints(self.cells), self.cells)] if self._message is None else self._message()
        self.set_lines([*lines[: max(0, len(lines) + 1 - len(bottom))], *bottom])

    def resume(self) -> None:
        """Update the bar after a dialog or screen that covered it has closed.

        A message that was set meanwhile stays until the next key. A message that the user has seen before is removed.
        """
        if not self.screen.is_active:
            return  # another dialog has opened since
        if self._is_covered:
            self._is_covered, self._put_at = False, self._inputs
        elif self._message is not None and self._is_old and self._shown is not None:
            self.show_lines(*self._shown)

    @property
    def _is_old(self) -> bool:
        return self._put_at != self._inputs and not self._is_covered
