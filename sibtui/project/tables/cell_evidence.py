"""Evidence of the cells of a computed matrix, and one cell alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.matrix import CellEvidence
from sibtui.model.names import resolve_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.matrix import Matrix
    from sibtui.project.tables.matrix_inputs import MatrixInputs
    from sibtui.project.tables.shown_matrix import ShownMatrix


def place_of(cell: tuple[str, str], rows: Sequence[str], columns: Sequence[str]) -> tuple[int, int]:
    """Return the indices of the row and the column of a cell, which is given by their labels."""
    if isinstance(cell, str) or len(cell) != 2:
        raise InputError("A cell is a pair: the label of its row and the label of its column.")
    return rows.index(resolve_name("row", cell[0], rows)), columns.index(resolve_name("column", cell[1], columns))


def evidence_of(computing: MatrixInputs, shown: Matrix, wanted: tuple[int, int] | None) -> Iterator[CellEvidence]:
    """Yield the cells with codings, row by row, or the one wanted cell, even when it has none."""
    for at, row in enumerate(shown.rows):
        if wanted is not None and wanted[0] != at:
            continue
        found = computing.codings_by_column(at) if wanted is None else {wanted[1]: list(computing.codings(*wanted))}
        for column, codings in sorted(found.items()):
            state = row.cells[column]
            yield CellEvidence(row.label, shown.columns[column], state.state, state.fragility, tuple(codings))


def cell_alone(shown: ShownMatrix, row: int, column: int) -> ShownMatrix:
    """Return a matrix of one cell, with its notes."""
    label = shown.columns[column]
    found = shown.rows[row]
    notes = {label: found.notes[label]} if label in found.notes else {}
    return replace(shown, columns=(label,), rows=(replace(found, cells=(found.cells[column],), notes=notes),))
