"""A matrix as CSV: the marks alone, then the texts of the notes, a column for every case, so that names are stable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.spreadsheet import write_csv

if TYPE_CHECKING:
    from sibtui.model.matrix import Matrix


def render(matrix: Matrix) -> str:
    """`row`, the columns, `row note`, then `<column> note` for each column."""
    header = ["row", *matrix.columns, "row note", *(f"{column} note" for column in matrix.columns)]
    rows = (
        [row.label, *(cell.mark for cell in row.cells), row.note, *(row.notes.get(at, "") for at in matrix.columns)]
        for row in matrix.rows
    )
    return "".join(write_csv(header, rows))
