"""Colours: a light and a dark theme, each with eight colours for codes.

The colours for codes follow those of Okabe and Ito, which colour-blind people can distinguish.
"""

from __future__ import annotations

from functools import cache

from textual.color import Color
from textual.theme import Theme

_ENOUGH = 4.5
"""The contrast ratio that WCAG 2.2 requires for text (1.4.3)."""

DARK = Theme(
    "sibtui-dark",
    primary="#7aa2c9",
    secondary="#5f7f9f",
    accent="#e0b45c",
    warning="#e0b45c",
    error="#d98080",
    success="#8fb88f",
    foreground="#d6d8db",
    background="#16181b",
    surface="#1b1e22",
    panel="#24282d",
    dark=True,
    variables={
        "note-selection": "#2f5d8a",
        "note-selection-text": "#ffffff",
        "note-active": "#262b31",
        "note-match": "#54421a",
        "quiet": "#868c94",
        "rule": "#33383e",
        "footer-key-foreground": "#e0b45c",
        "block-cursor-background": "#2f5d8a",
        "block-cursor-foreground": "#ffffff",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#2a2f35",
        "block-cursor-blurred-foreground": "#d6d8db",
        "border": "#5f7f9f",
        "border-blurred": "#33383e",
    },
)
LIGHT = Theme(
    "sibtui-light",
    primary="#2f5d8a",
    secondary="#5f7f9f",
    accent="#8a5a00",
    warning="#8a5a00",
    error="#a33b3b",
    success="#3c763c",
    foreground="#22262a",
    background="#fbfaf7",
    surface="#f4f2ed",
    panel="#e9e6df",
    dark=False,
    variables={
        "note-selection": "#b5d3f0",
        "note-selection-text": "#000000",
        "note-active": "#eeebe3",
        "note-match": "#f3dc9c",
        "quiet": "#686d73",
        "rule": "#d4d0c7",
        "footer-key-foreground": "#8a5a00",
        "block-cursor-background": "#b5d3f0",
        "block-cursor-foreground": "#000000",
        "block-cursor-text-style": "none",
        "block-cursor-blurred-background": "#e2dfd7",
        "block-cursor-blurred-foreground": "#22262a",
        "border": "#5f7f9f",
        "border-blurred": "#d4d0c7",
    },
)

_ON_DARK = {
    "orange": "#e69f00", "sky": "#56b4e9", "green": "#2fb58d", "yellow": "#f0e442", "blue": "#5b9bd5",
    "vermillion": "#ef7f45", "purple": "#d38fb5", "grey": "#a0a6ad",
}  # fmt: skip
_ON_LIGHT = {
    "orange": "#9c6b00", "sky": "#1f7fb8", "green": "#00795a", "yellow": "#7d7400", "blue": "#005a8f",
    "vermillion": "#b34a00", "purple": "#a04a7c", "grey": "#62676d",
}  # fmt: skip

_SHADE = {True: "#6cb4ee", False: "#0b4a86"}
"""The colour of the cell with the largest figure: on a dark background (True), and on a light background (False)."""


def variables(*, dark: bool) -> dict[str, str]:
    """Return a map: name of a colour variable → its value. Our style sheet uses these variables."""
    names = ("note-selection", "note-selection-text", "note-active", "note-match", "quiet", "rule")
    return {name: (DARK if dark else LIGHT).variables[name] for name in names}


ANSI_VARIABLES = {
    "note-selection": "ansi_default", "note-selection-text": "ansi_default", "note-active": "ansi_default",
    "note-match": "ansi_default", "quiet": "ansi_default", "rule": "ansi_default",
}  # fmt: skip


def colour(name: str, *, dark: bool) -> str:
    """Return a colour as #RRGGBB, in a shade that can be read on the background of the theme.

    `name` is the name of a colour for codes, such as “orange”, or a colour as #RRGGBB.
    """
    return (_ON_DARK if dark else _ON_LIGHT).get(name) or _readable(name, dark)


@cache
def shade(share: float, *, dark: bool) -> tuple[str, str]:
    """Return (background, text): the colours of a cell whose shade is `share`, from 0 (none) to 1."""
    background = Color.parse((DARK if dark else LIGHT).background or "").blend(Color.parse(_SHADE[dark]), share)
    black, white = Color.parse("#000000"), Color.parse("#ffffff")
    text = max((white, black), key=lambda each: _contrast(each, background))
    return background.hex, text.hex


@cache
def _readable(rgb: str, dark: bool) -> str:
    """Return the colour `rgb` in a shade that can be read on the dark or light background of the theme.

    If the contrast of the colour is too low, the colour is mixed with white or black until the contrast is high enough.
    """
    colours = [
        Color.parse(each)
        for each in (rgb, (DARK if dark else LIGHT).background or "", "#ffffff" if dark else "#000000")
    ]
    return next(
        mixed
        for tenth in range(11)
        if _contrast(mixed := colours[0].blend(colours[2], tenth / 10), colours[1]) >= _ENOUGH
    ).hex


def _contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio of two colours as defined by WCAG 2.2, from 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    """Return the relative luminance of a colour as defined by WCAG 2.2, from 0 (black) to 1 (white)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
