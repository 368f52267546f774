"""Commands of the overview screen."""

from __future__ import annotations

from sibtui.tui.commands import Command

_OVERVIEW = "Overview"

COMMANDS = (
    Command("overview.open", ("enter",), "open", "Go to it", "Go to the source, coding, code or screen of this row.", "overview", _OVERVIEW, 10, run=lambda screen: screen.open_row()),
    Command("overview.read", ("M",), "read", "Mark the source read, or unread", "Mark the source of this row read, or unread again.", "overview", _OVERVIEW, 20, run=lambda screen: screen.mark_read()),
    Command("overview.memo", ("m",), "memo", "Memo …", "Change the memo of this row, or write one on its source or case.", "overview", _OVERVIEW, 30, run=lambda screen: screen.edit_memo_of_row()),
    Command("overview.add_memo", ("a",), "memo on the study", "New memo on the study …", "Write a memo on the study as a whole.", "overview", _OVERVIEW, 40, run=lambda screen: screen.edit_memo("project")),
    Command("overview.remove_memo", ("d", "delete"), "remove memo", "Remove the memo", "Remove the memo of this row ({study.undo} brings it back).", "overview", _OVERVIEW, run=lambda screen: screen.remove_memo()),
    Command("overview.check", ("c",), "check", "Check the study again, or stop", "Check the whole study for damage and open tasks; a second press stops the check.", "overview", _OVERVIEW, 50, run=lambda screen: screen.check()),
    Command("overview.saturation", ("s",), "saturation", "Saturation …", "Show how many new codes each interview adds, and the point of saturation.", "overview", _OVERVIEW, 70, run=lambda screen: screen.show_saturation()),
    Command("overview.more", ("space",), "more", "More about the row", "Scroll the pane beside the list.", "overview", _OVERVIEW, run=lambda screen: screen.details.page(1)),
    Command("overview.less", ("backspace",), "back", "Back in the pane beside", "Scroll back.", "overview", _OVERVIEW, run=lambda screen: screen.details.page(-1)),
)  # fmt: skip
