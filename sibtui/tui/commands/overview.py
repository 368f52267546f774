"""Commands of the overview."""

from __future__ import annotations

from sibtui.tui.commands import Command

_OVERVIEW = "Overview"

COMMANDS = (
    Command("overview.open", ("enter",), "open", "Go to it", "Go to the source, coding, code or screen that this row is about.", "overview", _OVERVIEW, 10),
    Command("overview.read", ("M",), "read", "Mark the source read, or unread", "Mark the source here read, or unread again.", "overview", _OVERVIEW, 20),
    Command("overview.memo", ("m",), "memo", "Memo …", "Change the memo here, or write one on the source here.", "overview", _OVERVIEW, 30),
    Command("overview.add_memo", ("a",), "memo on the study", "New memo on the study …", "Write a memo on the study as a whole.", "overview", _OVERVIEW, 40),
    Command("overview.remove_memo", ("d", "delete"), "remove memo", "Remove the memo", "Remove the memo here (u brings it back).", "overview", _OVERVIEW),
    Command("overview.check", ("c",), "check", "Check the study again, or stop", "Look through the whole study for what is wrong or waits; again to stop.", "overview", _OVERVIEW, 50),
    Command("overview.more", ("space",), "more", "More of what is told beside", "Scroll what is told of the row.", "overview", _OVERVIEW),
    Command("overview.less", ("backspace",), "back", "Back in what is told beside", "Scroll back.", "overview", _OVERVIEW),
)  # fmt: skip
