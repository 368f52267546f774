"""Commands of the screen that merges a colleague's study into the open study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_CONFLICT, _ALL = "The conflict under the cursor", "The merge"


def _merge(name: str, keys: str, label: str, title: str, text: str, group: str, hint: int, run: CommandCall) -> Command:
    return Command(f"merge.{name}", tuple(keys.split()), label, title, text, "merge", group, hint, run=run)


COMMANDS = (
    _merge("mine", "1", "mine", "Take mine", "Keep the value of this study.", _CONFLICT, 10, lambda screen: screen.choose("mine")),
    _merge("theirs", "2", "theirs", "Take theirs", "Take the value of the other study.", _CONFLICT, 11, lambda screen: screen.choose("theirs")),
    _merge("both", "b", "both", "Keep both", "Keep both values: two texts, or the cases of both.", _CONFLICT, 12, lambda screen: screen.choose("both")),
    _merge("rest_mine", "m", "mine for the rest", "Mine for all open conflicts", "Keep the values of this study in all open conflicts.", _CONFLICT, 30, lambda screen: screen.choose_rest("mine")),
    _merge("rest_theirs", "t", "theirs for the rest", "Theirs for all open conflicts", "Take the values of the other study in all open conflicts.", _CONFLICT, 31, lambda screen: screen.choose_rest("theirs")),
    _merge("coders", "c", "coders", "Whose work it is …", "Give a coder of the other study the name that this person has here, and compare again.", _ALL, 19, lambda screen: screen.name_coder()),
    _merge("bring", "enter", "merge", "Merge the study", "Merge the other study as one change ({study.undo} undoes it), when every conflict is decided.", _ALL, 20, lambda screen: screen.bring()),
)  # fmt: skip
