"""The checks before a code, a source or a case is removed: a matrix must not lose its only code or column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import ConflictError
from sibtui.model.text import one_line, plural
from sibtui.store import codes as rows
from sibtui.store import matrices as matrix_rows

if TYPE_CHECKING:
    from sibtui.model.records import Code
    from sibtui.store.connection import Store


def refuse_used(store: Store, code: Code) -> None:
    """Raise ConflictError if a code is in use, by codings, by sub-codes or by rows of a matrix."""
    if code.codings:
        raise ConflictError(
            f"“{code.path}” has {plural(code.codings, 'coding')}: merge or retire the code, or remove its codings first."
        )
    if any(other.parent == code.id for other in rows.codes(store)):
        raise ConflictError(f"“{code.path}” has codes below it: move or remove them first.")
    for matrix in matrix_rows.below(store, code.id):
        raise ConflictError(
            f"The rows of the matrix {matrix} are the codes below “{code.path}”: change the matrix first."
        )
    for matrix, row in rows.only_code_of(store, code.id):
        raise ConflictError(
            f"“{code.path}” is the only code of the row “{one_line(row, 60)}” of the matrix {matrix}: change the matrix first."
        )


def refuse_only_column(store: Store, columns: str, label: str) -> None:
    """Raise ConflictError if a source or case is the only chosen column of a matrix.

    Without chosen columns, the matrix would show all columns. `columns` is `sources` or `cases`.
    """
    for matrix in matrix_rows.with_only_column(store, columns, label):
        raise ConflictError(
            f"“{one_line(label, 60)}” is the only chosen column of the matrix {matrix}: change or remove the matrix first."
        )
