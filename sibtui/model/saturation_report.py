"""Tables of saturation: by interview, by run, for twelve combinations of settings, and for random orders.

`SaturationCurve` explains the terms base, run and ratio.
"""

from __future__ import annotations

from statistics import quantiles
from typing import TYPE_CHECKING, Any, Literal, get_args

from sibtui.errors import InputError
from sibtui.model.frozen import dataclass
from sibtui.model.saturation import (
    BASES,
    RUNS,
    THRESHOLDS,
    SaturationCurve,
    new_codes,
    random_points,
    so_far,
)
from sibtui.model.table import Rounded, Table, Value
from sibtui.model.text import listed, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.pictures.picture import CurveChart

SaturationTable = Literal["interviews", "runs", "choices", "orders"]
"""The tables of the report: by interview, by run of interviews, for the twelve choices, or over random orders."""
SATURATION_TABLES: tuple[SaturationTable, ...] = get_args(SaturationTable)

_PERCENTILES = 20
"""The number of parts into which `statistics.quantiles` divides the points.

With this number, the first cut is the 5th percentile, and the last cut is the 95th percentile.
"""


@dataclass(frozen=True, slots=True)
class InterviewCodes:
    """An interview with its date and the ids of its codes.

    `emergent` are the ids of the codes that were made while reading the texts, and not before.
    """

    source: str
    date: str
    codes: frozenset[int]
    emergent: frozenset[int]


@dataclass(frozen=True, slots=True)
class SaturationReport:
    """The interviews in order, and the settings of a report on how many new codes each interview brings.

    - `base`: the number of interviews at the start. Later interviews are compared with these.
    - `run`: the number of successive interviews that are taken together.
    - `threshold`: a percentage. Saturation is reached if a run brings at most this percentage of the codes of the
      base.
    - `order`: a phrase for the order of the interviews, such as "of their dates".
    - `codes`: the word for the counted items: "code", or "theme" for top codes.
    - `item`: the noun for one of the interviews: "source" if some of them are reports or documents.
    - `warnings`: sentences about the data.
    - `remarks`: sentences about filters.
    - `reading`: sentences about unread interviews.
    """

    interviews: tuple[InterviewCodes, ...]
    base: int = 4
    run: int = 2
    threshold: float = 5.0
    order: str = "of their dates"
    codes: Literal["code", "theme"] = "code"
    item: Literal["interview", "source"] = "interview"
    warnings: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    reading: tuple[str, ...] = ()

    @property
    def curve(self) -> SaturationCurve:
        return SaturationCurve(self._new, self.base, self.run, self.item)

    @property
    def _new(self) -> tuple[int, ...]:
        return new_codes(each.codes for each in self.interviews)

    def sentence(self) -> str:
        """Return the result in sentences, for the method section of a paper. Unread interviews are mentioned."""
        return " ".join((self._result(), *self.reading))

    def _result(self) -> str:
        curve = self.curve
        if curve.why:
            return f"Saturation is not computable: {curve.why}."
        codes = plural(sum(curve.new), f"{self.codes} was", f"{self.codes}s were")
        first = f"{self.base} {self.item}s" if self.base > 1 else self.item
        begin = f"In the order {self.order}, {codes} used; the first {first} had {curve.base_codes}; "
        reached = curve.reached(self.threshold)
        if reached is None:
            return f"{begin}new information did not fall to {self.threshold:g} % or less."
        numbers = listed([str(number) for number in range(reached.first, reached.last + 1)])
        return (
            f"{begin}new information fell to {self.threshold:g} % or less at {curve.point(self.threshold)}"
            f" ({self.item}{'s' if self.run > 1 else ''} {numbers} brought {reached.new} of {curve.base_codes})."
            f" This is {self.codes} saturation, not saturation of meaning."
        )

    def picture(self) -> CurveChart:
        """Return a chart: the new codes of each interview, all codes so far, and the point of saturation.

        Raises InputError if all interviews are unread.
        """
        if not self.interviews:
            raise InputError(self.sentence())
        from sibtui.model.pictures.charts import saturation_chart

        names = [each.source for each in self.interviews]
        return saturation_chart(names, self.curve, so_far(self._new), self.threshold, self.codes, list(self._below()))

    def table(self, which: SaturationTable, *, shuffles: int = 1000, seed: int = 1) -> Table:
        """Return one of the tables of the report.

        `shuffles` (number of random orders) and `seed` (of the random numbers) are used only for the table "orders".
        """
        if which == "orders":
            return self._by_order(shuffles, seed)
        make = {"interviews": self._by_interview, "runs": self._by_run, "choices": self._by_choice}[which]
        return make()

    def _by_interview(self) -> Table:
        emergent = new_codes(each.emergent for each in self.interviews)
        rows = tuple(
            (each.source, each.date, len(each.codes), new, total, new_emergent)
            for each, new, total, new_emergent in zip(
                self.interviews, self._new, so_far(self._new), emergent, strict=True
            )
        )
        columns = ("interview", "date", f"{self.codes}s", "new", "so far", "emergent new")
        return self._made("Saturation: new codes by interview", columns, rows)

    def _by_run(self) -> Table:
        most = self.curve.most_new(self.threshold)
        rows = [
            (
                f"{run.first}-{run.last}",
                run.new,
                Rounded(100 * run.ratio, 1),
                "yes" if run.new <= most else "no",
            )
            for run in self.curve.runs()
        ]
        objects = [
            {
                "first": run.first,
                "last": run.last,
                "new": run.new,
                "ratio": run.ratio,
                "at_or_below": run.new <= most,
            }
            for run in self.curve.runs()
        ]
        columns = ("interviews", "new", "percent", f"at most {self.threshold:g} %")
        return self._made("Saturation: new codes by run", columns, tuple(rows), objects)

    def _by_choice(self) -> Table:
        choices = [(base, run, threshold) for base in BASES for run in RUNS for threshold in THRESHOLDS]
        rows = tuple(
            (base, run, f"{threshold:g} %", SaturationCurve(self._new, base, run, self.item).point(threshold))
            for base, run, threshold in choices
        )
        return self._made("Saturation: the twelve choices", ("base", "run", "threshold", "point"), rows)

    def _by_order(self, shuffles: int, seed: int) -> Table:
        points = random_points(
            [each.codes for each in self.interviews], self.base, self.run, self.threshold, shuffles=shuffles, seed=seed
        )
        reached = sorted(point for point in points if point is not None)
        figures: list[Value] = ["", "", ""]
        if reached:
            cuts = quantiles(reached, n=_PERCENTILES, method="inclusive") if len(reached) > 1 else reached * 19
            figures = [Rounded(cuts[at], 1) for at in (0, 9, 18)]
        row = (shuffles, len(reached), *figures)
        columns = ("orders", "reached", "5 %", "median", "95 %")
        table = self._made("Saturation over random orders", columns, (row,))
        explained = f"5 %, median and 95 %: the last {self.item} before the run, among the orders that reach the point. Seed: {seed}."
        return Table(table.columns, table.rows, table.title, (explained, *table.below), table.objects)

    def _made(
        self,
        title: str,
        columns: tuple[str, ...],
        rows: tuple[tuple[Value, ...], ...],
        objects: Sequence[dict[str, Any]] = (),
    ) -> Table:
        return Table(columns, rows, title, below=tuple(self._below()), objects=tuple(objects))

    def _below(self) -> Iterator[str]:
        yield self._result()
        if self.curve.rises_again(self.threshold):
            yield "The ratio rises again after this point."
        yield from self.reading
        yield from self.warnings
        yield from self.remarks
