"""Changes to the SVG of matplotlib for web pages.

The picture gets a title and a description. Its ids and styles do not affect the rest of the page.
"""

from __future__ import annotations

import hashlib
import re

from lxml import etree

from sibtui.formats.pictures.compact_svg import compact

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_URL = re.compile(r"url\(#([^)]*)\)")


def accessible_svg(drawn: bytes, title: str, description: str) -> str:
    """Return an SVG element without an XML declaration. `drawn` is the SVG file that matplotlib has drawn.

    The first elements are the title and the description. Each id begins with a digest of the picture, so that the ids
    of several pictures on one page differ.
    """
    root = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False, no_network=True))
    for name in ("metadata", "style"):
        for element in list(root.iter(f"{_SVG}{name}")):
            _remove(element)
    for comment in list(root.iter(etree.Comment)):
        _remove(comment)
    prefix = f"p{hashlib.sha256(drawn + title.encode() + description.encode()).hexdigest()[:10]}-"
    _rename_ids(root, prefix)
    compact(root)
    names = {"title": title, "desc": description}
    for at, (name, text) in enumerate(names.items()):
        element = etree.Element(f"{_SVG}{name}", id=prefix + name)
        element.text = text
        root.insert(at, element)
    root.set("role", "img")
    root.set("aria-labelledby", " ".join(prefix + name for name in names))
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")
    svg: str = etree.tostring(root, encoding="unicode")
    return svg.strip() + "\n"


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _rename_ids(root: etree._Element, prefix: str) -> None:
    """Remove the ids to which nothing in the SVG refers. All other ids become `prefix`, followed by a number."""
    used: set[str] = set()
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            used.update(_URL.findall(value))
            if name in ("href", _LINK) and value.startswith("#"):
                used.add(value[1:])
    found = [value for element in root.iter(etree.Element) if (value := element.get("id")) in used]
    names = {name: f"{prefix}{at}" for at, name in enumerate(found)}
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if name == "id" and value not in used:
                del element.attrib[name]
            elif name == "id":
                element.set(name, names[value])
            elif name in ("href", _LINK):
                element.set(name, f"#{names[value[1:]]}")
            else:
                element.set(name, _URL.sub(lambda link: f"url(#{names[link[1]]})", value))
