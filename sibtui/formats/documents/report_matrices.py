"""The matrices of a report. The more quotes a cell has, the darker it is.

Below the mark of a cell (such as X) are the numbers that decide this mark, such as 17 quotes from 7 sources.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sibtui.formats.documents.evidence import TracedPlaces, coding_anchor, matrix_prefix
from sibtui.formats.documents.matrix import cell_anchor, evidence_anchor, matrix_table
from sibtui.formats.documents.model import TableBlock, TableCell, as_cell
from sibtui.model.cell_words import evidence_clauses, state_words
from sibtui.model.lazy_items import LazyItems
from sibtui.model.report_values import traced_cells
from sibtui.model.text import line_in_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.documents.model import Tone
    from sibtui.model.matrix import Cell, CellSummary, Matrix
    from sibtui.model.report_values import AppendixOptions, MatrixEvidence, StudyReport

READING_A_MATRIX = (
    "A mark leads to its quotes. Below it: firm quotes · sources, or quotes for : against. The more firm quotes, the stronger the colour of the cell. "
    "Stripes: there is counter-evidence too. A dashed frame: a person has judged the cell, with a reason."
)
LEVELS = 4
_Place = tuple[int, int]
Links = Mapping[tuple[int, int, int], int]
"""A map: (row index, column index, number of a coding) → the number by which a summary names the quote."""
_NUMBERED = re.compile(r"\[([0-9]{1,9})\]")


def matrix_name(number: int) -> str:
    """Return the anchor (the name for links) of the section with a matrix. Matrices are counted from 1."""
    return f"matrix-{number}"


def evidence_name(number: int) -> str:
    """Return the anchor (the name for links) of the section with a matrix's quotes. Matrices are counted from 1."""
    return f"quotes-{number}"


def row_anchor(number: int, row: int) -> str:
    """Return the anchor (the name for links) of a row's label. Matrices are counted from 1, rows from 0."""
    return f"{matrix_prefix(number)}row-{row}"


def shaded_table(matrix: Matrix, number: int) -> TableBlock:
    """Return a matrix as a table in which a cell is darker if it has more quotes.

    A cell with quotes, or with a judgement by a person, links to the section with its quotes. `number` is the position
    of the matrix in the report, from 1. Each row is made when it is read, because a large matrix has very many cells.
    """
    table = matrix_table(
        replace(matrix, transposed=False),
        anchor=matrix_prefix(number),
        linked=TracedPlaces(matrix),
        titled=False,
        blank="no mark",  # these cells are not empty: they show figures or words
        lazy=True,
    )
    most = max((cell.quotes for row in matrix.rows for cell in row.cells), default=0)
    return replace(table, rows=LazyItems(partial(_shaded_rows, matrix, table, number, most), len(matrix.rows)))


def _shaded_rows(matrix: Matrix, table: TableBlock, number: int, most: int) -> Iterator[tuple[TableCell, ...]]:
    """Yield the rows of `table` with their shades. `most` is the largest number of quotes of a cell."""
    names = list(map(line_in_file, matrix.columns))
    for at, (row, drawn) in enumerate(zip(matrix.rows, table.rows, strict=True)):
        name = line_in_file(row.label)
        label = replace(as_cell(drawn[0]), anchor=row_anchor(number, at))
        cells = (
            _shaded(as_cell(value), cell, f"{name}, {column}", most, matrix.show == "presence")
            for value, cell, column in zip(drawn[1:], row.cells, names, strict=True)
        )
        yield (label, *cells)


def _shaded(drawn: TableCell, cell: Cell, place: str, most: int, with_figures: bool) -> TableCell:
    facts = "; ".join((state_words(cell), *evidence_clauses(cell)))
    return replace(
        drawn,
        below=_figures(cell) if with_figures else "",
        level=-(-LEVELS * cell.quotes // most) if most else 0,
        tone=_tone(cell),
        hint=f"{place}: {facts}" if drawn.link else "",
    )


def _tone(cell: Cell) -> Tone:
    if cell.judgement is not None:
        return "judged"
    if cell.quotes and cell.counter:
        return "split"
    return "" if cell.quotes else "quiet"


def _figures(cell: Cell) -> str:
    """Return the counts that decide the mark of a cell, as a short text. “17 · 7” means 17 quotes from 7 sources.

    For a cell without codings, return its state, such as absent.

    >>> [_figures(cell) for cell in project.matrices.show("table-1").rows[-1].cells]
    ['5 against', 'absent', '3 tentative', '17 · 7']
    """
    if cell.quotes:
        return f"{cell.quotes:,} : {cell.counter:,}" if cell.counter else f"{cell.quotes:,} · {cell.sources:,}"
    if cell.counter:
        return f"{cell.counter:,} against"
    return f"{cell.tentative:,} tentative" if cell.tentative else cell.computed


def words_table(words: Matrix, number: int, links: Links, options: AppendixOptions) -> TableBlock:
    """Return a table with the summaries of the cells of a matrix.

    Each reference in a summary, such as [3], links to the quote in the report. `words` is the matrix with the
    summaries, and `number` is its position in the report, from 1. `links` is the result of `summary_links`.
    """
    rows = []
    for at, row in enumerate(words.rows):
        if any(cell.summaries for cell in row.cells):
            cells = (_words(words, number, (at, column), links, options) for column in range(len(words.columns)))
            rows.append((TableCell(row.label), *cells))
    return TableBlock(("", *words.columns), tuple(rows), style="texts", name=f"Summaries of {words.name}")


def _words(words: Matrix, number: int, place: _Place, links: Links, options: AppendixOptions) -> TableCell:
    cell, prefix = words.rows[place[0]].cells[place[1]], matrix_prefix(number)
    text = "\n\n".join(_text(summary, options) for summary in cell.summaries)
    anchors = {
        quote.number: coding_anchor(prefix, *place, quote.coding)
        for quote in words.linked
        if quote.coding is not None and (*place, quote.coding) in links
    }
    if cell.has_codings:
        anchors |= {quote.number: evidence_anchor(prefix, *place) for quote in words.linked if quote.coding is None}
    found = (match for match in _NUMBERED.finditer(text) if int(match[1]) in anchors)
    return TableCell(text, links=tuple((*match.span(), anchors[int(match[1])]) for match in found))


def _text(summary: CellSummary, options: AppendixOptions) -> str:
    return f"{line_in_file(summary.coder)}: {summary.text}" if options.coders and summary.coder else summary.text


def summary_links(words: Matrix, evidence: MatrixEvidence) -> Links:
    """Return a map: (row index, column index, id of a coding) → the number of its quote in a summary of the cell.

    The number is 3 if the summary refers to the quote as [3]. `words` is the matrix with the summaries. A coding is
    left out if it no longer belongs to the cell.
    """
    codings = {quote.number: quote.coding for quote in words.linked}
    found = {(*place, coding): named for place, named in _named(words) if (coding := codings.get(named)) is not None}
    there = (
        (*place, coding.id) for place, cell in traced_cells(evidence) if cell is not None for coding in cell.codings
    )
    return {place: found[place] for place in there if place in found}


def _named(matrix: Matrix) -> Iterator[tuple[tuple[int, int], int]]:
    """Yield ((row index, column index), number) for each quote number, such as `[3]`, in the summaries of cells."""
    for at, row in enumerate(matrix.rows):
        for column, cell in enumerate(row.cells):
            for summary in cell.summaries:
                for found in _NUMBERED.finditer(summary.text):
                    yield (at, column), int(found[1])


def cell_anchors(report: StudyReport) -> Mapping[tuple[str, str, str], str]:
    """Return a map: (name of the matrix, row label, column name) → the anchor (name for links) of this cell."""
    return {
        (evidence.matrix.name, evidence.matrix.rows[at].label, evidence.matrix.columns[column]): cell_anchor(
            matrix_prefix(number), at, column
        )
        for number, evidence in enumerate(report.matrices, 1)
        for at, column in TracedPlaces(evidence.matrix)
    }


def row_anchors(report: StudyReport) -> Mapping[tuple[str, str], str]:
    """Return a map: (name of the matrix, row label) → the anchor (name for links) of this row in the report."""
    return {
        (evidence.matrix.name, row.label): row_anchor(number, at)
        for number, evidence in enumerate(report.matrices, 1)
        for at, row in enumerate(evidence.matrix.rows)
    }
