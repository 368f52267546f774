"""The rows in which a text is drawn, as offsets of its code points. Nothing is dropped or added at a break, so every cell has its offset."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from sibtui.desk.glyphs import COMPLEX, NARROW, TAB, WIDE, graphemes, placed

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = r"(?:[-*+•–·◦‣▪]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \t]"
_BULLET = re.compile(rf"[ \t]*(?:{_MARK}+)?")
_SET_IN = re.compile(rf"(?:[ \t]|{_MARK})")
_SET_IN_BELOW = re.compile(rf"\n{_SET_IN.pattern}")


@cache
def _tokens() -> re.Pattern[str]:
    """The parts of a complicated line. Compiled when the first such line comes: it takes as long as laying out a long note."""
    return re.compile(
        f"(?P<blank> +)|(?P<tab>\t)|(?P<wide>[{WIDE}]+(?![^\n\t{NARROW}{WIDE}]))"
        f"|(?P<narrow>[{NARROW.replace(chr(0x20), '!', 1)}]+(?![^\n\t{NARROW}{WIDE}]))|(?P<other>[^\n\t]?(?:[^\n\t{NARROW}{WIDE}]|(?<=\u200d)[^\n\t])+)|(?P<any>[^\n])"
    )


@cache
def _rows(width: int) -> re.Pattern[str]:
    """The rows of lines in which each code point takes one cell: what is left of the line; up to the last blank that fits; a part of a long word.

    A blank that ends its line takes the newline along: it would be a row of its own.
    """
    return re.compile(rf"[^\n]{{0,{width}}}+(?:\n|\Z)|[^\n]{{1,{width}}} (?:\n|\Z)?|[^\n]{{{width}}}")


def _odd_lines(text: str, start: int, end: int) -> dict[int, bool]:
    """The lines that are not broken by counting alone, in their order: those set in, and (True) complicated ones."""
    odd = dict.fromkeys(_set_in(text, start, end), False) | dict.fromkeys(_complicated(text, start, end), True)
    return dict(sorted(odd.items()))


def _set_in(text: str, start: int, end: int) -> Iterator[int]:
    if _SET_IN.match(text, start, end):
        yield start
    for match in _SET_IN_BELOW.finditer(text, start, end):
        yield match.start() + 1


def _complicated(text: str, start: int, end: int) -> Iterator[int]:
    match = COMPLEX.search(text, start, end)
    while match is not None:
        yield text.rfind("\n", start, match.start()) + 1 or start
        below = text.find("\n", match.start(), end)
        match = None if below < 0 else COMPLEX.search(text, below, end)


def lines_around(text: str, offset: int, reach: int) -> tuple[int, int]:
    """The whole lines from so far before an offset to so far behind it; a text that is hardly longer is taken whole."""
    if len(text) <= 3 * reach:
        return 0, len(text)
    end = text.find("\n", offset + reach)
    return text.rfind("\n", 0, max(0, offset - reach)) + 1, len(text) if end < 0 else end + 1


class Layout:
    """The rows of `text` at a width in cells. Rows follow each other without a gap; only a newline may lie between two.

    Of a long text, a `part` that is whole lines can be laid out alone. Rows are counted from the text's beginning all the same: how many there
    are before and behind the part is estimated, by how many code points it has to a row.
    """

    def __init__(self, text: str, width: int, part: tuple[int, int] | None = None) -> None:
        """`text` has its control characters replaced already. Lines of a list are indented below their first row."""
        self.text = text
        self.width = max(2, width)
        self.part = part or (0, len(text))
        self._starts = array("I")
        self._indents = bytearray()
        self._wrap()
        first, last = self.part
        self._each = max(1.0, (last - first) / len(self._starts))
        self.first = self._estimated(first)
        """The first row that is laid out."""
        self.end = self.first + len(self._starts)
        """The one behind the last."""

    def __len__(self) -> int:
        return self.end + self._estimated(len(self.text) - self.part[1])

    def _estimated(self, length: int) -> int:
        return -int(-length // self._each)

    def row(self, at: int) -> tuple[int, int]:
        """The offsets of a row that is laid out, half-open, without the newline that ends it."""
        at -= self.first
        start = self._starts[at]
        end = self._starts[at + 1] if at + 1 < len(self._starts) else self.part[1]
        if end > start and self.text[end - 1] == "\n":
            end -= 1
        return start, end

    def offset_near(self, at: int) -> int:
        """Where a row begins, or about there if it is not laid out."""
        if self.first <= at < self.end:
            return self.row(at)[0]
        if at < self.first:
            return min(max(0, int(at * self._each)), self.part[0])
        return min(self.part[1] + int((at - self.end) * self._each), len(self.text))

    def indent(self, at: int) -> int:
        """By how many cells a row is set in."""
        return self._indents[at - self.first]

    def row_of(self, offset: int) -> int:
        """The row in which a code point is drawn; about that row if it is not laid out, but on that side of those that are."""
        first, last = self.part
        if offset < first:
            return min(int(max(0, offset) / self._each), self.first - 1)
        if offset >= last and last < len(self.text):
            return self.end + int((offset - last) / self._each)
        return self.first + max(0, bisect_right(self._starts, offset) - 1)

    def offset_at(self, at: int, column: int) -> int:
        """The offset of what is drawn in a cell of a row; the row's end when the cell is behind it."""
        start, end = self.row(at)
        column -= self.indent(at)
        if column <= 0:
            return start
        if COMPLEX.search(self.text, start, end) is None:
            return min(start + column, end)
        for first, _, cell, cells in placed(self.text, start, end):
            if cell + cells > column:
                return first
        return end

    def column_of(self, offset: int) -> int:
        """The cell, in its row, where a code point begins."""
        at = self.row_of(offset)
        start, end = self.row(at)
        if COMPLEX.search(self.text, start, end) is None:
            return self.indent(at) + offset - start
        column = 0
        for first, last, cell, cells in placed(self.text, start, end):
            if offset < last:
                return self.indent(at) + (cell if offset >= first else column)
            column = cell + cells
        return self.indent(at) + column

    def _wrap(self) -> None:
        at, size = self.part
        for start, complicated in _odd_lines(self.text, at, size).items():
            end = self.text.find("\n", start)
            end = size if end < 0 else end
            if not complicated and end - start <= self.width:
                continue  # it fits into one row, like any other
            self._wrap_plain(at, start)
            if complicated:
                self._wrap_complex(start, end)
            else:
                self._wrap_set_in(start, end)
            at = end + 1
        self._wrap_plain(at, size)
        if not self._starts:
            self._starts.append(self.part[0])
            self._indents.append(0)

    def _wrap_plain(self, start: int, end: int) -> None:
        """Break whole lines in which each code point takes one cell, from the left edge on: nearly all that there are."""
        if start >= end:
            return
        rows = [match.start() for match in _rows(self.width).finditer(self.text, start, end)]
        if rows[-1] == end:  # nothing is left there
            del rows[-1]
        self._starts.extend(rows)
        self._indents.extend(bytes(len(rows)))

    def _hang(self, start: int, end: int) -> int:
        """By how much the further rows of a line are set in: to where its text begins, if it is an item of a list."""
        match = _BULLET.match(self.text, start, end)
        lead = match[0] if match else ""
        cells = len(lead) + lead.count("\t") * (TAB - 1)
        return cells if cells <= min(20, self.width // 3) else 0

    def _wrap_set_in(self, start: int, end: int) -> None:
        """Break a line in which each code point takes one cell; its further rows are set in as its text is."""
        append, rfind, width = self._starts.append, self.text.rfind, self.width
        hang = self._hang(start, end)
        append(start)
        first = True
        while end - start > width:
            cut = rfind(" ", start + 1, start + width + 1)
            start = cut + 1 if cut > 0 else start + width
            if start >= end:  # the line ends in the blank that would be the next row
                break
            append(start)
            if first:
                width -= hang
                first = False
        self._indents.extend([0] + [hang] * (len(self._starts) - len(self._indents) - 1))

    def _wrap_complex(self, start: int, end: int) -> None:
        """Break a line with wide, joined or zero-width code points or tabs in it; rows without any are only counted."""
        append, rfind = self._starts.append, self.text.rfind
        hang, width = self._hang(start, end), self.width
        append(start)
        before = len(self._starts)
        while start < end:
            if COMPLEX.search(self.text, start, min(end, start + width + 1)) is not None:
                rows = _Breaker(self.text, width, self.width - hang).rows(start, end)
                if not rows:
                    break
                self._starts.extend(rows)
                start = rows[-1]
            elif end - start <= width:
                break
            else:
                cut = rfind(" ", start + 1, start + width + 1)
                start = cut + 1 if cut > 0 else start + width
                if start < end:
                    append(start)
            width = self.width - hang
        self._indents.extend([0] + [hang] * (len(self._starts) - before))


class _Breaker:
    """Where the rows of a complicated stretch begin. Knows the last place at which it may be broken."""

    def __init__(self, text: str, first: int, further: int) -> None:
        """`first` is the width of the first row, `further` that of those after it."""
        self._text = text
        self._first, self._further = first, further
        self._starts: list[int] = []
        self._column = 0
        self._may_break = -1
        self._column_there = 0

    def rows(self, start: int, end: int) -> list[int]:
        """Where the next row begins (the next rows, when a long word or run of ideographs fills them); empty when all fits into one."""
        self._starts = [start]
        for match in _tokens().finditer(self._text, start, end):
            getattr(self, match.lastgroup or "any")(match.start(), match.end())
            if len(self._starts) > 1:
                break
        return self._starts[1:]

    @property
    def _room(self) -> int:
        return (self._first if len(self._starts) == 1 else self._further) - self._column

    def blank(self, start: int, end: int) -> None:
        self._column += end - start
        self._breakable(end)

    def tab(self, start: int, end: int) -> None:
        del start
        self._column += TAB - self._column % TAB
        self._breakable(end)

    def wide(self, start: int, end: int) -> None:
        """A run of ideographs may be broken between any two of them."""
        self._breakable(start)
        while end - start > (fits := max(0, self._room) // 2):
            if self._column == 0:
                fits = max(1, fits)
            start += fits
            if start >= end:
                break
            self._new_row(start)
        self._column += 2 * (end - start)
        self._breakable(end)

    def narrow(self, start: int, end: int) -> None:
        if end - start > self._room:
            self._back_to_break(start)
        while end - start > self._room:
            start += max(1 if self._column == 0 else 0, self._room)
            self._new_row(start)
        self._column += end - start

    def other(self, start: int, end: int) -> None:
        for first, _, cells in graphemes(self._text[start:end]):
            if cells > self._room:
                self._back_to_break(start + first)
            if cells > self._room and self._column > 0:
                self._new_row(start + first)
            self._column += cells

    any = other

    def _breakable(self, offset: int) -> None:
        self._may_break = offset
        self._column_there = self._column

    def _back_to_break(self, before: int) -> None:
        """Begin a row at the last place for it, and take what stands behind it along."""
        if self._starts[-1] < self._may_break <= before:
            carried = self._column - self._column_there
            self._new_row(self._may_break)
            self._column = carried

    def _new_row(self, start: int) -> None:
        self._starts.append(start)
        self._column = 0
        self._may_break = start
        self._column_there = 0
