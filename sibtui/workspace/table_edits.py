"""Edits of a table definition: its rows, footnotes, columns and marks. Each edit returns a new definition.

Rows are given by their index. An edit checks only the definition itself; `project.matrices.checked` checks that the
codes and columns of a definition exist in the study. If the rows follow the codebook, no row can be added, removed,
moved, or given other codes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import Names, as_names
from sibtui.model.codebook_rows import rows_of
from sibtui.model.folding import identical, name_key
from sibtui.model.names import refuse_name_in_use
from sibtui.model.presence import STATES, State
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
    from sibtui.model.records import Kind

T = TypeVar("T")

PRESENT_ONLY: dict[State, str] = {state: "X" if state in {"present", "contested"} else "" for state in STATES}
"""The marks of a table in which only present and contested cells have a mark: an X, as in most printed papers."""


# Rows


def add_rows(definition: MatrixDefinition, codes: Iterable[str], at: int | None = None) -> MatrixDefinition:
    """Return the definition with a new row for each code. `codes` are paths.

    The rows are inserted before the index `at`, or added at the end. The label of a new row is the name of its code.
    Raises ConflictError if the rows follow the codebook.
    """
    _refuse_followed(definition)
    place = _place(definition, at)
    made = rows_of(codes, [row.label for row in definition.rows])
    return replace(definition, rows=(*definition.rows[:place], *made, *definition.rows[place:]))


def _place(definition: MatrixDefinition, at: int | None) -> int:
    """Return the index before which new rows are inserted.

    This is `at`, or the number of rows if `at` is None or too large. For a negative `at`, it is 0.
    """
    count = len(definition.rows)
    return count if at is None else min(max(at, 0), count)


def remove_row(definition: MatrixDefinition, at: int) -> MatrixDefinition:
    """Return the definition without the row at the index `at`.

    The footnotes, judgements and summaries of the row are removed too. Raises ConflictError if the rows follow the
    codebook.
    """
    _refuse_followed(definition)
    label = definition.rows[at].label
    return replace(
        definition,
        rows=(*definition.rows[:at], *definition.rows[at + 1 :]),
        judgements=tuple(judgement for judgement in definition.judgements if judgement.row != label),
        summaries=tuple(summary for summary in definition.summaries if summary.row != label),
    )


def move_row(definition: MatrixDefinition, at: int, by: int) -> MatrixDefinition:
    """Return the definition with the row at the index `at` moved down by `by` places (up if `by` is negative).

    The row stops at the first or last place. Raises ConflictError if the rows follow the codebook.
    """
    _refuse_followed(definition)
    return replace(definition, rows=_moved(definition.rows, at, by))


def relabel(definition: MatrixDefinition, at: int, label: str) -> MatrixDefinition:
    """Return the definition with a new label for the row at the index `at`.

    The row keeps its judgements and summaries. Raises InputError if the label is empty, and ConflictError if another
    row has this label.
    """
    label, old = label.strip(), definition.rows[at].label
    if not name_key(label):
        raise InputError("A row needs a label.")
    refuse_name_in_use("row", label, (row.label for index, row in enumerate(definition.rows) if index != at))
    judgements = tuple(replace(each, row=label) if each.row == old else each for each in definition.judgements)
    summaries = tuple(replace(each, row=label) if each.row == old else each for each in definition.summaries)
    renamed = with_row(definition, at, replace(definition.rows[at], label=label))
    return replace(renamed, judgements=judgements, summaries=summaries)


def set_codes(definition: MatrixDefinition, at: int, codes: Names) -> MatrixDefinition:
    """Return the definition with `codes` (paths) as the codes of the row at the index `at`.

    Raises InputError if `codes` is empty, and ConflictError if the rows follow the codebook.
    """
    _refuse_followed(definition)
    paths = tuple(dict.fromkeys(as_names(codes)))
    row = definition.rows[at]
    if not paths:
        raise InputError(f"The row “{one_line(row.label, 60)}” needs a code.")
    return with_row(definition, at, replace(row, codes=paths, query=""))


def set_query(definition: MatrixDefinition, at: int, query: str) -> MatrixDefinition:
    """Return the definition in which the row at the index `at` counts the codings of a saved query, not of codes.

    Raises InputError if `query` is empty, and ConflictError if the rows follow the codebook.
    """
    _refuse_followed(definition)
    row = definition.rows[at]
    if not query.strip():
        raise InputError(f"The row “{one_line(row.label, 60)}” needs a query.")
    return with_row(definition, at, replace(row, codes=(), query=query.strip()))


def add_query_row(definition: MatrixDefinition, query: str, at: int | None = None) -> MatrixDefinition:
    """Return the definition with a new row that counts the codings of a saved query. The row is named after the query.

    The row is inserted before the index `at`, or added at the end. Raises ConflictError if the rows follow the
    codebook.
    """
    place = _place(definition, at)
    added = add_rows(definition, ("",), place)
    label, number = query, 1
    while identical(label, [row.label for row in definition.rows]) is not None:
        number += 1
        label = f"{query} ({number})"
    return with_row(added, place, replace(added.rows[place], label=label, codes=(), query=query))


def set_subcodes(definition: MatrixDefinition, at: int, *, subcodes: bool) -> MatrixDefinition:
    """Set whether the row at the index `at` also counts the codes below its codes. Return the new definition.

    Raises InputError for a row of a saved query, because it has no codes of its own.
    """
    row = definition.rows[at]
    if row.query:
        shown = one_line(row.label, 60), one_line(row.query, 60)
        raise InputError(
            f"The row “{shown[0]}” draws on the query {shown[1]}, which itself names codes with or without those below."
        )
    return with_row(definition, at, replace(row, subcodes=subcodes))


def toggle_subcodes(definition: MatrixDefinition, at: int) -> MatrixDefinition:
    """Switch whether the row at the index `at` also counts the codes below its codes. Return the new definition.

    Raises InputError for a row of a saved query.
    """
    return set_subcodes(definition, at, subcodes=not definition.rows[at].subcodes)


def set_needs(definition: MatrixDefinition, at: int, kinds: Iterable[Kind]) -> MatrixDefinition:
    """Return the definition in which the row at the index `at` needs evidence from each of these kinds of source.

    A cell of the row is shown as present only if all these kinds of source have evidence for the cell.
    """
    return with_row(definition, at, replace(definition.rows[at], needs=tuple(kinds)))


def set_note(definition: MatrixDefinition, at: int, text: str, column: str | None = None) -> MatrixDefinition:
    """Return the definition with a footnote on the row at the index `at`. An empty text removes the footnote.

    If `column` (a label) is given, the footnote is on the cell of the row in this column.
    """
    row = definition.rows[at]
    if column is None:
        return with_row(definition, at, replace(row, note=text.strip()))
    notes = {**row.notes, column: text.strip()}
    return with_row(definition, at, replace(row, notes={label: note for label, note in notes.items() if note}))


def with_row(definition: MatrixDefinition, at: int, row: RowDefinition) -> MatrixDefinition:
    return replace(definition, rows=(*definition.rows[:at], row, *definition.rows[at + 1 :]))


def follow_codebook(definition: MatrixDefinition, below: str | None = None) -> MatrixDefinition:
    """Return the definition with one row for each code, so that new codes get a row too.

    If `below` (a path) is given, only the codes directly below this code get a row.
    """
    return replace(definition, rows_from="all" if below is None else "below", rows_below=below or "")


def list_rows(definition: MatrixDefinition) -> MatrixDefinition:
    """Return the definition with its current rows as a fixed list, which does not change with the codebook."""
    return replace(definition, rows_from="", rows_below="")


def _refuse_followed(definition: MatrixDefinition) -> None:
    if definition.rows_from:
        raise ConflictError("The rows of this table follow the codebook.", "list-rows")


# Columns


def set_columns(definition: MatrixDefinition, columns: str) -> MatrixDefinition:
    """Return the definition with all columns of the kind `columns`, such as `cases`, in place of the old columns.

    The footnotes on cells, the judgements and the summaries are removed, because they belong to the old columns.
    """
    if columns == definition.columns:
        return definition
    rows = tuple(replace(row, notes={}) for row in definition.rows)
    return replace(definition, columns=columns, only=(), rows=rows, judgements=(), summaries=())


def pick_columns(definition: MatrixDefinition, labels: Names) -> MatrixDefinition:
    """Return the definition that shows only the columns `labels`, in this order; all columns if `labels` is empty."""
    return replace(definition, only=tuple(dict.fromkeys(as_names(labels))))


def move_column(definition: MatrixDefinition, shown: Iterable[str], at: int, by: int) -> MatrixDefinition:
    """Return the definition with the column at the index `at` moved right by `by` places (left if `by` is negative).

    `shown` are the labels of the columns on the screen, in their order.
    """
    return replace(definition, only=_moved(tuple(shown), at, by))


# Marks


def set_mark(definition: MatrixDefinition, state: State, mark: str) -> MatrixDefinition:
    marks = {**definition.marks, state: mark.strip()}
    return replace(definition, marks={each: marks[each] for each in STATES if each in marks})


def _moved(items: tuple[T, ...], at: int, by: int) -> tuple[T, ...]:
    to = min(max(at + by, 0), len(items) - 1)
    rest = (*items[:at], *items[at + 1 :])
    return (*rest[:to], items[at], *rest[to:])
