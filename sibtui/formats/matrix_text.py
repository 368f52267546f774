"""A matrix as plain text for the terminal: nothing cut, nothing that a terminal would obey."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.formats.matrix_parts import STALE, remarks
from sibtui.formats.terminal import GAP, beside, centre, fair, width_of, wrap
from sibtui.model.matrix import superscript
from sibtui.model.text import inert, one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.matrix import Cell, Matrix

_NARROWEST = 20
_LABEL = 24  # row labels give way to this width before columns are folded under each other
_MARK, _QUOTE = 16, 24  # what a column of marks, or of quotes, may claim when the width is short


@dataclass(frozen=True, slots=True)
class _Text:
    """What a cell prints: its lines as words; and its tail (star, number of its note), which stays at the last word."""

    lines: tuple[tuple[str, ...], ...]
    tail: str = ""
    centred: bool = False

    @property
    def natural(self) -> int:
        """The width at which nothing wraps; for a centred mark, at which its tail can hang to the right of it."""
        tail = width_of(self.tail)
        widths = [width_of(" ".join(words)) for words in self.lines]
        return max([*widths[:-1], widths[-1] + (2 * tail if self.centred else tail)])

    def within(self, width: int) -> list[str]:
        *before, last = self.lines
        if self.centred and not before and width_of(" ".join(last) + self.tail) <= width:
            return [centre(" ".join(last), width, self.tail)]
        glued = (*last[:-1], last[-1] + self.tail) if last else (self.tail.lstrip(),)
        # several texts in one cell are told apart by the indent of what wraps
        indent = 2 if before else 0
        lines = [line for words in (*before, glued) for line in wrap(words, width, indent)]
        return [centre(line, width) for line in lines] if self.centred else lines


@dataclass(frozen=True, slots=True)
class _Layout:
    label: int
    columns: tuple[int, ...]
    blocks: tuple[range, ...]


def render(matrix: Matrix, width: int | None = None, ascii: bool = False) -> str:  # noqa: A002 - the option's name
    """The matrix within `width` terminal columns (20 at least), as wide as it is when None.

    Where it is too wide, row labels and headings wrap; where that is not enough, columns follow in blocks under each other.
    `ascii` writes rules and note numbers in ASCII; the marks are the matrix's own.
    """
    width = None if width is None else max(width, _NARROWEST)
    labels, body = _texts(matrix, ascii)
    headings = [_Text((_words(column),), centred=matrix.show != "quotes") for column in matrix.columns]
    naturals = [max(text.natural for text in column) for column in zip(headings, *body, strict=True)]
    layout = _layout(
        max((text.natural for text in labels), default=0), naturals, width, _QUOTE if matrix.show == "quotes" else _MARK
    )
    rule = "-" if ascii else "─"
    lines = [*wrap(_words(matrix.title), width), ""] if matrix.title.strip() else []
    for block in layout.blocks:
        if block.start:
            lines.append("")
        ruled = rule * (layout.label + sum(layout.columns[at] + len(GAP) for at in block))
        lines += beside(_across(_Text(((),)), headings, layout, block), bottom=True)
        lines.append(ruled)
        for label, texts in zip(labels, body, strict=True):
            lines += beside(_across(label, texts, layout, block))
    if below := _below(matrix, width, ascii):
        lines += [ruled, *below]
    return "\n".join(lines) + "\n"


def _texts(matrix: Matrix, plain: bool) -> tuple[list[_Text], list[list[_Text]]]:
    numbered = matrix.numbered()
    labels, body = [], []
    for at, row in enumerate(matrix.rows):
        labels.append(_Text((_words(row.label),), _tail(numbered.labels.get(at), plain)))
        body.append(
            [
                _mark(matrix, cell, _tail(numbered.cells.get((at, column)), plain))
                for column, cell in enumerate(row.cells)
            ]
        )
    return labels, body


def _mark(matrix: Matrix, cell: Cell, note: str) -> _Text:
    lines = tuple(_words(line) for line in cell.mark.split("\n"))
    tail = STALE * cell.stale + note
    if matrix.show == "quotes":
        return _Text(lines, tail)
    # the number of a note on a blank cell stands where the mark would
    return _Text(lines, tail, centred=True) if any(lines) else _Text((_words(tail),), centred=True)


def _words(text: str) -> tuple[str, ...]:
    return tuple(inert(text).split())


def _number(number: int, plain: bool) -> str:
    return f"[{number}]" if plain else superscript(number)


def _tail(number: int | None, plain: bool) -> str:
    return "" if number is None else " " + _number(number, plain)


def _layout(label: int, naturals: Sequence[int], width: int | None, least: int) -> _Layout:
    gap = len(GAP)
    everything = range(len(naturals))
    if width is None or label + sum(naturals) + gap * len(naturals) <= width:
        return _Layout(label, tuple(naturals), (everything,))
    narrow = min(label, _LABEL, width * 2 // 5)
    room = width - narrow
    most = min(max(least, fair(naturals, room - gap * len(naturals))), room - gap)
    columns = tuple(min(natural, most) for natural in naturals)
    blocks = _fold(columns, room) or (everything,)
    widest = max(sum(columns[at] + gap for at in block) for block in blocks)
    return _Layout(min(label, width - widest), columns, blocks)


def _fold(columns: Sequence[int], room: int) -> tuple[range, ...]:
    blocks: list[range] = []
    start = used = 0
    for at, column in enumerate(columns):
        taken = column + len(GAP)
        if used and used + taken > room:
            blocks.append(range(start, at))
            start, used = at, 0
        used += taken
    return (*blocks, range(start, len(columns))) if columns else ()


def _across(label: _Text, texts: Sequence[_Text], layout: _Layout, block: range) -> list[tuple[list[str], int]]:
    cells = [(texts[at].within(layout.columns[at]), layout.columns[at]) for at in block]
    return [(label.within(layout.label), layout.label), *cells]


def _below(matrix: Matrix, width: int | None, plain: bool) -> list[str]:
    lines: list[str] = []
    for number, text in matrix.numbered().texts.items():
        sign = _number(number, plain)
        lines += wrap((sign, *_words(text)), width, indent=len(sign) + 1)
    for line in remarks(matrix):
        lines += wrap(one_line(line).split(), width)
    return lines
