"""Matrices as documents: a table with its footnotes and its legend.

Each cell has a mark (such as X) or a summary. A table of summaries is followed by the quotes to which the summaries
refer.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from sibtui.formats.documents.matrix_parts import remarks
from sibtui.formats.documents.model import Document, TableBlock, TableCell
from sibtui.model.compute import BOTH_SIDES
from sibtui.model.frozen import replace
from sibtui.model.matrix_definition import TEXT_SHOWS
from sibtui.model.patterns import pattern_headings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sibtui.model.matrix import Cell, Matrix, Numbered
    from sibtui.model.matrix_definition import Show

_NUMBERS = ("count", "sources", "coverage")
_NUMBERED = r"\[([0-9]{1,9})\]"


def matrix_document(*matrices: Matrix) -> Document:
    """Return a document with these matrices. If there is only one, the document has the title of this matrix.

    A matrix is followed by a table of the quotes to which its summaries link, if there are any.
    """
    blocks: list[TableBlock] = []
    for number, matrix in enumerate(matrices, 1):
        anchor = f"m{number}-" if matrix.linked and len(matrices) > 1 else ""
        blocks.append(matrix_table(matrix, anchor=anchor))
        if matrix.linked:
            blocks.append(_quotes_table(matrix, anchor))
    return Document(matrices[0].title if len(matrices) == 1 else "", tuple(blocks))


def matrix_table(
    matrix: Matrix,
    *,
    anchor: str = "",
    linked: Collection[tuple[int, int]] = (),
    titled: bool = True,
    blank: str = "(blank)",
    lazy: bool = False,
) -> TableBlock:
    """Return a matrix as a table block of a document.

    If the rows are sorted by the pattern of their marks, each group of rows with the same pattern has a heading.
    `anchor` is the beginning of all anchors (names for links) in the table. `linked` has (row index, column index) of
    each cell that links to the section with its quotes. If `titled` is False, the table has no title. `blank` is the
    word that the legend uses for an empty mark. If `lazy` is set, each row is made when it is read, to save memory.
    """
    numbered = matrix.numbered()
    make_rows = partial(_rows, matrix, numbered, anchor, linked)
    if lazy:
        from sibtui.model.lazy_items import LazyItems

    table = TableBlock(
        ("", *matrix.columns),
        LazyItems(make_rows, len(matrix.rows)) if lazy else tuple(make_rows()),
        matrix.title if titled else "",
        "texts" if matrix.show in TEXT_SHOWS else "marks",
        numbered.texts,
        tuple(remarks(matrix, blank)),
        matrix.name,
        anchor,
        partial(_record, matrix),
        pattern_headings(matrix.rows) if matrix.by_pattern else {},
    )
    return _transposed(table) if matrix.transposed else table


def _rows(
    matrix: Matrix, numbered: Numbered, anchor: str, linked: Collection[tuple[int, int]]
) -> Iterator[tuple[TableCell, ...]]:
    for at, row in enumerate(matrix.rows):
        cells = [TableCell(row.label, note=numbered.labels.get(at))]
        for column, cell in enumerate(row.cells):
            value, note = _value(cell.mark, matrix.show), numbered.cells.get((at, column))
            sides = _sides(cell, matrix.show)
            if (at, column) in linked:
                own, evidence = cell_anchor(anchor, at, column), evidence_anchor(anchor, at, column)
                hint = f"{cell.state}: to the evidence"
                cells.append(TableCell(value, cell.suffix, note, own, evidence, hint, sides))
            elif cell.summaries:
                cells.append(TableCell(value, note=note, links=tuple(_links(matrix, cell.mark, anchor))))
            else:
                cells.append(TableCell(value, cell.suffix, note, sides=sides))
        yield tuple(cells)


def _record(matrix: Matrix) -> dict[str, Any]:
    """Return a matrix as a value for JSON."""
    from sibtui.formats.documents.matrix_record import record

    return record(matrix)


def _transposed(table: TableBlock) -> TableBlock:
    """Return the table with its columns as rows. The footnote on a row label becomes a footnote on a column name."""
    labels = [row[0] for row in table.rows if isinstance(row[0], TableCell)]
    notes = {at: cell.note for at, cell in enumerate(labels, 1) if cell.note is not None}
    rows = tuple(
        (TableCell(column), *(row[at] for row in table.rows)) for at, column in enumerate(table.columns[1:], 1)
    )
    return replace(table, columns=("", *(cell.text for cell in labels)), rows=rows, groups={}, head_notes=notes)


def _links(matrix: Matrix, text: str, anchor: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, anchor of the quote) for each reference to a quote, such as [3], in the text of a cell.

    `start` and `end` are offsets in `text`. `anchor` is the beginning of all anchors (names for links) of the matrix.
    """
    known = {quote.number for quote in matrix.linked}
    for found in re.finditer(_NUMBERED, text):
        if int(found[1]) in known:
            yield *found.span(), quote_anchor(anchor, int(found[1]))


def _quotes_table(matrix: Matrix, anchor: str) -> TableBlock:
    """Return the table of the quotes to which the summaries of a matrix refer."""
    rows = tuple(
        (
            TableCell(str(quote.number), anchor=quote_anchor(anchor, quote.number)),
            quote.source,
            quote.place,
            quote.code,
            quote.words,
        )
        for quote in matrix.linked
    )
    name = f"Quotes of {matrix.name}" if matrix.name else "Quotes"
    below = ("Words between quotation marks were taken down as spoken; the rest is paraphrase.",)
    return TableBlock(
        ("number", "source", "place", "code", "quote"), rows, name, name=name, anchor=anchor, below=below, extra=True
    )


def quote_anchor(prefix: str, number: int) -> str:
    """Return the anchor (the name for links) of the quote that has this number in the summaries of a matrix."""
    return f"{prefix}quote-{number}"


def cell_anchor(prefix: str, row: int, column: int) -> str:
    """Return the anchor (the name for links) of the cell with these indexes."""
    return f"{prefix}cell-{row}-{column}"


def evidence_anchor(prefix: str, row: int, column: int) -> str:
    """Return the anchor (the name for links) of the section with the quotes of a cell."""
    return f"{prefix}evidence-{row}-{column}"


def _value(mark: str, show: Show) -> str | int:
    """Return the mark of a cell. A count is returned as a number, so that spreadsheets can compute with it."""
    figure = show in _NUMBERS and mark.isascii() and mark.isdigit()
    return int(mark) if figure and str(int(mark)) == mark else mark


def _sides(cell: Cell, show: Show) -> tuple[str | int, str | int] | None:
    """Return (number of supporting quotes, number of opposing quotes) of a cell.

    For a cell without quotes, return its mark (such as a dash) and an empty text. Return None if the matrix shows only
    one number per cell.
    """
    if show not in BOTH_SIDES:
        return None
    support = _value(cell.mark.removesuffix(f" : {cell.counter}"), show)
    return support, cell.counter if cell.counter or cell.quotes else ""
