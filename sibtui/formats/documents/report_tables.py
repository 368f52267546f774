"""All tables of a report except the matrices: claims, sensitivity, saturation, coverage and co-occurrence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.formats.documents.model import TableBlock, TableCell
from sibtui.formats.documents.report_matrices import cell_anchors, row_anchors
from sibtui.model.claims.report import ClaimReport
from sibtui.model.codebook import split_path
from sibtui.model.table import as_text
from sibtui.model.text import line_in_file, plural

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sibtui.formats.documents.model import Tone
    from sibtui.model.claims.verdicts import CheckedClaim, Verdict
    from sibtui.model.report_values import StudyReport
    from sibtui.model.table import Table, Value

STRONGEST = 12
"""How many pairs of codes a report shows at most."""
_TONES: Mapping[Verdict, Tone] = {
    "contradicted": "bad",
    "holds with reserve": "doubt",
    "not checkable": "quiet",
    "holds": "good",
}
"""A map: verdict → its tone. A report lists the claims in the order in which their verdicts are here."""


def holding_claims(claims: Sequence[CheckedClaim]) -> Iterator[tuple[str, str]]:
    """Yield one pair about the claims that hold, such as ("claims hold", "3 of 4").

    Without claims, yield nothing.
    """
    if claims:
        yield "claims hold", f"{sum(each.verdict == 'holds' for each in claims):,} of {len(claims):,}"


def claims_table(report: StudyReport) -> TableBlock:
    """Return the table of the claims of the paper with the result of their check. Contradicted claims come first."""
    anchors = row_anchors(report)
    order = list(_TONES)
    claims = sorted(report.claims, key=lambda each: order.index(each.verdict))
    below = (
        f"{plural(len(claims), 'claim')}: {ClaimReport(report.claims).sentence}.",
        "A claim holds with reserve if it needs a cell that is contested or judged, or that rests on a single quote or source.",
    )
    rows = tuple(_claim(each, anchors) for each in claims)
    return TableBlock(("verdict", "claim", "the study has", "rows"), rows, below=below, name="Claims")


def _claim(checked: CheckedClaim, anchors: Mapping[tuple[str, str], str]) -> tuple[TableCell, ...]:
    claim = checked.claim
    place = " · ".join(
        filter(None, (line_in_file(claim.key), line_in_file(claim.place), line_in_file(claim.statement)))
    )
    because = "; ".join(map(line_in_file, checked.because))
    known = {"", checked.found, f"the study has {checked.found}"} if checked.found else {because}
    return (
        TableCell(checked.verdict, tone=_TONES[checked.verdict]),
        TableCell(claim.text, below=place),
        TableCell(checked.found or because, below="" if because in known else because),
        _rows_of(checked, anchors),
    )


def _rows_of(checked: CheckedClaim, anchors: Mapping[tuple[str, str], str]) -> TableCell:
    """Return a table cell that lists the matrix rows of a claim, one per line, with links to them."""
    rows = checked.claim.rows
    if not rows:
        return TableCell(as_text(checked.claim.subject))
    text, links = "", []
    for row in rows:
        start = len(text)
        text += f"{line_in_file(row[0])} / {line_in_file(row[1])}"
        if row in anchors:
            links.append((start, len(text), anchors[row]))
        text += "\n"
    return TableCell(text.removesuffix("\n"), links=tuple(links))


def sensitivity_table(report: StudyReport) -> TableBlock:
    """Return the table of the matrix cells that depend on one source, one organisation or one kind of source.

    Without this source, organisation or kind of source, such a cell would have no mark of presence.
    """
    table = report.sensitivity
    if table is None:
        return TableBlock((), ())
    anchors = cell_anchors(report)
    rows = []
    for row in table.rows:
        facts = dict(zip(table.columns, row, strict=True))
        hangs = as_text(facts["hangs on"])
        if hangs:
            place = (str(facts["matrix"]), str(facts["row"]), str(facts["column"]))
            name = f"{line_in_file(place[1])}, {line_in_file(place[2])}"
            links = ((0, len(name), anchors[place]),) if place in anchors else ()
            cell = TableCell(name, links=links, below=line_in_file(place[0]))
            rows.append((cell, _number(facts["quotes"]), _number(facts["sources"]), hangs))
    below = ("Without this source, organisation or kind of source, the cell has no mark of presence.", *table.below)
    return TableBlock(("cell", "quotes", "sources", "hangs on"), tuple(rows), below=below, name="Sensitivity")


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def saturation_table(table: Table) -> TableBlock:
    """Return the table that counts the new codes of each interview. The counts have bars."""
    return TableBlock(table.columns, _with_bars(table, ("new", "so far")), below=table.below, name="Saturation")


def coverage_table(table: Table) -> TableBlock:
    """Return the table that states how much of each source is coded. The numbers of codings have bars.

    Two columns are left out: the coders who have read a source, and the coders who still have to read it.
    """
    kept = [at for at, column in enumerate(table.columns) if column not in {"read by", "due for"}]
    short = replace(
        table,
        columns=tuple(table.columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in table.rows[:-1]),
    )
    below = tuple(line for line in table.below if not line.startswith("due for"))
    return TableBlock(short.columns, _with_bars(short, ("codings",)), below=below, name="Coverage")


def cooccurrence_table(table: Table) -> TableBlock:
    """Return a table of the pairs of codes that occur together most often. The counts have bars.

    A code is shown by the last name in its path.
    """
    meetings = table.columns.index("meetings")
    strongest = sorted(table.rows, key=lambda row: -_number(row[meetings]))[:STRONGEST]
    named = replace(table, rows=tuple((_name(row[0]), _name(row[1]), *row[2:]) for row in strongest))
    more = len(table.rows) - len(strongest)
    first = (f"{plural(more, 'more pair')}: the report “cooccurrence” lists all.",) if more else ()
    return TableBlock(
        table.columns, _with_bars(named, ("meetings",)), below=(*first, *table.below), name="Pairs of codes"
    )


def _with_bars(table: Table, columns: Collection[str]) -> tuple[tuple[Value | TableCell, ...], ...]:
    """Return the rows with bars for the numbers in `columns`. The largest number of a column has the longest bar."""
    largest = {
        at: max((_number(row[at]) for row in table.rows), default=0)
        for at, column in enumerate(table.columns)
        if column in columns
    }
    return tuple(
        tuple(
            TableCell(_number(value), bar=_number(value) / largest[at]) if largest.get(at) else value
            for at, value in enumerate(row)
        )
        for row in table.rows
    )


def _name(path: Value) -> str:
    return line_in_file(split_path(as_text(path))[-1])
