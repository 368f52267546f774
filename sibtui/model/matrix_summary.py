"""Short facts about saved matrices: numbers of judged and incomplete cells, and judgements that are out of date."""

from __future__ import annotations

from sibtui.model.frozen import dataclass
from sibtui.model.matrix import Cell, Matrix
from sibtui.model.matrix_definition import Judgement, MatrixDefinition
from sibtui.model.text import plural


@dataclass(frozen=True, slots=True)
class MatrixSummary:
    """The size of a saved matrix, and the work that it still needs.

    `stale` is the number of judged cells whose evidence has changed since the judgement, and `incomplete` the number of
    incomplete cells.
    """

    name: str
    title: str
    rows: int
    columns: int
    judgements: int
    stale: int
    incomplete: int

    @property
    def words(self) -> str:
        """Return the work that the matrix still needs, such as `1 stale judgement, 3 incomplete cells`.

        The result is empty if no work is left.
        """
        parts = [plural(self.stale, "stale judgement")] if self.stale else []
        parts += [plural(self.incomplete, "incomplete cell")] if self.incomplete else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class JudgedCell:
    """A user's judgement on a cell, with the name of the matrix and the computed cell.

    `cell` is None if the matrix does not show the column of the cell.
    """

    matrix: str
    judgement: Judgement
    cell: Cell | None

    @property
    def changes(self) -> tuple[str, ...]:
        """Return clauses about the changes of the evidence since the user judged the cell."""
        return () if self.cell is None else self.cell.changes


def summary_of(matrix: Matrix) -> MatrixSummary:
    """Return the summary of a computed matrix. It counts only the judgements in columns that the matrix shows."""
    cells = [cell for row in matrix.rows for cell in row.cells]
    return MatrixSummary(
        matrix.name,
        matrix.title,
        len(matrix.rows),
        len(matrix.columns),
        judgements=sum(cell.judgement is not None for cell in cells),
        stale=sum(cell.stale for cell in cells),
        incomplete=sum(cell.state == "incomplete" for cell in cells),
    )


def judged_cells(definition: MatrixDefinition, matrix: Matrix) -> list[JudgedCell]:
    """Return the judged cells of a matrix, row by row and from left to right.

    Cells in columns that the matrix does not show come last.
    """
    found = [
        JudgedCell(definition.name, cell.judgement, cell)
        for row in matrix.rows
        for cell in row.cells
        if cell.judgement is not None
    ]
    shown = set(matrix.columns)
    hidden = [judgement for judgement in definition.judgements if judgement.column not in shown]
    return [*found, *(JudgedCell(definition.name, judgement, None) for judgement in hidden)]
