"""The drawing of document portraits: a band for each source, which shows where in its text the codings are.

Each theme of the codebook has a horizontal strip (a lane) of the band.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.pictures.labels import fit_label, footnotes, heading, place_lines, widest
from sibtui.formats.pictures.palette import theme_styles
from sibtui.formats.pictures.scene import (
    BODY,
    INK,
    LINE_HEIGHT,
    MARGIN,
    QUIET,
    RULE,
    SMALL,
    Scene,
    SceneBox,
    SceneLine,
    SceneText,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.formats.pictures.scene import Measure, SceneMark
    from sibtui.model.pictures.picture import Portrait, PortraitSource

_BAND, _WIDEST_LABEL, _SMALLEST = 380.0, 130.0, 0.8
"""Widths in points: of the band that shows a text, of the widest label, and of the narrowest passage in a band."""
_MANY = 40
_GROUND = "#f7f7f7"


def portrait_scene(picture: Portrait, measure: Measure) -> Scene:
    label = min(widest([source.label for source in picture.sources], measure), _WIDEST_LABEL)
    left = MARGIN + label + 8
    width = left + _BAND + MARGIN
    lane = max(4.5 if len(picture.sources) <= _MANY else 3.0, 12 / len(picture.themes))
    title, below = heading(picture.title, width - 2 * MARGIN, MARGIN, MARGIN, measure)
    styles = theme_styles([colour for _, colour in picture.themes])
    legend, below = _legend(picture, styles, width, below + 6, measure)
    marks: list[SceneMark] = [*title, *legend]
    marks.append(SceneText(left, below + 5, "beginning", SMALL, colour=QUIET))
    marks.append(SceneText(left + _BAND, below + 5, "end of the text", SMALL, "right", colour=QUIET))
    below += 13
    height = lane * len(picture.themes)
    grounds, frames = [], []
    passages: list[tuple[int, SceneBox]] = []
    for source in picture.sources:
        lines = fit_label(source.label, label + 0.1, measure, lines=max(1, int((height + 4) / (BODY * LINE_HEIGHT))))
        marks += place_lines(lines, left - 8, below + height / 2, align="right")
        grounds.append(SceneBox(left, below, _BAND, height, _GROUND))
        passages += _passages(source, styles, (left, below, lane))
        frames.append(_frame(left, below, height))
        below += height + 6
    # theme by theme, since an SVG file then has one path for each theme
    marks += [*grounds, *(box for _, box in sorted(passages, key=lambda each: each[0])), *frames]
    notes, below = footnotes((_ORDER, *picture.notes), width - 2 * MARGIN, below + 4, MARGIN, measure)
    return Scene(picture.title, picture.description, width, below + MARGIN, (*marks, *notes))


_ORDER = "In each source, the themes are in the order of the legend, from top to bottom. Short and long sources have the same width."


def _passages(
    source: PortraitSource, styles: Sequence[tuple[str, str]], place: tuple[float, float, float]
) -> Iterator[tuple[int, SceneBox]]:
    """Yield (index of a theme, box) for each coded passage of a source.

    `styles` has (colour, hatching) of each theme. `place` is (left edge of the source's band, upper edge of the band,
    height of a theme's strip).
    """
    left, top, lane = place
    scale = _BAND / source.length if source.length else 0
    drawn: dict[int, float] = {}
    for start, end, theme in source.passages:
        colour, hatch = styles[theme]
        x = max(start * scale, drawn.get(theme, 0))
        until = min(max(end * scale, start * scale + _SMALLEST), _BAND)
        if until > x:
            drawn[theme] = until
            yield theme, SceneBox(left + x, top + theme * lane, until - x, lane, colour, hatch, INK)


def _frame(left: float, top: float, height: float) -> SceneLine:
    edges = ((left, top), (left + _BAND, top), (left + _BAND, top + height), (left, top + height))
    return SceneLine((*edges, edges[0]), RULE, 0.6)


def _legend(
    picture: Portrait, styles: Sequence[tuple[str, str]], width: float, top: float, measure: Measure
) -> tuple[list[SceneMark], float]:
    """Return (drawn legend, y of its lower edge). The legend has the name and the colour of each theme.

    `styles` has (colour, hatching) of each theme. `top` is the upper edge of the legend. More than three themes are
    drawn in two columns.
    """
    marks: list[SceneMark] = []
    columns = 2 if len(picture.themes) > 3 else 1
    room = (width - 2 * MARGIN) / columns
    deep = -(-len(picture.themes) // columns)
    for at, ((name, _), (colour, hatch)) in enumerate(zip(picture.themes, styles, strict=True)):
        x, y = MARGIN + at // deep * room, top + at % deep * 13
        marks.append(SceneBox(x, y, 16, 9, colour, hatch, INK, "#333333"))
        marks += [SceneText(x + 21, y + 4.5, line, SMALL) for line in fit_label(name, room - 28, measure, size=SMALL)]
    return marks, top + deep * 13 + 4
