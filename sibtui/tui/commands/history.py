"""Commands of the screen that lists the history."""

from __future__ import annotations

from sibtui.tui.commands import Command

_HISTORY = "History"

COMMANDS = (
    Command("history.to", ("enter",), "go to here", "Go to the state after this change", "Undo all later changes, or redo all changes up to this one.", "history", _HISTORY, 10, run=lambda screen: screen.go_to_act(before=False)),
    Command("history.before", ("b",), "before this", "Go to the state before this change", "Undo this change and all later changes.", "history", _HISTORY, 20, run=lambda screen: screen.go_to_act(before=True)),
    Command("history.newest", ("n",), "newest", "Redo everything", "Redo all undone changes.", "history", _HISTORY, 30, run=lambda screen: screen.redo_all()),
    Command("history.filter", ("f", "slash"), "filter", "Filter the history …", "List only the changes of a coder, of a kind, of a source or of a code.", "history", _HISTORY, 35, run=lambda screen: screen.choose_filter()),
    Command("history.more", ("space",), "what changed", "More of the change", "Scroll the values that this change wrote.", "history", _HISTORY, 40, run=lambda screen: screen.details.page(1)),
    Command("history.less", ("backspace",), "back", "Back in the change", "Scroll back.", "history", _HISTORY, run=lambda screen: screen.details.page(-1)),
)  # fmt: skip
