"""Matrix rows that count the codings of a saved query."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from sibtui.errors import ConflictError, InputError, NotFoundError, QueryError
from sibtui.model.query.completion import quoted
from sibtui.model.text import one_line
from sibtui.project.retrieval.query_bounds import bounds_of_query, codes_of_query
from sibtui.project.retrieval.stored_codings import numbers_found
from sibtui.store import codes as code_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import queries as query_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
    from sibtui.model.query.bounds import QueryBounds
    from sibtui.project.shared.base import Session


class QueriedRow(NamedTuple):
    """The codes and codings of a matrix row that counts the results of a query.

    `numbers` are the ids of the codings that the query has found. `codes` are the ids of the codes that such codings
    could have, in the order of the codebook. `bounds` are the sources, coders and rounds of coding to which the query
    is limited.
    """

    codes: tuple[int, ...]
    numbers: frozenset[int]
    bounds: QueryBounds


def queried_rows(session: Session, definition: MatrixDefinition) -> dict[int, QueriedRow]:
    """Return a map for the rows that count the codings of a query: index of the row → its codes and codings.

    Raises NotFoundError when a saved query is missing, InputError for a query that cannot be answered; the message
    names the row and the query.
    """
    order = [code.id for code in code_rows.codes(session.store)]
    known: dict[str, QueriedRow] = {}
    for row in definition.rows:
        if row.query and row.query not in known:
            known[row.query] = _answered(session, row, order)
    return {at: known[row.query] for at, row in enumerate(definition.rows) if row.query}


@contextmanager
def row_queries_kept(session: Session) -> Iterator[None]:
    """Refuse a change after which the saved query of a matrix row cannot be answered.

    The change is made in the `with` block, inside an act (`with session.act(…)`, one step of undo). If it is refused,
    ConflictError names the row. Rows whose query could not be answered before the change are ignored.
    """
    before = {(matrix, row) for matrix, row, _ in _unanswered(session)}
    yield
    for matrix, row, reason in _unanswered(session):
        if (matrix, row) not in before:
            place = f"“{one_line(row, 60)}” of {one_line(matrix, 60)}"
            raise ConflictError(f"Afterwards the row {place} could not be computed: {reason}", "change-rows")


def _unanswered(session: Session) -> Iterator[tuple[str, str, str]]:
    """Yield (matrix, row label, reason) of each row whose query cannot be answered."""
    reasons: dict[str, str] = {}
    for query, matrix, row in matrix_rows.query_rows(session.store):
        if query not in reasons:
            reasons[query] = ""
            try:
                numbers_found(session, f"query {quoted(query)}", blind=False, in_row=True)
            except QueryError as error:
                reasons[query] = error.reason
        if reasons[query]:
            yield matrix, row, reasons[query]


def _answered(session: Session, row: RowDefinition, order: list[int]) -> QueriedRow:
    expression = next((each.expression for each in query_rows.queries(session.store) if each.name == row.query), None)
    if expression is None:
        raise NotFoundError(
            f"The row “{one_line(row.label, 60)}” draws on the query {one_line(row.query, 60)}, which is missing."
        )
    where = f"query {quoted(row.query)}"
    try:
        numbers = numbers_found(session, where, in_row=True)
        codes, bounds = codes_of_query(session, expression), bounds_of_query(session, expression)
    except QueryError as error:
        reason = error.reason
        raise InputError(f"The row “{one_line(row.label, 60)}” cannot be computed: {reason}", "repair-row") from error
    return QueriedRow(tuple(code for code in order if code in codes), frozenset(numbers), bounds)
