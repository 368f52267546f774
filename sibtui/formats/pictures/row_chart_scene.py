"""The drawing of a chart of rows. Each row has a label, a bar (or a dot with its interval), and a number beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.pictures.axis import ticks
from sibtui.formats.pictures.labels import fit_label, footnotes, heading, place_lines, widest
from sibtui.formats.pictures.palette import PLAIN, theme_styles
from sibtui.formats.pictures.scene import (
    BODY,
    INK,
    LINE_HEIGHT,
    MARGIN,
    PAPER,
    QUIET,
    RULE,
    SMALL,
    Scene,
    SceneBox,
    SceneDot,
    SceneLine,
    SceneText,
)
from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.pictures.scene import Measure, SceneMark
    from sibtui.model.pictures.picture import ChartRow, RowChart

_INDENT, _WIDEST_LABEL, _PLOT, _FIGURE = 12.0, 230.0, 190.0, 130.0
_LINES = 2
_NARROWEST_LABEL = 60.0


@dataclass(frozen=True, slots=True)
class _Field:
    """The area of the bars. `left`, `top` and `bottom` are its edges, in points.

    `start` and `end` are the values at its left and right edge.
    """

    left: float
    top: float
    bottom: float
    start: float
    end: float

    def x(self, value: float) -> float:
        return self.left + _PLOT * (min(max(value, self.start), self.end) - self.start) / (self.end - self.start)


def row_chart_scene(picture: RowChart, measure: Measure) -> Scene:
    label = min(max(_label_width(row, picture, measure) for row in picture.rows), _WIDEST_LABEL)
    labels = [
        fit_label(row.label, label - _indent(row, label) + 0.1, measure, lines=_LINES, bold=_is_theme(row, picture))
        for row in picture.rows
    ]  # fmt: skip
    figures = [row.text for row in picture.rows if row.value is not None]
    figure = min(widest(figures, measure, size=SMALL), _FIGURE)
    width = max(MARGIN + label + 12 + _PLOT + 8 + figure + MARGIN, 300.0)
    title, below = heading(picture.title, width - 2 * MARGIN, MARGIN, MARGIN, measure)
    tops = [below + 26]
    for lines in labels:
        tops.append(tops[-1] + max(15.0, len(lines) * BODY * LINE_HEIGHT + 4))
    field = _Field(MARGIN + label + 12, tops[0], tops[-1], picture.start, picture.end)
    marks: list[SceneMark] = [*title, *_axis(picture, field)]
    styles = {row.colour: theme_styles([row.colour])[0] for row in picture.rows}
    for row, lines, top, bottom in zip(picture.rows, labels, tops, tops[1:], strict=False):
        middle = (top + bottom) / 2
        marks += place_lines(lines, MARGIN + _indent(row, label), middle, bold=_is_theme(row, picture))
        marks += _bar(row, field, middle, styles[row.colour]) if picture.mark == "bar" else _dot(row, field, middle)
        marks += _figure(row, field, middle, figure, measure)
    notes, below = footnotes(picture.notes, width - 2 * MARGIN, tops[-1] + 8, MARGIN, measure)
    return Scene(picture.title, picture.description, width, below + MARGIN, (*marks, *notes))


def _label_width(row: ChartRow, picture: RowChart, measure: Measure) -> float:
    return widest([row.label], measure, bold=_is_theme(row, picture)) + row.level * _INDENT


def _indent(row: ChartRow, room: float) -> float:
    """Return the indent of a label in points. `room` is the width for the labels beside the bars.

    The indent grows with the level of the row, up to a limit, so that there is space for each label.
    """
    return min(row.level * _INDENT, max(room - _NARROWEST_LABEL, 0))


def _figure(row: ChartRow, field: _Field, middle: float, room: float, measure: Measure) -> Iterator[SceneMark]:
    """Yield the number beside the bar or dot of a row.

    `middle` is the y of the number, and `room` is the width for the numbers. If the row has no value, a text with the
    reason is yielded for the place of the bar.
    """
    if row.value is not None:
        text = fit_label(row.text, room + 0.1, measure, size=SMALL)
        yield from place_lines(text, field.left + _PLOT + 8, middle, size=SMALL)
        return
    left = field.x(0) + 6
    for line in fit_label(row.text, field.left + _PLOT + 8 + room - left, measure, size=SMALL):
        yield SceneBox(left - 3, middle - 5.5, measure(line, SMALL) + 6, 11, PAPER)
        yield SceneText(left, middle, line, SMALL, colour=QUIET)


def _is_theme(row: ChartRow, picture: RowChart) -> bool:
    """Return whether a row is at the first level of a chart whose rows form a tree."""
    return row.level == 0 and any(each.level for each in picture.rows)


def _axis(picture: RowChart, field: _Field) -> Iterator[SceneMark]:
    for step in ticks(field.start, field.end, whole=picture.mark == "bar"):
        x = field.x(step)
        yield SceneLine(((x, field.top), (x, field.bottom)), RULE if step else INK, 0.5)
        yield SceneText(x, field.top - 7, f"{step:g}", SMALL, "center", colour=QUIET)
    yield SceneText(field.left + _PLOT / 2, field.top - 18, picture.axis, SMALL, "center", colour=QUIET)


def _bar(row: ChartRow, field: _Field, middle: float, style: tuple[str, str]) -> Iterator[SceneMark]:
    if row.value:
        colour, hatch = style
        start = field.x(0)
        yield SceneBox(start, middle - 4.5, field.x(row.value) - start, 9, colour, hatch, INK, "#333333")


def _dot(row: ChartRow, field: _Field, middle: float) -> Iterator[SceneMark]:
    if row.value is None:
        return
    if row.low is not None and row.high is not None:
        low, high = field.x(row.low), field.x(row.high)
        yield SceneLine(((low, middle), (high, middle)), INK, 1.2)
        for end in (low, high):
            yield SceneLine(((end, middle - 3), (end, middle + 3)), INK, 1.2)
    yield SceneDot(field.x(row.value), middle, 3.4, PLAIN)
