"""Counts of items of a study that a claim of a paper may state: interviews, people, organisations, codes and so on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sibtui
from sibtui.errors import InputError, NotFoundError
from sibtui.model.agreement.decisions import is_consensus
from sibtui.model.codebook import split_path
from sibtui.model.names import resolve_name
from sibtui.project.reports import interview_groups, unclear_people
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from sibtui.model.claims.claim import Claim, CodebookCount, Registry
    from sibtui.project.shared.base import Session

_OF_INTERVIEWS = {"interviews": 1, "people": 4, "organisations": 5}
"""A map: counted items → index of the column with their number in the report on interviews."""


class StudyCounts:
    """Counts the items of a study, to check the numbers in the claims of a paper.

    The counts are the same as in the report on the methods. The coder “consensus” is not counted, because it is not a
    person.
    """

    def __init__(self, session: Session) -> None:
        self._session, self._store = session, session.store

    def number(self, claim: Claim) -> int:
        """Return the true number for a claim about a number, such as “there were 20 interviews”.

        Some numbers, such as that of coders, exist only for the whole study: for these, a claim about one case
        raises InputError. Raises InputError also if the number of people of an interview is unclear, and
        NotFoundError for an unknown case.
        """
        if claim.codebook:
            return self.codes(claim.codebook)
        if claim.registry in _OF_INTERVIEWS:
            return self._of_interviews(claim.registry, claim.case)
        if claim.case:
            raise InputError(f"The number of {claim.registry} is about the whole study: leave the case out.")
        return self._of_study(claim.registry)

    def _of_interviews(self, registry: Registry, case: str) -> int:
        try:
            rows = {str(row[0]): row for row in sibtui.Reports(self._session).interviews().rows}
        except NotFoundError:
            rows = {}
        if registry == "people" and (unclear := self._unclear(case)):
            raise InputError(f"The number of people is unclear: {unclear}. Give a whole number of at least 1.")
        if case:
            return int(str(rows[resolve_name("row of the interviews", case, rows)][_OF_INTERVIEWS[registry]]))
        return int(str(rows["Total"][_OF_INTERVIEWS[registry]])) if rows else 0

    def _unclear(self, case: str) -> str:
        """Return the names of the interviews whose number of people is unclear, as one text; empty if there are none.

        `case` limits the interviews to one case; empty means all interviews.
        """
        groups = interview_groups(self._store)
        rows = [resolve_name("row of the interviews", case, groups)] if case else list(groups)
        return unclear_people(source for row in rows for source in groups[row])

    def _of_study(self, registry: Registry) -> int:
        match registry:
            case "cases":
                return len(case_rows.case_ids(self._store))
            case "sources":
                return len(source_rows.source_ids(self._store))
            case "coders":
                return sum(not is_consensus(coder.name) for coder in study_rows.coders(self._store))
            case _:
                return len(case_rows.attributes(self._store, "case"))

    def codes(self, count: CodebookCount) -> int:
        """Return a number of codes. Retired codes are counted too.

        `count` is “themes” (top codes), “codes” (codes below themes), or an origin of codes.
        """
        codes = code_rows.codes(self._store)
        match count:
            case "themes":
                return sum(len(split_path(code.path)) == 1 for code in codes)
            case "codes":
                return sum(len(split_path(code.path)) > 1 for code in codes)
            case _:
                return sum(code.origin == count for code in codes)
