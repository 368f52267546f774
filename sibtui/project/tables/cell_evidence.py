"""The codings that count for the cells of a computed matrix. A matrix can also be reduced to one of its cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

from sibtui.errors import ConflictError, InputError
from sibtui.model.frozen import replace
from sibtui.model.matrix import CellEvidence
from sibtui.model.names import resolve_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.matrix import Matrix
    from sibtui.project.shared.base import Session
    from sibtui.project.tables.matrix_inputs import MatrixInputs
    from sibtui.project.tables.shown_matrix import ShownMatrix


def place_of(cell: tuple[str, str], rows: Sequence[str], columns: Sequence[str]) -> tuple[int, int]:
    """Return (index of the row, index of the column) of a cell. `cell` has the labels of its row and its column."""
    if isinstance(cell, str) or len(cell) != 2:
        raise InputError("A cell is a pair: the label of its row and the label of its column.")
    return rows.index(resolve_name("row", cell[0], rows)), columns.index(resolve_name("column", cell[1], columns))


def evidence_of(
    computing: MatrixInputs, shown: Matrix, only: tuple[int, int] | None, *, contexts: bool = True
) -> Iterator[CellEvidence]:
    """Yield each cell that has codings, row by row.

    With `only` (index of the row, index of the column), yield this one cell, even if it has no codings. Without
    `contexts`, the fields `before` and `after` of the codings are empty.
    """
    for at, row in enumerate(shown.rows):
        if only is not None and only[0] != at:
            continue
        if only is None:
            found = computing.codings_by_column(at, contexts=contexts)
        else:
            found = {only[1]: list(computing.codings(*only))}
        for column, codings in sorted(found.items()):
            state = row.cells[column]
            yield CellEvidence(row.label, shown.columns[column], state.state, state.fragility, tuple(codings))


class StoredCells(Sequence[CellEvidence]):
    """Each matrix cell that has codings, together with these codings.

    Each iteration reads the cells from the file, row by row. The fields `before` and `after` of the codings are empty.
    The iteration raises ConflictError if the study has changed since the matrix was computed.
    """

    def __init__(self, session: Session, computing: MatrixInputs, shown: Matrix) -> None:
        self._store = session.store
        self._computing = computing
        self._shown = shown
        self._version = self._state()

    def _state(self) -> tuple[int, int]:
        """Return (counter of changes by other programs, counter of changes by this program)."""
        return self._store.data_version, int(self._store.scalar("SELECT total_changes()"))

    def __iter__(self) -> Iterator[CellEvidence]:
        with self._store.snapshot():
            if self._state() != self._version:
                raise ConflictError("The study has changed while its evidence was read: do this again.")
            yield from evidence_of(self._computing, self._shown, None, contexts=False)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    @overload
    def __getitem__(self, at: int) -> CellEvidence: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[CellEvidence, ...]: ...
    def __getitem__(self, at: int | slice) -> CellEvidence | tuple[CellEvidence, ...]:
        return tuple(self)[at]


def cell_alone(shown: ShownMatrix, row: int, column: int) -> ShownMatrix:
    """Return a matrix that has only one cell of `shown`, with the footnotes on this cell."""
    label = shown.columns[column]
    found = shown.rows[row]
    notes = {label: found.notes[label]} if label in found.notes else {}
    return replace(shown, columns=(label,), rows=(replace(found, cells=(found.cells[column],), notes=notes),))
