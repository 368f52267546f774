"""Checking the claims of a paper against a study. Each matrix is computed only once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import sibtui
from sibtui.errors import AmbiguousError, InputError, NotFoundError, StatementError
from sibtui.model.claims.notes import NoteClaim, columns_in
from sibtui.model.claims.report import ClaimReport
from sibtui.model.claims.row_cells import claim_row, states_inside
from sibtui.model.claims.statement import parse_rows
from sibtui.model.claims.values import judge_number, judge_values
from sibtui.model.claims.verdicts import CheckedClaim, judge_rows
from sibtui.model.filters import EvidenceFilter
from sibtui.model.name_lists import names_in
from sibtui.model.names import resolve_name
from sibtui.model.text import one_line
from sibtui.project.papers.study_counts import StudyCounts
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.project.tables.narrowing import narrowed_definition
from sibtui.store import cases as case_rows
from sibtui.store import matrices as matrix_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sibtui.model.claims.claim import Claim
    from sibtui.model.claims.row_cells import ClaimRow
    from sibtui.model.matrix import Matrix
    from sibtui.model.matrix_definition import MatrixDefinition
    from sibtui.model.presence import State
    from sibtui.project.shared.base import Session


class ClaimCheck:
    """Checks whether the claims of a paper hold in a study. Use one object inside one snapshot of the store.

    Claims count the cells of a matrix that have an X. `states` are the states of cells that count as an X, such as
    “present”. If `states` is empty, a cell counts if it has the same mark as the state “present”.
    """

    def __init__(self, session: Session, states: Collection[State] = ()) -> None:
        self._session, self._store = session, session.store
        self._states = states
        self._matrices: dict[str, Matrix] = {}
        self._nouns = sibtui.Matrices(session)
        self._counts = StudyCounts(session)

    def report(self, claims: Iterable[Claim]) -> ClaimReport:
        """Return the result for each claim, and the doubtful footnotes of matrices (see `notes`)."""
        return ClaimReport(tuple(map(self.check, claims)), tuple(self.notes()))

    def check(self, claim: Claim) -> CheckedClaim:
        """Return the result for one claim: whether it holds, and the reasons.

        If the claim names unknown items, or its statement cannot be understood, the verdict is “not checkable”, and
        `faulty` is set.
        """
        try:
            return self._checked(claim)
        except StatementError as error:
            reason = f"the statement, character {error.position}: {error.reason.rstrip('.')}"
        except (NotFoundError, AmbiguousError, InputError) as error:
            reason = str(error).rstrip(".")
        return CheckedClaim(claim, "not checkable", because=(reason,), faulty=True)

    def _checked(self, claim: Claim) -> CheckedClaim:
        if not claim.subject:
            return CheckedClaim(claim, "not checkable", because=("the claim has no rows",))
        if not claim.statement.strip():
            return CheckedClaim(claim, "not checkable", because=("the claim has no statement about its rows",))
        if claim.attribute:
            return self._attribute(claim)
        if claim.registry or claim.codebook:
            return judge_number(claim, self._counts.number(claim))
        statement = parse_rows(claim.statement)
        rows = tuple(self._rows(claim))
        for row in rows[1:]:
            if row.columns != rows[0].columns:
                raise InputError(f"The rows “{rows[0].name}” and “{row.name}” have different columns.")
        return judge_rows(claim, statement, rows)

    def _attribute(self, claim: Claim) -> CheckedClaim:
        known = [attribute.name for attribute in case_rows.attributes(self._store, "case")]
        name = resolve_name("attribute of cases", claim.attribute, known)
        cases = {case.label: case for case in case_rows.cases(self._store)}
        labels = names_in(claim.case, cases) or (claim.case,)
        wanted = [resolve_name("case", label, cases) for label in labels] if claim.case else cases
        return judge_values(claim, {label: cases[label].attributes.get(name, "") for label in wanted})

    def _rows(self, claim: Claim) -> Iterator[ClaimRow]:
        for name, label in claim.rows:
            matrix = self._matrix(name, label)
            labels = [row.label for row in matrix.rows]
            at = labels.index(resolve_name(f"row of {one_line(matrix.name, 40)}", label, labels))
            yield claim_row(matrix, at, states_inside(matrix, self._states))
        if claim.codes:
            matrix = self._computed(self._nouns.ad_hoc(codes=claim.codes))
            for at in range(len(matrix.rows)):
                yield claim_row(matrix, at, states_inside(matrix, self._states))

    def _matrix(self, name: str, label: str) -> Matrix:
        if not label:
            raise InputError(f"“{one_line(name, 60)}” is not a row: write the matrix, “ / ” and the label of the row.")
        known = matrix_rows.names(self._store)
        name = resolve_name("matrix", name, known)
        if name not in self._matrices:
            self._matrices[name] = self._computed(self._nouns.get(name))
        return self._matrices[name]

    def _computed(self, definition: MatrixDefinition) -> Matrix:
        narrowed = narrowed_definition(self._session, definition, EvidenceFilter())
        return MatrixInputs(self._session, narrowed).matrix(1)

    def notes(self) -> Iterator[NoteClaim]:
        """Yield the doubtful footnotes of all saved matrices.

        A footnote on a row is doubtful if it names a column in which this row has no X. If a matrix cannot be computed
        now, its footnotes are left out.
        """
        for name in matrix_rows.names(self._store):
            try:
                yield from self._notes_of(name)
            except (InputError, NotFoundError):  # `check` gives the reason
                continue

    def _notes_of(self, name: str) -> Iterator[NoteClaim]:
        definition = self._nouns.get(name)
        notes = [text for row in definition.rows for text in (row.note, *row.notes.values()) if text]
        if not any(columns_in(text, self._labels) for text in notes):
            return
        matrix = self._matrix(definition.name, "any")
        inside = states_inside(matrix, self._states)
        for row in matrix.rows:
            marked = {column for column, cell in zip(matrix.columns, row.cells, strict=True) if cell.state in inside}
            for column, text in (("", row.note), *row.notes.items()):
                named = [label for label in columns_in(text, matrix.columns) if label not in marked]
                if named:
                    yield NoteClaim(matrix.name, row.label, column, text, tuple(named))

    @cached_property
    def _labels(self) -> tuple[str, ...]:
        return tuple(case_rows.case_ids(self._store))
