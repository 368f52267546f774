"""The result of a check of claims: the verdict on each claim (whether it holds), and wrong footnotes in matrices."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sibtui.model.claims.notes import NoteClaim
from sibtui.model.claims.verdicts import VERDICTS, CheckedClaim, Verdict, row_lines
from sibtui.model.frozen import dataclass
from sibtui.model.table import Table
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.claims.claim import Claim
    from sibtui.model.claims.row_cells import ClaimRow

_SHORT: Mapping[Verdict, str] = {"holds with reserve": "with reserve"}


@dataclass(frozen=True, slots=True)
class ClaimReport:
    """The result of a check. `claims` are the checked claims, in the order in which they were given.

    `notes` are the wrong footnotes of matrices.
    """

    claims: tuple[CheckedClaim, ...]
    notes: tuple[NoteClaim, ...] = ()

    @property
    def counts(self) -> dict[Verdict, int]:
        """A map: verdict (the result of a check, such as `holds`) → number of claims."""
        counted = Counter(each.verdict for each in self.claims)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    @property
    def is_sound(self) -> bool:
        """False if any claim is contradicted or faulty; otherwise True.

        For example, a claim about a row that does not exist is faulty.
        """
        return not any(each.verdict == "contradicted" or each.faulty for each in self.claims)

    @property
    def sentence(self) -> str:
        """How many claims hold, and how many do not, as a phrase.

        An example is `3 hold, 1 with reserve, 0 contradicted, 0 not checkable`.
        """
        counts = self.counts
        hold = f"{counts['holds']:,} {'holds' if counts['holds'] == 1 else 'hold'}"
        return ", ".join([hold, *(f"{counts[verdict]:,} {_SHORT.get(verdict, verdict)}" for verdict in VERDICTS[1:])])

    def table(self) -> Table:
        """Return a table with one row per claim.

        >>> project.claims.check(Claim("C1", "Six themes.", codebook="themes", statement="six")).table().columns
        ('id', 'claim', 'rows', 'says', 'found', 'verdict', 'because')
        """
        return Table(
            ("id", "claim", "rows", "says", "found", "verdict", "because"),
            tuple(
                (
                    each.claim.key, each.claim.text, each.claim.subject, each.claim.statement, each.found, each.verdict,
                    each.because,
                )
                for each in self.claims
            ),
            "Claims of the paper",
            below=tuple(self._below()),
            objects=tuple(map(_object, self.claims)),
        )  # fmt: skip

    def _below(self) -> Iterator[str]:
        yield f"{plural(len(self.claims), 'claim')}: {self.sentence}."
        for each in self.claims:
            if each.verdict == "contradicted":
                yield from (f"{line}." for line in row_lines(each))
        for note in self.notes:
            yield f"{note.matrix}: {note.message}"


def claims_table(claims: Sequence[Claim]) -> Table:
    """Return a table of the claims as stored, one per row. They are not checked."""
    return Table(
        ("id", "claim", "where", "rows", "says", "human"),
        tuple((each.key, each.text, each.place, each.subject, each.statement, each.human) for each in claims),
    )


def _object(each: CheckedClaim) -> dict[str, Any]:
    claim = each.claim
    return {
        "id": claim.key,
        "claim": claim.text,
        "where": claim.place,
        "rows": list(claim.subject),
        "says": claim.statement,
        "found": each.found,
        "verdict": each.verdict,
        "because": list(each.because),
        "human": claim.human,
        "faulty": each.faulty,
        "cells": [cell for row in each.rows for cell in _cells(row)],
    }


def _cells(row: ClaimRow) -> Iterator[dict[str, Any]]:
    for column, cell in zip(row.columns, row.cells, strict=True):
        yield {"matrix": row.matrix, "row": row.label, "column": column, "counts": cell.inside, "state": cell.state}
