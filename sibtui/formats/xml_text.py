"""Text put into XML so that it comes back, control characters too.

XML 1.0 cannot hold most control characters. They are written as in Office files (ECMA-376, ST_Xstring): `_x0000_` for
U+0000; where a text itself has such a sequence its underscore becomes `_x005F_`.
"""

from __future__ import annotations

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-F]{4}_)")
_FIT = re.compile("_x([0-9A-F]{4})_")


def fit(text: str) -> str:
    """The text with what XML cannot hold written in characters that it can; `unfit` takes it back."""
    return _UNFIT.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unfit(text: str) -> str:
    return _FIT.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def fits(text: str) -> bool:
    """Whether `fit` leaves the text as it is: then every part of it is as fit, and need not be looked at again."""
    return _UNFIT.search(text) is None


def content(text: str) -> str:
    """The text as it stands between tags."""
    if not fits(text):
        text = fit(text)
    return _marked(text)


def value(text: str, *, fit_already: bool = False) -> str:
    """The text as it stands in an attribute, between double quotes; line ends and tabs survive."""
    shown = content(text) if not fit_already else _marked(text)
    return shown.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _marked(text: str) -> str:
    # one after the other is faster than one pass of a regular expression that asks for each match what it is
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
