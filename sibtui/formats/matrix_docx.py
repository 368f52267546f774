"""Matrices as a Word document: real tables, raised numbers, and the notes in a paragraph below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.matrix_parts import printed, remarks
from sibtui.formats.word import Document, Run, Runs
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.matrix import Cell, Matrix, Numbered

    Link = Callable[[int, int], str]

_MANY_COLUMNS = 6


def render(*matrices: Matrix) -> bytes:
    document = Document(matrices[0].title if len(matrices) == 1 else "", landscape=is_wide(*matrices))
    for matrix in matrices:
        write(document, matrix)
    return document.save()


def is_wide(*matrices: Matrix) -> bool:
    return any(len(matrix.columns) > _MANY_COLUMNS or matrix.show == "quotes" for matrix in matrices)


def write(
    document: Document,
    matrix: Matrix,
    link: Link = lambda _row, _column: "",
    bookmark: Link = lambda _row, _column: "",
    *,
    caption: bool = True,
) -> None:
    """The caption, the table, and a paragraph of notes. `link` and `bookmark` name what a cell leads to, and itself; or ""."""
    numbered = matrix.numbered()
    if caption and matrix.title.strip():
        document.paragraph([Run(one_line(matrix.title), bold=True)], style="Caption")
    head: list[Runs] = [(), *((Run(one_line(column), bold=True),) for column in matrix.columns)]
    body = [_row(matrix, numbered, at, link) for at in range(len(matrix.rows))]
    places = ((row, column) for row in range(len(matrix.rows)) for column in range(len(matrix.columns)))
    marks = {(row + 1, column + 1): name for row, column in places if (name := bookmark(row, column))}
    document.table([head, *body], centred=matrix.show != "quotes", bookmarks=marks)
    document.paragraph(_notes(matrix, numbered))


def _row(matrix: Matrix, numbered: Numbered, at: int, link: Link) -> list[Runs]:
    row = matrix.rows[at]
    cells = (
        (*_mark(cell, link(at, column)), *_raised(numbered.cells.get((at, column))))
        for column, cell in enumerate(row.cells)
    )
    return [(Run(one_line(row.label)), *_raised(numbered.labels.get(at))), *cells]


def _mark(cell: Cell, link: str) -> Runs:
    text = printed(cell)
    # A mark printed as a blank still leads to its evidence: blanks can be followed too
    return (Run(text if text.strip() or not link else "\u00a0\u00a0\u00a0", link=link),)


def _notes(matrix: Matrix, numbered: Numbered) -> Runs:
    """One paragraph, each note on a line of its own."""
    lines: list[Runs] = [(Run(str(n), raised=True), Run(f" {one_line(text)}")) for n, text in numbered.texts.items()]
    lines += [(Run(line),) for line in remarks(matrix)]
    return tuple(run for at, line in enumerate(lines) for run in ((*((Run("\n"),) if at else ()), *line)))


def _raised(number: int | None) -> Runs:
    return () if number is None else (Run(str(number), raised=True),)
