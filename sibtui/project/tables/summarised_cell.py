"""One cell of a matrix, or one code in a case, about which coders write summaries.

A summary can link to quotes of its cell.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.model.arguments import as_name
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.names import resolve_name
from sibtui.model.summaries import REMOVED, Summary, SummaryLink, links_in, with_links
from sibtui.model.text import one_line
from sibtui.project.tables.codebook_rows import followed
from sibtui.project.tables.judging import drop_plain_row, keep_row
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.store import cases as case_rows
from sibtui.store import codings as coding_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import summaries as rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.judgement_basis import JudgementBasis
    from sibtui.model.records import Coding
    from sibtui.project.shared.base import Session


def matrix_cell(session: Session, matrix: str, row: str, column: str, *, gone: bool = False) -> SummarisedCell:
    """Return a cell of a saved matrix.

    With `gone`, an unknown `column` is accepted, unless the columns are cases. Any other unknown name raises
    NotFoundError. A name that is not unique raises AmbiguousError.
    """
    known = matrix_rows.names(session.store)
    number = known[resolve_name("matrix", as_name(matrix), known)]
    definition = followed(session.store, matrix_rows.definition(session.store, number, session.paths()))
    inputs = MatrixInputs(session, definition)
    label = resolve_name("row", as_name(row), [line.label for line in definition.rows])
    labels = inputs.existing_labels if gone else inputs.labels
    if not gone or definition.columns == "cases" or column in labels:
        column = resolve_name("column", as_name(column), labels)
    empty = Summary("", "", "", matrix=definition.name, row=label, column=column)
    return SummarisedCell(session, inputs, empty)


def code_cell(session: Session, code: str, case: str) -> SummarisedCell:
    """Return a cell with the codings of a code and its sub-codes in a case.

    Raises NotFoundError when a name is unknown, AmbiguousError when it is not unique.
    """
    path = session.code(as_name(code)).path
    label = resolve_name("case", as_name(case), case_rows.case_ids(session.store))
    definition = MatrixDefinition("", "", (RowDefinition(path, (path,)),), only=(label,))
    return SummarisedCell(session, MatrixInputs(session, definition), Summary("", "", "", code=path, case=label))


class SummarisedCell:
    """A place for summaries: a cell of a matrix, or a code in a case.

    `summary` is a stored summary on this place, or an empty summary that only names the place.
    """

    def __init__(self, session: Session, inputs: MatrixInputs, summary: Summary) -> None:
        self._store = session.store
        self._inputs = inputs
        self.summary = summary
        self._row, self._column = summary.row or summary.code, summary.column or summary.case

    @property
    def is_shown(self) -> bool:
        """Whether the matrix can be shown, and shows the column of the cell."""
        return self._inputs.can_be_shown and self._column in self._inputs.labels

    @cached_property
    def codings(self) -> list[Coding]:
        """The codings of the cell, ordered by source and place; empty if the matrix does not show the cell's column."""
        if not self.is_shown:
            return []
        row = [line.label for line in self._inputs.definition.rows].index(self._row)
        return list(self._inputs.codings(row, self._inputs.labels.index(self._column)))

    def basis(self) -> JudgementBasis:
        return self._inputs.basis(self._row, self._column)

    def changes(self, summary: Summary) -> tuple[str, ...]:
        return summary.changes(self.basis())

    def lost_links(self, text: str) -> Iterator[str]:
        """Yield a sentence for each link in the text of a summary that does not lead to a quote of the cell."""
        for link in links_in(text):
            if reason := self._reason(link):
                yield f"{link.words}: {reason}"

    def _reason(self, link: SummaryLink) -> str:
        """Return the reason why a link does not lead to a quote of the cell; empty if it leads to one."""
        where = f"“{one_line(self._row, 60)}” in {one_line(self._column, 40)}"
        if link.segment is None:
            if any(coding.id == link.coding for coding in self.codings):
                return ""
            if coding_rows.coding(self._store, link.coding or 0) is None:
                removed = link.words == REMOVED
                return "the coding of this link was removed." if removed else f"there is no coding {link.coding}."
            return f"coding {link.coding} is no quote of {where}."
        inside = [coding for coding in self.codings if coding.source == link.source]
        if any(coding.segment.overlaps(link.segment) for coding in inside):
            return ""
        if not self._store.scalar("SELECT 1 FROM sources WHERE name = ?", (link.source,)):
            return f"there is no source {one_line(link.source, 60)}."
        return f"no quote of {where} is at this place."

    def with_numbers(self, text: str) -> str:
        """Return the text of a summary with each link to a place (`[c1 5:9]`) replaced by a link to a coding (`[12]`).

        12 is the id of a coding of the cell at exactly this place. Links to places without such a coding stay.
        """
        if all(link.segment is None for link in links_in(text)):
            return text
        numbers: dict[object, int] = {}
        for coding in self.codings:
            numbers.setdefault((coding.source, coding.segment), coding.id)

        def numbered(link: SummaryLink) -> str:
            number = numbers.get((link.source, link.segment))
            return link.words if number is None else f"[{number}]"

        return with_links(text, numbered)

    def write(self, session: Session, summary: Summary) -> None:
        """Store a summary on this cell. If the row of the matrix was made from the codebook, the row is stored first.

        Call this inside an act (one step of undo).
        """
        cases = case_rows.case_ids(self._store)
        if summary.code:
            rows.put_code(self._store, summary, session.code_id(summary.code), cases[summary.case])
            return
        definition = self._inputs.definition
        keep_row(session, definition, summary.row)
        number = matrix_rows.names(self._store)[definition.name]
        matrix_rows.summarise(self._store, number, definition.columns, summary, cases)

    def remove(self, session: Session, summary: Summary) -> None:
        """Remove a summary from this cell. Call this inside an act (one step of undo).

        The stored row of the cell is removed too if the codebook can make it again. A row with an addition, such as
        a footnote or another summary, stays.
        """
        cases = case_rows.case_ids(self._store)
        if summary.code:
            rows.remove_code(self._store, session.code_id(summary.code), cases[summary.case], summary.coder)
            return
        definition = self._inputs.definition
        number = matrix_rows.names(self._store)[definition.name]
        matrix_rows.remove_summary(self._store, number, definition.columns, replace(summary, matrix=""), cases)
        drop_plain_row(session, definition, summary.row)
