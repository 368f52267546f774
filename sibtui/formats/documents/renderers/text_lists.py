"""Tables of the style `list` as plain text. Texts are aligned to the left, numbers to the right.

If there is too little room, wide columns are narrowed.
"""

from __future__ import annotations

from itertools import islice, repeat
from typing import TYPE_CHECKING, cast

from sibtui.formats.codec.terminal_text import GAP, left, longest_piece, right, shrink, side_by_side, wrap, wrap_narrow
from sibtui.formats.documents.model import TableCell, are_numbers
from sibtui.model.table import as_text
from sibtui.model.text import TOGETHER, are_lines, one_line, superscript
from sibtui.model.text_width import is_narrow, width_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from sibtui.formats.documents.model import TableBlock
    from sibtui.model.table import Value

_LEGIBLE = 14
"""A table column with at least this width in terminal columns is easy to read."""
_BROKEN = 12
"""A word of at most this width in terminal columns is never broken.

A wider word may be broken if there is too little room.
"""
_NARROW_GAP = " "
"""The gap between columns that is used if the usual gap leaves too little room for whole words and headings."""
_JOINED = "\ue000"
"""The character that replaces a space inside a short item of a list, such as `SIB A; SIB B`. No line may end there."""


def table_lines(table: TableBlock, width: int | None, *, plain: bool, rule: str) -> tuple[list[str], str]:
    """Return (lines of the table, horizontal line that the caller prints below it).

    The lines have at most `width` terminal columns. `rule` is the character of which horizontal lines consist. If
    `plain` is set, the numbers of footnotes are written in ASCII.
    """
    heads = [one_line(column) for column in table.columns]
    columns = [_shown_column(column, plain) for column in zip(*table.rows, strict=True)] or [[] for _ in heads]
    numeric = table.numeric
    lines, ruled = [], ""
    measured = list(map(_widths, columns))
    widest = [max(found, default=0) for found in measured]
    gap, blocks = _blocks(heads, columns, numeric, widest, width)
    for number, (block, widths) in enumerate(blocks):
        if number:
            lines.append("")
        figures = [numeric[at] for at in block]
        ruled = rule * (sum(widths) + len(gap) * (len(widths) - 1))
        lines += _row([heads[at] for at in block], widths, figures, gap, bottom=True)
        lines.append(ruled)
        for first in range(0, len(table.rows), TOGETHER):
            part = slice(first, first + TOGETHER)
            found = _rows(
                [columns[at][part] for at in block], [measured[at][part] for at in block], widths, figures, gap
            )
            lines += _with_spaces(found)
    return lines, ruled


def long_list_lines(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    """Yield the lines of a table with these rows. The table is as wide as its longest cells require.

    There may be too many rows for memory. So the rows are kept in a temporary file until all of them are measured.
    """
    from sibtui.formats.codec.item_file import ItemFile

    heads = [one_line(column) for column in columns]
    widths = [width_of(head) for head in heads]
    types: list[set[type]] = [set() for _ in heads]
    parts = ItemFile()
    remaining = iter(rows)
    while part := list(islice(remaining, TOGETHER)):
        cells = list(zip(*part, strict=True))
        shown = [_shown_column(column, plain=False) for column in cells]
        measured = list(map(_widths, shown))
        widths = [max(width, *found) for width, found in zip(widths, measured, strict=True)]
        for known, column in zip(types, cells, strict=True):
            known.update(map(type, column))
        parts.put((shown, measured))
    figures = list(map(are_numbers, types))
    yield from _row(heads, widths, figures, GAP, bottom=True)
    yield "─" * (sum(widths) + len(GAP) * (len(widths) - 1))
    for shown, measured in parts:
        yield from _with_spaces(_rows(shown, measured, widths, figures, GAP))


def _with_spaces(lines: list[str]) -> list[str]:
    """Return the lines with a space in place of each character `_JOINED`.

    `_JOINED` was used instead of a space where no line may end.
    """
    return [line.replace(_JOINED, " ") for line in lines] if _JOINED in "".join(lines) else lines


def _shown_column(column: Sequence[Value | TableCell], plain: bool) -> list[str]:
    """Return the cells of a column as texts. If `plain` is set, the numbers of footnotes are written in ASCII.

    Equal cells are converted only once, because a long list has many of them.
    """
    types = set(map(type, column))
    if types == {int}:
        return list(map(str, column))
    if types != {str}:
        return [_shown(value, plain) for value in column]
    texts = cast("Sequence[str]", column)
    if _are_equal(texts):
        return [one_line(texts[0])] * len(texts)
    if all(map(are_lines, _parts(texts))):
        return list(texts)
    shown = {text: one_line(text) for text in dict.fromkeys(texts)}
    return [shown[text] for text in texts]


def _are_equal(cells: Sequence[str]) -> bool:
    """Return whether all cells of a column are equal. If they are, it is enough to measure and pad one of them."""
    return len(cells) > 1 and cells[0] == cells[-1] and cells.count(cells[0]) == len(cells)


def _parts(cells: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield the cells of a column in parts.

    To save memory, the caller joins the texts of only one part at a time.
    """
    return (cells[at : at + TOGETHER] for at in range(0, len(cells), TOGETHER))


def _shown(value: Value | TableCell, plain: bool) -> str:
    if isinstance(value, tuple):
        items = (one_line(item) for item in value)
        return "; ".join(item.replace(" ", _JOINED) if width_of(item) < _BROKEN else item for item in items)
    if not isinstance(value, TableCell):
        return one_line(as_text(value))
    number = "" if value.note is None else f" [{value.note}]" if plain else superscript(value.note)
    return one_line(value.text) + number


def _blocks(
    heads: Sequence[str],
    columns: Sequence[Sequence[str]],
    numeric: Sequence[bool],
    widest: Sequence[int],
    width: int | None,
) -> tuple[str, list[tuple[list[int], list[int]]]]:
    """Return (gap between columns, blocks). A block is (indexes of its columns, their widths).

    The columns of a block are printed side by side. Each block begins with the first column of the table. `widest` has
    the width of the widest cell of each column.

    If there is too little room, columns with long texts are narrowed. If this is not enough, three steps are tried in
    this order until one is enough: narrow the gap, break words longer than `_BROKEN`, divide the table into blocks.
    Headings and numbers are never broken.
    """
    naturals = [max(width_of(head), found) for head, found in zip(heads, widest, strict=True)]
    if width is None:
        return GAP, [(list(range(len(heads))), naturals)]
    legible, whole, least = [], [], []  # widths of a column: easy to read, for whole words, and the minimum
    for head, cells, is_number, found, natural in zip(heads, columns, numeric, widest, naturals, strict=True):
        longest = found if is_number else _longest_piece(cells)
        words = max(width_of(head) if width_of(head) <= _BROKEN else longest_piece(head), longest)
        whole.append(words)
        legible.append(words if is_number else max(words, min(natural, _LEGIBLE)))
        least.append(words if is_number else max(longest_piece(head), min(longest, _BROKEN)))
    gaps = len(whole) - 1
    gap = GAP if sum(whole) + len(GAP) * gaps <= width or sum(whole) + gaps > width else _NARROW_GAP
    fits = sum(least) + len(gap) * gaps <= width
    blocks = [list(range(len(least)))] if fits else _folded(legible, width)
    return gap, [(block, _fitted(block, (naturals, legible, whole, least), width, gap)) for block in blocks]


def _longest_piece(cells: Sequence[str]) -> int:
    """Return the width of the widest word in a column. Equal words are measured only once."""
    words: set[str] = set()
    for part in _parts(cells):
        words.update(" ".join(part).split())
    return longest_piece(" ".join(words))


def _folded(least: Sequence[int], width: int) -> list[list[int]]:
    """Return groups of column indexes. The columns of each group fit side by side into the width.

    `least` has the least width of each column. Each group begins with the first column of the table.
    """
    blocks: list[list[int]] = []
    used = width + 1
    for at in range(1, len(least)):
        if used + len(GAP) + least[at] > width:
            blocks.append([0])
            used = least[0]
        blocks[-1].append(at)
        used += len(GAP) + least[at]
    return blocks or [[0]]


def _fitted(block: Sequence[int], needs: Sequence[Sequence[int]], width: int, gap: str) -> list[int]:
    """Return the widths for the columns of a block. If possible, they fit into `width` together.

    `block` has the indexes of the columns. Each list in `needs` has a width for each column of the table. The first
    list has the widths without wrapping. Each further list has smaller widths. The columns are narrowed only as far as
    necessary: at first not below the widths of the second list; if the block does not fit then, not below those of the
    third list, and so on.
    """
    room = width - len(gap) * (len(block) - 1)
    widths, *floors = ([need[at] for at in block] for need in needs)
    for floor in floors:
        widths = shrink(widths, floor, room)
        if sum(widths) <= room:
            break
    return widths


def _widths(cells: Sequence[str]) -> list[int]:
    """Return how many columns of a terminal each cell of a table column takes."""
    if _are_equal(cells):
        return [width_of(cells[0])] * len(cells)
    if all(is_narrow("".join(part)) for part in _parts(cells)):
        return list(map(len, cells))
    return list(map(width_of, cells))


def _rows(
    columns: Sequence[Sequence[str]],
    measured: Sequence[Sequence[int]],
    widths: Sequence[int],
    numeric: Sequence[bool],
    gap: str,
) -> list[str]:
    """Return the lines for the rows of a table. A row has one line if all its cells fit into their columns.

    `measured` has the widths of all cells. `numeric` states for each column whether it has only numbers.
    """
    padded: list[list[str]] = []
    wrapped: dict[int, list[tuple[int, list[str]]]] = {}  # row → its wrapped cells: (column, lines of the cell)
    for column, (cells, found, width, is_number) in enumerate(zip(columns, measured, widths, numeric, strict=True)):
        pad = str.rjust if is_number else str.ljust
        lengths = list(map(len, cells))
        if lengths == found and _are_equal(cells):
            padded.append([pad(cells[0], width)] * len(cells))
        elif lengths == found:
            padded.append(list(map(pad, cells, repeat(width))))
        else:  # `pad` counts code points
            padded.append([pad(cell, width - columns + len(cell)) for cell, columns in zip(cells, found, strict=True)])
        wide = [at for at, columns in enumerate(found) if columns > width] if max(found, default=0) > width else []
        lines_of = _wrapped({cells[at] for at in wide}, width)
        for at in wide:
            wrapped.setdefault(at, []).append((column, lines_of[cells[at]]))
    if not wrapped:
        return [line.rstrip() for line in map(gap.join, zip(*padded, strict=True))]
    blank = [" " * width for width in widths]
    lines: list[str] = []
    for at, parts in enumerate(zip(*padded, strict=True)):
        if at in wrapped:
            lines += _stacked(parts, wrapped[at], blank, gap)
        else:
            lines.append(gap.join(parts).rstrip())
    return lines


def _wrapped(cells: Collection[str], width: int) -> dict[str, list[str]]:
    """Return a dict: cell → its lines, filled with spaces to `width`.

    `cells` are the cells that are wider than their column.
    """
    are_narrow = is_narrow("".join(cells))
    return {
        cell: [line.ljust(width) for line in wrap_narrow(cell, width)]
        if are_narrow or is_narrow(cell)
        else [left(line, width) for line in wrap(cell.split(), width)]
        for cell in cells
    }


def _stacked(
    parts: Sequence[str], wrapped: Sequence[tuple[int, list[str]]], blank: Sequence[str], gap: str
) -> list[str]:
    """Return the lines of a row.

    `parts` are its padded cells, and `wrapped` has pairs (column, lines) for the cells that are wider than their
    columns. `blank` has an empty cell for each column.
    """
    lines: list[str] = []
    shown = list(parts)
    for at in range(max(len(found) for _, found in wrapped)):
        for column, found in wrapped:
            shown[column] = found[at] if at < len(found) else blank[column]
        lines.append(gap.join(shown).rstrip())
        if not at:
            shown = list(blank)
    return lines


def _row(
    cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool], gap: str, *, bottom: bool = False
) -> list[str]:
    if all(width_of(cell) <= width for cell, width in zip(cells, widths, strict=True)):
        parts = zip(cells, widths, numeric, strict=True)
        return [gap.join(right(cell, w) if number else left(cell, w) for cell, w, number in parts).rstrip()]
    wrapped = [wrap(cell.split(), width) for cell, width in zip(cells, widths, strict=True)]
    return side_by_side(
        (
            ([right(line, width) for line in lines] if number else lines, width)
            for lines, width, number in zip(wrapped, widths, numeric, strict=True)
        ),
        bottom=bottom,
        gap=gap,
    )
