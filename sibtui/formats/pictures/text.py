"""Pictures as text for the terminal, drawn with block characters.

In ASCII, numbers and plain characters replace the block characters. textual-plotext 1.0.1 (November 2026) was not
used: it needs a version of plotext before 6, and draws no table with numbers in its cells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sibtui.formats.codec.terminal_text import left, right, wrap
from sibtui.model.frozen import dataclass
from sibtui.model.pictures.picture import CurveChart, HeatMap, Portrait, RowChart
from sibtui.model.text import inert_words, one_line
from sibtui.model.text_width import width_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.model.pictures.picture import ChartRow, HeatCell, Picture, PortraitSource

SIGNS = "░▒▓█▌▀▄·├─┤●"
"""All characters in pictures (except in labels) that are not ASCII."""
_WIDTH, _NARROWEST = 80, 40
_SHADES = "░▒▓█"
_MOST_LABEL = 0.45
"""The labels take at most this share of the width."""
_COLUMN = 12


@dataclass(frozen=True, slots=True)
class _Paper:
    """How a picture is drawn as text. `width` is the number of columns. `plain` is set for ASCII.

    `clean` is a function that replaces characters that cannot be shown.
    """

    width: int
    plain: bool
    clean: Callable[[str], str]

    def row(self, label: str, width: int, rest: str, indent: int = 0) -> Iterator[str]:
        """Yield the lines of a row: its label, followed by the text `rest` on the first line.

        A label that is wider than `width` continues on further lines.
        """
        indent = min(indent, width // 2)
        first, *more = wrap(inert_words(self.clean(label)), width - indent, 2)
        yield f"{' ' * indent}{left(first, width - indent)}{rest}"
        for line in more:
            yield " " * indent + line

    def label_width(self, labels: Sequence[str], indents: Sequence[int] = ()) -> int:
        widths = [width_of(self.clean(one_line(label))) for label in labels]
        wide = max(map(sum, zip(widths, indents or [0] * len(widths), strict=True)))
        return max(4, min(wide, int(self.width * _MOST_LABEL)))

    def bar(self, columns: float) -> str:
        """Return a bar of `columns` terminal columns. If `columns` is above 0, the bar has at least one character."""
        if columns <= 0:
            return ""
        if self.plain:
            return "#" * max(1, round(columns))
        halves = max(1, round(2 * columns))
        return "█" * (halves // 2) + "▌" * (halves % 2)


def render_picture_text(
    picture: Picture,
    *,
    width: int | None = None,
    ascii: bool = False,  # noqa: A002 - the option's name
    clean: Callable[[str], str] = str,
) -> str:
    """Return a picture as text of at most `width` columns; None means 80, and a width below 40 counts as 40.

    If `ascii` is set, the picture is drawn in ASCII, except for its labels. The function `clean` is applied to each
    label.
    """
    paper = _Paper(max(width or _WIDTH, _NARROWEST), ascii, clean)
    match picture:
        case HeatMap():
            body = _heat_map(picture, paper)
        case CurveChart():
            body = _curve(picture, paper)
        case RowChart():
            body = _rows(picture, paper)
        case Portrait():
            body = _portrait(picture, paper)
        case _:
            assert_never(picture)
    title = wrap(inert_words(clean(picture.title)), paper.width)
    notes = [line for note in picture.notes for line in wrap(inert_words(clean(note)), paper.width)]
    return "\n".join([*title, "", *(line.rstrip() for line in body), *notes, ""])


def _heat_map(picture: HeatMap, paper: _Paper) -> Iterator[str]:
    """Yield the lines of a heat map. Columns that do not fit into the width are printed below the first ones."""
    label = paper.label_width(picture.rows)
    figures = max((width_of(cell.text) for row in picture.cells for cell in row), default=1)
    widest = max(width_of(one_line(name)) for name in picture.columns)
    column = max(figures + (0 if paper.plain else 3), min(widest, _COLUMN))
    fitting = max(1, (paper.width - label) // (column + 2))
    for start in range(0, len(picture.columns), fitting):
        names = picture.columns[start : start + fitting]
        heads = [wrap(inert_words(paper.clean(name)), column) for name in names]
        deep = max(map(len, heads))
        for at in range(deep):
            parts = (lines[at - deep + len(lines)] if at >= deep - len(lines) else "" for lines in heads)
            yield " " * label + "".join("  " + right(part, column) for part in parts)
        for name, cells in zip(picture.rows, picture.cells, strict=True):
            shown = (_shaded(cell, picture.largest, paper) for cell in cells[start : start + fitting])
            yield from paper.row(name, label, "".join("  " + right(text, column) for text in shown))
        yield ""
    if picture.largest and not paper.plain:
        yield from wrap(f"Shade: {', '.join(_scale(picture))} ({picture.figure}).".split(), paper.width)
    else:
        yield from wrap(f"Figures: {picture.figure}.".split(), paper.width)


def _scale(picture: HeatMap) -> Iterator[str]:
    """Yield a text for each shade, such as `▒ to 8`. The number is the largest one with this shade.

    If all numbers in the picture are whole, a shade to which no whole number belongs is left out.
    """
    whole = all(cell.value is None or cell.value == int(cell.value) for row in picture.cells for cell in row)
    last = 0.0
    for at, sign in enumerate(_SHADES, 1):
        end = picture.largest * at / len(_SHADES)
        end = int(end) if whole else end
        if end > last:
            yield f"{sign} to {end:,.4g}"
        last = end


def _shaded(cell: HeatCell, largest: float, paper: _Paper) -> str:
    text = paper.clean(one_line(cell.text))
    if paper.plain or not cell.value or not largest:
        return text
    step = min(int(cell.value / largest * len(_SHADES) - 1e-9), len(_SHADES) - 1)
    return f"{_SHADES[step] * 2} {text}"


def _curve(picture: CurveChart, paper: _Paper) -> Iterator[str]:
    """Yield the lines of a saturation curve: for each interview, a bar of new codes and the number of codes so far."""
    label = paper.label_width([*picture.labels, "interview"])
    room = paper.width - label - 2 - 8 - 6
    most = max(picture.new) or 1
    yield left("", label + 2) + left(f"new {picture.unit}", room + 6) + right("so far", 8)
    for at, (name, new, total) in enumerate(zip(picture.labels, picture.new, picture.so_far, strict=True)):
        if at == picture.base:
            yield _rule(f"after the base of {picture.base}", paper)
        if at == picture.point:
            yield _rule(f"saturation at {picture.point}+{picture.run}", paper)
        bar = f"{paper.bar(room * new / most)} {new}"
        yield from paper.row(name, label, f"  {left(bar, room + 6)}{right(str(total), 8)}")
    yield ""


def _rule(words: str, paper: _Paper) -> str:
    line = "-" if paper.plain else "─"
    return f"{line * 3} {words} ".ljust(paper.width, line)


def _rows(picture: RowChart, paper: _Paper) -> Iterator[str]:
    indents = [2 * row.level for row in picture.rows]
    label = paper.label_width([row.label for row in picture.rows], indents)
    figures = max((width_of(row.text) for row in picture.rows if row.value is not None), default=1)
    room = paper.width - label - figures - 4
    axis = f"{picture.axis}, from {picture.start:g} to {picture.end:g}"
    yield from (" " * (label + 2) + line for line in wrap(axis.split(), paper.width - label - 2))
    for row, indent in zip(picture.rows, indents, strict=True):
        if row.value is None:
            rest, *_ = wrap(inert_words(paper.clean(row.text)), paper.width - label - 2)
        else:
            drawn = (
                _dot(row, picture, paper, room) if picture.mark == "dot" else paper.bar(room * row.value / picture.end)
            )
            rest = f"{left(drawn, room)}  {right(paper.clean(row.text), figures)}"
        yield from paper.row(row.label, label, "  " + rest, indent)
    yield ""


def _dot(row: ChartRow, picture: RowChart, paper: _Paper, room: int) -> str:
    """Return `room` characters that show the value of a row as a dot, and its interval as a line."""
    first, middle, last, dot = "|-|o" if paper.plain else "├─┤●"
    places = [" "] * room

    def place(value: float) -> int:
        share = (value - picture.start) / (picture.end - picture.start)
        return round(min(max(share, 0), 1) * (room - 1))

    if row.low is not None and row.high is not None:
        low, high = place(row.low), place(row.high)
        places[low : high + 1] = middle * (high - low + 1)
        places[low], places[high] = first, last
    places[place(row.value or 0)] = dot
    return "".join(places)


def _portrait(picture: Portrait, paper: _Paper) -> Iterator[str]:
    """Yield the lines of document portraits: the themes with their numbers, and where each source is coded.

    For each source, there is one horizontal strip per theme. A strip shows the text of the source from its start to its
    end. One line of characters shows two strips, or one strip in ASCII.
    """
    label = paper.label_width([source.label for source in picture.sources])
    digits = len(str(len(picture.themes)))
    for at, (name, _) in enumerate(picture.themes, 1):
        yield from wrap((f"{at:>{digits}}", *inert_words(paper.clean(name))), paper.width, digits + 1)
    yield ""
    step = 1 if paper.plain else 2
    room = paper.width - label - 2 - (digits * step + step)
    for source in picture.sources:
        covered = _covered(source, len(picture.themes), room)
        for first in range(0, len(picture.themes), step):
            lanes = covered[first : first + step]
            numbers = "·".join(f"{first + at + 1:>{digits}}" for at in range(len(lanes)))
            rest = f"  {left(numbers, digits * step + step)}{_lane(lanes, first, paper)}"
            yield from paper.row(source.label if first == 0 else "", label, rest)
    yield ""


def _covered(source: PortraitSource, themes: int, room: int) -> list[list[bool]]:
    """Return a list for each theme, with an item for each column on the screen.

    The text of the source is divided into `room` parts, one for each column. An item is True if this part of the text
    has a coding with the theme.
    """
    lanes = [[False] * room for _ in range(themes)]
    for start, end, theme in source.passages:
        first = start * room // max(source.length, 1)
        last = max(first + 1, -(-end * room // max(source.length, 1)))
        lanes[theme][first:last] = [True] * (min(last, room) - min(first, room))
    return lanes


def _lane(lanes: Sequence[Sequence[bool]], first: int, paper: _Paper) -> str:
    if paper.plain:
        sign = str((first + 1) % 10)
        return "".join(sign if on else "." for on in lanes[0])
    upper, lower = lanes[0], lanes[1] if len(lanes) > 1 else [False] * len(lanes[0])
    return "".join("·▄▀█"[2 * above + below] for above, below in zip(upper, lower, strict=True))
