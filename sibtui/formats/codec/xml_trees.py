"""Parsing untrusted XML to a tree, without entities, network access or other files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element


def parse_xml(name: str, data: bytes, *, part: str = "", entities: bool = False) -> _Element:
    """Return the root element of the XML. In messages, `part` names the XML within the file `name`.

    With `entities`, references to undeclared entities (`&nbsp;` in XHTML) become nodes of the tree. Raises InputError when the XML is
    not well formed, is nested deeper than 256 levels, or declares entities.
    """
    from lxml import etree

    where = f"“{part}” in {name}" if part else name
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"{where} is not well-formed XML{_place(error)}: the file is damaged.") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise InputError(f"{where} declares XML entities, which no program of this kind writes: it was not read.")
    if not entities and next(root.iter(etree.Entity), None) is not None:
        raise InputError(f"{where} refers to an XML entity that is not declared: the file is damaged.")
    return root


def _place(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    return f" (line {line})" if line else ""
