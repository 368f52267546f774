"""Heat maps: tables whose cells are shaded by their numbers.

They are made from matrices, and from tables of pairs of codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.matrix_definition import TEXT_SHOWS
from sibtui.model.pictures.code_labels import short_labels
from sibtui.model.pictures.picture import HeatCell, HeatMap, check_size
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.matrix import Cell, Matrix
    from sibtui.model.pictures.picture import CellPattern
    from sibtui.model.table import Table

_FIGURES = {
    "sources": "sources",
    "coverage": "characters covered by quotes",
    "coverage %": "percent of the text covered by quotes",
    "row %": "percent of the quotes of the row",
    "column %": "percent of the quotes of the column",
    "0/1": "present or not",
}
"""A map: content of the cells → words for the figure that the shade shows.

For other contents, it is the number of firm quotes.
"""
_OF_MARK = {"row %", "column %", "0/1"}


def heat_map(matrix: Matrix) -> HeatMap:
    """Return the heat map of a matrix: each cell has its usual text, and is shaded by its number.

    If the cells show marks, they are shaded by the number of firm (not tentative) quotes. Raises InputError for cells
    that show quotes or summaries, and for a matrix that is empty or too large.
    """
    if matrix.show in TEXT_SHOWS:
        raise InputError(
            f"The cells of this matrix are texts ({matrix.show}), which have no picture: show figures or marks."
        )
    check_size(len(matrix.rows), len(matrix.columns))
    rows = tuple(row.label for row in matrix.rows)
    columns = matrix.columns
    cells = tuple(tuple(_heat_cell(cell, matrix.show) for cell in row.cells) for row in matrix.rows)
    if matrix.transposed:
        rows, columns, cells = columns, rows, tuple(zip(*cells, strict=True))
        check_size(len(rows), len(columns))
    figure = _FIGURES.get(matrix.show, "quotes")
    title = one_line(matrix.title or matrix.name or "Matrix")
    return HeatMap(
        title, _described(rows, columns, cells, figure), rows, columns, cells, figure, tuple(_notes(matrix))
    )  # fmt: skip


def shades(matrix: Matrix) -> tuple[tuple[float, ...], ...]:
    """Return the shade of each cell, row by row, from 0 to 1: its number divided by the largest number.

    Cells with texts are shaded by the number of their quotes.
    """
    values = [[_heat_cell(cell, matrix.show).value or 0 for cell in row.cells] for row in matrix.rows]
    largest = max((value for row in values for value in row), default=0) or 1
    return tuple(tuple(value / largest for value in row) for row in values)


def code_heat_map(table: Table, figure: str) -> HeatMap:
    """Return the heat map of a table with codes as rows and as columns. A cell without a number has no shade.

    `figure` is the name of the numbers.
    """
    check_size(len(table.rows), len(table.columns) - 1)
    rows = short_labels([str(row[0]) for row in table.rows])
    columns = short_labels(table.columns[1:])
    cells = tuple(
        tuple(HeatCell(str(value), None if isinstance(value, str | tuple) else float(value)) for value in row[1:])
        for row in table.rows
    )
    return HeatMap(table.title, _described(rows, columns, cells, figure), rows, columns, cells, figure, table.below)


def _heat_cell(cell: Cell, show: str) -> HeatCell:
    pattern: CellPattern = ""
    value: float | None
    if cell.state in {"incomplete", "no data"}:
        pattern = "unknown"
    elif cell.counter and show not in _OF_MARK:
        pattern = "contested"
    text = cell.mark + cell.suffix
    if show in _OF_MARK:
        value = _number(cell.mark)
    elif show == "coverage %":
        value = 100 * cell.characters / cell.length if cell.length else 0.0
    else:
        value = {"sources": cell.sources, "coverage": cell.characters}.get(show, cell.quotes)
    return HeatCell(text, None if pattern == "unknown" and not value else value, pattern)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _notes(matrix: Matrix) -> Iterator[str]:
    marks = {cell.mark for row in matrix.rows for cell in row.cells}
    meanings = [f"{mark.strip()} = {states}" for mark, states in matrix.legend() if mark in marks and mark.strip()]
    if any(" : " in mark for mark in marks):
        meanings.insert(0, "a : b = a quotes for, b against")
    if meanings:
        yield "; ".join(meanings)
    yield from (text for _, text in matrix.about)


def _described(rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[HeatCell]], figure: str) -> str:
    sentences = [
        f"A heat map with {plural(len(rows), 'row')} and {plural(len(columns), 'column')}.",
        f"The shade shows {figure}.",
    ]  # fmt: skip
    found = [
        (cell.value, cell.text, row, column)
        for row, line in zip(rows, cells, strict=True)
        for column, cell in zip(columns, line, strict=True)
        if cell.value
    ]
    if found:
        most = max(value for value, *_ in found)
        places = [f"{one_line(row)}, {one_line(column)}" for value, _, row, column in found if value == most]
        sentences.append(f"The largest figure, {most:,.4g}, is in {listed(places, 3, last='and')}.")
    patterns = [cell.pattern for line in cells for cell in line]
    if contested := patterns.count("contested"):
        sentences.append(f"{plural(contested, 'cell has', 'cells have')} quotes against.")
    if unknown := patterns.count("unknown"):
        sentences.append(f"{plural(unknown, 'cell is', 'cells are')} unknown: incomplete or without data.")
    return " ".join(sentences)
