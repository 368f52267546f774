"""Commands of the sources screen.

A command that changes sources changes the marked sources. If no source is marked, it changes the source under the
cursor.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_LIST, _CHANGE, _ORDER = (
    "Which sources",
    "Change the marked sources, or the source under the cursor",
    "Order of the sources",
)


def _source(
    name: str, keys: str, label: str, title: str, text: str, group: str, run: CommandCall, hint: int = 0
) -> Command:
    return Command(f"source.{name}", tuple(keys.split()), label, title, text, "source table", group, hint, run=run)


COMMANDS = (
    _source("show", "enter", "open", "Open the source in the note", "Read and code the source under the cursor.", _LIST, lambda screen: screen.open_source(), 10),
    _source("mark", "space", "mark", "Mark the source", "Mark or unmark the source; a change applies to all marked sources, as one change.", _LIST, lambda screen: screen.mark_one(), 20),
    _source("mark_all", "a", "mark all", "Mark all sources", "Mark or unmark all listed sources.", _LIST, lambda screen: screen.mark_all(), 55),
    _source("filter", "slash f", "filter", "Filter the sources …", "Show only sources with these words in a name, title, kind, case or attribute.", _LIST, lambda screen: screen.table_pane.open_filter(), 50),
    _source("to_cases", "tab", "cases screen", "To the cases", "See and change the cases of the study.", _LIST, lambda screen: screen.go("cases"), 45),
    _source("more", "n", "more", "More of the source", "Scroll the fields of the source.", _LIST, lambda screen: screen.details.page(1)),
    _source("less", "p", "back", "Back in the source", "Scroll back.", _LIST, lambda screen: screen.details.page(-1)),
    _source("portrait", "l", "portrait", "Where the themes are …", "Show where in the marked sources, or in the source under the cursor, the passages of each theme are.", _LIST, lambda screen: screen.show_portrait()),
    _source("edit", "e", "edit", "Change a field …", "Change a field, chosen by its letter.", _CHANGE, lambda screen: screen.editor.choose_field(), 15),
    _source("rename", "r", "rename", "Rename the source …", "Give the source under the cursor another name.", _CHANGE, lambda screen: screen.editor.rename(), 25),
    _source("title", "t", "title", "Title …", "Write the title; an empty text removes it.", _CHANGE, lambda screen: screen.editor.edit_title(), 52),
    _source("kind", "i", "kind", "Kind …", "Choose the kind: interview, document, report, other.", _CHANGE, lambda screen: screen.editor.choose_kind(), 54),
    _source("date", "w", "date", "Date …", "Write the date, such as 2020-03-17; an empty text removes it.", _CHANGE, lambda screen: screen.editor.edit_date(), 56),
    _source("set_cases", "c at", "cases", "Cases …", "Write the cases; new cases are added.", _CHANGE, lambda screen: screen.editor.edit_cases(), 30),
    _source("attribute", "b", "attribute", "An attribute …", "Choose an attribute, and write its value.", _CHANGE, lambda screen: screen.editor.edit_attribute(), 53),
    _source("attributes", "s", "all attributes", "The attributes of sources …", "Add, rename, retype, move or remove an attribute of all sources.", _LIST, lambda screen: screen.editor.edit_attributes(), 59),
    _source("topic", "o", "asked", "Asked, volunteered, not asked …", "Record whether a theme or code was asked about, for all cases of the source or for one case.", _CHANGE, lambda screen: screen.editor.edit_topic(), 35),
    _source("mark_read", "v", "read", "Mark the source read, or unread", "Mark the source as read for all codes, or unread again.", _CHANGE, lambda screen: screen.change(screen.actions.toggle_read), 51),
    _source("write_memo", "m", "memo", "Memo …", "Write a memo on the source under the cursor.", _CHANGE, lambda screen: screen.editor.edit_memo(), 57),
    _source("correct", "x", "correct text", "Correct the text …", "Edit the text; before it is stored, the codings carried over to the new text are listed.", _CHANGE, lambda screen: screen.editor.correct_text(), 40),
    _source("remove", "d delete", "remove", "Remove the source", "Remove the source with its codings ({study.undo} brings them back).", _CHANGE, lambda screen: screen.change(screen.actions.remove), 42),
    _source("withdraw", "z", "withdraw", "Withdraw the source for good …", "Erase the source, its history and its copies in the backups; a dialog asks for its name. No undo.", _CHANGE, lambda screen: screen.editor.withdraw(), 43),
    _source("withdraw_person", "y", "withdraw person", "Withdraw a person for good …", "Erase the turns of a person in all sources, and the sources of this participant alone; a dialog asks for the name. No undo.", _CHANGE, lambda screen: screen.editor.withdraw_person(), 58),
    _source("up", "shift+up left_square_bracket", "up", "Move up", "Move the source one place up.", _ORDER, lambda screen: screen.shift(-1), 60),
    _source("down", "shift+down right_square_bracket", "down", "Move down", "Move the source one place down.", _ORDER, lambda screen: screen.shift(1), 61),
)  # fmt: skip
