"""The drawing of a saturation curve: bars of new codes, a line of all codes so far, and the point of saturation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.pictures.axis import rounded_end, ticks
from sibtui.formats.pictures.labels import fit_label, footnotes, heading, widest
from sibtui.formats.pictures.palette import PLAIN
from sibtui.formats.pictures.scene import (
    BODY,
    HEADING,
    INK,
    LINE_HEIGHT,
    MARGIN,
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
    from sibtui.model.pictures.picture import CurveChart

_HEIGHT, _LABEL = 190.0, 110.0
_LINE_COLOUR, _BASE, _RUN = "#b04a00", "#efefef", "#f6e7d8"


@dataclass(frozen=True, slots=True)
class _Plot:
    """The area of the bars in a saturation curve.

    `left` and `top` are its edges, in points. `slot` is the width of a bar including the space beside it. `highest`
    is the count at the upper edge. `count` is the number of bars.
    """

    left: float
    top: float
    slot: float
    highest: float
    count: int

    @property
    def bottom(self) -> float:
        return self.top + _HEIGHT

    @property
    def right(self) -> float:
        return self.left + self.slot * self.count

    def y(self, value: float) -> float:
        return self.bottom - _HEIGHT * value / self.highest

    def middle(self, at: int) -> float:
        return self.left + (at + 0.5) * self.slot


def curve_scene(picture: CurveChart, measure: Measure) -> Scene:
    count = len(picture.labels)
    slot = max(360.0 / count, 30.0 if count <= 24 else 14.0)
    slot = min(slot, 90.0)
    steps = ticks(0, rounded_end(picture.so_far[-1]), whole=True)
    highest = steps[-1] * 1.04
    left = MARGIN + 16 + widest([f"{step:g}" for step in steps], measure, size=SMALL)
    width = max(left + slot * count + 26 + MARGIN, 340.0)
    title, below = heading(picture.title, width - 2 * MARGIN, MARGIN, MARGIN, measure)
    legend, below = _legend(picture, width, below + 6, measure)
    plot = _Plot(left, below + 16, slot, highest, count)
    marks: list[SceneMark] = [*title, *legend, *_bands(picture, plot), *_grid(picture, plot, steps)]
    marks += [*_bars(picture, plot), *_line(picture, plot), *_point(picture, plot)]
    names, below = _names(picture, plot, measure)
    notes, below = footnotes(picture.notes, width - 2 * MARGIN, below + 2, MARGIN, measure)
    return Scene(picture.title, picture.description, width, below + MARGIN, (*marks, *names, *notes))


def _legend(picture: CurveChart, width: float, top: float, measure: Measure) -> tuple[list[SceneMark], float]:
    marks: list[SceneMark] = []
    x, y = MARGIN, top
    entries = [f"new {picture.unit}", f"{picture.unit} so far", f"base (first {picture.base})"]
    if picture.point is not None:
        entries.append(f"run of {picture.run} that reaches saturation")
    for at, words in enumerate(entries):
        if x > MARGIN and x + 24 + measure(words, SMALL) > width - MARGIN:
            x, y = MARGIN, y + 14
        if at == 1:
            marks += [
                SceneLine(((x, y + 5), (x + 16, y + 5)), _LINE_COLOUR, 1.6),
                SceneDot(x + 8, y + 5, 2.6, _LINE_COLOUR),
            ]
        else:
            fill, hatch = [(PLAIN, ""), ("", ""), (_BASE, ""), (_RUN, "////")][at]
            marks.append(SceneBox(x, y, 16, 10, fill, hatch, "#d9b48f", RULE))
        marks.append(SceneText(x + 21, y + 5, words, SMALL, colour=QUIET))
        x += 21 + measure(words, SMALL) + 16
    return marks, y + 12


def _bands(picture: CurveChart, plot: _Plot) -> Iterator[SceneMark]:
    """Yield the coloured areas behind two groups of bars: the base and, if saturation was reached, the run.

    The base is the first interviews. The run is the later interviews that show saturation.
    """
    yield SceneBox(plot.left, plot.top, plot.slot * picture.base, _HEIGHT, _BASE)
    if picture.point is not None:
        x = plot.left + plot.slot * picture.point
        yield SceneBox(x, plot.top, plot.slot * picture.run, _HEIGHT, _RUN, "///", "#d9b48f")


def _grid(picture: CurveChart, plot: _Plot, steps: list[float]) -> Iterator[SceneMark]:
    for step in steps:
        yield SceneLine(((plot.left, plot.y(step)), (plot.right, plot.y(step))), RULE if step else INK, 0.5)
        yield SceneText(plot.left - 4, plot.y(step), f"{step:g}", SMALL, "right", colour=QUIET)
    yield SceneText(MARGIN + 4, plot.bottom - _HEIGHT / 2, picture.unit, SMALL, "center", colour=QUIET, upright=True)


def _bars(picture: CurveChart, plot: _Plot) -> Iterator[SceneMark]:
    wide = plot.slot * 0.62
    for at, value in enumerate(picture.new):
        if value:
            top = plot.y(value)
            yield SceneBox(plot.middle(at) - wide / 2, top, wide, plot.bottom - top, PLAIN)
        size = SMALL if plot.slot >= 14 else 6.0
        if value and plot.bottom - plot.y(value) > 14:  # inside its bar, where the line does not cross it
            yield SceneText(plot.middle(at), plot.y(value) + 7, str(value), size, "center", colour="#ffffff")
        else:
            yield SceneText(plot.middle(at), plot.y(value) - 5, str(value), size, "center", colour=INK)


def _line(picture: CurveChart, plot: _Plot) -> Iterator[SceneMark]:
    points = tuple((plot.middle(at), plot.y(value)) for at, value in enumerate(picture.so_far))
    if len(points) > 1:
        yield SceneLine(points, _LINE_COLOUR, 1.6)
    for x, y in points:
        yield SceneDot(x, y, 2.6, _LINE_COLOUR)
    x, y = points[-1]
    yield SceneText(max(x + 6, plot.right + 3), y, str(picture.so_far[-1]), BODY, colour=_LINE_COLOUR, bold=True)


def _point(picture: CurveChart, plot: _Plot) -> Iterator[SceneMark]:
    if picture.point is None:
        return
    x = plot.left + plot.slot * picture.point
    yield SceneLine(((x, plot.top - 3), (x, plot.bottom)), INK, 1.0, dashed=True)
    yield SceneText(x, plot.top - 10, f"{picture.point}+{picture.run}", BODY, "center", bold=True)


def _names(picture: CurveChart, plot: _Plot, measure: Measure) -> tuple[list[SceneMark], float]:
    """Return (names of the interviews and of the axis, y of their lower edge).

    `measure` returns the width of a text. If a name is wider than its bar, all names are upright.
    """
    upright = widest(picture.labels, measure, size=SMALL) > plot.slot - 3
    marks: list[SceneMark] = []
    below = plot.bottom + 4
    if not upright:
        marks += [
            SceneText(plot.middle(at), plot.bottom + 9, line, SMALL, "center")
            for at, name in enumerate(picture.labels)
            for line in fit_label(name, plot.slot - 2, measure, size=SMALL)
        ]
        below += SMALL * LINE_HEIGHT + 4
    else:
        lines = [
            (at, line)
            for at, name in enumerate(picture.labels)
            for line in fit_label(name, _LABEL, measure, size=SMALL)
        ]
        marks += [SceneText(plot.middle(at), plot.bottom + 4, line, SMALL, "right", upright=True) for at, line in lines]
        below += max(measure(line, SMALL) for _, line in lines) + 6
    marks.append(SceneText((plot.left + plot.right) / 2, below + 5, picture.axis, SMALL, "center", colour=QUIET))
    return marks, below + HEADING * LINE_HEIGHT
