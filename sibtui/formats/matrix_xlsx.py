"""Matrices as an Excel workbook, a sheet each: the table, its notes and its legend."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.matrix_parts import printed, remarks
from sibtui.formats.workbook import Sheet, write_workbook
from sibtui.model.matrix import superscript
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.model.matrix import Cell, Matrix

_FIGURES = ("count", "sources", "coverage")
_LABEL, _NARROW, _WIDE = 44, 12, 36


def render(*matrices: Matrix) -> bytes:
    return write_workbook([_sheet(matrix) for matrix in matrices], matrices[0].title if len(matrices) == 1 else "")


def _sheet(matrix: Matrix) -> Sheet:
    numbered = matrix.numbered()
    figures = matrix.show in _FIGURES
    rows = [
        [
            one_line(row.label) + _raised(numbered.labels.get(at)),
            *(_value(cell, numbered.cells.get((at, column)), figures=figures) for column, cell in enumerate(row.cells)),
        ]
        for at, row in enumerate(matrix.rows)
    ]
    width = _WIDE if matrix.show == "quotes" else _NARROW
    return Sheet(
        name=matrix.name or matrix.title,
        columns=("", *map(one_line, matrix.columns)),
        rows=rows,
        above=(one_line(matrix.title),) if matrix.title.strip() else (),
        below=(*(f"{superscript(n)} {one_line(text)}" for n, text in numbered.texts.items()), *remarks(matrix)),
        widths=(_LABEL, *(width for _ in matrix.columns)),
        centred=matrix.show != "quotes",
    )


def _value(cell: Cell, note: int | None, *, figures: bool) -> str | int:
    """A figure that nothing stands beside is a number that can be summed."""
    text = printed(cell) + _raised(note)
    return int(text) if figures and text.isascii() and text.isdigit() else text


def _raised(number: int | None) -> str:
    return "" if number is None else superscript(number)
