"""The colours of codes on the screen, which must be readable."""

from __future__ import annotations

import pytest
from textual.color import Color

from sibtui.model.records import COLOURS
from sibtui.tui.theme import DARK, LIGHT, _contrast, _luminance, colour, shade


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize(
    "name", [*COLOURS, "#d391ad", "#000000", "#FFFFFF", "#0000ff", "#ffff00", "#16181b", "#fbfaf7"]
)
def test_a_colour_is_readable_on_the_background(name: str, dark: bool) -> None:
    background = Color.parse((DARK if dark else LIGHT).background or "")
    assert _contrast(Color.parse(colour(name, dark=dark)), background) >= (4.5 if name[0] == "#" else 3.9)


@pytest.mark.parametrize("dark", [True, False])
def test_a_figure_on_a_shade_is_readable_and_shades_differ(dark: bool) -> None:
    seen = []
    for tenth in range(11):
        background, text = shade(tenth / 10, dark=dark)
        assert _contrast(Color.parse(background), Color.parse(text)) >= 4.5
        seen.append(_luminance(Color.parse(background)))
    assert seen == sorted(seen, reverse=not dark)
    assert len(set(seen)) == 11


def test_a_readable_colour_is_not_changed() -> None:
    assert colour("#d391ad", dark=True) == "#D391AD"
    assert _contrast(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
