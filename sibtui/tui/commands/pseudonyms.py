"""Commands of the pseudonyms screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_KEY, _NAMES = "The key", "The names"


def _command(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int, run: CommandCall
) -> Command:
    return Command(f"pseudonym.{name}", tuple(keys.split()), label, title, text, "pseudonyms", group, hint, run=run)


COMMANDS = (
    _command("open", "enter", "in the note", "Show the place of the name", "Go to the name in its note.", _NAMES, 10, lambda screen: screen.open_place()),
    _command("add", "a", "add", "Add a name to the key …", "Write a real name and its pseudonym; the words under the cursor are proposed.", _KEY, 15, lambda screen: screen.add_name()),
    _command("remove", "delete", "remove", "Remove the name from the key", "Remove the real name under the cursor from the key. The study does not change.", _KEY, 40, lambda screen: screen.remove_name()),
    _command("apply", "p", "replace", "Replace the names …", "Look at the places, and replace the names of the key by their pseudonyms.", _NAMES, 12, lambda screen: screen.preview()),
    _command("traces", "t", "traces", "List traces of people", "List names, and traits that few people share: look at them before an export.", _NAMES, 30, lambda screen: screen.list_traces()),
)  # fmt: skip
