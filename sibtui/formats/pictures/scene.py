"""A scene: the texts, boxes, lines and dots of which a picture consists, with their positions.

The unit is the point (1/72 inch); y grows downwards.
"""

from __future__ import annotations

from typing import Literal, Protocol

from sibtui.model.frozen import dataclass, field

BODY, SMALL, HEADING = 8.5, 7.5, 10.5
"""Font sizes in points."""
LINE_HEIGHT = 1.25
"""The distance between lines, as a multiple of the font size."""
MARGIN = 12.0
INK, QUIET, RULE, PAPER = "#1a1a1a", "#555555", "#d0d0d0", "#ffffff"


class Measure(Protocol):
    """A function that returns the width of a text in points. Drawings need it to place texts."""

    def __call__(self, text: str, size: float = BODY, *, bold: bool = False) -> float: ...


@dataclass(frozen=True, slots=True)
class SceneText:
    """One line of text at the position (`x`, `y`).

    `x` is the left end, the centre or the right end of the text, as `align` states. `y` is the middle of the height of
    the letters.

    If `upright` is set, the text runs from the bottom to the top. Then `y` is the start, the centre or the end of the
    text, as `align` states. `x` is the middle of the height of the letters.
    """

    x: float
    y: float
    text: str
    size: float = BODY
    align: Literal["left", "center", "right"] = "left"
    bold: bool = False
    colour: str = INK
    upright: bool = False


@dataclass(frozen=True, slots=True)
class SceneBox:
    """A filled rectangle. `hatch` is its hatching as a pattern of matplotlib, such as “////”; empty for none.

    `hatched` is the colour of the hatching. `edge` is the colour of the outline; empty for no outline.
    """

    x: float
    y: float
    width: float
    height: float
    fill: str
    hatch: str = ""
    hatched: str = INK
    edge: str = ""


@dataclass(frozen=True, slots=True)
class SceneLine:
    points: tuple[tuple[float, float], ...]
    colour: str = INK
    width: float = 0.8
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class SceneDot:
    x: float
    y: float
    radius: float
    fill: str


SceneMark = SceneText | SceneBox | SceneLine | SceneDot


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture as a list of shapes and texts with their positions, in the order in which they are drawn.

    `description` is the text for readers who cannot see the picture.
    """

    title: str
    description: str
    width: float
    height: float
    marks: tuple[SceneMark, ...] = field(default=())
