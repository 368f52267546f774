"""Text put into XML so that it comes back, control characters too.

XML 1.0 cannot hold most control characters. They are written as in Office files (ECMA-376, ST_Xstring): `_x0000_` for
U+0000; where a text itself has such a sequence its underscore becomes `_x005F_`.
"""

from __future__ import annotations

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-F]{4}_)")
_FIT = re.compile("_x([0-9A-F]{4})_")
_MARKUP = re.compile("[&<>\r]")
_MARKUP_OR_QUOTE = re.compile('[&<>"\r\n\t]')
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}


def fit(text: str) -> str:
    """The text with what XML cannot hold written in characters that it can; `unfit` takes it back."""
    return _UNFIT.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unfit(text: str) -> str:
    return _FIT.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def content(text: str) -> str:
    """The text as it stands between tags."""
    if _UNFIT.search(text):
        text = fit(text)
    return _MARKUP.sub(lambda match: _ENTITIES[match[0]], text)


def value(text: str) -> str:
    """The text as it stands in an attribute, between double quotes; line ends and tabs survive."""
    if _UNFIT.search(text):
        text = fit(text)
    return _MARKUP_OR_QUOTE.sub(lambda match: _ENTITIES[match[0]], text)
