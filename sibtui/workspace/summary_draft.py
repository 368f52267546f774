"""The current coder's summary of a matrix cell, and the quotes of the cell, while the summary is edited on the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.project import Project
    from sibtui.project.results import WrittenSummary


@dataclass(frozen=True, slots=True)
class SummaryDraft:
    """The current coder's text about a matrix cell; an empty text if there is none yet.

    `quotes` is a map: id of a coding of the cell → its source and words. `facts` are lines to show below the text: how
    the quotes have changed since the text was written, and the texts of other coders about the cell.
    """

    text: str
    quotes: Mapping[int, str]
    facts: tuple[str, ...]


def summary_draft(project: Project, matrix: str, row: str, column: str) -> SummaryDraft:
    """Return the current coder's text about a cell of a saved matrix, for editing. `row` and `column` are labels."""
    (cell,) = project.matrices.evidence(matrix, cell=(row, column))
    written = project.summaries.list(matrix, row=row, column=column)
    own = next((each for each in written if each.summary.coder == project.coder), None)
    verbatim = {source.name for source in project.sources.list() if source.fidelity == "verbatim"}
    quotes = {
        coding.id: f"{coding.source}: {_words(coding.quote, verbatim=coding.source in verbatim)}"
        for coding in cell.codings
    }
    others = (f"{each.summary.coder}: {one_line(each.summary.text, 200)}" for each in written if each is not own)
    return SummaryDraft("" if own is None else own.summary.text, quotes, (*_changes(own), *others))


def _words(quote: str, *, verbatim: bool) -> str:
    return f"“{one_line(quote)}”" if verbatim else one_line(quote)


def _changes(own: WrittenSummary | None) -> tuple[str, ...]:
    """Return one line about the changes of the quotes since the summary was written; empty without changes."""
    changes = () if own is None else (*own.changes, *own.lost)
    return (f"Changed since you wrote this: {'; '.join(changes)}.",) if changes else ()


def write_summary(project: Project, matrix: str, row: str, column: str, text: str) -> str:
    """Store the current coder's summary of a matrix cell, and return a message. An empty text removes the summary."""
    where = f"{one_line(row)} · {one_line(column)}"
    if text.strip():
        project.summaries.set(matrix, row, column, text)
        return f"Summary saved: {where}"
    project.summaries.remove(matrix, row, column)
    return f"Summary removed: {where}"
