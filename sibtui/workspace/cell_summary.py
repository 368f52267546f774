"""A matrix cell in words: the state, counts of codings, reasons for the state, and the judgement on the cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.cell_words import DISPUTED, changed_since, evidence_clauses, state_words
from sibtui.model.presence import DEFAULT_MARKS, STATES
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.cell_basis import CoveredBy
    from sibtui.model.matrix import Cell, Matrix
    from sibtui.model.presence import State

MEANING: dict[State, str] = {
    "contested": "enough firm support, and counter-evidence",
    "present": "enough firm support",
    "tentative": "support, but not firm or not enough",
    "rejected": "counter-evidence, no support",
    "incomplete": "not all its sources are read yet",
    "no data": "nobody was asked",
    "absent": "its sources are read, and none has it",
}
_TOPIC: dict[CoveredBy, str] = {
    "asked": "the topic was asked",
    "volunteered": "the topic was volunteered",
    "not recorded": "whether the topic was asked is not recorded",
}


def state_line(cell: Cell) -> str:
    """Return one line about a cell: the state, counts of codings, and the facts that explain the state."""
    evidence = evidence_clauses(cell)
    if not evidence and not (cell.computed == "incomplete" and cell.reasons):
        evidence = (MEANING[cell.computed],)
    open_ = cell.reasons if cell.computed in {"rejected", "incomplete"} else ()
    topic = (_TOPIC[cell.covered_by],) if cell.computed == "absent" and cell.covered_by else ()
    disputed = (DISPUTED,) if cell.disputed else ()
    return f"{state_words(cell)}: {'; '.join((*evidence, *open_, *topic, *disputed))}"


def judgement_line(cell: Cell) -> str:
    """Return one line about the researcher's judgement on a cell; an empty text if the cell is not judged.

    The line has the name of the coder who judged, the reason, and later changes of the evidence.
    """
    judgement = cell.judgement
    if judgement is None:
        return ""
    made = f"Judged by {one_line(judgement.coder)}, {judgement.at[:10]}: {one_line(judgement.because)}"
    return f"{made.rstrip('.')}; {changed_since(cell)}" if cell.stale else made


def note_lines(matrix: Matrix, row: int, column: int) -> list[str]:
    """Return the footnotes on a cell and on the whole row, one line for each. `row` and `column` are indexes."""
    line = matrix.rows[row]
    return [one_line(text) for text in (line.notes.get(matrix.columns[column], ""), line.note) if text]


def verdicts() -> Sequence[tuple[State, str, str]]:
    """Return (state, mark, meaning) for each state that the user can give to a cell by a judgement."""
    return [(state, DEFAULT_MARKS[state], MEANING[state]) for state in STATES]
