"""Storing and removing judgements: states that the researcher gives to cells of saved matrices.

In a matrix that follows the codebook, most rows are computed. A row is stored only if the researcher adds something to
it, such as a judgement.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.folding import name_key
from sibtui.project.tables.codebook_rows import to_store
from sibtui.store import cases as case_rows
from sibtui.store import matrices as rows

if TYPE_CHECKING:
    from sibtui.model.matrix_definition import Judgement, MatrixDefinition
    from sibtui.project.shared.base import Session


def put_judgement(session: Session, definition: MatrixDefinition, judgement: Judgement) -> None:
    """Store a judgement of a cell in a saved matrix. If the row of the cell is not stored yet, it is stored first.

    Call this inside an act (`with session.act(…)`, one step of undo).
    """
    store = session.store
    keep_row(session, definition, judgement.row)
    number, cases = rows.names(store)[definition.name], case_rows.case_ids(store)
    rows.judge(store, number, definition.columns, judgement, cases)


def keep_row(session: Session, definition: MatrixDefinition, label: str) -> None:
    """Store a row that was made from the codebook, so that judgements and summaries can be added to the row.

    If the row is stored already, as in matrices that do not follow the codebook, nothing changes.
    """
    if definition.rows_from:
        store = session.store
        number, cases = rows.names(store)[definition.name], case_rows.case_ids(store)
        row = next(row for row in definition.rows if row.label == label)
        codes = {path: code for code, path in session.paths().items()}
        rows.add_row(store, number, definition.columns, row, codes, cases)


def take_judgement(session: Session, definition: MatrixDefinition, judgement: Judgement) -> None:
    """Remove a judgement. The spelling of its column may differ from the stored spelling, such as in capital letters.

    If the matrix row of the judgement was stored only for it, `drop_plain_row` also removes this row.
    """
    store = session.store
    number = rows.names(store)[definition.name]
    for column in {judgement.column, *(each.column for each in definition.judgements)}:
        if name_key(column) == name_key(judgement.column):
            rows.unjudge(store, number, judgement.row, column)
    drop_plain_row(session, definition, judgement.row)


def drop_plain_row(session: Session, definition: MatrixDefinition, label: str) -> None:
    """Remove a stored row of a matrix if it can be made again from the codebook.

    A row with an addition, such as a judgement, stays.
    """
    store = session.store
    number = rows.names(store)[definition.name]
    left = rows.definition(store, number, session.paths())
    if label not in {row.label for row in to_store(store, left).rows}:
        rows.remove_row(store, number, label)
