"""The appendix of quotes: the codings on which the cells of matrices are based, as a document or as a table."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, cast

from sibtui.model.arguments import choice
from sibtui.model.cell_words import beside_quotes
from sibtui.model.frozen import dataclass
from sibtui.model.report_values import AppendixOptions, MatrixEvidence, traced_cells
from sibtui.model.table import as_text

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from sibtui.model.matrix import Cell
    from sibtui.model.records import Coding
    from sibtui.model.table import Value

TABLES = ("csv", "json")
COLUMNS = (
    "matrix", "row", "column", "state", "fragility", "reasons", "judged", "changed", "coding", "source", "fidelity", "start",
    "end", "quote", "code", "stance", "certainty", "coder", "cases", "memo",
)  # fmt: skip
_NUMBERS = frozenset(("coding", "start", "end"))


@dataclass(frozen=True, slots=True)
class Behind:
    """A cell of a matrix, with the codings that count for it."""

    matrix: str
    row: str
    column: str
    cell: Cell
    codings: Sequence[Coding]


def appendix(
    traced: MatrixEvidence | Iterable[MatrixEvidence], form: str, *, options: AppendixOptions | None = None
) -> bytes:
    """Return the quotes of the cells of matrices as the bytes of a file.

    `form` is a document format (DOCUMENT_FORMATS) or a table format (TABLES). `options` can add coders and memos to
    a document. A table always has coders and memos. Raises InputError for another format.
    """
    return b"".join(appendix_chunks(traced, form, options=options))


def appendix_chunks(
    traced: MatrixEvidence | Iterable[MatrixEvidence], form: str, *, options: AppendixOptions | None = None
) -> Iterator[bytes]:
    """Yield the file of `appendix` in chunks of bytes, so that tables and web pages need little memory."""
    from sibtui.formats.registry import DOCUMENT_FORMATS

    form = choice("format of an appendix", form, (*DOCUMENT_FORMATS, *TABLES))
    traced = (traced,) if isinstance(traced, MatrixEvidence) else tuple(traced)
    if form in TABLES:
        return (chunk.encode("utf-8", "surrogatepass") for chunk in _table_chunks(traced, form))
    from sibtui.formats.documents.evidence import evidence_document
    from sibtui.formats.registry import render_chunks

    return render_chunks(evidence_document(traced, options=options or AppendixOptions()), form)


def _table_chunks(traced: Sequence[MatrixEvidence], form: str) -> Iterator[str]:
    verbatim = frozenset(name for one in traced for name in one.verbatim)
    cells = (each for one in traced for each in behind(one))
    if form == "csv":
        from sibtui.formats.codec.case_list import join_cases
        from sibtui.formats.codec.csv_out import write_csv

        joined = cache(join_cases)
        rows = (row for each in cells for row in _lines(each, verbatim, joined, as_text))
        return write_csv(COLUMNS, cast("Iterator[tuple[str | int, ...]]", rows))
    from sibtui.formats.codec.json_text import dumps_each

    return dumps_each(_fields(row) for each in cells for row in _lines(each, verbatim, tuple, tuple))


def _fields(row: tuple[Value, ...]) -> dict[str, Value | None]:
    """Return a row of the table as JSON fields. In fields for numbers, an empty value becomes None."""
    return {name: None if value == "" and name in _NUMBERS else value for name, value in zip(COLUMNS, row, strict=True)}


def behind(traced: MatrixEvidence) -> Iterator[Behind]:
    """Yield each cell that has codings or a judgement.

    If `traced` is the evidence of a single cell, this cell is always yielded.
    """
    matrix = traced.matrix
    for (row, column), found in traced_cells(traced):
        line = matrix.rows[row]
        codings = found.codings if found else ()
        yield Behind(matrix.name, line.label, matrix.columns[column], line.cells[column], codings)


def _lines(
    each: Behind,
    verbatim: Collection[str],
    cases: Callable[[tuple[str, ...]], Value],
    clauses: Callable[[tuple[str, ...]], Value],
) -> Iterator[tuple[Value, ...]]:
    """Yield a row of the table for each coding of a cell. A cell without codings has one row.

    `verbatim` are the names of sources with the exact words of people. `cases` joins case labels into one field, and
    `clauses` joins clauses into one field.
    """
    found = each.cell
    judged = "" if found.judgement is None else found.judgement.because
    reasons, changed = clauses(tuple(beside_quotes(found))), clauses(found.changes)
    cell = (each.matrix, each.row, each.column, found.state, found.fragility or "", reasons, judged, changed)
    if not each.codings:
        empty: dict[str, Value] = {"cases": clauses(())}
        yield (*cell, *(empty.get(column, "") for column in COLUMNS[len(cell) :]))
    for coding in each.codings:
        yield (
            *cell, coding.id, coding.source, "verbatim" if coding.source in verbatim else "notes", coding.segment.start,
            coding.segment.end, coding.quote, coding.code, coding.stance, coding.certainty, coding.coder, cases(coding.cases), coding.memo,
        )  # fmt: skip
