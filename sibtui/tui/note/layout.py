"""The rows in which a text is drawn, as offsets of its code points. Nothing is dropped or added at a break, so every cell has its offset."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
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


class OddLines:
    """The lines of a text that are not broken by counting alone: those set in, and complicated ones. The same at every width."""

    def __init__(self, text: str) -> None:
        found = dict.fromkeys(_set_in(text), False)
        found |= dict.fromkeys(_complicated(text), True)
        self.starts = array("I", sorted(found))
        self.complicated = bytearray(found[start] for start in self.starts)


def _set_in(text: str) -> Iterator[int]:
    if _SET_IN.match(text):
        yield 0
    for match in _SET_IN_BELOW.finditer(text):
        yield match.start() + 1


def _complicated(text: str) -> Iterator[int]:
    match = COMPLEX.search(text)
    while match is not None:
        yield text.rfind("\n", 0, match.start()) + 1
        end = text.find("\n", match.start())
        match = None if end < 0 else COMPLEX.search(text, end)


def lines_around(text: str, offset: int, reach: int) -> tuple[int, int]:
    """The whole lines from so far before an offset to so far behind it."""
    end = text.find("\n", offset + reach)
    return text.rfind("\n", 0, max(0, offset - reach)) + 1, len(text) if end < 0 else end + 1


class Layout:
    """The rows of `text` at a width in cells. Rows follow each other without a gap; only a newline may lie between two."""

    def __init__(self, text: str, width: int, odd: OddLines | None = None, part: tuple[int, int] | None = None) -> None:
        """`text` has its control characters replaced already. Lines of a list are indented below their first row.

        Whoever lays out a long text at several widths gives its `odd` lines: finding them takes as long as breaking all others. Of a `part`,
        which is whole lines, the rows are those of the text alone; offsets outside are taken to be in its first or last row.
        """
        self.text = text
        self.width = max(2, width)
        self.odd = odd or OddLines(text)
        self.part = part or (0, len(text))
        self._starts = array("I")
        self._indents = bytearray()
        self._wrap()

    def __len__(self) -> int:
        return len(self._starts)

    def row(self, at: int) -> tuple[int, int]:
        """The offsets of a row, half-open, without the newline that ends it."""
        start = self._starts[at]
        end = self._starts[at + 1] if at + 1 < len(self._starts) else self.part[1]
        if end > start and self.text[end - 1] == "\n":
            end -= 1
        return start, end

    def indent(self, at: int) -> int:
        """By how many cells a row is set in."""
        return self._indents[at]

    def row_of(self, offset: int) -> int:
        """The row in which a code point is drawn."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def offset_at(self, at: int, column: int) -> int:
        """The offset of what is drawn in a cell of a row; the row's end when the cell is behind it."""
        start, end = self.row(at)
        column -= self._indents[at]
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
            return self._indents[at] + offset - start
        column = 0
        for first, last, cell, cells in placed(self.text, start, end):
            if offset < last:
                return self._indents[at] + (cell if offset >= first else column)
            column = cell + cells
        return self._indents[at] + column

    def _wrap(self) -> None:
        at, size = self.part
        first, last = bisect_left(self.odd.starts, at), bisect_left(self.odd.starts, size)
        for start, complicated in zip(self.odd.starts[first:last], self.odd.complicated[first:last], strict=True):
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
