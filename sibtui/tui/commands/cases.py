"""Commands of the cases screen.

A command for several cases changes the marked cases. If no case is marked, it changes the case under the cursor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_CASES, _FIELDS, _SEE = "The marked cases, or the case under the cursor", "Fields of the case under the cursor", "See"


def _case(
    name: str, keys: str, label: str, title: str, text: str, group: str, run: CommandCall, hint: int = 0
) -> Command:
    return Command(f"case.{name}", tuple(keys.split()), label, title, text, "case table", group, hint, run=run)


COMMANDS = (
    _case("mark", "space", "mark", "Mark the case", "Mark or unmark the case; order, merge, remove and attribute then apply to all marked cases, as one change.", _CASES, lambda screen: screen.mark_one(), 22),
    _case("mark_all", "c", "mark all", "Mark all cases", "Mark or unmark all cases.", _CASES, lambda screen: screen.mark_all(), 58),
    _case("add", "a", "add", "New case …", "Add a case to the study.", _CASES, lambda screen: screen.editor.add(), 20),
    _case("rename", "r", "rename", "Rename the case …", "Give the case another name; tables and codings keep it.", _CASES, lambda screen: screen.editor.rename(), 25),
    _case("merge", "i", "merge", "Merge the case into another …", "Move the sources, codings, values, memos, notes, judgements and summaries to another case.", _CASES, lambda screen: screen.editor.merge(), 40),
    _case("remove", "d delete", "remove", "Remove the case", "Remove the cases; their sources and codings stay without them ({study.undo} brings them back).", _CASES, lambda screen: screen.change(screen.actions.remove), 45),
    _case("up", "shift+up left_square_bracket", "up", "Move the case up", "Move the case one place up; tables follow this order.", _CASES, lambda screen: screen.change(lambda cases: screen.actions.shift(cases, -1)), 50),
    _case("down", "shift+down right_square_bracket", "down", "Move the case down", "Move the case one place down.", _CASES, lambda screen: screen.change(lambda cases: screen.actions.shift(cases, 1)), 51),
    _case("edit", "enter e", "edit", "Change a field …", "Change a field, chosen by its letter.", _FIELDS, lambda screen: screen.editor.choose_field(), 10),
    _case("attribute", "b", "attribute", "An attribute …", "Choose an attribute, and write its value.", _CASES, lambda screen: screen.editor.edit_attribute(), 30),
    _case("attributes", "s", "all attributes", "The attributes of cases …", "Add, rename, retype, move or remove an attribute of all cases.", _CASES, lambda screen: screen.editor.edit_attributes(), 57),
    _case("private", "p", "private name", "Private name …", "Write the real name; exports leave it out unless you ask for it.", _FIELDS, lambda screen: screen.editor.edit_private_name(), 35),
    _case("letter", "l", "letter", "Letter …", "Choose the letter that gives a coding this case.", _FIELDS, lambda screen: screen.editor.edit_letter(), 36),
    _case("memo", "m", "memo", "Memo …", "Write a memo on the case.", _FIELDS, lambda screen: screen.editor.edit_memo(), 55),
    _case("to_sources", "tab", "sources", "To the sources", "See and change the sources of the study.", _SEE, lambda screen: screen.go("sources"), 47),
    _case("evidence", "o", "quotes", "Quotes of the case", "List the quotes of the case.", _SEE, lambda screen: screen.open_evidence(), 48),
    _case("reveal", "v", "show private names", "Show the private names, or hide them", "Show the private names on this screen, or hide them again.", _SEE, lambda screen: screen.reveal(), 56),
    _case("more", "n", "more", "More of the case", "Scroll the fields of the case.", _SEE, lambda screen: screen.details.page(1)),
    _case("less", "backspace", "back", "Back in the case", "Scroll back.", _SEE, lambda screen: screen.details.page(-1)),
)  # fmt: skip
