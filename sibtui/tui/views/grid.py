"""A matrix laid out in cells of the terminal, as it prints: which columns have which width, which rows which height, what stands in each."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from rich.cells import cell_len

from sibtui.desk.glyphs import fitted
from sibtui.formats.matrix_parts import STALE, remarks
from sibtui.model.matrix import superscript
from sibtui.model.text import one_line
from sibtui.tui.note.layout import Layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.matrix import Cell, Matrix

GAP = 2
_LABEL = 26
"""Labels of rows give way to this width before columns are left to be scrolled to."""
_MARK, _QUOTE = 14, 36
"""What a column of marks or figures, or of quotes, may take when there is not room for all."""
_HEADING = 4
"""Lines of a heading: they stay in sight, and must not take the room of the table."""


class Grid:
    """`label` and `columns` are widths; rows of the table are `heights` lines high and begin at `tops`, counted below the headings."""

    def __init__(self, matrix: Matrix, width: int) -> None:
        self.matrix = matrix
        self._quotes = matrix.show == "quotes"
        self._made: dict[tuple[str, str, int], Sequence[str]] = {}
        numbered = matrix.numbered()
        self._numbers = {place: f" {superscript(number)}" for place, number in numbered.cells.items()}
        labels = [
            f"{one_line(row.label)} {superscript(numbered.labels[at])}"
            if at in numbered.labels
            else one_line(row.label)
            for at, row in enumerate(matrix.rows)
        ]
        self._widths(labels, max(20, width))
        self._labels = [folded(label, self.label) for label in labels]
        self.headings = self._headings()
        self.heights = [self._height(at) for at in range(len(labels))]
        self.tops = [0, *accumulate(self.heights)]
        self.below = self._below(max(20, width))

    # Widths and heights

    def _widths(self, labels: Sequence[str], width: int) -> None:
        label = max([1, *map(cell_len, labels)])
        columns = self._naturals()
        room = width - len(columns) * GAP
        if (
            label + sum(columns) > room
        ):  # labels fold first, then headings at their words; then columns wait out of sight
            least = [self._folded_width(at, natural) for at, natural in enumerate(columns)]
            columns = [min(natural, self._most) for natural in columns]
            narrowest = min(label, _LABEL)
            if narrowest + sum(columns) > room >= narrowest + sum(least):
                columns = least
        label = min(label, max(_LABEL, room - sum(columns)), max(12, width * 3 // 5))
        self.label, self.columns = label, columns

    @property
    def _most(self) -> int:
        return _QUOTE if self._quotes else _MARK

    def _naturals(self) -> list[int]:
        """The width of each column at which nothing folds; beside a mark there is room for the number of its note on both sides."""
        found = [cell_len(one_line(column)) for column in self.matrix.columns]
        for at, row in enumerate(self.matrix.rows):
            for column, cell in enumerate(row.cells):
                tail = self.tail(at, column, cell)
                needed = _widest(cell.mark) + 2 * len(tail)
                found[column] = max(found[column], needed)
        return [max(1, width) for width in found]

    def _folded_width(self, column: int, natural: int) -> int:
        words = one_line(self.matrix.columns[column]).split()
        cells = max(
            (_widest(row.cells[column].mark) + 2 * len(self.tail(at, column, row.cells[column]))
             for at, row in enumerate(self.matrix.rows)), default=0,
        )  # fmt: skip
        return min(natural, max([cells, *map(cell_len, words)], default=natural)) or 1

    def _headings(self) -> list[list[str]]:
        """The lines of each heading, all of the same number, the last ones filled."""
        made = [
            _short(folded(one_line(column), width), width)
            for column, width in zip(self.matrix.columns, self.columns, strict=True)
        ]
        height = max(map(len, made), default=0)
        return [[""] * (height - len(lines)) + lines for lines in made]

    def _height(self, row: int) -> int:
        cells = self.matrix.rows[row].cells
        return max([len(self._labels[row]), *(len(self.lines(row, column)) for column in range(len(cells)))])

    def _below(self, width: int) -> list[str]:
        lines: list[str] = []
        for number, text in self.matrix.numbered().texts.items():
            sign = superscript(number)
            told = folded(one_line(text), width - len(sign) - 1)
            lines += [f"{sign} {told[0]}", *(" " * (len(sign) + 1) + line for line in told[1:])]
        for remark in remarks(self.matrix):
            lines += folded(one_line(remark), width)
        return lines

    # What stands where

    def tail(self, row: int, column: int, cell: Cell) -> str:
        """What hangs behind a mark: the star of a stale judgement, the number of a note."""
        number = self._numbers.get((row, column), "")
        return STALE + number if cell.stale else number

    def lines(self, row: int, column: int) -> Sequence[str]:
        """The lines of a cell."""
        cell = self.matrix.rows[row].cells[column]
        key = (cell.mark, self.tail(row, column, cell), self.columns[column])
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = _lines(*key, centred=not self._quotes)
        return made

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
        """Lines of the table's body."""
        return self.tops[-1]

    def row_at(self, line: int) -> int:
        """The row that a line of the body belongs to."""
        return bisect_right(self.tops, line) - 1

    def in_sight(self, first: int, width: int) -> range:
        """The columns that fit whole when `first` is the first one; always one."""
        room = width - self.label
        last = first
        while last < len(self.columns) and (room := room - self.columns[last] - GAP) >= 0:
            last += 1
        return range(first, max(last, min(first + 1, len(self.columns))))

    def first_for(self, column: int, first: int, width: int) -> int:
        """The first column to show so that `column` is in sight, moved no more than needed."""
        if column < first:
            return column
        while column not in self.in_sight(first, width):
            first += 1
        return first

    def width_of(self, columns: range) -> int:
        return self.label + sum(self.columns[at] + GAP for at in columns)


def folded(text: str, cells: int) -> list[str]:
    """The text, which has no line ends, in rows of at most so many cells."""
    layout = Layout(text, cells)
    return [layout.text[slice(*layout.row(at))].rstrip() for at in range(len(layout))]


def _short(lines: list[str], cells: int) -> list[str]:
    """The first lines of a heading, the last of them told to go on."""
    if len(lines) <= _HEADING:
        return lines
    return [*lines[: _HEADING - 1], fitted(lines[_HEADING - 1], max(0, cells - 1)).rstrip() + "…"]


def _widest(mark: str) -> int:
    return max(map(cell_len, mark.split("\n"))) if "\n" in mark else cell_len(mark)


def _lines(mark: str, tail: str, width: int, *, centred: bool) -> tuple[str, ...]:
    if centred and "\n" not in mark and cell_len(mark + tail) <= width:
        text = one_line(mark)
        return (_centred(text, tail, width) if text else _centred(tail.strip(), "", width),)
    lines = [line for part in mark.split("\n") for line in folded(one_line(part), width)]
    if tail:
        fits = cell_len(lines[-1] + tail) <= width
        lines = [*lines[:-1], lines[-1] + tail] if fits else [*lines, tail.strip()]
    return tuple(lines)


def _centred(text: str, tail: str, width: int) -> str:
    """The text in the middle, its tail hanging to the right if there is room, so that marks stand below each other."""
    before = (width - cell_len(text)) // 2
    if before + cell_len(text + tail) > width:
        before = (width - cell_len(text + tail)) // 2
    return fitted(" " * before + text + tail, width)
