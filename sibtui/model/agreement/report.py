"""The report of agreement between coders: its basis (coders, sources and method), its rows, and its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from sibtui.model.agreement.figures import Figure, figures_table
from sibtui.model.agreement.rows import PAIR
from sibtui.model.frozen import dataclass
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.model.agreement.rows import Agreement
    from sibtui.model.agreement.units import FixedUnit, Touch
    from sibtui.model.pictures.picture import RowChart
    from sibtui.model.table import Table

By = Literal["code", "source", "coder pair"]
"""What a row of the report is about: one code, one source, or one pair of coders."""
ROWS: tuple[By, ...] = get_args(By)

Extra = Literal["ac1", "brennan-prediger", "scott-pi", "highest-kappa", "negative", "jaccard"]
"""The name of an additional coefficient for two coders."""

_EXTRAS: dict[Extra, tuple[str, Callable[[Agreement], Figure]]] = {
    "ac1": ("AC1", lambda row: row.table.ac1),
    "brennan-prediger": ("Brennan-Prediger", lambda row: row.table.brennan_prediger),
    "scott-pi": ("Scott's pi", lambda row: row.table.pi),
    "highest-kappa": ("highest kappa", lambda row: row.table.highest_kappa),
    "negative": ("negative agreement", lambda row: row.table.negative),
    "jaccard": ("Jaccard", lambda row: row.table.jaccard),
}
EXTRAS: tuple[Extra, ...] = tuple(_EXTRAS)


@dataclass(frozen=True, slots=True)
class AgreementBasis:
    """The basis of a report of agreement: the coders and sources that are compared, and the method.

    `sources` are the names of the sources that at least two of the coders have read. `all_sources` is the number of
    all sources of the study. `draws` is the number of random samples for confidence intervals. `drawn` states whether
    a sample consists of "sources" or "units"; it is empty if there are no intervals. `of_rounds` is set if rounds of
    one coder are compared, and not several coders. `remarks` are sentences about filters and about codings that were
    left out.
    """

    coders: tuple[str, ...]
    sources: tuple[str, ...]
    all_sources: int
    unit: FixedUnit | Literal["free"]
    touch: Touch = "any"
    subcodes: bool = True
    drawn: Literal["", "sources", "units"] = ""
    draws: int = 0
    seed: int = 1
    remarks: tuple[str, ...] = ()
    of_rounds: bool = False

    def lines(self, *, pairs: bool = False) -> Iterator[str]:
        """Yield sentences about the coders, sources and method, to print below the table of the report.

        `pairs` is set if each row of the table compares one pair of coders.
        """
        names = [one_line(name, 40) for name in self.coders]
        if pairs:
            yield "A is the first coder of a pair, B is the second."
        elif len(names) == PAIR:
            yield f"A is {names[0]}, B is {names[1]}."
        else:
            yield f"Coders: {listed(names)}."
        raters = "rounds" if self.of_rounds else "coders"
        both = f"both {raters}" if len(names) == PAIR else f"two {raters} or more"
        yield f"Read {'in' if self.of_rounds else 'by'} {both}: {len(self.sources)} of {plural(self.all_sources, 'source')}."
        covering = "" if self.unit in {"character", "free"} else _COVERING[self.touch]
        yield f"Unit: {'segments as coded' if self.unit == 'free' else self.unit}.{covering}"
        if self.subcodes:
            yield "The codings of a code include those of its sub-codes."
        if self.drawn:
            yield f"Low and high: the middle 95 % of alpha in {self.draws:,} random draws of {self.drawn} (seed {self.seed})."
        yield from self.remarks


_COVERING: dict[Touch, str] = {
    "any": " A unit has a code when a coding covers a letter or digit of it.",
    "half": " A unit has a code when codings cover half of its letters and digits.",
    "all": " A unit has a code when codings cover all of its letters and digits.",
}


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """The agreement of coders: one row for each code, source or pair of coders, and one row for all codes together."""

    basis: AgreementBasis
    by: By
    rows: tuple[Agreement, ...]
    overall: Agreement

    def table(self, extras: Sequence[Extra] = ()) -> Table:
        """Return the report as a table.

        `extras` name additional coefficients, which are shown only if each row compares two coders.
        """
        pair = len(self.basis.coders) == PAIR or self.by == "coder pair"
        columns: _Columns = {self.by: lambda row: row.label} | (_PAIR if pair else _GROUP)
        if self.basis.drawn:
            columns |= _INTERVAL
        if pair:
            columns |= {"positive agreement": lambda row: row.table.positive}
            columns |= dict(_EXTRAS[name] for name in extras)
        columns["why"] = lambda row: row.why
        rows = self.rows if self.by == "coder pair" else (*self.rows, self.overall)
        below = (*self.basis.lines(pairs=self.by == "coder pair"), _POOLED if pair else _COUNTED)
        return figures_table("Agreement between coders", columns, rows, below, _missing)

    def picture(self) -> RowChart:
        """Return a chart of the report: the alpha of each row with its confidence interval."""
        from sibtui.model.pictures.charts import agreement_chart

        rows = self.rows if self.by == "coder pair" else (*self.rows, self.overall)
        figures = [
            (row.label, row.alpha, *((row.interval.low, row.interval.high) if row.interval else (None, None)), row.why)
            for row in rows
        ]
        notes = list(self.basis.lines(pairs=self.by == "coder pair"))
        return agreement_chart(
            "Agreement between coders", figures, "Krippendorff's alpha", notes, by_code=self.by == "code"
        )


def _missing(row: Agreement) -> str:
    return "undefined" if row.units else "not computable"


_COUNTED = "In a row of several codes, a unit counts once for each code."
_POOLED = "In a row of several codes, a unit counts once for each code, and kappa is pooled over the codes (De Vries et al. 2008)."
_Columns = dict[str, "Callable[[Agreement], Figure]"]

_PAIR: _Columns = {
    "units": lambda row: row.units,
    "both": lambda row: row.table.both,
    "only A": lambda row: row.table.first,
    "only B": lambda row: row.table.second,
    "neither": lambda row: row.table.neither,
    "percent": lambda row: row.percent,
    "kappa": lambda row: row.kappa,
    "alpha": lambda row: row.alpha,
}
_GROUP: _Columns = {
    "units": lambda row: row.units,
    "all": lambda row: row.coded[0],
    "some": lambda row: row.coded[1],
    "none": lambda row: row.coded[2],
    "percent": lambda row: row.percent,
    "Fleiss' kappa": lambda row: row.kappa,
    "alpha": lambda row: row.alpha,
}
_INTERVAL: _Columns = {
    "low": lambda row: row.interval.low if row.interval else None,
    "high": lambda row: row.interval.high if row.interval else None,
}
