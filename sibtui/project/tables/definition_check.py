"""Checking the definition of a matrix: completing the names of codes and columns, and refusing invalid values."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.model.arguments import as_names, choice
from sibtui.model.codebook import resolve
from sibtui.model.folding import identical
from sibtui.model.frozen import replace
from sibtui.model.matrix_definition import CELLS, ROWS_FROM
from sibtui.model.names import resolve_name
from sibtui.model.presence import STATES
from sibtui.model.text import one_line
from sibtui.project.tables.codebook_rows import followed
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.store import queries as query_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
    from sibtui.model.presence import State
    from sibtui.project.shared.base import Session


def checked_definition(session: Session, definition: MatrixDefinition, *, gone: bool) -> MatrixDefinition:
    """Return the definition of a matrix with the full names of its codes and columns.

    If `gone` is set, coders and columns that the study does not have are allowed, except columns for cases.

    Raises InputError for a value that cannot be used, NotFoundError when a code, a column or a judged row is unknown,
    AmbiguousError when it is not unique.
    """
    paths = {path: number for number, path in session.paths().items()}
    definition = replace(
        definition,
        rows=tuple(_checked_rows(session, definition.rows, paths)),
        show=choice("content of cells", definition.show, CELLS),
        marks=checked_marks(definition.marks),
    )
    checked = followed(session.store, _with_row_origin(definition, paths))
    _refuse_missing_rows(checked)
    if not gone and any(row.query for row in checked.rows):
        from sibtui.project.tables.queried_rows import queried_rows

        queried_rows(session, checked)  # a query that cannot be answered is refused before the matrix is saved
    known = MatrixInputs(session, replace(checked, only=())).labels
    keeps_coders = gone  # a study that is loaded may have a coder without a coding
    gone = gone and definition.columns != "cases"  # the notes and judgements on a removed case are removed with it

    def full(column: str) -> str:
        return column if gone and column not in known else resolve_name("column", column, known)

    coders = [coder.name for coder in study_rows.coders(session.store)]

    def full_coder(name: str) -> str:
        return name if keeps_coders and identical(name, coders) is None else resolve_name("coder", name, coders)

    return replace(
        checked,
        coders=tuple(dict.fromkeys(map(full_coder, as_names(definition.coders)))),
        only=tuple(dict.fromkeys(map(full, definition.only))),
        rows=tuple(replace(r, notes={full(c): text for c, text in r.notes.items() if text}) for r in checked.rows),
        judgements=tuple(
            replace(j, column=full(j.column), verdict=checked_verdict(j.verdict)) for j in definition.judgements
        ),
        summaries=tuple(replace(each, column=full(each.column)) for each in definition.summaries),
    )


def _checked_rows(session: Session, rows: Iterable[RowDefinition], paths: Mapping[str, int]) -> Iterable[RowDefinition]:
    """Yield the rows with the whole paths of their codes, or with the full name of their query.

    `paths` is a map: path → code id. A row must have either codes or a query, and a label of its own. Otherwise,
    InputError is raised.
    """
    rows = list(rows)
    for label, count in Counter(row.label for row in rows).items():
        if not label.strip() or count > 1:
            raise InputError(
                f"Each row of a matrix needs a label that no other row has: “{one_line(label, 60)}” is empty or used twice."
            )
    queries = {query.name for query in query_rows.queries(session.store)} if any(row.query for row in rows) else set()
    for row in rows:
        if bool(row.codes) == bool(row.query):
            two = (
                "draws on codes and on a query: give it only one of both." if row.query else "needs a code or a query."
            )
            raise InputError(f"The row “{one_line(row.label, 60)}” {two}")
        if row.query:
            yield replace(row, query=resolve_name("query", row.query, queries))
            continue
        yield replace(row, codes=tuple(dict.fromkeys(resolve(code, paths) for code in row.codes)))


def _refuse_missing_rows(definition: MatrixDefinition) -> None:
    """Raise NotFoundError if a judgement or summary is about a row that the matrix does not have."""
    labels = {row.label for row in definition.rows}
    for verb, items in (("judged", definition.judgements), ("summarised", definition.summaries)):
        for item in items:
            if item.row not in labels:
                raise NotFoundError(f"The matrix has no row “{one_line(item.row, 60)}” to be {verb}.")


def _with_row_origin(definition: MatrixDefinition, paths: Mapping[str, int]) -> MatrixDefinition:
    """Return the definition with the whole path of `rows_below` (the code whose sub-codes become the rows).

    Raises InputError when `rows_from` is “below” and `rows_below` is empty, or when `rows_below` is given with
    another value of `rows_from`.
    """
    start = choice("beginning of rows", definition.rows_from, ROWS_FROM)
    if (start == "below") != bool(definition.rows_below):
        raise InputError("`rows_below` must name a code if `rows_from` is “below”, and be empty otherwise.")
    below = resolve(definition.rows_below, paths) if start == "below" else ""
    return replace(definition, rows_from=start, rows_below=below)


def checked_verdict(verdict: str) -> State:
    """Return the state named `verdict`. `-` and `_` count as spaces. Raises InputError for an unknown state."""
    return choice("verdict", str(verdict).replace("-", " ").replace("_", " "), STATES)


def checked_marks(marks: Mapping[State, str]) -> dict[State, str]:
    """Return `marks` as a dict: state of a cell → mark. Raises InputError for an unknown state."""
    return {choice("state of a cell", state, STATES): mark for state, mark in marks.items()}
