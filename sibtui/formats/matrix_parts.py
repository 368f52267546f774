"""What every rendering of a matrix says under the table, in plain words, for each format to escape in its own way."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sibtui.model.matrix import Cell, Matrix, Show

STALE = "*"

_FIGURES: dict[Show, str] = {
    "count": "Figures: quotes",
    "sources": "Figures: sources",
    "count (sources)": "Figures: quotes (sources)",
    "coverage": "Figures: characters covered by quotes",
}


def printed(cell: Cell) -> str:
    """The mark, with a star behind it where the judgement is stale."""
    return cell.mark + STALE if cell.stale else cell.mark


def legend(matrix: Matrix) -> dict[str, str]:
    """Mark → states, for the marks that stand in the table. Where cells hold figures or quotes, most marks do not."""
    marks = {cell.mark for row in matrix.rows for cell in row.cells}
    return {mark: states for mark, states in matrix.legend() if mark in marks}


def remarks(matrix: Matrix) -> list[str]:
    """The lines under the notes: what figures count, what marks mean, what the star means. Each only if there are any."""
    said = [f"{mark.strip() or '(blank)'} = {states}" for mark, states in legend(matrix).items()]
    if matrix.rows and matrix.show in _FIGURES:
        said.insert(0, _FIGURES[matrix.show])
    lines = ["; ".join(said)] if said else []
    if any(cell.stale for row in matrix.rows for cell in row.cells):
        lines.append(f"{STALE} judged on evidence that has changed since")
    return lines
