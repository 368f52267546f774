"""Commands of the table editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_TABLE, _ROWS, _COLUMNS = "The table", "Rows", "Columns"


def _table(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0, *, run: CommandCall
) -> Command:
    return Command(f"table.{name}", tuple(keys.split()), label, title, text, "table editor", group, hint, run=run)


COMMANDS = (
    _table("change", "enter space", "change", "Change the part under the cursor …", "Change the title, the columns, the marks …, or the label of a row; in the preview, the note on a cell.", _TABLE, 10, run=lambda screen: screen.change_part()),
    _table("save", "w ctrl+s", "save", "Save the table", "Save the table as one change of the study.", _TABLE, 14, run=lambda screen: screen.save()),
    _table("switch", "tab", "form or table", "To the preview, and back", "Go to the cells of the preview, and back to the form.", _TABLE, 16, run=lambda screen: screen.switch()),
    _table("add", "a", "add row", "Add a row …", "Choose a code, and add a row for it after this row.", _ROWS, 12, run=lambda screen: screen.row_dialogs.add_row()),
    _table("add_below", "b", "rows of a theme", "Add a row for each code of a theme …", "Choose a theme, and add a row for each code below it.", _ROWS, 45, run=lambda screen: screen.row_dialogs.add_theme()),
    _table("label", "r", "label", "Label of the row …", "Write the label of the row.", _ROWS, run=lambda screen: screen.row_dialogs.relabel()),
    _table("add_code", "c", "code", "Add a code to the row …", "Choose another code for the row to count.", _ROWS, 20, run=lambda screen: screen.row_dialogs.add_code()),
    _table("take_code", "x", "less codes", "Take a code out of the row …", "Choose the code that the row no longer counts.", _ROWS, run=lambda screen: screen.row_dialogs.take_code()),
    _table("query", "y", "query", "Let the row count a saved query …", "Choose a saved query: the row counts its codings in place of codes. Above the rows, add a row for it.", _ROWS, run=lambda screen: screen.row_dialogs.choose_query()),
    _table("subcodes", "s", "sub-codes", "With the codes below, or without", "Count the codes below the codes of the row, or leave them out.", _ROWS, 50, run=lambda screen: screen.toggle_subcodes()),
    _table("note", "n", "note", "Table note …", "Write the note on the label of the row; in the preview, the note on the cell.", _ROWS, 18, run=lambda screen: screen.row_dialogs.edit_note()),
    _table("needs", "i", "needs", "Kinds of source that the row needs …", "Choose kinds of source: without them no cell of the row is present.", _ROWS, run=lambda screen: screen.row_dialogs.choose_needs()),
    _table("row_up", "left_square_bracket shift+up", "up", "Move the row up", "Move the row one place up.", _ROWS, run=lambda screen: screen.move_row(-1)),
    _table("row_down", "right_square_bracket shift+down", "down", "Move the row down", "Move the row one place down.", _ROWS, 40, run=lambda screen: screen.move_row(1)),
    _table("remove", "d delete", "remove", "Remove the row", "Remove the row with its notes, judgements and summaries ({study.undo} brings it back).", _ROWS, 30, run=lambda screen: screen.remove_row()),
    _table("column_left", "less_than_sign shift+left", "left", "Move the column to the left", "Move the column of the cell under the cursor before the one to its left.", _COLUMNS, run=lambda screen: screen.move_column(-1)),
    _table("column_right", "greater_than_sign shift+right", "right", "Move the column to the right", "Move the column of the cell under the cursor after the one to its right.", _COLUMNS, run=lambda screen: screen.move_column(1)),
)  # fmt: skip
