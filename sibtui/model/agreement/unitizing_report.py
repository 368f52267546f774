"""The report of agreement on freely chosen segments, with the coefficient alpha-U for each code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sibtui.model.agreement.figures import Figure, figures_table
from sibtui.model.agreement.report import AgreementBasis
from sibtui.model.agreement.rows import PAIR, Agreement
from sibtui.model.agreement.unitizing import CharacterRange, UnitizingDifference, alpha_u, difference
from sibtui.model.agreement.units import character_patterns
from sibtui.model.frozen import dataclass
from sibtui.model.table import Table

if TYPE_CHECKING:
    from sibtui.model.pictures.picture import RowChart


@dataclass(frozen=True, slots=True)
class FreeAgreement:
    """The agreement of coders on the places of their freely chosen segments, for one code or for all codes together.

    `segments` has one number per coder: how many segments the coder has. `characters` is the agreement on each
    single character of the text: is it coded or not?
    """

    label: str
    segments: tuple[int, ...]
    characters: Agreement
    difference: UnitizingDifference

    @property
    def alpha(self) -> float | None:
        """The coefficient alpha-U; None if no coder has a segment."""
        return alpha_u([self.difference])

    @property
    def why(self) -> str:
        """The reason why alpha-U cannot be computed; empty if it can be computed."""
        if not self.characters.units:
            return "not all coders have read the same source for it"
        return "" if any(self.segments) else "no coder used the code"


def free_agreement(
    label: str, coders: Sequence[Sequence[CharacterRange]], sources: Sequence[CharacterRange]
) -> FreeAgreement:
    """Return the agreement of coders on the places of their segments with one code.

    `coders` has one list per coder: the places of the coder's segments, in order and without overlap. `sources` are the
    places of the sources in one long text, in which they follow each other without space.
    """
    length = sources[-1][1] if sources else 0
    patterns = character_patterns(coders, length)
    found = difference(coders, sources) if length else UnitizingDifference(0, 0)
    return FreeAgreement(label, tuple(map(len, coders)), Agreement(label, (patterns,)), found)


@dataclass(frozen=True, slots=True)
class UnitizingReport:
    """The agreement of coders on freely chosen segments: one row for each code, and one row for all codes together."""

    basis: AgreementBasis
    rows: tuple[FreeAgreement, ...]
    touching_merged: bool

    def table(self) -> Table:
        columns: dict[str, Callable[[FreeAgreement], Figure]] = {"code": lambda row: row.label}
        columns |= _PAIR if len(self.basis.coders) == PAIR else _GROUP
        columns |= _DIFFERENCES
        merged = "Overlapping or touching" if self.touching_merged else "Overlapping"
        below = (*self.basis.lines(), f"{merged} segments of one coder count as one.", _ALL)
        return figures_table("Agreement on segments", columns, [*self.rows, self.overall], below, _missing)

    def picture(self) -> RowChart:
        """Return a chart with the alpha-U of each code."""
        from sibtui.model.pictures.charts import agreement_chart

        figures = [(row.label, row.alpha, None, None, row.why) for row in (*self.rows, self.overall)]
        return agreement_chart("Agreement on segments", figures, "alpha-U", list(self.basis.lines()), by_code=True)

    @property
    def overall(self) -> FreeAgreement:
        """The agreement on all codes together. The differences of all codes are added up to compute alpha-U."""
        coders = range(len(self.basis.coders))
        return FreeAgreement(
            "all codes",
            tuple(sum(row.segments[coder] for row in self.rows) for coder in coders),
            Agreement("all codes", tuple(patterns for row in self.rows for patterns in row.characters.codes)),
            UnitizingDifference(
                sum(row.difference.observed for row in self.rows), sum(row.difference.expected for row in self.rows)
            ),
        )


_ALL = "Alpha-U of all codes is computed from the sums of the differences (Krippendorff 2004)."
_PAIR: dict[str, Callable[[FreeAgreement], Figure]] = {
    "segments A": lambda row: row.segments[0],
    "segments B": lambda row: row.segments[1],
    "characters both": lambda row: row.characters.table.both,
    "characters only A": lambda row: row.characters.table.first,
    "characters only B": lambda row: row.characters.table.second,
}
_GROUP: dict[str, Callable[[FreeAgreement], Figure]] = {
    "segments": lambda row: sum(row.segments),
    "characters all": lambda row: row.characters.coded[0],
    "characters some": lambda row: row.characters.coded[1],
}
_DIFFERENCES: dict[str, Callable[[FreeAgreement], Figure]] = {
    "observed difference": lambda row: row.difference.observed if row.characters.units else None,
    "expected difference": lambda row: row.difference.expected if row.characters.units else None,
    "alpha-U": lambda row: row.alpha,
    "why": lambda row: row.why,
}


def _missing(row: FreeAgreement) -> str:
    return "undefined" if row.characters.units else "not computable"
