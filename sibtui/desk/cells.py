"""A cell of a matrix in words: its state, what it was counted from, what it hangs on, who judged it and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.presence import DEFAULT_MARKS, STATES
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.matrix import Cell, Matrix
    from sibtui.model.presence import Fragility, State

MEANING: dict[State, str] = {
    "contested": "support, and counter-evidence",
    "present": "enough firm support",
    "tentative": "support, but not firm or not enough",
    "rejected": "counter-evidence, no support",
    "incomplete": "not all its sources are read yet",
    "no data": "nobody was asked",
    "absent": "its sources are read and were asked, and it is not there",
}
_HANGS: dict[Fragility, str] = {
    "single quote": "hangs on a single quote",
    "single source": "hangs on a single source",
    "robust": "robust: holds without any one quote or source",
}


def state_told(cell: Cell) -> str:
    """The state, and what it was counted from."""
    said = [f"{plural(cell.quotes, 'firm quote')} from {plural(cell.sources, 'source')}"] if cell.quotes else []
    said += [f"{cell.tentative:,} tentative"] if cell.tentative else []
    if cell.counter:
        said += [
            f"{cell.counter:,} of counter-evidence" if said else f"{plural(cell.counter, 'quote')} of counter-evidence"
        ]
    said += [_HANGS[cell.fragility]] if cell.fragility else []
    if not said:
        said = [MEANING[cell.computed]]
    state = cell.state if cell.judgement is None else f"judged {cell.state}, computed {cell.computed}"
    return f"{state}: {', '.join(said)}"


def judgement_told(cell: Cell) -> str:
    """Who judged and why; empty when nobody did."""
    judgement = cell.judgement
    if judgement is None:
        return ""
    stale = " The evidence has changed since." if cell.stale else ""
    return f"Judged by {one_line(judgement.coder)}, {judgement.at[:10]}: {one_line(judgement.because)}{stale}"


def notes_told(matrix: Matrix, row: int, column: int) -> list[str]:
    """The notes on a cell and on its row's label."""
    line = matrix.rows[row]
    return [one_line(text) for text in (line.notes.get(matrix.columns[column], ""), line.note) if text]


def verdicts() -> Sequence[tuple[State, str, str]]:
    """Every verdict with its mark and meaning."""
    return [(state, DEFAULT_MARKS[state], MEANING[state]) for state in STATES]
