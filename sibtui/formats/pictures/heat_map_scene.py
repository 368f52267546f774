"""The drawing of a heat map: labels, shaded cells with their numbers, and the scale that explains the shades."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.pictures.labels import fit_label, footnotes, heading, place_lines, widest
from sibtui.formats.pictures.palette import hatch_on, ink_on, shade
from sibtui.formats.pictures.scene import (
    BODY,
    LINE_HEIGHT,
    MARGIN,
    QUIET,
    RULE,
    SMALL,
    Scene,
    SceneBox,
    SceneText,
)
from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.pictures.scene import Measure, SceneMark
    from sibtui.model.pictures.picture import HeatCell, HeatMap

_LABEL_LINES, _COLUMN_LINES = 3, 4
_NARROWEST, _WIDEST_LABEL, _UPRIGHT_LABEL = 320.0, 210.0, 130.0
_LEVEL_COLUMNS = 8
"""With more columns than this, the labels of the columns are upright."""
_UNKNOWN = "#ececec"
_STEPS = 5


@dataclass(frozen=True, slots=True)
class _Grid:
    """The measures of a heat map in points. `left` and `top` are the edges of its cells.

    `column` is the width of a column. `tops` has the upper edge of each row and, as its last item, the lower edge of
    the last row. `labels` and `heads` are the lines of the row labels and of the column labels. `upright` is set if the
    column labels are upright. `width` is the width of the whole picture.
    """

    left: float
    top: float
    column: float
    tops: tuple[float, ...]
    labels: tuple[tuple[str, ...], ...]
    heads: tuple[tuple[str, ...], ...]
    upright: bool
    width: float


def heat_map_scene(picture: HeatMap, measure: Measure) -> Scene:
    grid = _grid(picture, measure)
    inner = grid.width - 2 * MARGIN
    title, _ = heading(picture.title, inner, MARGIN, MARGIN, measure)
    marks: list[SceneMark] = [*title, *_heads(grid), *_rows(picture, grid, measure)]
    scale, bottom = _scale(picture, grid, measure)
    notes, bottom = footnotes(picture.notes, inner, bottom + 4, MARGIN, measure)
    return Scene(picture.title, picture.description, grid.width, bottom + MARGIN, (*marks, *scale, *notes))


def _grid(picture: HeatMap, measure: Measure) -> _Grid:
    label = min(widest(picture.rows, measure), _WIDEST_LABEL)
    labels = tuple(fit_label(row, label + 0.1, measure, lines=_LABEL_LINES) for row in picture.rows)
    upright = len(picture.columns) > _LEVEL_COLUMNS
    figures = widest([cell.text for row in picture.cells for cell in row], measure)
    figures = min(figures + 12, 110)
    if upright:
        column = max(22.0, figures)
        heads = tuple(fit_label(name, _UPRIGHT_LABEL, measure) for name in picture.columns)
        head = widest([line for lines in heads for line in lines], measure) + 6
    else:
        column = max(46.0, figures, min(widest(picture.columns, measure) + 10, 90.0))
        heads = tuple(fit_label(name, column - 6, measure, lines=_COLUMN_LINES) for name in picture.columns)
        head = max(map(len, heads)) * BODY * LINE_HEIGHT + 6
    left = MARGIN + label + 8
    width = max(left + column * len(picture.columns) + MARGIN, _NARROWEST)
    _, below = heading(picture.title, width - 2 * MARGIN, MARGIN, MARGIN, measure)
    tops = [below + 8 + head]
    for lines in labels:
        tops.append(tops[-1] + max(18.0, len(lines) * BODY * LINE_HEIGHT + 6))
    return _Grid(left, below + 8, column, tuple(tops), labels, heads, upright, width)


def _heads(grid: _Grid) -> Iterator[SceneMark]:
    bottom = grid.tops[0] - 4
    for at, lines in enumerate(grid.heads):
        middle = grid.left + (at + 0.5) * grid.column
        if grid.upright:
            yield from (SceneText(middle, bottom, line, upright=True) for line in lines)
        else:
            height = len(lines) * BODY * LINE_HEIGHT
            yield from place_lines(lines, middle, bottom - height / 2, align="center")


def _rows(picture: HeatMap, grid: _Grid, measure: Measure) -> Iterator[SceneMark]:
    for at, (lines, cells) in enumerate(zip(grid.labels, picture.cells, strict=True)):
        top, height = grid.tops[at], grid.tops[at + 1] - grid.tops[at]
        yield from place_lines(lines, grid.left - 8, top + height / 2, align="right")
        for column, cell in enumerate(cells):
            box = grid.left + column * grid.column, top, grid.column, height
            yield from _cell(cell, picture.largest, box, measure)


def _cell(
    cell: HeatCell, largest: float, box: tuple[float, float, float, float], measure: Measure
) -> Iterator[SceneMark]:
    x, y, width, height = box
    fill = _UNKNOWN if cell.value is None and cell.pattern else shade((cell.value or 0) / largest if largest else 0)
    ink = ink_on(fill)
    hatch = {"": "", "contested": "////", "unknown": "----"}[cell.pattern]
    yield SceneBox(x, y, width, height, fill, hatch, hatch_on(fill), RULE)
    if cell.text == "0":
        ink = QUIET  # a zero is no evidence, so it is less dark
    lines = fit_label(cell.text, width - 6, measure)
    for line in lines:
        if hatch:  # a plate behind the figure, so that no line of the hatching crosses it
            plate = measure(line, BODY) + 5
            yield SceneBox(x + (width - plate) / 2, y + height / 2 - 6.5, plate, 13, fill)
        yield SceneText(x + width / 2, y + height / 2, line, align="center", colour=ink)


def _counted(picture: HeatMap) -> str:
    """Return the word that follows the largest number on the scale, such as “quotes”, or “quote” after 1."""
    single = picture.largest == 1 and picture.figure in ("quotes", "sources")
    return picture.figure.removesuffix("s") if single else picture.figure


def _scale(picture: HeatMap, grid: _Grid, measure: Measure) -> tuple[list[SceneMark], float]:
    """Return (scale that explains the shades and hatchings, y of its lower edge)."""
    top = grid.tops[-1] + 10
    marks: list[SceneMark] = []
    x = MARGIN
    if picture.largest:
        lowest, highest = f"{0:g}", f"{picture.largest:,.4g} {_counted(picture)}"
        marks.append(SceneText(x, top + 5, lowest, SMALL, colour=QUIET))
        x += measure(lowest, SMALL) + 4
        for step in range(_STEPS + 1):
            marks.append(SceneBox(x, top, 14, 10, shade(step / _STEPS), edge=RULE))
            x += 14
        marks.append(SceneText(x + 4, top + 5, highest, SMALL, colour=QUIET))
        x += 4 + measure(highest, SMALL) + 16
    patterns = {cell.pattern for row in picture.cells for cell in row}
    for pattern, hatch, fill, words in (
        ("contested", "////", "#ffffff", "quotes for and against, or against only"),
        ("unknown", "----", _UNKNOWN, "unknown: incomplete or no data"),
    ):
        if pattern in patterns:
            width = 22 + measure(words, SMALL)
            if x > MARGIN and x + width > grid.width - MARGIN:
                x, top = MARGIN, top + 15
            marks.append(SceneBox(x, top, 14, 10, fill, hatch, hatch_on(fill), RULE))
            marks.append(SceneText(x + 18, top + 5, words, SMALL, colour=QUIET))
            x += width + 12
    return marks, top + 12 if marks else grid.tops[-1] + 4
