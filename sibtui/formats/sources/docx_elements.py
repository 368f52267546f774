"""Access to the XML elements of Word documents by their names without namespace.

The namespace is ignored because Word documents have one of two: transitional or strict.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

_OFF = frozenset(("0", "false", "off", "none"))


def local(element: _Element) -> str:
    """Return the name of an element without its namespace."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def attribute(element: _Element, name: str) -> str:
    """Return the value of an attribute, found by its name without namespace; empty when the attribute is missing."""
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{name}")), "")


def child(element: _Element | None, *path: str) -> _Element | None:
    """Return the element at a path below `element`; None if there is none. `path` has names without namespace."""
    for name in path:
        element = None if element is None else next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def value(element: _Element | None, *path: str) -> str:
    """Return the attribute `val` of the element at a path below `element`; empty when there is none."""
    found = child(element, *path)
    return "" if found is None else attribute(found, "val")


def is_on(element: _Element | None, *path: str) -> bool | None:
    """Return whether a property such as `<w:vanish/>` is on; None when it is missing.

    `path` leads from `element` to the property.
    """
    found = child(element, *path)
    return None if found is None else attribute(found, "val").lower() not in _OFF
