"""Commands of the matrix screen."""

from __future__ import annotations

from sibtui.tui.commands import Command

_MOVE, _CELL, _TABLE = "Move", "The cell", "The table"


def _matrix(name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, "matrix", group, hint)


COMMANDS = (
    _matrix("cell.down", "down j", "down", "Next row", "Go down a row.", _MOVE),
    _matrix("cell.up", "up k", "up", "Row before", "Go up a row.", _MOVE),
    _matrix("cell.right", "right l", "right", "Next column", "Go right a column.", _MOVE),
    _matrix("cell.left", "left h", "left", "Column before", "Go left a column.", _MOVE),
    _matrix("cell.page_down", "pagedown ctrl+f ctrl+d", "page", "Page down", "Go down a page.", _MOVE),
    _matrix("cell.page_up", "pageup ctrl+b ctrl+u", "page up", "Page up", "Go up a page.", _MOVE),
    _matrix("cell.first_row", "g", "top", "First row", "Go to the first row.", _MOVE),
    _matrix("cell.last_row", "G", "bottom", "Last row", "Go to the last row; the notes stand below it.", _MOVE),
    _matrix("cell.first_column", "home 0", "first", "First column", "Go to the first column.", _MOVE),
    _matrix("cell.last_column", "end dollar_sign", "last", "Last column", "Go to the last column.", _MOVE),
    _matrix("cell.evidence", "enter space", "quotes", "The evidence of the cell", "List the quotes behind the cell.", _CELL, 10),
    _matrix("cell.judge", "J", "judge", "Judge the cell …", "Overrule what is computed, with a reason.", _CELL, 20),
    _matrix("cell.unjudge", "x", "unjudge", "Take the judgement back", "Let the cell show what is computed again.", _CELL, 60),
    _matrix("matrix.next", "right_square_bracket", "next table", "Next matrix", "Show the next saved matrix.", _TABLE, 30),
    _matrix("matrix.previous", "left_square_bracket", "table before", "Matrix before", "Show the saved matrix before.", _TABLE),
    _matrix("matrix.choose", "o", "open", "Open a matrix …", "Choose one of the saved matrices (F3 does so too).", _TABLE, 35),
    _matrix("matrix.theme", "n", "by theme", "A matrix of a theme …", "Make a table on the spot: a row for each code below a theme.", _TABLE, 40),
    _matrix("matrix.columns", "c", "columns", "Other columns …", "Put cases, sources, kinds, coders or an attribute in the columns.", _TABLE, 55),
    _matrix("matrix.states", "s", "states", "Printed marks, or states", "Show what is printed alike apart: a mark for each state; again for the printed marks.", _TABLE, 45),
    _matrix("matrix.figures", "v", "figures", "Marks, or figures", "Show marks, counts of quotes, of sources, of both, or characters covered, one after the other.", _TABLE, 50),
    _matrix("matrix.export", "E", "export", "Export the table …", "Write the table as it is shown to a file of any format.", _TABLE, 25),
    _matrix("matrix.appendix", "A", "appendix", "Export the evidence of the table …", "Write the quotes behind every cell: a page whose marks lead to them, Word, Markdown, CSV.", _TABLE, 27),
    _matrix("matrix.save", "w", "save", "Save the table under a name …", "Keep a table made on the spot, or a copy of this one.", _TABLE, 65),
)  # fmt: skip
