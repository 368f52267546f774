"""Commands of the welcome screen."""

from __future__ import annotations

from sibtui.tui.commands import Command

_WELCOME = "Welcome"

COMMANDS = (
    Command("welcome.choose", ("enter",), "choose", "Choose the row", "Open the study of the row, or run its command.", "welcome", _WELCOME, 10, run=lambda screen: screen.choose_row()),
    Command("welcome.new", ("n",), "new study", "New study …", "Make a study, and open it.", "welcome", _WELCOME, 20, run=lambda screen: screen.ask_name()),
    Command("welcome.open", ("o",), "open", "Open a study …", "Open a study by the name of its file.", "welcome", _WELCOME, 30, run=lambda screen: screen.ask_file()),
    Command("welcome.from", ("f",), "from a file", "Begin with another program's project …", "Make a study from a project of another program, or from a folder of plain text.", "welcome", _WELCOME, 35, run=lambda screen: screen.ask_origin()),
    Command("welcome.demo", ("d",), "sample", "Look at the sample study", "Open the sample study; it is removed when you leave.", "welcome", _WELCOME, 40, run=lambda screen: screen.open_study(None)),
    Command("welcome.leave", ("q", "escape"), "leave", "Leave", "Leave the program.", "welcome", _WELCOME, 95, run=lambda screen: screen.app.exit(None)),
)  # fmt: skip
