"""Conversion of values from other programs: RGB colours to stored colours and back, and texts to attribute values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from sibtui.model.attributes import canonical

if TYPE_CHECKING:
    from sibtui.model.records import AttributeKind

HEX = {
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "purple": "#CC79A7",
    "grey": "#999999",
}
"""A dict: name of a theme colour → its RGB value.

The palette is that of Okabe and Ito, which colour-blind readers can distinguish.
"""

_NAMES = {rgb[1:]: name for name, rgb in HEX.items()}
_RGB = re.compile(r"#[0-9A-Fa-f]{6}")
_HEX = re.compile(r"#?([0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})")


def colour_of(code: str | None) -> str | None:
    """Return an RGB colour, such as `#E69F00` or `#abc`, in the form in which it is stored; None for any other text.

    The stored form is the name of a theme colour, or else `#` with six digits.

    >>> colour_of("#e69f00"), colour_of("#d391ad"), colour_of("#abc"), colour_of("red")
    ('orange', '#d391ad', '#aabbcc', None)
    """
    match = _HEX.fullmatch(code or "")
    if match is None:
        return None
    digits = match[1] if len(match[1]) == 6 else "".join(digit * 2 for digit in match[1])
    return _NAMES.get(digits.upper(), f"#{digits}")


def rgb_of(colour: str | None) -> str | None:
    """Return the RGB value of a stored colour; None if there is no colour or its name is unknown."""
    return HEX.get(colour or "") or (colour if _RGB.fullmatch(colour or "") else None)


def stored_value(kind: str, value: Any) -> str | None:
    """Return an attribute value in its stored form; None if the value does not have the type `kind`, such as number."""
    try:
        return canonical(cast("AttributeKind", kind), value)
    except ValueError:
        return None
