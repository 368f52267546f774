"""Counts on the coding screen. A count is a number that the user types before a key, to repeat the key's command.

Only commands that move, select, undo or redo are repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import commands_at
from sibtui.tui.commands.keys import keys_of

if TYPE_CHECKING:
    from textual import events

    from sibtui.tui.screens.coding.screen import CodingScreen

_MOST = 999
_REPEATED = ("move.", "select.", "find.", "list.", "source.next", "source.previous", "study.undo", "study.redo")
"""The beginnings of the ids of the commands that a count repeats. All other commands run once."""


class Counts:
    """The count: how many times the next command must run.

    The user types the key that begins a count, the digits, and the key of the command.
    """

    def __init__(self, screen: CodingScreen) -> None:
        self._screen = screen
        self._typed: str | None = None

    def begin(self) -> None:
        self._typed = ""
        self._screen.report("How many times? Type a number, then a key that moves or selects.")

    def take_key(self, event: events.Key) -> bool:
        """Handle a digit of the count, or Esc, which cancels the count. Return whether the key was handled."""
        if self._typed is None:
            return False
        if event.character is not None and event.character in "0123456789":
            self._typed = str(min(_MOST, int(self._typed + event.character)))
            self._screen.report(f"{self._typed} times …")
            return True
        if event.key == "escape":
            self._typed = None
            self._screen.report("No count.")
            return True
        return False

    def take_times(self, key: str) -> int:
        """Return how many times the command of a key must run, and end the count.

        The result is 1 if no count was typed, or if the command cannot be repeated.
        """
        typed, self._typed = self._typed, None
        if not typed:
            return 1
        keymap = self._screen.study_app.changed_keys
        commands = (c for c in commands_at(*self._screen.active_areas()) if key in keys_of(c, keymap))
        command = next(commands, None)
        return int(typed) if command is not None and command.id.startswith(_REPEATED) else 1
