"""Conversion of formulas to one line of text, such as `(a+b)/c`, `x^2` or `√(x)`.

A formula is OMML in Word documents, and MathML in other documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.sources.docx_elements import attribute, child, local

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEFT_OUT = frozenset(("annotation", "annotation-xml"))
_LETTERS = frozenset(("t", "mi", "mn", "mo", "mtext", "ms"))
_HALVES = {
    "f": ("num", "den", "/"), "sSup": ("e", "sup", "^"), "sSub": ("e", "sub", "_"), "func": ("fName", "e", " "),
    "limLow": ("e", "lim", "_"), "limUpp": ("e", "lim", "^"),
}  # fmt: skip
"""A dict: element of OMML → the names of its two parts, and the character that is written between the parts."""
_PAIRS = {"mfrac": "/", "msup": "^", "msub": "_", "munder": "_", "mover": "^"}
"""A dict: element of MathML with two parts → the character that is written between the parts."""


def formula_text(element: _Element) -> str:
    """Return a formula as a line of text. A part of several characters, such as an exponent, is put in brackets."""
    name = local(element)
    if name in _LEFT_OUT or name.endswith("Pr"):
        return ""
    if name in _LETTERS:
        return element.text or "" if name == "t" else " ".join("".join(element.itertext()).split())
    if name in _HALVES:
        first, second, sign = _HALVES[name]
        return _joined(_part(element, first), sign, _part(element, second))
    if name in ("sSubSup", "sPre", "nary", "rad", "d"):
        return _special(element, name)
    return _in_mathml(name, [formula_text(each) for each in element if isinstance(each.tag, str)])


def _in_mathml(name: str, parts: list[str]) -> str:
    """Return the text of a MathML element. `parts` are the texts of its children; an unknown element joins them."""
    if name in _PAIRS and len(parts) == 2:
        return _joined(parts[0], _PAIRS[name], parts[1])
    if name in ("msubsup", "munderover") and len(parts) == 3:
        return f"{parts[0]}_{_grouped(parts[1])}^{_grouped(parts[2])}"
    if name == "mroot" and len(parts) == 2:
        return f"{parts[1]}√({parts[0]})"
    if name == "msqrt":
        return f"√({''.join(parts)})"
    if name in ("mr", "mtr", "eqArr"):
        return "; ".join(parts) + ("; " if name != "eqArr" else "")
    return "".join(parts)


def _special(element: _Element, name: str) -> str:
    properties = child(element, f"{name}Pr")
    if name == "rad":
        degree = _part(element, "deg")
        return f"{degree}√({_part(element, 'e')})"
    if name == "d":
        begin, end = child(properties, "begChr"), child(properties, "endChr")
        inside = ", ".join(formula_text(each) for each in element if local(each) == "e")
        return f"{'(' if begin is None else attribute(begin, 'val')}{inside}{')' if end is None else attribute(end, 'val')}"
    sub, sup, body = _part(element, "sub"), _part(element, "sup"), _part(element, "e")
    limits = (f"_{_grouped(sub)}" if sub else "") + (f"^{_grouped(sup)}" if sup else "")
    if name == "nary":
        sign = child(properties, "chr")
        return f"{'∫' if sign is None else attribute(sign, 'val')}{limits} {body}"
    return f"{body}{limits}"


def _part(element: _Element, name: str) -> str:
    found = child(element, name)
    return "" if found is None else formula_text(found)


def _joined(first: str, sign: str, second: str) -> str:
    return f"{first}{sign}{second}" if sign == " " else f"{_grouped(first)}{sign}{_grouped(second)}"


def _grouped(part: str) -> str:
    return part if len(part) <= 1 or part.isalnum() else f"({part})"
