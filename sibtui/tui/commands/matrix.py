"""Commands of the matrix screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.commands import Command

if TYPE_CHECKING:
    from sibtui.tui.commands import CommandCall

_CELL, _TABLE = "The cell", "The table"


def _matrix(
    name: str, keys: str, label: str, title: str, text: str, group: str, hint: int = 0, *, run: CommandCall
) -> Command:
    return Command(name, tuple(keys.split()), label, title, text, "matrix", group, hint, run=run)


COMMANDS = (
    _matrix("cell.open", "enter", "open", "Open the cell", "List the quotes of the cell; in a table that shows summaries, write the summary beside the quotes.", _CELL, 10, run=lambda screen: screen.open_cell()),
    _matrix("cell.evidence", "space", "quotes", "The evidence of the cell", "List the quotes of the cell; of an incomplete cell, the unread sources and undecided codings.", _CELL, 12, run=lambda screen: screen.open_evidence()),
    _matrix("cell.judge", "J", "judge", "Judge the cell …", "Overrule the computed state, with a reason.", _CELL, 20, run=lambda screen: screen.judge_cell()),
    _matrix("cell.unjudge", "x", "unjudge", "Remove the judgement", "Let the cell show its computed state again.", _CELL, 60, run=lambda screen: screen.unjudge_cell()),
    _matrix("cell.summary", "m", "summary", "Summary of the cell …", "Write what the quotes of the cell show, beside the quotes.", _CELL, 15, run=lambda screen: screen.summarise_cell()),
    _matrix("matrix.next", "right_square_bracket", "next table", "Next matrix", "Show the next saved matrix; after the last matrix, the table of all codes.", _TABLE, 30, run=lambda screen: screen.step(1)),
    _matrix("matrix.previous", "left_square_bracket", "table before", "Matrix before", "Show the previous saved matrix.", _TABLE, run=lambda screen: screen.step(-1)),
    _matrix("matrix.choose", "o", "open", "Open a matrix …", "Choose one of the saved matrices, which are listed with their stale judgements and incomplete cells, or all codes (also {go.matrix}).", _TABLE, 35, run=lambda screen: screen.lists.choose()),
    _matrix("matrix.theme", "n", "by theme", "A matrix of a theme …", "Make an unsaved table with a row for each code below a theme.", _TABLE, 40, run=lambda screen: screen.choose_theme()),
    _matrix("matrix.all_codes", "a", "all codes", "All codes", "Make an unsaved table with a row for each code.", _TABLE, 26, run=lambda screen: screen.show_other(screen.browser.all_codes)),
    _matrix("matrix.columns", "c", "columns", "Other columns …", "Put cases, sources, kinds, coders or an attribute in the columns.", _TABLE, 55, run=lambda screen: screen.choose_columns()),
    _matrix("matrix.states", "s", "states", "Printed marks, or states", "Show a different mark for each state; the same key shows the printed marks again.", _TABLE, 45, run=lambda screen: screen.show_other(screen.browser.toggle_states)),
    _matrix("matrix.figures", "v", "figures", "Marks, or figures", "Show marks, counts of quotes, of sources, of both, characters covered, quotes or summaries, in turn.", _TABLE, 50, run=lambda screen: screen.show_other(screen.browser.next_figures)),
    _matrix("matrix.shade", "z", "shades", "Shaded cells, or plain", "Shade the cells by their figures, or by their quotes, as in a heat map.", _TABLE, 51, run=lambda screen: screen.show_other(screen.browser.toggle_shades)),
    _matrix("matrix.export", "E", "export", "Export the table …", "Write the table as shown to a file of any format; .svg, .png and .pdf hold a heat map.", _TABLE, 25, run=lambda screen: screen.export_table()),
    _matrix("matrix.appendix", "A", "appendix", "Export the evidence of the table …", "Write the quotes of every cell: a page whose marks lead to them, Word, Markdown, CSV.", _TABLE, 27, run=lambda screen: screen.export_appendix()),
    _matrix("matrix.copy", "y", "copy", "Copy the table", "Copy the table as shown to the clipboard; word processors and spreadsheets paste cells.", _TABLE, 58, run=lambda screen: screen.copy_table()),
    _matrix("matrix.edit", "e", "edit", "Edit the table …", "Change the title, rows, columns, notes, marks and thresholds of the table, beside a preview.", _TABLE, 22, run=lambda screen: screen.edit_table()),
    _matrix("matrix.new", "t", "new table", "New table …", "Build a table from an empty one.", _TABLE, 24, run=lambda screen: screen.new_table()),
    _matrix("matrix.duplicate", "b", "copy of the table", "Copy the table under a new name …", "Save a copy of the saved table, with its notes, judgements and summaries.", _TABLE, run=lambda screen: screen.lists.duplicate()),
    _matrix("matrix.rename", "r", "rename", "Rename the table …", "Give the saved table another name.", _TABLE, run=lambda screen: screen.lists.rename()),
    _matrix("matrix.remove", "d delete", "remove", "Remove the table", "Remove the saved table, with its notes, judgements and summaries ({study.undo} brings it back).", _TABLE, run=lambda screen: screen.lists.remove()),
    _matrix("matrix.narrow", "f", "evidence", "Only some kinds or coders …", "Count only the evidence of some kinds of source or some coders; judgements, which rest on all of it, are left out.", _TABLE, 56, run=lambda screen: screen.lists.narrow()),
    _matrix("matrix.pattern", "p", "by pattern", "Rows by pattern, or as saved", "Show the rows present in most columns first, and rows with the same pattern together.", _TABLE, 52, run=lambda screen: screen.show_other(screen.browser.toggle_order)),
    _matrix("matrix.judgements", "i", "judgements", "List the judgements …", "List the judgements of all tables, with those whose evidence has changed; the one chosen is shown in its table.", _TABLE, 62, run=lambda screen: screen.lists.judgements()),
    _matrix("matrix.save", "w", "save", "Save the table under a name …", "Save an unsaved table, or a copy of this table.", _TABLE, 65, run=lambda screen: screen.save_table()),
)  # fmt: skip
