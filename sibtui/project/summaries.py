"""`project.summaries`: texts of researchers that sum up a cell of a matrix, or a code in one case.

These texts can link to quotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import sibtui
from sibtui.errors import InputError, NotFoundError
from sibtui.model.arguments import as_name
from sibtui.model.names import resolve_name
from sibtui.model.summaries import Summary
from sibtui.model.text import one_line
from sibtui.project.shared.base import Noun
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.project.tables.summarised_cell import SummarisedCell, code_cell, matrix_cell
from sibtui.store import cases as case_rows
from sibtui.store import summaries as rows


class Summaries(Noun):
    """`project.summaries`: texts that sum up a cell of a matrix, or a code in one case.

    Each coder has one text per cell.

    >>> project.summaries.set("table-1", "More flexible workload distribution", "SIB A", "Loads shrink in a crisis.").summary.coder
    'Ana'
    """

    def list(
        self,
        matrix: str | None = None,
        *,
        row: str | None = None,
        column: str | None = None,
        code: str | None = None,
        case: str | None = None,
    ) -> Sequence[sibtui.WrittenSummary]:
        """Return the summaries on cells, matrix by matrix, and after them the summaries on codes.

        `matrix`, `row`, `column`, `code` and `case` are names that limit the result. Raises NotFoundError when a name
        is unknown, AmbiguousError when it is not unique, InputError in a blind round of coding.

        >>> project.summaries.set_code("Trust before assessment", "SIB A", "Trust came first.").summary.case
        'SIB A'
        >>> [each.summary.text for each in project.summaries.list(code="Trust before assessment")]
        ['Trust came first.']
        """
        self._session.refuse_in_blind_round("The list of summaries")
        with self._store.snapshot():
            found: list[sibtui.WrittenSummary] = []
            if code is None and case is None:
                found += self._of_matrices(matrix, row, column)
            if matrix is None and row is None and column is None:
                found += self._of_codes(code, case)
        return found

    def _of_matrices(self, matrix: str | None, row: str | None, column: str | None) -> Iterator[sibtui.WrittenSummary]:
        matrices = sibtui.Matrices(self._session)
        for saved in matrices.list() if matrix is None else [matrices.get(matrix)]:
            inputs = MatrixInputs(self._session, saved)
            definition = inputs.definition
            labels = [each.label for each in definition.rows]
            wanted = None if row is None else resolve_name("row", row, labels)
            known = dict.fromkeys([*inputs.existing_labels, *(each.column for each in definition.summaries)])
            at = None if column is None else resolve_name("column", column, known)
            for summary in definition.summaries:
                if wanted in (None, summary.row) and at in (None, summary.column):
                    named = replace(summary, matrix=definition.name)
                    yield _written(SummarisedCell(self._session, inputs, named))

    def _of_codes(self, code: str | None, case: str | None) -> Iterator[sibtui.WrittenSummary]:
        path = None if code is None else self._session.code(as_name(code)).path
        label = None if case is None else resolve_name("case", case, case_rows.case_ids(self._store))
        for summary in rows.of_codes(self._store, self._session.paths()):
            if path in (None, summary.code) and label in (None, summary.case):
                cell = code_cell(self._session, summary.code, summary.case)
                cell.summary = summary
                yield _written(cell)

    def get(self, matrix: str, row: str, column: str) -> Sequence[sibtui.WrittenSummary]:
        """Return the summaries on a cell, one for each coder who wrote one.

        Raises NotFoundError when the cell has no summary or a name is unknown, AmbiguousError when a name is not
        unique, InputError in a blind round of coding.

        >>> project.summaries.set("table-1", "More flexible workload distribution", "SIB A", "Loads shrink in a crisis.").changes
        ()
        >>> [each.summary.text for each in project.summaries.get("table-1", "More flexible workload distribution", "SIB A")]
        ['Loads shrink in a crisis.']
        """
        cell = matrix_cell(self._session, matrix, row, column)
        found = self.list(cell.summary.matrix, row=cell.summary.row, column=cell.summary.column)
        if not found:
            raise NotFoundError(f"“{one_line(cell.summary.row, 60)}” in {cell.summary.column} has no summary.")
        return found

    def get_code(self, code: str, case: str) -> Sequence[sibtui.WrittenSummary]:
        """Return the summaries on a code in a case, one for each coder who wrote one. Raises the errors of `get`.

        >>> project.summaries.set_code("Trust before assessment", "SIB A", "Trust came first.").lost
        ()
        >>> len(project.summaries.get_code("Trust before assessment", "SIB A"))
        1
        """
        cell = code_cell(self._session, code, case)
        found = self.list(code=cell.summary.code, case=cell.summary.case)
        if not found:
            raise NotFoundError(f"“{one_line(cell.summary.code, 60)}” in {cell.summary.case} has no summary.")
        return found

    def set(self, matrix: str, row: str, column: str, text: str) -> sibtui.WrittenSummary:
        """Write the summary of the current coder on a cell of a saved matrix, and return the summary.

        An earlier summary of the same coder on the same cell is replaced. In the text, `[12]` links to coding 12, and
        `[c1 5873:5937]` to a place in the source c1. The current evidence of the cell is stored with the text. Raises
        InputError for an empty text, for a link that leads to no quote of the cell, and in a blind round of coding.
        Raises NotFoundError when a name is unknown, AmbiguousError when it is not unique.

        >>> project.summaries.set("table-1", "More flexible workload distribution", "SIB A", "Loads shrink in a crisis.").summary.place
        'More flexible workload distribution in SIB A'
        """
        self._session.refuse_in_blind_round("A summary")
        with self._session.act("summary set", "") as act:
            cell = matrix_cell(self._session, matrix, row, column)
            summary = self._new(cell, text)
            act.summary = _named(summary)
            cell.write(self._session, summary)
        return sibtui.WrittenSummary(summary, (), ())

    def set_code(self, code: str, case: str, text: str) -> sibtui.WrittenSummary:
        """Write the current coder's summary of a code in one case, and return it.

        The summary is about the codings of the code and its sub-codes. Raises the errors of `set`.

        >>> project.summaries.set_code("Trust before assessment", "SIB A", "Trust came first.").summary.code
        'Assessment, planning and risk/Trust before assessment'
        """
        self._session.refuse_in_blind_round("A summary")
        with self._session.act("summary set", "") as act:
            cell = code_cell(self._session, code, case)
            summary = self._new(cell, text)
            act.summary = _named(summary)
            cell.write(self._session, summary)
        return sibtui.WrittenSummary(summary, (), ())

    def _new(self, cell: SummarisedCell, text: str) -> Summary:
        if not text.strip():
            raise InputError("A summary needs a text.")
        for reason in cell.lost_links(text):
            raise InputError(reason)
        return replace(
            cell.summary, text=text.strip(), coder=self._session.coder, at=self._session.now(), basis=cell.basis()
        )

    def remove(self, matrix: str, row: str, column: str, *, coder: str | None = None) -> Summary:
        """Remove the summary of a coder on a cell, and return it. The default coder is the current coder.

        Raises NotFoundError when there is no such summary or a name is unknown, AmbiguousError when a name is not
        unique, InputError in a blind round of coding.

        >>> project.summaries.set("table-1", "More flexible workload distribution", "SIB A", "Loads shrink in a crisis.").summary.coder
        'Ana'
        >>> project.summaries.remove("table-1", "More flexible workload distribution", "SIB A").text
        'Loads shrink in a crisis.'
        """
        with self._session.act("summary remove", "") as act:
            cell = matrix_cell(self._session, matrix, row, column)
            summary = self._one_of(self.get(matrix, row, column), coder)
            act.summary = _named(summary)
            cell.remove(self._session, summary)
        return summary

    def remove_code(self, code: str, case: str, *, coder: str | None = None) -> Summary:
        """Remove a coder's summary of a code in one case, and return it. Raises the errors of `remove`.

        >>> project.summaries.set_code("Trust before assessment", "SIB A", "Trust came first.").summary.coder
        'Ana'
        >>> project.summaries.remove_code("Trust before assessment", "SIB A").text
        'Trust came first.'
        """
        with self._session.act("summary remove", "") as act:
            cell = code_cell(self._session, code, case)
            summary = self._one_of(self.get_code(code, case), coder)
            act.summary = _named(summary)
            cell.remove(self._session, summary)
        return summary

    def _one_of(self, found: Iterable[sibtui.WrittenSummary], coder: str | None) -> Summary:
        by_coder = {each.summary.coder: each.summary for each in found}
        return by_coder[resolve_name("coder with a summary here", coder or self._session.coder, by_coder)]

    def missing(self, matrix: str) -> Sequence[tuple[str, str]]:
        """Return (row, column) of each cell of a saved matrix that has codings, but no summary by any coder.

        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique, InputError in a blind round
        of coding.

        >>> len(project.summaries.missing("table-1"))
        36
        """
        self._session.refuse_in_blind_round("The list of summaries")
        with self._store.snapshot():
            shown = sibtui.Matrices(self._session).show(matrix, show="summary")
        return [
            (row.label, column)
            for row in shown.rows
            for column, cell in zip(shown.columns, row.cells, strict=True)
            if cell.has_codings and not cell.summaries
        ]

    def insert(self, summaries: Iterable[Summary]) -> None:
        """Add summaries, for example those of another study. Links to codings are not checked.

        - A link to a place becomes a link to the coding, if a coding of the cell has exactly this place.
        - A summary without stored evidence gets the present evidence of its cell.
        - If the coder already has a summary on the cell, the new text is added below the old text.

        Call this inside an act (`with project.act(…)`, one step of undo). Raises NotFoundError when a name is unknown,
        AmbiguousError when it is not unique, InputError for an empty text.

        >>> with project.act("summary set", "a summary"):
        ...     row = "More flexible workload distribution"
        ...     project.summaries.insert([Summary("Small loads.", "R1", "2026-11-28T10:00:00Z", "table-1", row, "SIB A")])
        """
        written = [*self._of_matrices(None, None, None), *self._of_codes(None, None)]
        known = {(_place_of(each.summary), each.summary.coder): each.summary for each in written}
        for summary in summaries:
            if not summary.text.strip():
                raise InputError("A summary needs a text.")
            cell = self._target(summary)
            placed = replace(cell.summary, text=cell.with_numbers(summary.text), coder=summary.coder, at=summary.at)
            basis = summary.basis or (cell.basis() if cell.is_shown else None)
            placed = replace(placed, basis=basis, uid=summary.uid)
            earlier = known.get((_place_of(placed), placed.coder))
            if earlier is not None and earlier.text != placed.text:
                placed = replace(placed, text=f"{earlier.text}\n\n{placed.text}")
            known[_place_of(placed), placed.coder] = placed
            cell.write(self._session, placed)

    def _target(self, summary: Summary) -> SummarisedCell:
        if summary.code:
            return code_cell(self._session, summary.code, summary.case)
        return matrix_cell(self._session, summary.matrix, summary.row, summary.column, gone=True)


def _place_of(summary: Summary) -> tuple[str, ...]:
    return summary.matrix, summary.row, summary.column, summary.code, summary.case


def _written(cell: SummarisedCell) -> sibtui.WrittenSummary:
    """Return the stored summary of a cell, with phrases on how the evidence of the cell has changed."""
    if not cell.is_shown:
        return sibtui.WrittenSummary(cell.summary, (), ())
    return sibtui.WrittenSummary(cell.summary, cell.changes(cell.summary), tuple(cell.lost_links(cell.summary.text)))


def _named(summary: Summary) -> str:
    row = one_line(summary.code or summary.row, 60)
    return f"summary of {row} in {one_line(summary.case or summary.column, 40)}"
