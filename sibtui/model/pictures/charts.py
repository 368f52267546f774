"""Charts of reports: the saturation curve, the tree of codes, the agreement of coders, and pairs of codes."""

from __future__ import annotations

from itertools import count
from math import ceil, floor
from operator import itemgetter
from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path
from sibtui.model.colours import colours
from sibtui.model.pictures.code_labels import tree_labels
from sibtui.model.pictures.picture import ChartRow, CurveChart, RowChart, check_size
from sibtui.model.table import Rounded
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from sibtui.model.cooccurrence import Cooccurrence
    from sibtui.model.records import Code
    from sibtui.model.saturation import SaturationCurve

_WITHOUT_SUBCODES = "The figures of a code do not include its sub-codes."
MOST_PAIRS = 30
"""The number of pairs of codes in a picture. The table has all pairs."""
AgreementFigure = tuple[str, "float | None", "float | None", "float | None", str]
"""A row of agreement: (label, coefficient, low end of its interval, high end, reason why there is no coefficient)."""


def saturation_chart(
    labels: Sequence[str],
    curve: SaturationCurve,
    totals: Sequence[int],
    threshold: float,
    unit: str,
    notes: Sequence[str],
) -> CurveChart:
    """Return the chart of saturation: a bar for the new codes of each interview, and a line for all codes so far.

    The chart marks the point of saturation: the run of interviews after it brings few new codes (at most `threshold`
    percent of the codes in the first interviews). `totals` has the number of codes so far, for each interview. `unit` is
    "code" or "theme". `notes` are sentences to print below the chart; the first is the result in words.
    """
    check_size(len(labels), row=curve.item)
    reached = curve.reached(threshold)
    steps = ", ".join(str(count) for count in curve.new)
    description = (
        f"Bars show the new {unit}s of {plural(len(labels), curve.item)}: {steps}. A line shows their sum. {notes[0]}"
    )
    return CurveChart(
        "Saturation", description, tuple(labels), curve.new, tuple(totals), f"{curve.item}s in order", f"{unit}s",
        min(curve.base, len(labels)), curve.run, None if reached is None else reached.first - 1,
        tuple(notes),
    )  # fmt: skip


def code_tree(codes: Sequence[Code], quotes: Mapping[int, int], sources: Mapping[int, int]) -> RowChart:
    """Return the chart of the codebook: an indented row for each code, with a bar for the number of its quotes.

    `quotes` and `sources` are maps: code id → count, without sub-codes. Retired codes are left out.
    """
    shown = [code for code in codes if code.status != "retired"]
    check_size(len(shown), row="code")
    named = colours(codes)
    parents = {code.parent for code in shown}
    rows = tuple(
        ChartRow(
            label, quotes.get(code.id, 0), _with_sources(code, quotes, sources, parents), level, colour=named[code.path]
        )
        for code, (label, level) in zip(shown, tree_labels([code.path for code in shown]), strict=True)
    )
    most = max(rows, key=lambda row: row.value or 0)
    total = sum(quotes.get(code.id, 0) for code in shown)
    themes = sum(not code.depth for code in shown)
    description = f"A tree of {plural(len(shown), 'code')} in {plural(themes, 'theme')}, with a bar for the quotes of each: {total:,} in all."
    if most.value:
        description += f" The most are in {one_line(most.label)}: {most.value:,.0f}."
    return RowChart(
        "Codebook", description, rows, "quotes (sources)", 0, _axis_end(most.value or 0), notes=(_WITHOUT_SUBCODES,)
    )  # fmt: skip


def _with_sources(
    code: Code, quotes: Mapping[int, int], sources: Mapping[int, int], parents: Container[int | None]
) -> str:
    """Return the numbers of quotes and sources of a code as text; empty for a code that only groups other codes.

    `parents` are the ids of codes that have sub-codes.
    """
    if code.id in parents and code.id not in quotes:
        return ""
    return f"{quotes.get(code.id, 0):,} ({sources.get(code.id, 0):,})"


def agreement_chart(
    title: str, rows: Sequence[AgreementFigure], coefficient: str, notes: Sequence[str], *, by_code: bool
) -> RowChart:
    """Return the chart of agreement: a dot for the coefficient of each row, and a line for its confidence interval.

    `coefficient` is the name of the coefficient. With `by_code`, the labels of the rows are paths of codes, and
    sub-codes are indented.
    """
    check_size(len(rows))
    names = [label for label, *_ in rows]
    labels = tree_labels(names) if by_code else tuple((name, 0) for name in names)
    found = tuple(
        ChartRow(label, value, _with_interval(value, low, high) if value is not None else why, level, low, high)
        for (label, level), (_, value, low, high, why) in zip(labels, rows, strict=True)
    )
    known = [(row.value, name) for name, row in zip(names, found, strict=True) if row.value is not None]
    ends = [end for row in found for end in (row.value, row.low) if end is not None]
    description = f"Dots show {coefficient} for {plural(len(found), 'row')}."
    if known:
        (least, low_name), (most, high_name) = min(known, key=itemgetter(0)), max(known, key=itemgetter(0))
        description += (
            f" It ranges from {Rounded(least)} ({one_line(low_name)}) to {Rounded(most)} ({one_line(high_name)})."
        )
    if without := sum(row.value is None for row in found):
        description += f" {plural(without, 'row has', 'rows have')} no coefficient."
    start = max(-1.0, floor(10 * min([0.0, *ends])) / 10)
    return RowChart(title, description, found, coefficient, start, 1, "dot", tuple(notes))


def pair_chart(
    pairs: Sequence[Cooccurrence], paths: Mapping[int, str], counted: str, remarks: Sequence[str] = ()
) -> RowChart:
    """Return the chart of the strongest pairs of codes: a bar for the number of times that two codes occur together.

    `counted` is the word for the unit that is counted, such as passages. The chart has at most `MOST_PAIRS` pairs.
    """
    shown = pairs[:MOST_PAIRS]
    check_size(len(shown), row="pair")
    rows = tuple(
        ChartRow(
            " + ".join(split_path(paths[code])[-1] for code in (pair.first, pair.second)), pair.n12, f"{pair.n12:,}"
        )
        for pair in shown
    )
    first = [f"{one_line(row.label)} ({row.text})" for row in rows[:3]]
    description = f"Bars show how often two codes occur together, for {plural(len(rows), 'pair')}. The strongest: {listed(first)}."
    left = len(pairs) - len(shown)
    notes = (*((f"{plural(left, 'weaker pair')} left out: the table has all.",) if left else ()), *remarks)
    return RowChart("Codes that occur together", description, rows, counted, 0, _axis_end(shown[0].n12), notes=notes)


def _with_interval(value: float, low: float | None, high: float | None) -> str:
    shown = str(Rounded(value, 2))
    return shown if low is None or high is None else f"{shown} [{Rounded(low, 2)}, {Rounded(high, 2)}]"


def _axis_end(most: float) -> int:
    """Return the end of an axis that begins at 0: `most` or a little more.

    The axis has at most five equal steps. A step is 1, 2, 5, 10, 20, 50 and so on.
    """
    step: int = next(size * 10**zeros for zeros in count() for size in (1, 2, 5) if 5 * size * 10**zeros >= most)
    return max(step * ceil(most / step), 1)
