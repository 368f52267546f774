"""Encoding of texts for XML. Every character can be read back, even a control character.

XML 1.0 does not allow most control characters. Such characters are written as in Office files (ECMA-376, ST_Xstring):
U+0000 becomes `_x0000_`. If the text itself has `_x0000_`, it becomes `_x005F_x0000_`.
"""

from __future__ import annotations

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-F]{4}_)")
_FIT = re.compile("_x([0-9A-F]{4})_")


def fit(text: str) -> str:
    """Return the text in a form that XML allows: each forbidden character is encoded. `unfit` is the inverse."""
    return _UNFIT.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def unfit(text: str) -> str:
    """Return the original text from the result of `fit`."""
    return _FIT.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def fits(text: str) -> bool:
    """Return whether XML allows all characters of the text."""
    return _UNFIT.search(text) is None


def content(text: str) -> str:
    """Return the text as it is written between two XML tags: encoded by `fit`, with `&`, `<` and `>` escaped."""
    if not fits(text):
        text = fit(text)
    return _escaped(text)


def value(text: str, *, fit_already: bool = False) -> str:
    """Return the text as it is written in an XML attribute in double quotes: encoded by `fit` and escaped.

    Line ends and tabs are escaped too, because XML programs replace them by spaces in attributes. `fit_already` is set
    if the text needs no encoding by `fit`.
    """
    escaped = content(text) if not fit_already else _escaped(text)
    return escaped.replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


def _escaped(text: str) -> str:
    # Several replacements are faster than one regular expression with a function.
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
