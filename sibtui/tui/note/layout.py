"""The layout of a text: the rows in which it appears on the screen, each with its offsets in the text.

A long line is broken into rows, but the text does not change. So each cell of a row belongs to an offset.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from sibtui.model.text_width import NARROW, TAB, WIDE, graphemes, place_glyphs

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = r"(?:[-*+•–·◦‣▪]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])[ \t]"
_BULLET = re.compile(rf"[ \t]*(?:{_MARK}+)?")
_INDENTED_BELOW = re.compile(rf"\n(?:[ \t]|{_MARK})")

COMPLEX = re.compile(f"[^\n{NARROW}]")
"""The pattern of a code point whose width must be measured.

Such code points are wide characters, tabs, and characters that may join their neighbours.
"""


@cache
def _tokens() -> re.Pattern[str]:
    """Return the pattern that divides a line into tokens, such as a run of spaces, a tab, or a run of wide characters.

    The pattern is not compiled at import, because compiling takes as long as the layout of a long note.
    """
    return re.compile(
        f"(?P<blank> +)|(?P<tab>\t)|(?P<wide>[{WIDE}]+(?![^\n\t{NARROW}{WIDE}]))"
        f"|(?P<narrow>[{NARROW.replace(chr(0x20), '!', 1)}]+(?![^\n\t{NARROW}{WIDE}]))|(?P<other>[^\n\t]?(?:[^\n\t{NARROW}{WIDE}]|(?<=\u200d)[^\n\t])+)|(?P<any>[^\n])"
    )


@cache
def _rows(width: int) -> re.Pattern[str]:
    """Return the pattern of one row, for a text in which each code point takes one cell.

    A row is one of these parts of a line:

    - the rest of the line, if the rest fits;
    - the words that fit, with the space after the last of them;
    - a part of a word that is too long for a row.

    The last row of a line includes the newline. Otherwise the newline would become a row of its own.
    """
    return re.compile(rf"[^\n]{{0,{width}}}+(?:\n|\Z)|[^\n]{{1,{width}}} (?:\n|\Z)?|[^\n]{{{width}}}")


def _odd_lines(text: str, start: int, end: int) -> dict[int, bool]:
    """Return a map of the lines that need more care: offset of the line → whether the line is complex.

    A complex line has tabs, or characters that do not take one cell each. Other lines are in the map if they begin
    with a space or a list mark. The lines are in the order of the text.
    """
    odd = dict.fromkeys(_indented(text, start, end), False) | dict.fromkeys(_complex(text, start, end), True)
    return dict(sorted(odd.items()))


def _indented(text: str, start: int, end: int) -> Iterator[int]:
    bullet = _BULLET.match(text, start, end)
    if bullet is not None and bullet.end() > start:
        yield start
    for match in _INDENTED_BELOW.finditer(text, start, end):
        yield match.start() + 1


def _complex(text: str, start: int, end: int) -> Iterator[int]:
    match = COMPLEX.search(text, start, end)
    while match is not None:
        yield text.rfind("\n", start, match.start()) + 1 or start
        below = text.find("\n", match.start(), end)
        match = None if below < 0 else COMPLEX.search(text, below, end)


def lines_around(text: str, offset: int, reach: int) -> tuple[int, int]:
    """Return (start, end): a range of whole lines around an offset.

    The range has at least `reach` code points before the offset and after it, as far as the text reaches. If the
    text has at most 3 × `reach` code points, the range is the whole text.
    """
    if len(text) <= 3 * reach:
        return 0, len(text)
    end = text.find("\n", offset + reach)
    return text.rfind("\n", 0, max(0, offset - reach)) + 1, len(text) if end < 0 else end + 1


class NoteLayout:
    """The rows of a text, each at most `width` cells wide. The newline at the end of a line belongs to no row.

    If the text is long, only `part`, a range of whole lines, is broken into rows. Rows are still numbered from the
    beginning of the text. The number of rows in the rest of the text is estimated from the average length of a row.
    """

    def __init__(self, text: str, width: int, part: tuple[int, int] | None = None) -> None:
        """Break a text into rows. If `part` (start, end) is given, break only this part.

        The text must not have control characters except tabs and newlines. If a list item takes several rows, the rows
        after the first are indented.
        """
        self.text = text
        self.width = max(2, width)
        self.part = part or (0, len(text))
        self._starts = array("I")
        self._indents = bytearray()
        self._wrap()
        first, last = self.part
        self._each = max(1.0, (last - first) / len(self._starts))
        self.first = self._estimated(first)
        """The number of the first row of the layout."""
        self.end = self.first + len(self._starts)
        """The number of the row after the last row of the layout."""

    def __len__(self) -> int:
        return self.end + self._estimated(len(self.text) - self.part[1])

    def _estimated(self, length: int) -> int:
        return -int(-length // self._each)

    def row(self, at: int) -> tuple[int, int]:
        """Return (start, end): the offsets of row number `at`, without the newline at its end."""
        at -= self.first
        start = self._starts[at]
        end = self._starts[at + 1] if at + 1 < len(self._starts) else self.part[1]
        if end > start and self.text[end - 1] == "\n":
            end -= 1
        return start, end

    def offset_near(self, at: int) -> int:
        """Return the offset at which row number `at` begins, or an estimate if the row is outside the layout."""
        if self.first <= at < self.end:
            return self.row(at)[0]
        if at < self.first:
            return min(max(0, int(at * self._each)), self.part[0])
        return min(self.part[1] + int((at - self.end) * self._each), len(self.text))

    def indent(self, at: int) -> int:
        """Return the indent of row number `at`, in cells."""
        return self._indents[at - self.first]

    def row_of(self, offset: int) -> int:
        """Return the number of the row with the code point at an offset.

        The number is an estimate if the offset is outside the part that is laid out.
        """
        first, last = self.part
        if offset < first:
            return min(int(max(0, offset) / self._each), self.first - 1)
        if offset >= last and last < len(self.text):
            return self.end + int((offset - last) / self._each)
        return self.first + max(0, bisect_right(self._starts, offset) - 1)

    def offset_at(self, at: int, column: int) -> int:
        """Return the offset at a column of row number `at`, or the end of the row if the row is shorter."""
        start, end = self.row(at)
        column -= self.indent(at)
        if column <= 0:
            return start
        if COMPLEX.search(self.text, start, end) is None:
            return min(start + column, end)
        for first, _, cell, cells in place_glyphs(self.text, start, end):
            if cell + cells > column:
                return first
        return end

    def column_of(self, offset: int) -> int:
        """Return the column at which the code point at an offset begins, counted within its row."""
        at = self.row_of(offset)
        start, end = self.row(at)
        if COMPLEX.search(self.text, start, end) is None:
            return self.indent(at) + offset - start
        column = 0
        for first, last, cell, cells in place_glyphs(self.text, start, end):
            if offset < last:
                return self.indent(at) + (cell if offset >= first else column)
            column = cell + cells
        return self.indent(at) + column

    def _wrap(self) -> None:
        at, size = self.part
        for start, is_complex in _odd_lines(self.text, at, size).items():
            end = self.text.find("\n", start)
            end = size if end < 0 else end
            if not is_complex and end - start <= self.width:
                continue  # the line fits into one row, like a plain line
            self._wrap_plain(at, start)
            if is_complex:
                self._wrap_complex(start, end)
            else:
                self._wrap_indented(start, end)
            at = end + 1
        self._wrap_plain(at, size)
        if not self._starts:
            self._starts.append(self.part[0])
            self._indents.append(0)

    def _wrap_plain(self, start: int, end: int) -> None:
        """Break lines that have no indent, and in which each code point takes one cell."""
        if start >= end:
            return
        rows = [match.start() for match in _rows(self.width).finditer(self.text, start, end)]
        if rows[-1] == end:  # an empty row at the end
            del rows[-1]
        self._starts.extend(rows)
        self._indents.extend(bytes(len(rows)))

    def _hang(self, start: int, end: int) -> int:
        """Return the indent, in cells, of all rows of a line except the first row.

        For a list item, the indent is the column at which the text of the item begins.
        """
        match = _BULLET.match(self.text, start, end)
        lead = match[0] if match else ""
        cells = len(lead) + lead.count("\t") * (TAB - 1)
        return cells if cells <= min(20, self.width // 3) else 0

    def _wrap_indented(self, start: int, end: int) -> None:
        """Break an indented line in which each code point takes one cell."""
        append, rfind, width = self._starts.append, self.text.rfind, self.width
        hang = self._hang(start, end)
        append(start)
        first = True
        while end - start > width:
            cut = rfind(" ", start + 1, start + width + 1)
            start = cut + 1 if cut > 0 else start + width
            if start >= end:  # the next row would be only the space at the end of the line
                break
            append(start)
            if first:
                width -= hang
                first = False
        self._indents.extend([0] + [hang] * (len(self._starts) - len(self._indents) - 1))

    def _wrap_complex(self, start: int, end: int) -> None:
        """Break a complex line (see `_odd_lines`) into rows.

        Many rows of such a line are simple: each code point takes one cell. The end of a simple row is found by
        counting.
        """
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
    """A search for the offsets at which the rows of one line begin. The line may have wide or joined characters.

    The search remembers the last place where a row may end, for example after a space.
    """

    def __init__(self, text: str, first: int, other: int) -> None:
        """Set the width of the first row (`first`) and the width of the following rows (`other`)."""
        self._text = text
        self._first, self._other = first, other
        self._starts: list[int] = []
        self._column = 0
        self._may_break = -1
        self._column_at_break = 0

    def rows(self, start: int, end: int) -> list[int]:
        """Return the offsets at which the next rows begin. `start` is the beginning of the current row.

        If the text up to `end` fits into the current row, the list is empty. Otherwise the list usually has one offset.
        It has several offsets only if one long word, or one run of ideographs, fills several rows.
        """
        self._starts = [start]
        for match in _tokens().finditer(self._text, start, end):
            getattr(self, match.lastgroup or "any")(match.start(), match.end())
            if len(self._starts) > 1:
                break
        return self._starts[1:]

    @property
    def _room(self) -> int:
        return (self._first if len(self._starts) == 1 else self._other) - self._column

    def blank(self, start: int, end: int) -> None:
        self._column += end - start
        self._breakable(end)

    def tab(self, start: int, end: int) -> None:
        del start
        self._column += TAB - self._column % TAB
        self._breakable(end)

    def wide(self, start: int, end: int) -> None:
        """Add the ideographs from `start` to `end` to the current row. When the row is full, begin a new row.

        A row may end between any two ideographs.
        """
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
        self._column_at_break = self._column

    def _back_to_break(self, before: int) -> None:
        """If the current row has a place where a row may end, begin a new row at the last such place.

        A place after the offset `before` is not used.
        """
        if self._starts[-1] < self._may_break <= before:
            carried = self._column - self._column_at_break
            self._new_row(self._may_break)
            self._column = carried

    def _new_row(self, start: int) -> None:
        self._starts.append(start)
        self._column = 0
        self._may_break = start
        self._column_at_break = 0
