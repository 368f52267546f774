"""Parsing XML from untrusted sources to a tree of elements.

The XML cannot declare entities, use the network or include other files.
"""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from sibtui.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from lxml.etree import _Element


def parse_xml(name: str, data: bytes, *, part: str = "", entities: bool = False) -> _Element:
    """Return the root element of an XML text.

    In messages, `name` is the file, and `part` names the XML inside the file. If `entities` is set, a reference to an
    entity that is not declared (such as `&nbsp;` in XHTML) becomes a node of the tree. Raises InputError when the XML
    is not well formed, is nested deeper than 256 levels, or declares entities.
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
    _refuse_entities(root, where, may_refer=entities)
    return root


def iterate_xml(
    name: str, stream: IO[bytes], tags: Sequence[str], use: Callable[[_Element], None], *, part: str = ""
) -> _Element:
    """Parse XML from a stream, and return its root element.

    Call `use` with each complete element that has one of `tags`. To save memory, `use` may remove the children of the
    element. The other arguments and the errors are those of `parse_xml`.
    """
    from lxml import etree

    where = f"“{part}” in {name}" if part else name
    elements = etree.iterparse(
        stream, events=("end",), tag=[f"{{*}}{tag}" for tag in tags], resolve_entities=False, load_dtd=False, no_network=True,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    unknown = False
    try:
        for _, element in elements:
            unknown = unknown or next(element.iter(etree.Entity), None) is not None
            use(element)
    except (etree.LxmlError, ValueError) as error:
        raise InputError(f"{where} is not well-formed XML{_place(error)}: the file is damaged.") from error
    _refuse_entities(elements.root, where, unknown=unknown)
    return elements.root


def _refuse_entities(root: _Element, where: str, *, unknown: bool = False, may_refer: bool = False) -> None:
    from lxml import etree

    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise InputError(f"{where} declares XML entities, which no program of this kind writes: it was not read.")
    if unknown or (not may_refer and next(root.iter(etree.Entity), None) is not None):
        raise InputError(f"{where} refers to an XML entity that is not declared: the file is damaged.")


def _place(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    return f" (line {line})" if line else ""
