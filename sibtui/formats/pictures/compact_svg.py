"""Short SVG: the same picture with fewer elements and fewer digits.

A picture of coded texts has hundreds of hatched boxes. When a browser prints a page, it stores an image of the hatching
for each element. To save this space, boxes of one kind are joined into one path.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+\.\d+")
_SPACES = re.compile(r"\s*([A-Za-z])\s*|\s+")
_BOX = re.compile(r"M (\S+) (\S+)\s+L (\S+) \2\s+L \3 (\S+)\s+L \1 \4\s+z")
"""The path of a rectangle, as matplotlib writes it."""
_BOXES = re.compile(r"(M[\d. -]+H[\d.-]+V[\d.-]+H[\d.-]+z)+")
_MOVE = re.compile(r"translate\(([^)]*)\)")
_MOVE_RIGHT = re.compile(r"translate\((\S+) 0\)")
_WITH_SPACES = {f"{_SVG}{name}" for name in ("title", "desc", "text", "tspan")}
"""The elements whose spaces are part of a text."""


def compact(root: etree._Element) -> None:
    """Shorten an SVG that matplotlib has drawn. The tree `root` itself is changed.

    Positions are rounded to a hundredth of a point. The outlines of letters are not rounded.
    """
    for element in root.iter(f"{_SVG}path", f"{_SVG}use", f"{_SVG}g"):
        if element.tag == f"{_SVG}path":
            _shorten_path(element)
        else:
            _shorten_place(element)
    for group in list(root.iter(f"{_SVG}g")):
        _unwrap(group)
    _join_boxes(root)
    for element in root.iter(f"{_SVG}*"):
        if element.tag not in _WITH_SPACES:
            element.text = None
            if (parent := element.getparent()) is None or parent.tag not in _WITH_SPACES:
                element.tail = None


def _shorten_path(path: etree._Element) -> None:
    if path.get("id") is None and (drawn := path.get("d")):
        drawn = _BOX.sub(r"M \1 \2 H \3 V \4 H \1 z", _rounded(drawn.strip()))
        path.set("d", _SPACES.sub(lambda found: found[1] or " ", drawn))
    if style := path.get("style"):
        path.set("style", style.replace(": ", ":").replace("; ", ";"))


def _shorten_place(element: etree._Element) -> None:
    place = element.get("transform", "")
    if element.tag == f"{_SVG}use" and (move := _MOVE_RIGHT.fullmatch(place)):
        del element.attrib["transform"]
        element.set("x", _rounded(move[1]))
    elif place:
        element.set("transform", _MOVE.sub(lambda found: f"translate({_rounded(found[1])})", place))


def _rounded(numbers: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), numbers)


def _unwrap(group: etree._Element) -> None:
    """If the group has no attributes, replace it by its elements; otherwise do nothing."""
    parent = group.getparent()
    if group.attrib or parent is None:
        return
    at = parent.index(group)
    parent[at : at + 1] = list(group)


def _join_boxes(root: etree._Element) -> None:
    """Join each series of neighbouring boxes with the same style into one path.

    Boxes with an outline are not joined, because they may overlap: in one path, all outlines are drawn last.
    """
    last: etree._Element | None = None
    for path in list(root.iter(f"{_SVG}path")):
        style = path.get("style", "")
        joined = _BOXES.fullmatch(path.get("d", "")) and set(path.attrib) == {"d", "style"} and "stroke" not in style
        if joined and last is not None and path.getprevious() is last and last.get("style") == style:
            last.set("d", last.get("d", "") + path.get("d", ""))
            path.getparent().remove(path)
        else:
            last = path if joined else None
