"""The quotes behind the cells of matrices as one file: a document to be read, or a table, one row a quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.arguments import choice
from sibtui.model.cell_words import beside_quotes
from sibtui.model.report_values import AppendixOptions, MatrixEvidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sibtui.model.matrix import Cell
    from sibtui.model.records import Coding
    from sibtui.model.table import Value

TABLES = ("csv", "json")
COLUMNS = (
    "matrix", "row", "column", "state", "fragility", "reasons", "judged", "changed", "coding", "source", "fidelity", "start",
    "end", "quote", "code", "stance", "certainty", "coder", "cases", "memo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Behind:
    """A cell with its codings."""

    matrix: str
    row: str
    column: str
    cell: Cell
    codings: Sequence[Coding]


def appendix(
    traced: MatrixEvidence | Iterable[MatrixEvidence], form: str, *, options: AppendixOptions | None = None
) -> bytes:
    """Return the evidence as a document or as a table. `form` is one of DOCUMENT_FORMATS or TABLES; marks of a document link to their quotes.

    `options` can include coders and memos in documents; a table always has these columns. Raises InputError for another format.
    """
    from sibtui.formats.registry import DOCUMENT_FORMATS, render_bytes

    form = choice("format of an appendix", form, (*DOCUMENT_FORMATS, *TABLES))
    traced = (traced,) if isinstance(traced, MatrixEvidence) else tuple(traced)
    if form in TABLES:
        from sibtui.formats.documents.lists import list_document
        from sibtui.model.table import Table

        verbatim = frozenset(name for one in traced for name in one.verbatim)
        rows = tuple(line for one in traced for each in behind(one) for line in _lines(each, verbatim, form))
        objects = tuple(_fields(row) for row in rows)
        return render_bytes(list_document(Table(COLUMNS, rows, objects=objects)), form)
    from sibtui.formats.documents.evidence import evidence_document

    return render_bytes(evidence_document(traced, options=options or AppendixOptions()), form)


def _fields(row: tuple[Value, ...]) -> dict[str, Value | None]:
    """Return a row for programs. The numbers of a quote are None where a judged cell has no quote."""
    fields = dict(zip(COLUMNS, row, strict=True))
    return {
        name: None if name in {"coding", "start", "end"} and value == "" else value for name, value in fields.items()
    }


def behind(traced: MatrixEvidence) -> Iterator[Behind]:
    """Yield the cells with evidence or a judgement, or the one requested cell."""
    found = {(each.row, each.column): each.codings for each in traced.cells}
    for row in traced.matrix.rows:
        for column, state in zip(traced.matrix.columns, row.cells, strict=True):
            codings = found.get((row.label, column))
            if codings is not None or state.judgement is not None:
                yield Behind(traced.matrix.name, row.label, column, state, codings or ())


def _lines(each: Behind, verbatim: Collection[str], form: str) -> Iterator[tuple[Value, ...]]:
    from sibtui.formats.codec.case_list import join_cases

    found = each.cell
    judged = "" if found.judgement is None else found.judgement.because
    reasons, changed = tuple(beside_quotes(found)), tuple(found.changes)
    cell = (each.matrix, each.row, each.column, found.state, found.fragility or "", reasons, judged, changed)
    if not each.codings:
        empty: dict[str, Value] = {"cases": ()}
        yield (*cell, *(empty.get(column, "") for column in COLUMNS[len(cell) :]))
    for coding in each.codings:
        cases = coding.cases if form == "json" else join_cases(coding.cases)
        fidelity = "verbatim" if coding.source in verbatim else "notes"
        yield (
            *cell, coding.id, coding.source, fidelity, coding.segment.start, coding.segment.end, coding.quote,
            coding.code, coding.stance, coding.certainty, coding.coder, cases, coding.memo,
        )  # fmt: skip
