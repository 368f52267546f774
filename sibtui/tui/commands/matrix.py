"""Commands of the matrix screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_CELL, _TABLE = "The cell", "The table"


def _matrix(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0, run: CommandCall | None = None
) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, "matrix", group, hint, run=run)


COMMANDS = (
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
    _matrix("matrix.edit", "e", "edit", "Edit the table …", "Change its title, rows, columns, notes, marks and thresholds, beside a preview.", _TABLE, 22, run=lambda screen: screen.edit_table()),
    _matrix("matrix.new", "t", "new table", "New table …", "Build a table from an empty one.", _TABLE, 24, run=lambda screen: screen.new_table()),
    _matrix("matrix.save", "w", "save", "Save the table under a name …", "Save an unsaved table, or a copy of this one.", _TABLE, 65),
)  # fmt: skip
