"""The layout of a matrix on the screen: the widths of columns, the heights of rows, and the lines of each cell."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from types import MappingProxyType
from typing import TYPE_CHECKING

from sibtui.formats.documents.matrix_parts import remarks
from sibtui.model.matrix_definition import TEXT_SHOWS
from sibtui.model.text import one_line, superscript
from sibtui.model.text_width import fitted, width_of
from sibtui.tui.widgets.text_lines import wrapped

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.matrix import Cell, Matrix

GAP = 2
_LABEL = 26
"""The least width of the row labels. Columns that do not fit beside labels of this width are hidden."""
_MARK, _QUOTE = 14, 36
"""The greatest widths of a column with marks or figures, and of a column with quotes.

These limits apply only if not all columns fit on the screen.
"""
HEADING_LINES = 4
"""The greatest number of lines of a heading. Headings stay visible, so they must leave room for the rows."""

STALE = "*"
"""The sign after the mark of a cell whose evidence has changed since the cell was judged."""


class Grid:
    """The layout of one matrix. `label` is the width of the row labels, and `columns` has the width of each column.

    Row i begins at line `tops[i]`, counted below the column headings, and is `heights[i]` lines high. `groups` is a
    map: index of a row → heading above this row. This heading is the first line of the row.
    """

    def __init__(
        self,
        matrix: Matrix,
        width: int,
        heading_lines: int = HEADING_LINES,
        groups: Mapping[int, str] = MappingProxyType({}),
    ) -> None:
        self.matrix = matrix
        self.groups = groups
        self._heading_lines = heading_lines
        self._quotes = matrix.show in TEXT_SHOWS
        self._lines_of_cells: dict[tuple[str, str, int], Sequence[str]] = {}
        numbered = matrix.numbered()
        self._numbers = {place: f" {superscript(number)}" for place, number in numbered.cells.items()}
        labels = [
            f"{one_line(row.label)} {superscript(numbered.labels[at])}"
            if at in numbered.labels
            else one_line(row.label)
            for at, row in enumerate(matrix.rows)
        ]
        self._cell_widths, broken = self._widths_of_cells()
        self._widths(labels, max(20, width))
        self._may_wrap = [
            at
            for at, (needed, width) in enumerate(zip(self._cell_widths, self.columns, strict=True))
            if needed > width or at in broken
        ]
        self._labels = [wrapped(label, self.label) for label in labels]
        self.headings = self._headings()
        self.heights = [self._height(at) for at in range(len(labels))]
        self.tops = [0, *accumulate(self.heights)]
        self.below = self._below(max(20, width))

    # Widths and heights

    def _widths(self, labels: Sequence[str], width: int) -> None:
        label = max([1, *map(width_of, labels)])
        columns = self._natural_widths()
        room = width - len(columns) * GAP
        if (
            label + sum(columns) > room
        ):  # labels are wrapped first, then headings between words; if that is not enough, columns are hidden
            least = [self._folded_width(at, natural) for at, natural in enumerate(columns)]
            columns = [min(natural, self._widest_column) for natural in columns]
            narrowest = min(label, _LABEL)
            if narrowest + sum(columns) > room >= narrowest + sum(least):
                columns = least
        label = min(label, max(_LABEL, room - sum(columns)), max(12, width * 3 // 5))
        self.label, self.columns = label, columns

    @property
    def _widest_column(self) -> int:
        return _QUOTE if self._quotes else _MARK

    def _widths_of_cells(self) -> tuple[list[int], set[int]]:
        """Return (widths of the columns, indexes of the columns with a cell of several lines).

        No cell wraps at the width of its column. The width includes room for a footnote number on both sides of the
        text, so that the text stays in the middle.
        """
        widths, broken = [0] * len(self.matrix.columns), set()
        for column, cells in enumerate(zip(*(row.cells for row in self.matrix.rows), strict=True)):
            for cell in {id(cell): cell for cell in cells}.values():
                widths[column] = max(widths[column], _widest(cell.mark) + 2 * len(self.tail(-1, column, cell)))
                if "\n" in cell.mark:
                    broken.add(column)
        for row, column in self._numbers:
            cell = self.matrix.rows[row].cells[column]
            widths[column] = max(widths[column], _widest(cell.mark) + 2 * len(self.tail(row, column, cell)))
        return widths, broken

    def _natural_widths(self) -> list[int]:
        """Return for each column a width at which neither its heading nor any of its cells wraps."""
        columns = zip(self.matrix.columns, self._cell_widths, strict=True)
        return [max(1, width_of(one_line(column)), cells) for column, cells in columns]

    def _folded_width(self, column: int, natural: int) -> int:
        words = one_line(self.matrix.columns[column]).split()
        return min(natural, max([self._cell_widths[column], *map(width_of, words)])) or 1

    def _headings(self) -> list[list[str]]:
        """Return the lines of each column heading.

        All headings have the same number of lines. A shorter heading begins with empty lines.
        """
        headings = [
            _short(wrapped(one_line(column), width), width, self._heading_lines)
            for column, width in zip(self.matrix.columns, self.columns, strict=True)
        ]
        height = max(map(len, headings), default=0)
        return [[""] * (height - len(lines)) + lines for lines in headings]

    def _height(self, row: int) -> int:
        lines = max([len(self._labels[row]), *(len(self.lines(row, column)) for column in self._may_wrap)])
        return lines + (row in self.groups)

    def _below(self, width: int) -> list[str]:
        lines: list[str] = []
        for number, text in self.matrix.numbered().texts.items():
            mark = superscript(number)
            note = wrapped(one_line(text), width - len(mark) - 1)
            lines += [f"{mark} {note[0]}", *(" " * (len(mark) + 1) + line for line in note[1:])]
        for remark in remarks(self.matrix):
            lines += wrapped(one_line(remark), width)
        return lines

    # Contents

    def tail(self, row: int, column: int, cell: Cell) -> str:
        """Return the text after the mark of a cell. The mark is the text for the state of the cell, such as X.

        The result has up to three parts, in this order:

        - a character that shows that the researcher has decided on the state;
        - the character *, if the quotes of the cell have changed after this decision;
        - the number of the footnote on the cell.
        """
        number = self._numbers.get((row, column), "")
        return cell.suffix + (STALE if cell.stale else "") + number

    def lines(self, row: int, column: int) -> Sequence[str]:
        cell = self.matrix.rows[row].cells[column]
        key = (cell.mark, self.tail(row, column, cell), self.columns[column])
        lines = self._lines_of_cells.get(key)
        if lines is None:
            lines = self._lines_of_cells[key] = _lines(*key, centred=not self._quotes)
        return lines

    def label_line(self, row: int, line: int) -> str:
        lines = self._labels[row]
        return fitted(lines[line] if line < len(lines) else "", self.label)

    def cell_line(self, row: int, column: int, line: int) -> str:
        lines = self.lines(row, column)
        return fitted(lines[line] if line < len(lines) else "", self.columns[column])

    def heading_line(self, column: int, line: int) -> str:
        return _centred(self.headings[column][line], "", self.columns[column])

    @property
    def heading_height(self) -> int:
        return len(self.headings[0]) if self.headings else 0

    @property
    def height(self) -> int:
        """The number of lines of the table below its headings."""
        return self.tops[-1]

    def row_at(self, line: int) -> int:
        """Return the index of the row that a line belongs to. Lines are counted below the headings."""
        return bisect_right(self.tops, line) - 1

    def visible_columns(self, first: int, width: int) -> range:
        """Return the indexes of the columns that fit in the view, from the column with the index `first`.

        `width` is the width of the view in cells, with the row labels. There is always at least one column.
        """
        room = width - self.label
        last = first
        while last < len(self.columns) and (room := room - self.columns[last] - GAP) >= 0:
            last += 1
        return range(first, max(last, min(first + 1, len(self.columns))))

    def first_for(self, column: int, first: int, width: int) -> int:
        """Return the index of the column that must be the first in the view, so that `column` is visible.

        `first` is the index of the column that is the first in the view now. The result is as near to `first` as
        possible. `width` is the width of the view in cells.
        """
        if column < first:
            return column
        while column not in self.visible_columns(first, width):
            first += 1
        return first

    def width_of(self, columns: range) -> int:
        return self.label + sum(self.columns[at] + GAP for at in columns)


def _short(lines: list[str], cells: int, most: int) -> list[str]:
    """Return at most `most` lines of a heading. If lines are left out, the last line ends with “…”."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], fitted(lines[most - 1], max(0, cells - 1)).rstrip() + "…"]


def _widest(mark: str) -> int:
    return max(map(width_of, mark.split("\n"))) if "\n" in mark else width_of(mark)


def _lines(mark: str, tail: str, width: int, *, centred: bool) -> tuple[str, ...]:
    if centred and "\n" not in mark and width_of(mark + tail) <= width:
        text = one_line(mark)
        return (_centred(text, tail, width) if text else _centred(tail.strip(), "", width),)
    lines = [line for part in mark.split("\n") for line in wrapped(one_line(part), width)]
    if tail:
        fits = width_of(lines[-1] + tail) <= width
        lines = [*lines[:-1], lines[-1] + tail] if fits else [*lines, tail.strip()]
    return tuple(lines)


def _centred(text: str, tail: str, width: int) -> str:
    """Return one line of `width` cells with a text in its middle, directly followed by `tail`.

    If there is too little room for the tail, the text moves to the left.
    """
    before = (width - width_of(text)) // 2
    if before + width_of(text + tail) > width:
        before = (width - width_of(text + tail)) // 2
    return fitted(" " * before + text + tail, width)
