"""The quotes behind the cells of matrices as one file: a document to be read, or a table, one row a quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from sibtui.model.matrix import Cell
    from sibtui.model.records import Coding
    from sibtui.model.report import MatrixEvidence, Telling

DOCUMENTS = ("html", "md", "docx")
TABLES = ("csv", "json")
COLUMNS = (
    "matrix", "row", "column", "state", "fragility", "judged", "coding", "source", "fidelity", "start", "end", "quote",
    "code", "stance", "certainty", "coder", "cases", "memo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """A cell with the codings behind it."""

    matrix: str
    row: str
    column: str
    cell: Cell
    codings: Sequence[Coding]


def appendix(traced: Sequence[MatrixEvidence], form: str, *, telling: Telling | None = None) -> bytes:
    """The evidence in the format: one of DOCUMENTS, in which each mark leads to its quotes, or of TABLES.

    Coders and memos are left out of documents unless `telling` asks for them; a table has their columns.
    """
    if form in TABLES:
        from sibtui.formats.tables import render  # noqa: PLC0415 - each form imports its own
        from sibtui.model.table import Table  # noqa: PLC0415

        verbatim = frozenset(name for one in traced for name in one.verbatim)
        rows = tuple(line for one in traced for each in behind(one) for line in _lines(each, verbatim))
        return render(Table(COLUMNS, rows), "json" if form == "json" else "csv").encode("utf-8", "surrogatepass")
    from sibtui.formats.registry import evidence_document  # noqa: PLC0415

    return evidence_document(traced, form, telling=telling)


def behind(traced: MatrixEvidence) -> Iterator[Behind]:
    """The cells that have evidence or a judgement, or the one that is asked for."""
    found = {(each.row, each.column): each.codings for each in traced.cells}
    for row in traced.matrix.rows:
        for column, state in zip(traced.matrix.columns, row.cells, strict=True):
            codings = found.get((row.label, column))
            if codings is not None or state.judgement is not None:
                yield Behind(traced.matrix.name, row.label, column, state, codings or ())


def _lines(each: Behind, verbatim: Collection[str]) -> Iterator[tuple[str | int, ...]]:
    from sibtui.formats.codings_csv import join_cases  # noqa: PLC0415 - the same cell as in an export of codings

    judged = "" if each.cell.judgement is None else each.cell.judgement.because
    cell = (each.matrix, each.row, each.column, each.cell.state, each.cell.fragility or "", judged)
    if not each.codings:
        yield (*cell, *[""] * (len(COLUMNS) - len(cell)))
    for coding in each.codings:
        fidelity = "verbatim" if coding.source in verbatim else "notes"
        yield (
            *cell, coding.id, coding.source, fidelity, coding.segment.start, coding.segment.end, coding.quote,
            coding.code, coding.stance, coding.certainty, coding.coder, join_cases(coding.cases), coding.memo,
        )  # fmt: skip
