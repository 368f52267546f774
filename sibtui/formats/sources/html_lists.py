"""Numbers and bullets of the lists of a web page, as a browser shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.formats.sources.list_numbers import letter, roman

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

_STYLE = re.compile(r"""list-style(?:-type)?\s*:\s*((?:"[^"]*"|'[^']*'|[^;"'])*)""", re.IGNORECASE)
_WORD = re.compile(r"""("[^"]*"|'[^']*')|([a-z-][\w-]*)(\([^()]*\))?""")
_NO_FORMS = frozenset(("inside", "outside", "inherit", "initial", "unset", "revert", "revert-layer", "important"))
"""Words in the style of a list that do not name a form of numbers, such as the position of the marker."""
_BULLETS = {"disc": "•", "circle": "◦", "square": "▪", "disclosure-closed": "▸", "disclosure-open": "▾"}
_BY_DEPTH = ("disc", "circle", "square")
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_ZEROS = {
    "arabic-indic": "٠",
    "bengali": "০",
    "devanagari": "०",
    "gujarati": "૦",
    "gurmukhi": "੦",
    "kannada": "೦",
    "khmer": "០",
    "lao": "໐",
    "malayalam": "൦",
    "myanmar": "၀",
    "oriya": "୦",
    "persian": "۰",
    "tamil": "௦",
    "telugu": "౦",
    "thai": "๐",
    "tibetan": "༠",
}
"""A dict: form of numbers with other digits than 0–9 → its character for zero."""


def _in_digits(zero: str) -> Callable[[int], str]:
    return lambda number: str(number).translate({ord("0") + at: ord(zero) + at for at in range(10)})


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    **dict.fromkeys(("a", "lower-alpha", "lower-latin"), letter),
    **dict.fromkeys(("A", "upper-alpha", "upper-latin"), lambda number: letter(number).upper()),
    **dict.fromkeys(("i", "lower-roman"), roman),
    **dict.fromkeys(("I", "upper-roman"), lambda number: roman(number).upper()),
    "lower-greek": lambda number: letter(number, _GREEK),
    "decimal-leading-zero": lambda number: f"{number:02}",
    **{name: _in_digits(zero) for name, zero in _ZEROS.items()},
}
_MOST_DIGITS = 9


class HtmlLists:
    """The list that is being read in an HTML page, and the lists around it. Each has the number of its next item."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int, int]] = []  # the style, the next number, the step
        self.digits = 0
        """The number of items whose numbers are written in digits because the form of their list is unknown."""

    def open(self, tag: str, element: _Element) -> None:
        """Begin a list, possibly inside another list."""
        style = _style(element, ordered=tag == "ol")
        if tag != "ol":
            depth = sum(each[0] in _BULLETS for each in self._open)
            self._open.append((style or _BY_DEPTH[min(depth, 2)], 1, 1))
            return
        backwards = "reversed" in element.attrib
        items = sum(isinstance(child.tag, str) and child.tag.rpartition("}")[2].lower() == "li" for child in element)
        start = _number(element.get("start"))
        first = start if start is not None else items if backwards else 1
        self._open.append((style or "decimal", first, -1 if backwards else 1))

    def close(self) -> None:
        if self._open:
            self._open.pop()

    def label(self, item: _Element) -> str:
        """Return the number or bullet of the next list item, followed by a space; empty when the item has neither."""
        style, number, step = self._open[-1] if self._open else ("disc", 1, 1)
        given = _number(item.get("value"))
        number = number if given is None else given
        if self._open:
            self._open[-1] = (style, number + step, step)
        style = _style(item, ordered=style not in _BULLETS) or style
        if style == "none" or style[0] in "\"'":
            return "" if style == "none" else style[1:-1]
        if style in _BULLETS:
            return f"{_BULLETS[style]} "
        self.digits += style not in _FORMS
        return f"{_FORMS.get(style, str)(number)}. "


def _style(element: _Element, *, ordered: bool) -> str:
    """Return the form that an element sets for the numbers or bullets of its list; empty if it sets none.

    The form is a name such as `lower-roman`, or a text in quotation marks.
    """
    match = _STYLE.search(element.get("style", ""))
    found = _WORD.findall(match[1].lower()) if match else []
    words = [text or name for text, name, arguments in found if not arguments or name == "symbols"]  # no picture
    if "none" in words:
        return "none"
    forms = [word for word in words if word not in _NO_FORMS]
    kind = element.get("type", "").strip()
    kind = kind if ordered and len(kind) == 1 else kind.lower()
    known = kind in _FORMS or kind in _BULLETS
    return forms[0] if forms else kind if known else "decimal" if kind == "1" else ""


def _number(text: str | None) -> int | None:
    digits = (text or "").strip()
    plain = digits.removeprefix("-")
    return int(digits) if plain.isascii() and plain.isdecimal() and len(plain) <= _MOST_DIGITS else None
