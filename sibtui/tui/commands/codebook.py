"""Commands of the codebook screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import Area, CommandCall

_CODES, _FIELDS, _SEE = "Codes", "Fields of a code", "See"


def _code(
    name: str,
    keys: str,
    label: str,
    title: str,
    text: str,
    group: str,
    hint: int = 0,
    area: Area = "codebook",
    *,
    run: CommandCall,
) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, area, group, hint, run=run)


_TREE = (
    _code("code.add", "a", "add", "New code …", "Make a code below the theme under the cursor, or beside the code under the cursor.", _CODES, 20, run=lambda screen: screen.editor.add()),
    _code("code.add_theme", "A", "theme", "New theme …", "Make a code at the top of the codebook.", _CODES, run=lambda screen: screen.editor.ask_path("New theme", None)),
    _code("code.rename", "r", "rename", "Rename the code …", "Give the code another name; its history keeps the old one.", _CODES, 25, run=lambda screen: screen.editor.rename()),
    _code("code.cut", "x", "cut", "Take the code to move it", "Take the code and all codes below it, to put them elsewhere; x again releases them.", _CODES, 30, run=lambda screen: screen.cut()),
    _code("code.paste", "v", "put below", "Put the taken code below this code", "Put the taken code below the code under the cursor.", _CODES, 32, run=lambda screen: screen.paste(screen.actions.put_below)),
    _code("code.paste_after", "V", "put after", "Put the taken code after this code", "Put the taken code after the code under the cursor.", _CODES, run=lambda screen: screen.paste(screen.actions.put_after)),
    _code("code.paste_top", "t", "put on top", "Make the taken code a theme", "Put the taken code, or else the code under the cursor, at the top of the codebook.", _CODES, run=lambda screen: screen.paste_on_top()),
    _code("code.up", "shift+up left_square_bracket", "up", "Move the code up", "Move the code one place up in its theme.", _CODES, run=lambda screen: screen.change_code(lambda code: screen.actions.shift(code, -1))),
    _code("code.down", "shift+down right_square_bracket", "down", "Move the code down", "Move the code one place down in its theme.", _CODES, run=lambda screen: screen.change_code(lambda code: screen.actions.shift(code, 1))),
    _code("code.merge", "M", "merge", "Merge the code into another …", "Merge the code into another, with its quotes and its definition.", _CODES, 35, run=lambda screen: screen.editor.merge()),
    _code("code.split", "s", "split", "Split the code …", "Mark some quotes of the code, and move them to a new code.", _CODES, 40, run=lambda screen: screen.editor.split()),
    _code("code.retire", "R", "retire", "Retire the code, or restore it", "Take the code out of use, with its quotes; the same key restores a retired code.", _CODES, run=lambda screen: screen.change_code(screen.actions.retire_or_restore)),
    _code("code.remove", "d delete", "remove", "Remove the code", "Remove a code that has no quotes ({study.undo} brings it back).", _CODES, 45, run=lambda screen: screen.change_code(screen.actions.remove)),
    _code("code.similar", "S", "similar", "Similar codes …", "List codes with similar names or the same text, and merge them.", _CODES, 50, run=lambda screen: screen.find_similar()),
    _code("code.proposals", "P", "proposals", "Proposed codes …", "List the codes that coders propose, side by side, and merge or reject them.", _CODES, 52, run=lambda screen: screen.open_proposals()),
)  # fmt: skip

_EDITS = (
    _code("code.edit", "enter e", "edit", "Change a field …", "Change a field of the code, chosen by its letter.", _FIELDS, 10, run=lambda screen: screen.editor.choose_field()),
    _code("code.definition", "D", "definition", "Definition …", "Write the meaning of the code.", _FIELDS, run=lambda screen: screen.editor.edit_field("definition")),
    _code("code.include", "I", "use it for", "Use it for …", "Write for which passages the code is used.", _FIELDS, run=lambda screen: screen.editor.edit_field("include")),
    _code("code.exclude", "N", "not for", "Not for …", "Write for which passages the code is not used.", _FIELDS, run=lambda screen: screen.editor.edit_field("exclude")),
    _code("code.example", "X", "example", "Example …", "Write an example, or take a quote from the list below ({quote.example}).", _FIELDS, run=lambda screen: screen.editor.edit_field("example")),
    _code("code.origin", "O", "origin", "Origin …", "Choose where the code comes from.", _FIELDS, run=lambda screen: screen.editor.edit_field("origin")),
    _code("code.status", "T", "status", "Status …", "Choose the status of the code.", _FIELDS, run=lambda screen: screen.editor.edit_field("status")),
    _code("code.colour", "C", "colour", "Colour …", "Give the code one of eight colours, or its theme's.", _FIELDS, run=lambda screen: screen.editor.edit_field("colour")),
    _code("code.key", "K", "key", "Key …", "Choose the capital letter that applies the code in a note.", _FIELDS, run=lambda screen: screen.editor.edit_field("key")),
    _code("codes.memo", "m", "memo", "Memo on the code …", "Write a memo on the code.", _FIELDS, run=lambda screen: screen.editor.edit_memo()),
)  # fmt: skip

_SEES = (
    _code("codes.quotes", "tab", "quotes", "To the quotes of the code, and back", "Go to the quotes of the code, and back to the codebook.", _SEE, 60, run=lambda screen: screen.set_focus(screen.quotes)),
    _code("codes.more", "space", "more", "More of the code", "Scroll the fields of the code.", _SEE, run=lambda screen: screen.code_pane.fields.page(1)),
    _code("codes.less", "backspace", "back", "Back in the code", "Scroll back.", _SEE, run=lambda screen: screen.code_pane.fields.page(-1)),
    _code("codes.filter", "slash f", "filter", "Filter the codebook …", "Show only codes that have these words.", _SEE, 70, run=lambda screen: screen.tree_pane.open_filter()),
    _code("codes.meeting", "W", "occurs with", "What occurs with the code …", "List the codes whose passages overlap passages of the code, and open these passages.", _SEE, run=lambda screen: screen.find_meeting_codes()),
    _code("codes.evidence", "E", "evidence", "All quotes of the code", "List and change the quotes of the code on the screen of quotes.", _SEE, run=lambda screen: screen.open_evidence()),
)  # fmt: skip

_QUOTES = (
    _code("quote.open", "enter", "open", "Open the quote in its note", "Go to the quote in its note.", "Its quotes", 10, "codebook quotes", run=lambda screen: screen.open_quote()),
    _code("quote.example", "equals_sign", "take as example", "Take the quote as the code's example", "Make the quote the example of the code.", "Its quotes", 20, "codebook quotes", run=lambda screen: screen.take_example()),
    _code("quote.copy", "y", "copy", "Copy the quote", "Copy the words of the quote to the clipboard.", "Its quotes", 40, "codebook quotes", run=lambda screen: screen.copy_quote()),
    _code("quote.back", "tab", "codebook", "Back to the codebook", "Go back to the codebook.", "Its quotes", 30, "codebook quotes", run=lambda screen: screen.set_focus(screen.rows)),
)  # fmt: skip

COMMANDS = (*_TREE, *_EDITS, *_SEES, *_QUOTES)
