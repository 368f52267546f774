"""Colours and hatchings of pictures. Colour-blind readers can distinguish them. They also differ in a grey print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.pictures.scene import PAPER

if TYPE_CHECKING:
    from collections.abc import Sequence

_OKABE_ITO = {
    "orange": ("#e69f00", ""),
    "sky": ("#56b4e9", "/////"),
    "green": ("#009e73", "|||||"),
    "yellow": ("#f0e442", ""),
    "blue": ("#0072b2", ""),
    "vermillion": ("#d55e00", "\\\\\\\\\\"),
    "purple": ("#cc79a7", "xxxxx"),
    "grey": ("#999999", "-----"),
}
"""The colours of themes with their hatchings. Colours that are alike in grey have different hatchings.

The hatchings have no dots: matplotlib writes each dot as a curve, and an SVG file would have a megabyte of them.
"""
_MORE_HATCHES = ("+++++", "///---", "\\\\\\|||", "///|||", "\\\\\\---", "xx++")
_SHADES = ((222, 235, 247), (158, 202, 225), (66, 146, 198), (8, 81, 156), (8, 38, 92))
"""Shades of one colour from light to dark, as (red, green, blue).

They have the same order when they are printed in grey.
"""

_BLACK = "#000000"
PLAIN = "#0072b2"
"""The colour of marks that belong to no theme."""


def theme_styles(names: Sequence[str]) -> list[tuple[str, str]]:
    """Return (colour, hatching) for each theme. `names` has the colour name of each theme, such as `orange`.

    Themes of the same colour get different hatchings.
    """
    used: dict[str, int] = {}
    styles = []
    for name in names:
        colour, hatch = _OKABE_ITO.get(name, (PLAIN, ""))
        again = used.get(colour, 0)
        styles.append((colour, hatch if not again else _MORE_HATCHES[(again - 1) % len(_MORE_HATCHES)]))
        used[colour] = again + 1
    return styles


def shade(share: float) -> str:
    """Return the colour of a share from 0 (white) to 1 (dark)."""
    if share <= 0:
        return PAPER
    place = min(share, 1.0) * (len(_SHADES) - 1)
    lower = min(int(place), len(_SHADES) - 2)
    mixed = (a + (b - a) * (place - lower) for a, b in zip(_SHADES[lower], _SHADES[lower + 1], strict=True))
    return "#" + "".join(f"{round(part):02x}" for part in mixed)


def ink_on(fill: str) -> str:
    """Return black or white for a text on the background `fill`. The contrast is at least 4.5, as WCAG 2.2 requires."""
    light = _luminance(fill)
    return _BLACK if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else PAPER


def hatch_on(fill: str) -> str:
    """Return the colour of a hatching on the background `fill`: dark on a light background, light on a dark one."""
    return "#404040" if ink_on(fill) == _BLACK else "#9fc3e6"


def _luminance(colour: str) -> float:
    """Return how light a colour such as “#0072b2” is, from 0 to 1: its relative luminance by WCAG 2.2."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
