"""Agreement of coders on the cells of a matrix.

The matrix is computed once for each coder, from their codings alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.cells import CellReport, ComparedCell
from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.agreement.rows import ONE_CODER, PAIR
from sibtui.model.filters import EvidenceFilter
from sibtui.model.names import resolve_name
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.project.tables.narrowing import narrowed_definition
from sibtui.store import readings as reading_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.presence import State
    from sibtui.project.shared.base import Session


def on_cells(
    session: Session,
    definition: MatrixDefinition,
    coders: Sequence[str],
    rounds: tuple[int, ...] = (),
    *,
    consensus: bool = False,
) -> CellReport:
    """Return the agreement of coders on the cells of the matrix with this definition.

    The arguments and the errors are as in `reports.cell_agreement`. Use this inside `session.store.snapshot()`, so
    that the study does not change meanwhile.
    """
    session.refuse_in_blind_round("A comparison of coders")
    if definition.columns == "coders":
        raise InputError("A matrix of coders has no cells to compare: each column has one coder.")
    if rounds and consensus:
        raise InputError("Cells of rounds have no consensus: its codings replace codings of all rounds.")
    by_name = {coder.name: coder.id for coder in study_rows.coders(session.store)}
    raters = _raters(session, by_name, coders, rounds)
    settled = tuple(name for name in by_name if is_consensus(name)) if consensus else ()
    places, *others = (list(_states(session, definition, by_name, each, settled)) for each in raters)
    cells = [
        ComparedCell(row, column, (state, *(other[at][2] for other in others)))
        for at, (row, column, state) in enumerate(places)
    ]
    between = len({each.name for each in raters}) < len(raters)
    names = tuple(f"{each.name} in round {each.rounds[0]}" if between else each.name for each in raters)
    limits = () if between else rounds
    return CellReport(definition.name or definition.title or "the matrix", names, tuple(cells), bool(settled), limits)


class _CellRater(NamedTuple):
    """A coder whose cells are compared.

    If `rounds` is not empty, only the codings and readings of the coder in these rounds (passes) are used.
    """

    name: str
    rounds: tuple[int, ...]


def _raters(
    session: Session, by_name: Mapping[str, int], coders: Sequence[str], rounds: tuple[int, ...]
) -> Sequence[_CellRater]:
    """Return the raters to compare: the named `coders`, or else all coders who have read a source.

    If only one coder is named, each of the `rounds` of this coder is a rater.
    """
    named = tuple(dict.fromkeys(resolve_name("coder", name, by_name) for name in coders))
    if len(named) == 1:
        if len(rounds) < PAIR:
            raise InputError(ONE_CODER)
        return [_CellRater(named[0], (each,)) for each in rounds]
    readers = (name for name, number in by_name.items() if any(reading_rows.times(session.store, (number,), rounds)))
    raters = [_CellRater(name, rounds) for name in named or readers]
    if len(raters) < PAIR:
        raise NotFoundError("Agreement is not computable: no two coders have read a source.", "add-readings")
    return raters


def _states(
    session: Session,
    definition: MatrixDefinition,
    by_name: Mapping[str, int],
    rater: _CellRater,
    settled: Sequence[str],
) -> Iterator[tuple[str, str, State | None]]:
    """Yield (row, column, state) for each cell of the matrix, computed from the codings of one coder or one round.

    The state is None if the coder or round has read no source of the column. If `settled` has the coder “consensus”,
    the codings of “consensus” count too.
    """
    chosen = EvidenceFilter(coders=(rater.name, *settled), rounds=rater.rounds)
    inputs = MatrixInputs(session, narrowed_definition(session, definition, chosen))
    whole, single = reading_rows.times(session.store, (by_name[rater.name],), rater.rounds)
    has_read = [any(source in whole or source in single for source in sources) for sources in inputs.column_sources]
    matrix = inputs.unjudged()  # a matrix of one coder keeps its judgements when it is limited to this coder
    for row in matrix.rows:
        for column, cell, seen in zip(matrix.columns, row.cells, has_read, strict=True):
            yield row.label, column, cell.state if seen else None
