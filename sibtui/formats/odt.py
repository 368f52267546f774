"""OpenDocument texts (.odt, and .fodt, the same in one file): the text that a reader sees, a paragraph a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.archives import open_archive, read_member
from sibtui.formats.extracted import extracted
from sibtui.formats.read_options import DEFAULT
from sibtui.formats.xml_trees import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

    from sibtui.formats.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft

_KIND = "an OpenDocument text"
_SPACE = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_TEXT, _TABLE, _OFFICE, _DRAW = (f"{{{_SPACE.format(each)}}}" for each in ("text", "table", "office", "drawing"))
_KINDS = {
    **dict.fromkeys((f"{_TEXT}p", f"{_TEXT}h"), "p"),
    **{f"{_TEXT}{tag}": tag for tag in ("s", "tab", "line-break", "note")},
    **{f"{_TABLE}{tag}": tag for tag in ("table", "table-row")},
    **dict.fromkeys((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"), "table-cell"),
    f"{_DRAW}text-box": "text-box",
    **dict.fromkeys(
        (
            *(f"{_TEXT}{tag}" for tag in ("tracked-changes", "note-citation", "ruby-text", "sequence-decls")),
            *(f"{_OFFICE}{tag}" for tag in ("annotation", "annotation-end", "forms", "binary-data", "event-listeners")),
            "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",  # of a picture, for the blind
            "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
        ),
        "skipped",
    ),
}
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000
"""More in a row than any typist; a file may claim any number of them."""


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:  # noqa: ARG001 - the readers' common signature
    """The document as one source. Rows of tables are lines, their cells parted by tabs; notes follow the text, numbered."""
    root = parse_xml(name, data) if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else _content(name, data)
    body = next(root.iter(f"{_OFFICE}text"), None)
    if body is None:
        raise InputError(f"{name} is not {_KIND}: it is a spreadsheet, a drawing or something else.")
    walker = _Walker()
    lines = walker.lines(body)
    text = "\n".join([*lines, "", *walker.notes] if walker.notes else lines)
    return [extracted(name, data, text)]


def _content(name: str, data: bytes) -> _Element:
    with open_archive(name, data, kind=_KIND) as archive:
        manifest = "META-INF/manifest.xml"
        if manifest in archive.NameToInfo and b"encryption-data" in read_member(archive, manifest, name=name):
            raise InputError(f"{name} has a password: save a copy without one.")
        if "content.xml" not in archive.NameToInfo:
            raise InputError(f"{name} is not {_KIND}: it is another kind of archive, or damaged.")
        return parse_xml(name, read_member(archive, "content.xml", name=name), part="content.xml")


class _Walker:
    """Takes the lines out of containers of paragraphs, and their notes as they come."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    def lines(self, container: _Element) -> list[str]:
        lines: list[str] = []
        for child in container:
            kind = _KINDS.get(child.tag)
            if kind == "p":
                text, boxes = self._paragraph(child)
                lines.append(text)
                lines.extend(line for box in boxes for line in self.lines(box))
            elif kind == "table":
                lines.extend(self._rows(child))
            elif kind != "skipped":
                lines.extend(self.lines(child))
        return lines

    def _rows(self, table: _Element) -> Iterator[str]:
        for row in _within(table, "table-row"):
            yield "\t".join("\n".join(self.lines(cell)) for cell in _within(row, "table-cell"))

    def _paragraph(self, paragraph: _Element) -> tuple[str, list[_Element]]:
        parts: list[str] = []
        boxes: list[_Element] = []
        self._inline(paragraph, parts, boxes)
        return "".join(_collapsed(parts)), boxes

    def _inline(self, element: _Element, parts: list[str], boxes: list[_Element]) -> None:
        """Texts, as in the file, go to `parts`, and signs, marked by a NUL in front, which no XML can hold."""
        parts.append(element.text or "")
        for child in element:
            kind = _KINDS.get(child.tag)
            if kind == "s":
                parts.append("\0" + " " * _count(child.get(f"{_TEXT}c", "1")))
            elif kind in ("tab", "line-break"):
                parts.append("\0\t" if kind == "tab" else "\0\n")
            elif kind == "note":
                self._note(child)
            elif kind == "text-box":
                boxes.append(child)
            elif kind != "skipped":
                self._inline(child, parts, boxes)
            parts.append(child.tail or "")

    def _note(self, note: _Element) -> None:
        citation = note.findtext(f"{_TEXT}note-citation") or "*"
        body = note.find(f"{_TEXT}note-body")
        if body is not None:
            self.notes.append(f"[{citation}] " + "\n".join(self.lines(body)))


def _collapsed(parts: list[str]) -> Iterator[str]:
    """The texts with runs of blanks made one, and none at the beginning, as the format has it; signs as they are."""
    blank = True
    for part in parts:
        if part.startswith("\0"):
            yield part[1:]
            blank = False
        elif part:
            text = _BLANKS.sub(" ", part)
            text = text[1:] if blank and text[0] == " " else text
            yield text
            blank = text[-1:] == " " or (blank and not text)


def _within(container: _Element, wanted: str) -> Iterator[_Element]:
    """The rows of a table or the cells of a row, not those of tables inside it."""
    for child in container:
        kind = _KINDS.get(child.tag)
        if kind == wanted:
            yield child
        elif kind is None:
            yield from _within(child, wanted)


def _count(written: str) -> int:
    return min(int(written), _MOST_SPACES) if written.isascii() and written.isdigit() and len(written) < 10 else 1
