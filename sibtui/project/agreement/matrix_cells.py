"""The cells of a matrix, computed separately from the codings of each coder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.cells import CellReport, ComparedCell
from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.agreement.rows import PAIR
from sibtui.model.filters import EvidenceFilter
from sibtui.model.names import resolve_name
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.project.tables.narrowing import narrowed_definition
from sibtui.store import readings as reading_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from sibtui.model.matrix import MatrixDefinition
    from sibtui.model.presence import State
    from sibtui.project.shared.base import Session


def on_cells(
    session: Session, definition: MatrixDefinition, coders: Sequence[str], *, consensus: bool = False
) -> CellReport:
    """Return the agreement on the cells of a matrix. Use it inside one snapshot.

    With `consensus`, the codings of the consensus replace those that they settle, for every coder.

    Raises InputError for a matrix with coders as its columns and for one coder alone, NotFoundError when no two coders have read anything.
    """
    if definition.columns == "coders":
        raise InputError("A matrix of coders has no cells to compare: each column has one coder.")
    by_name = {coder.name: coder.id for coder in study_rows.coders(session.store)}
    reading = [name for name, number in by_name.items() if any(reading_rows.times(session.store, (number,)))]
    names = tuple(dict.fromkeys(resolve_name("coder", name, by_name) for name in coders)) or tuple(reading)
    if len(names) < PAIR:
        if coders:
            raise InputError("Agreement compares two coders or more, and only one was named.")
        raise NotFoundError("Agreement is not computable: no two coders have read a source.", "add-readings")
    settled = tuple(name for name in by_name if is_consensus(name)) if consensus else ()
    places, *others = (list(_states(session, definition, name, by_name[name], settled)) for name in names)
    cells = [
        ComparedCell(row, column, (state, *(other[at][2] for other in others)))
        for at, (row, column, state) in enumerate(places)
    ]
    return CellReport(definition.name or definition.title or "the matrix", names, tuple(cells), bool(settled))


def _states(
    session: Session, definition: MatrixDefinition, name: str, coder: int, settled: Sequence[str]
) -> Iterator[tuple[str, str, State | None]]:
    """Yield the row, the column and the state of each cell; the state is None where the coder has read no source of the column.

    `settled` are the names of the coder “consensus” if its codings count too.
    """
    chosen = EvidenceFilter(coders=(name, *settled))
    inputs = MatrixInputs(session, narrowed_definition(session, definition, chosen, blind=False))
    whole, single = reading_rows.times(session.store, (coder,))
    has_read = [any(source in whole or source in single for source in sources) for sources in inputs.column_sources]
    matrix = inputs.matrix(1)
    for row in matrix.rows:
        for column, cell, seen in zip(matrix.columns, row.cells, has_read, strict=True):
            yield row.label, column, cell.state if seen else None
