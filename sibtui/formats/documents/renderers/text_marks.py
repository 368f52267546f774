"""Tables of the styles `marks` and `texts` as plain text.

If there is too little room, columns are wrapped, or divided into groups that are printed one below the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.terminal_text import GAP, centre, fair_width, side_by_side, wrap
from sibtui.formats.documents.model import as_cell
from sibtui.model.frozen import dataclass
from sibtui.model.text import inert_words, superscript
from sibtui.model.text_width import width_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.formats.documents.model import TableBlock, TableCell

_LABEL = 24  # row labels are narrowed to this width before columns are split into blocks
_MARK, _QUOTE = 16, 24  # widths that columns of marks, or of quotes, keep when there is too little room


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a cell. `lines` has a tuple for each line: the words of this line.

    `tail`, such as the number of a footnote, follows the last word and is never separated from it.
    """

    lines: tuple[tuple[str, ...], ...]
    tail: str = ""
    centred: bool = False

    @property
    def natural(self) -> int:
        """The least width in terminal columns at which no line has to be wrapped.

        It includes the width of `tail`. In a centred text, `tail` counts twice, because the left side gets equal
        space.
        """
        tail = width_of(self.tail)
        widths = [width_of(" ".join(words)) for words in self.lines]
        return max([*widths[:-1], widths[-1] + (2 * tail if self.centred else tail)])

    def within(self, width: int) -> list[str]:
        """Return the lines of the text, wrapped to at most `width` terminal columns."""
        *before, last = self.lines
        if self.centred and not before and width_of(" ".join(last) + self.tail) <= width:
            return [centre(" ".join(last), width, self.tail)]
        glued = (*last[:-1], last[-1] + self.tail) if last else (self.tail.lstrip(),)
        # With several texts in one cell, wrapped lines are indented, so that each text stays recognisable.
        indent = 2 if before else 0
        lines = [line for words in (*before, glued) for line in wrap(words, width, indent)]
        return [centre(line, width) for line in lines] if self.centred else lines


@dataclass(frozen=True, slots=True)
class _Layout:
    """The layout of a table.

    `label` is the width of the row labels, and `columns` are the widths of the other columns. `blocks` has groups of
    column indexes. The columns of a group are printed side by side.
    """

    label: int
    columns: tuple[int, ...]
    blocks: tuple[range, ...]


def table_lines(table: TableBlock, width: int | None, *, plain: bool, rule: str) -> tuple[list[str], str]:
    """Return (lines of the table, horizontal line that the caller prints below it).

    The lines have at most `width` terminal columns. `rule` is the character of which horizontal lines consist. If
    `plain` is set, the numbers of footnotes are written in ASCII.
    """
    long_texts = table.style == "texts"
    labels = [_label(as_cell(row[0]), plain) for row in table.rows]
    body = [[_mark(as_cell(value), plain, long_texts=long_texts) for value in row[1:]] for row in table.rows]
    headings = [
        _Text((inert_words(column),), _tail(table.head_notes.get(at), plain), centred=not long_texts)
        for at, column in enumerate(table.columns[1:], 1)
    ]
    naturals = [max(text.natural for text in column) for column in zip(headings, *body, strict=True)]
    corner = _Text((inert_words(table.columns[0]),))
    widest_label = max(text.natural for text in (corner, *labels))
    layout = _layout(widest_label, naturals, width, _QUOTE if long_texts else _MARK)
    lines, ruled = [], ""
    for block in layout.blocks:
        if block.start:
            lines.append("")
        ruled = rule * (layout.label + sum(layout.columns[at] + len(GAP) for at in block))
        lines += side_by_side(_across(corner, headings, layout, block), bottom=True)
        lines.append(ruled)
        for at, (label, texts) in enumerate(zip(labels, body, strict=True)):
            if at in table.groups:
                lines += [*([""] if at else []), *wrap(inert_words(table.groups[at]), width)]
            lines += side_by_side(_across(label, texts, layout, block))
    return lines, ruled


def _label(cell: TableCell, plain: bool) -> _Text:
    return _Text((inert_words(cell.text),), _tail(cell.note, plain))


def _mark(cell: TableCell, plain: bool, *, long_texts: bool) -> _Text:
    lines = tuple(inert_words(line) for line in str(cell.value).split("\n"))
    tail = cell.suffix + _tail(cell.note, plain)
    if long_texts:
        return _Text(lines, tail)
    # In a cell without a mark, the footnote number takes the place of the mark.
    return _Text(lines, tail, centred=True) if any(lines) else _Text((inert_words(tail),), centred=True)


def _tail(number: int | None, plain: bool) -> str:
    if number is None:
        return ""
    return f" [{number}]" if plain else f" {superscript(number)}"


def _layout(label: int, naturals: Sequence[int], width: int | None, least: int) -> _Layout:
    gap = len(GAP)
    everything = range(len(naturals))
    if width is None or label + sum(naturals) + gap * len(naturals) <= width:
        return _Layout(label, tuple(naturals), (everything,))
    narrow = min(label, _LABEL, width * 2 // 5)
    room = width - narrow
    most = min(max(least, fair_width(naturals, room - gap * len(naturals))), room - gap)
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
