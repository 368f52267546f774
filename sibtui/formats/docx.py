"""Word documents (.docx, .docm, .dotx): the text that a reader of the final version sees, a paragraph a line.

The body comes in its order, with what stands in content controls, text boxes and tracked insertions, which python-docx
passes over; deletions, comments, field codes, headers and footers stay out.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.archives import open_archive, read_member
from sibtui.formats.extracted import extracted
from sibtui.formats.read_options import DEFAULT
from sibtui.formats.xml_trees import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

    from lxml.etree import _Element

    from sibtui.formats.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft

_KIND = "a Word document"
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # saved as Strict Open XML
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_SKIPPED = (
    *("del", "moveFrom", "delText", "instrText", "delInstrText", "sdtPr", "pPr", "rPr", "tblPr", "tblGrid", "trPr"),
    *("tcPr", "sectPr", "rt"),  # rt: how a Chinese or Japanese word is pronounced, printed above it
)
_NAMED = (
    *("p", "t", "tab", "ptab", "br", "cr", "noBreakHyphen", "tbl", "tr", "tc", "sdt", "txbxContent", "altChunk"),
    *("footnoteReference", "endnoteReference"),
)
_KINDS = {
    **{f"{{{space}}}{tag}": tag for space in _WORD for tag in _NAMED},
    **{f"{{{space}}}{tag}": "skipped" for space in _WORD for tag in _SKIPPED},
    # Word writes a text box twice: as a Choice for itself, and as a Fallback for older programs
    f"{{{_COMPATIBILITY}}}Fallback": "skipped",
}
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:  # noqa: ARG001 - the readers' common signature
    """The document as one source. Rows of tables are lines, their cells parted by tabs; notes follow the text, numbered."""
    with open_archive(name, data, kind=_KIND) as archive:
        main = _target(archive, "", "officeDocument", name)
        if main is None or main not in archive.NameToInfo:
            raise InputError(f"{name} is not {_KIND}: it is another kind of archive, or damaged.")
        document = parse_xml(name, read_member(archive, main, name=name), part=main)
        body = next((child for child in document if child.tag.endswith("}body")), None)
        if body is None or document.tag not in {f"{{{space}}}document" for space in _WORD}:
            raise InputError(f"{name} is not {_KIND}: no text body is in it.")
        walker = _Walker()
        lines = walker.lines(body)
        notes = _notes(archive, main, walker, name)
    text = "\n".join([*lines, "", *notes] if notes else lines)
    return [extracted(name, data, text, warnings=walker.warnings)]


class _Walker:
    """Takes the lines out of containers of paragraphs, and remembers the notes that they refer to, in order."""

    def __init__(self) -> None:
        self.references: dict[tuple[str, str], None] = {}
        self.warnings: list[str] = []

    def lines(self, container: _Element) -> list[str]:
        lines: list[str] = []
        joined = False
        for block in _blocks(container):
            kind = _KINDS.get(block.tag)
            if kind == "tbl":
                lines.extend(self._rows(block))
                joined = False
            elif kind == "altChunk":
                self.warnings.append("a document embedded in it was not read")
            else:
                text, boxes = self._paragraph(block)
                if joined and lines:
                    lines[-1] += text
                else:
                    lines.append(text)
                lines.extend(line for box in boxes for line in self.lines(box))
                joined = not boxes and _mark_deleted(block)
        return lines

    def _rows(self, table: _Element) -> Iterator[str]:
        for row in _within(table, "tr"):
            if not _has(row, "trPr", "del"):
                yield "\t".join("\n".join(self.lines(cell)) for cell in _within(row, "tc"))

    def _paragraph(self, paragraph: _Element) -> tuple[str, list[_Element]]:
        parts: list[str] = []
        boxes: list[_Element] = []
        self._inline(paragraph, parts, boxes)
        return "".join(parts), boxes

    def _inline(self, element: _Element, parts: list[str], boxes: list[_Element]) -> None:
        for child in element:
            kind = _KINDS.get(child.tag)
            if kind == "t":
                parts.append((child.text or "").replace("\n", " "))
            elif kind is None:
                self._inline(child, parts, boxes)
            elif kind in _SIGNS:
                parts.append(_SIGNS[kind])
            elif kind == "br":
                if _attribute(child, "type") in ("", "textWrapping"):  # not the end of a page or column
                    parts.append("\n")
            elif kind == "txbxContent":
                boxes.append(child)
            elif kind in ("footnoteReference", "endnoteReference"):
                self.references[kind.removesuffix("Reference"), _attribute(child, "id")] = None
            elif kind == "sdt" and not _has(child, "sdtPr", "showingPlcHdr"):
                self._inline(child, parts, boxes)


def _blocks(container: _Element) -> Iterator[_Element]:
    """Paragraphs and tables, also those in content controls and the like."""
    for child in container:
        kind = _KINDS.get(child.tag)
        if kind in ("p", "tbl", "altChunk"):
            yield child
        elif kind is None or (kind == "sdt" and not _has(child, "sdtPr", "showingPlcHdr")):
            yield from _blocks(child)


def _within(container: _Element, wanted: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, not those of tables inside it."""
    for child in container:
        kind = _KINDS.get(child.tag)
        if kind == wanted:
            yield child
        elif kind in (None, "sdt"):
            yield from _within(child, wanted)


def _mark_deleted(paragraph: _Element) -> bool:
    """Whether the end of the paragraph was deleted, so that the next one goes on in its line."""
    for properties in paragraph:
        if properties.tag.endswith("}pPr"):
            return _has(properties, "rPr", "del") or _has(properties, "rPr", "moveFrom")
    return False


def _has(element: _Element, outer: str, inner: str) -> bool:
    return any(
        grandchild.tag.endswith(f"}}{inner}")
        for child in element
        if child.tag.endswith(f"}}{outer}")
        for grandchild in child
    )


def _attribute(element: _Element, wanted: str) -> str:
    return next((value for key, value in element.attrib.items() if key.endswith(f"}}{wanted}")), "")


def _notes(archive: ZipFile, main: str, walker: _Walker, name: str) -> list[str]:
    """The notes that the text refers to, numbered as Word numbers them: footnotes [1], endnotes [e1]."""
    lines: list[str] = []
    for kind, sign in (("footnote", ""), ("endnote", "e")):
        wanted = [id_ for of, id_ in walker.references if of == kind]
        part = _target(archive, main, f"{kind}s", name) if wanted else None
        if part is None or part not in archive.NameToInfo:
            continue
        root = parse_xml(name, read_member(archive, part, name=name), part=part)
        found = {_attribute(note, "id"): note for note in root}
        for number, id_ in enumerate(wanted, 1):
            if id_ in found:
                lines.append(f"[{sign}{number}] " + "\n".join(walker.lines(found[id_])).strip())
    return lines


def _target(archive: ZipFile, part: str, kind: str, name: str) -> str | None:
    """The member that `part` (empty: the document as a whole) has as its `kind`; where it lies is not laid down."""
    folder, file = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{file}.rels")
    if relations not in archive.NameToInfo:
        return None
    for relation in parse_xml(name, read_member(archive, relations, name=name), part=relations):
        if relation.get("Type", "").endswith(f"/relationships/{kind}") and relation.get("TargetMode") != "External":
            return posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
    return None
