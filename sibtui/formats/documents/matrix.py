"""Matrices as documents: the marks, the notes, the legend and the lines below the table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sibtui.formats.documents.matrix_parts import remarks
from sibtui.formats.documents.matrix_record import record
from sibtui.formats.documents.model import Document, TableBlock, TableCell
from sibtui.model.compute import BOTH_SIDES
from sibtui.model.patterns import pattern_headings

if TYPE_CHECKING:
    from collections.abc import Collection

    from sibtui.model.matrix import Cell, Matrix, Show

_NUMBERS = ("count", "sources", "coverage")


def matrix_document(*matrices: Matrix) -> Document:
    """Return a document with these matrices, one after another. If there is only one, its title is also the title of the document."""
    return Document(matrices[0].title if len(matrices) == 1 else "", tuple(map(matrix_table, matrices)))


def matrix_table(
    matrix: Matrix,
    *,
    anchor: str = "",
    linked: Collection[tuple[int, int]] = (),
    titled: bool = True,
) -> TableBlock:
    """Return a matrix as a table block of a document. If its rows are sorted by pattern, each group of rows has a heading.

    `anchor` is the prefix of all anchors in the table. `linked` has (row index, column index) of each cell that links to the section with
    its quotes (see `evidence_anchor`).
    """
    numbered = matrix.numbered()
    rows = []
    for at, row in enumerate(matrix.rows):
        cells = [TableCell(row.label, note=numbered.labels.get(at))]
        for column, cell in enumerate(row.cells):
            value, note = _value(cell.mark, matrix.show), numbered.cells.get((at, column))
            sides = _sides(cell, matrix.show)
            if (at, column) in linked:
                own, evidence = cell_anchor(anchor, at, column), evidence_anchor(anchor, at, column)
                hint = f"{cell.state}: to the evidence"
                cells.append(TableCell(value, cell.suffix, note, own, evidence, hint, sides))
            else:
                cells.append(TableCell(value, cell.suffix, note, sides=sides))
        rows.append(tuple(cells))
    return TableBlock(
        ("", *matrix.columns),
        tuple(rows),
        matrix.title if titled else "",
        "texts" if matrix.show == "quotes" else "marks",
        numbered.texts,
        tuple(remarks(matrix)),
        matrix.name,
        anchor,
        partial(record, matrix),
        pattern_headings(matrix.rows) if matrix.by_pattern else {},
    )


def cell_anchor(prefix: str, row: int, column: int) -> str:
    """Return the anchor (the name for links) of a cell of a matrix."""
    return f"{prefix}cell-{row}-{column}"


def evidence_anchor(prefix: str, row: int, column: int) -> str:
    """Return the anchor (the name for links) of the section with the quotes of a cell."""
    return f"{prefix}evidence-{row}-{column}"


def _value(mark: str, show: Show) -> str | int:
    """Return the mark of a cell. If the mark is a figure, return it as a number, so that spreadsheets can compute with it."""
    figure = show in _NUMBERS and mark.isascii() and mark.isdigit()
    return int(mark) if figure and str(int(mark)) == mark else mark


def _sides(cell: Cell, show: Show) -> tuple[str | int, str | int] | None:
    """Return the figures (quotes for, quotes against) of a cell; None if the matrix shows no figures against.

    For a cell without quotes, the figures are its mark (such as a dash) and an empty text.
    """
    if show not in BOTH_SIDES:
        return None
    support = _value(cell.mark.removesuffix(f" : {cell.counter}"), show)
    return support, cell.counter if cell.counter or cell.quotes else ""
