"""Commands of the matrix screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_MOVE, _CELL, _TABLE = "Move", "The cell", "The table"
_ALL = 1_000_000
"""More rows and columns than a table has."""


def _matrix(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0, run: CommandCall | None = None
) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, "matrix", group, hint, run=run)


COMMANDS = (
    _matrix("cell.down", "down j", "down", "Next row", "Go down a row.", _MOVE, run=lambda screen: screen.grid.move(1, 0)),
    _matrix("cell.up", "up k", "up", "Row before", "Go up a row.", _MOVE, run=lambda screen: screen.grid.move(-1, 0)),
    _matrix("cell.right", "right l", "right", "Next column", "Go right a column.", _MOVE, run=lambda screen: screen.grid.move(0, 1)),
    _matrix("cell.left", "left h", "left", "Column before", "Go left a column.", _MOVE, run=lambda screen: screen.grid.move(0, -1)),
    _matrix("cell.page_down", "pagedown ctrl+f ctrl+d", "page", "Page down", "Go down a page.", _MOVE, run=lambda screen: screen.grid.move_page(1)),
    _matrix("cell.page_up", "pageup ctrl+b ctrl+u", "page up", "Page up", "Go up a page.", _MOVE, run=lambda screen: screen.grid.move_page(-1)),
    _matrix("cell.first_row", "g", "top", "First row", "Go to the first row.", _MOVE, run=lambda screen: screen.grid.move(-_ALL, 0)),
    _matrix("cell.last_row", "G", "bottom", "Last row", "Go to the last row; the notes are below it.", _MOVE, run=lambda screen: screen.grid.move(_ALL, 0)),
    _matrix("cell.first_column", "home 0", "first", "First column", "Go to the first column.", _MOVE, run=lambda screen: screen.grid.move(0, -_ALL)),
    _matrix("cell.last_column", "end dollar_sign", "last", "Last column", "Go to the last column.", _MOVE, run=lambda screen: screen.grid.move(0, _ALL)),
    _matrix("cell.evidence", "enter space", "quotes", "The evidence of the cell", "List the quotes of the cell; for an incomplete one, what is unread or undecided.", _CELL, 10),
    _matrix("cell.judge", "J", "judge", "Judge the cell …", "Overrule the computed state, with a reason.", _CELL, 20),
    _matrix("cell.unjudge", "x", "unjudge", "Take the judgement back", "Let the cell show its computed state again.", _CELL, 60),
    _matrix("matrix.next", "right_square_bracket", "next table", "Next matrix", "Show the next saved matrix; after the last, all codes.", _TABLE, 30, run=lambda screen: screen.step(1)),
    _matrix("matrix.previous", "left_square_bracket", "table before", "Matrix before", "Show the saved matrix before.", _TABLE, run=lambda screen: screen.step(-1)),
    _matrix("matrix.choose", "o", "open", "Open a matrix …", "Choose one of the saved matrices, or all codes (also {go.matrix}).", _TABLE, 35),
    _matrix("matrix.theme", "n", "by theme", "A matrix of a theme …", "Make an unsaved table with a row for each code below a theme.", _TABLE, 40),
    _matrix("matrix.all_codes", "a", "all codes", "All codes", "Make an unsaved table with a row for each code.", _TABLE, 26, run=lambda screen: screen.show_other(screen.browser.all_codes)),
    _matrix("matrix.columns", "c", "columns", "Other columns …", "Put cases, sources, kinds, coders or an attribute in the columns.", _TABLE, 55),
    _matrix("matrix.states", "s", "states", "Printed marks, or states", "Show a mark for each state, also for states that print alike; again for the printed marks.", _TABLE, 45, run=lambda screen: screen.show_other(screen.browser.toggle_states)),
    _matrix("matrix.figures", "v", "figures", "Marks, or figures", "Show marks, counts of quotes, of sources, of both, or characters covered, in turn.", _TABLE, 50, run=lambda screen: screen.show_other(screen.browser.next_figures)),
    _matrix("matrix.export", "E", "export", "Export the table …", "Write the table as shown to a file of any format.", _TABLE, 25),
    _matrix("matrix.appendix", "A", "appendix", "Export the evidence of the table …", "Write the quotes of every cell: a page whose marks lead to them, Word, Markdown, CSV.", _TABLE, 27),
    _matrix("matrix.copy", "y", "copy", "Copy the table", "Copy the table as shown to the clipboard; word processors and spreadsheets paste cells.", _TABLE, 58),
    _matrix("matrix.save", "w", "save", "Save the table under a name …", "Save an unsaved table, or a copy of this one.", _TABLE, 65),
)  # fmt: skip
