"""Commands of the history."""

from __future__ import annotations

from sibtui.tui.commands import Command

_HISTORY = "History"

COMMANDS = (
    Command("history.to", ("enter",), "go to here", "Go to how the study was after this change", "Undo all that came later, or do again all up to here.", "history", _HISTORY, 10),
    Command("history.before", ("b",), "before this", "Go to how the study was before this change", "Undo this change and all that came later.", "history", _HISTORY, 20),
    Command("history.newest", ("n",), "newest", "Do everything again", "Do again all that was undone.", "history", _HISTORY, 30),
    Command("history.more", ("space",), "what changed", "More of what it changed", "Scroll what this change did.", "history", _HISTORY, 40),
    Command("history.less", ("backspace",), "back", "Back in what it changed", "Scroll back.", "history", _HISTORY),
)  # fmt: skip
