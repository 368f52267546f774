"""The number of the first footnote below a saved matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.matrix import number_notes
from sibtui.project.tables.codebook_rows import followed
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.store import matrices as rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from sibtui.project.shared.base import Session


def first_note(session: Session, name: str) -> int:
    """Return the number of the first footnote of a matrix. The numbers continue from one saved matrix to the next.

    For a matrix that is not saved, return the number of the first footnote of the study.
    """
    store = session.store
    first, known = study_rows.study(store).first_note, rows.names(store)
    if name not in known or name == next(iter(known)):
        return first
    paths = session.paths()
    for other, number in known.items():
        if other == name:
            break
        inputs = MatrixInputs(session, followed(store, rows.definition(store, number, paths)))
        notes = ((row.note, row.notes) for row in inputs.definition.rows)
        first += len(number_notes(notes, inputs.labels, first).texts)
    return first
