"""The reader of Word documents (.docx, .docm, .dotx).

It returns the text of the final version, one line per paragraph. The XML is read without a library for Word. Libraries
were tried in 2026 on lists, symbols, check boxes and hidden text: python-docx 1.2 skips content controls, text boxes
and tracked insertions. mammoth 1.13 drops automatic numbers, check boxes and line breaks, and keeps hidden text.
docx2python 3.7 gives generic numbers (`1)` for `Q1.`), loses numbers that come from a style, and does not convert
Wingdings.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.archives import open_archive
from sibtui.formats.sources import comment_marks
from sibtui.formats.sources.docx_elements import attribute, child, is_on, local, value
from sibtui.formats.sources.docx_numbering import DocxNumbering
from sibtui.formats.sources.docx_package import DocxPackage
from sibtui.formats.sources.docx_styles import DocxStyles
from sibtui.formats.sources.draft import source_draft
from sibtui.formats.sources.formulas import formula_text
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.formats.sources.symbols import in_unicode, symbol_of_code
from sibtui.model.drafts import CommentDraft

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.left_out import LeftOutKind

_KIND = "a Word document"
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # saved as Strict Open XML
)
_DRAWINGS = "http://schemas.openxmlformats.org/drawingml/2006/"
_MATH = ("http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math")
_SKIPPED = (
    *("moveFrom", "delText", "instrText", "delInstrText", "sdtPr", "pPr", "rPr", "tblPr", "tblGrid", "trPr"),
    *("tcPr", "sectPr"),
)
_NAMED = (
    *("p", "r", "t", "sym", "tab", "ptab", "br", "cr", "noBreakHyphen", "tbl", "tr", "tc", "sdt", "txbxContent"),
    *("altChunk", "footnoteReference", "endnoteReference", "del", "fldChar", "object"),
    *("commentRangeStart", "commentRangeEnd", "commentReference"),
)
_KINDS = {
    **{f"{{{space}}}{tag}": tag for space in _WORD for tag in _NAMED},
    **{f"{{{space}}}{tag}": "skipped" for space in _WORD for tag in _SKIPPED},
    # Word writes a text box twice: as a Choice for itself, and as a Fallback for older programs.
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback": "skipped",
    **{f"{{{space}}}oMath": "formula" for space in _MATH},
}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_LOSSES: dict[str, LeftOutKind] = {
    f"{{{_DRAWINGS}picture}}pic": "picture",
    "{urn:schemas-microsoft-com:vml}imagedata": "picture",
    "{urn:schemas-microsoft-com:vml}textpath": "drawing",  # decorated words (WordArt)
    **{f"{{{space}}}contentPart": "drawing" for space in _WORD},  # handwriting
    **{f"{{{space}}}subDoc": "embedded file" for space in _WORD},
    f"{{{_DRAWINGS}chart}}chart": "drawing",
    f"{{{_DRAWINGS}diagram}}relIds": "drawing",
}


_DAMAGED = {
    "styles": "its styles are damaged: text that a style hides may be in the text, and numbers of lists may be missing",
    "numbering": "its lists are damaged: automatic numbers and bullets are missing",
    "comments": "its comments are damaged: they are missing",
    "footnotes": "its footnotes are damaged: they are missing",
    "endnotes": "its endnotes are damaged: they are missing",
    "relationships": "the list of its parts is damaged: styles, numbers of lists, notes, comments, headers and footers are missing",
}
"""A dict: kind of part → the warning if this part is damaged. The document can be read without such a part."""


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return the document as a list with one source. A table row becomes a line with tabs between the cells.

    Footnotes and endnotes follow after the text. Raises InputError when the file is not a Word document, or is damaged.
    """
    with open_archive(name, data, kind=_KIND) as archive:
        package = DocxPackage(archive, name, _KIND)
        body = next((each for each in package.document if local(each) == "body"), None)
        if body is None or package.document.tag not in {f"{{{space}}}document" for space in _WORD}:
            raise InputError(f"{name} is not {_KIND}: it has no text body.")
        styles = DocxStyles(package.part("styles"))
        comments = _DocxComments(package.part("comments"), styles)
        numbering = DocxNumbering(package.part("numbering"), styles)
        walker = _DocxWalker(styles, numbering, comments)
        lines = walker.lines(body)
        notes = list(_notes(package, walker))
        walker.counts["header or footer"] += sum(map(_has_content, package.parts("header")))
        walker.counts["header or footer"] += sum(map(_has_content, package.parts("footer")))
        walker.counts["comment"] += len(comments.unknown)
    text = "\n".join([*lines, "", *notes] if notes else lines)
    warnings = [*(_DAMAGED[kind] for kind in package.damaged if kind in _DAMAGED), *numbering.warnings()]
    drafts = comments.drafts
    return [source_draft(name, data, text, warnings=warnings, left_out=walker.counts, comments=drafts, options=options)]


class _DocxComments:
    """The comments of a Word document. Markers in the text show which passages the comments are about."""

    def __init__(self, root: _Element | None, styles: DocxStyles) -> None:
        self.drafts: list[CommentDraft] = []
        self._index: dict[str, int] = {}
        self.unknown: set[str] = set()
        """The ids in the text for which no comment exists, because the part with the comments is damaged or missing."""
        self.ranges: set[int] = set()
        for element in () if root is None else root:
            if local(element) == "comment":
                walker = _DocxWalker(styles, DocxNumbering(None, styles), None)
                text = "\n".join(walker.lines(element)).strip()
                self._index[attribute(element, "id")] = len(self.drafts)
                created = attribute(element, "date") or None
                self.drafts.append(CommentDraft(text, None, attribute(element, "author"), created))

    def mark(self, kind: str, element: _Element) -> str:
        """Return the marker that is written into the text for an XML element of a comment.

        `kind` states whether the element begins or ends the commented passage, or only refers to the comment. Return an
        empty text if no marker is needed.
        """
        number = self._index.get(attribute(element, "id"))
        if number is None:
            self.unknown.add(attribute(element, "id"))
            return ""
        if kind == "commentRangeStart":
            self.ranges.add(number)
            return comment_marks.start(number)
        if kind == "commentRangeEnd":
            return comment_marks.end(number)
        return "" if number in self.ranges else comment_marks.start(number)


class _DocxWalker:
    """Reads the lines of text from elements that contain paragraphs.

    References to footnotes and endnotes are collected. Content that is left out, such as pictures, is counted.
    """

    def __init__(self, styles: DocxStyles, numbering: DocxNumbering, comments: _DocxComments | None) -> None:
        self.references: dict[tuple[str, str], int] = {}
        self.counts: Counter[LeftOutKind] = Counter()
        self._styles = styles
        self._numbering = numbering
        self._comments = comments
        self._style = ""
        self._passage: LeftOutKind | None = None  # a passage may consist of many runs, and counts once
        self._pending = ""

    def lines(self, container: _Element) -> list[str]:
        lines: list[str] = []
        joined = False
        for block in self._blocks(container):
            kind = _KINDS.get(block.tag, "")
            if kind == "tbl":
                lines.extend(self._rows(block))
                joined = False
            elif kind == "altChunk":
                self.counts["embedded file"] += 1
            elif kind == "commentRangeEnd" and lines:
                lines[-1] += self._mark(kind, block)
            elif kind.startswith("comment"):
                self._pending += self._mark(kind, block)
            else:
                text, boxes = self._paragraph(block, label=not (joined and lines))
                if text is None:
                    continue
                if joined and lines:
                    lines[-1] += text
                else:
                    lines.append(text)
                lines.extend(line for box in boxes for line in self.lines(box))
                joined = not boxes and _mark_deleted(block)
        return lines

    def _blocks(self, container: _Element) -> Iterator[_Element]:
        """Yield the paragraphs and tables in an element, including those in content controls (form fields).

        Elements that begin or end a commented passage are yielded too if they are between paragraphs or tables.
        """
        for block in container:
            kind = _KINDS.get(block.tag)
            if kind in ("p", "tbl", "altChunk", "commentRangeStart", "commentRangeEnd"):
                yield block
            elif kind is None or (kind == "sdt" and self._is_filled(block)):
                yield from self._blocks(block)

    def _rows(self, table: _Element) -> Iterator[str]:
        for row in self._within(table, "tr"):
            if child(row, "trPr", "del") is not None:
                self._leave_out("tracked deletion")
            else:
                yield "\t".join("\n".join(self.lines(cell)) for cell in self._within(row, "tc"))

    def _within(self, container: _Element, tag: str) -> Iterator[_Element]:
        """Yield the rows of a table (`tag` is `tr`) or the cells of a row (`tc`), without those of nested tables."""
        for each in container:
            kind = _KINDS.get(each.tag)
            if kind == tag:
                yield each
            elif kind is None or (kind == "sdt" and self._is_filled(each)):
                yield from self._within(each, tag)

    def _is_filled(self, control: _Element) -> bool:
        """Return whether a form field is filled in. A field that still shows its prompt is left out, and counted."""
        if not is_on(control, "sdtPr", "showingPlcHdr"):
            return True
        self.counts["form field"] += 1
        return False

    def _paragraph(self, paragraph: _Element, *, label: bool) -> tuple[str | None, list[_Element]]:
        """Return (text of a paragraph, its text boxes). The text is None if the whole paragraph is hidden.

        If `label` is set, the text of a list paragraph begins with the number or bullet.
        """
        parts: list[str] = [self._pending]
        boxes: list[_Element] = []
        self._style, outer = self._styles.of_paragraph(paragraph), self._style
        hidden = self._styles.is_hidden(self._style, child(paragraph, "pPr", "rPr"))
        self._inline(paragraph, parts, boxes)
        self._style = outer
        text = "".join(parts)
        if hidden and not comment_marks.unmarked(text) and not boxes and self._passage == "hidden passage":
            return None, boxes
        self._pending = ""
        return (self._numbering.label(paragraph) if label else "") + text, boxes

    def _inline(self, element: _Element, parts: list[str], boxes: list[_Element]) -> None:
        for each in element:
            kind = _KINDS.get(each.tag)
            if each.tag in _LOSSES:
                self.counts[_LOSSES[each.tag]] += 1
            elif kind is None or (kind == "sdt" and self._is_filled(each)):
                self._inline(each, parts, boxes)
            elif kind == "r":
                self._run(each, parts, boxes)
            elif kind == "txbxContent":
                boxes.append(each)
            elif kind == "formula":
                self._add(formula_text(each), parts)
            elif kind.startswith("comment"):
                parts.append(self._mark(kind, each))
            elif kind == "del" and any(deleted.text for deleted in each.iter() if local(deleted) in ("delText", "t")):
                self._leave_out("tracked deletion")

    def _run(self, run: _Element, parts: list[str], boxes: list[_Element]) -> None:
        properties = child(run, "rPr")
        hidden = self._styles.is_hidden(self._style, properties)
        font = self._styles.font(properties)
        for each in run:
            kind = _KINDS.get(each.tag)
            if hidden and (kind in _CHARACTERS or kind in ("t", "sym", "br")):
                self._leave_out("hidden passage")
            elif kind in _CHARACTERS:
                parts.append(_CHARACTERS[kind])
            elif kind == "br":
                if attribute(each, "type") in ("", "textWrapping"):  # not the end of a page or column
                    parts.append("\n")
            elif kind is None or kind == "txbxContent":
                self._other(each, parts, boxes)
            else:
                self._add(self._piece(kind, each, font), parts)

    def _piece(self, kind: str, element: _Element, font: str) -> str:
        """Return the text of one element inside a paragraph. `kind` is its name, and `font` the name of its font.

        The text is words, a symbol, the reference to a note, the marker of a comment, or the value of a form field.
        """
        if kind == "t":
            text, unknown = in_unicode((element.text or "").replace("\n", " "), font)
            self.counts["symbol"] += unknown
            return text
        if kind == "sym":
            return self._symbol(element)
        if kind in ("footnoteReference", "endnoteReference"):
            return self._reference(kind.removesuffix("Reference"), attribute(element, "id"))
        if kind == "commentReference":
            return self._mark(kind, element)
        if kind == "object":
            self.counts["embedded file"] += 1
        return _form_field(child(element, "ffData")) if kind == "fldChar" else ""

    def _other(self, element: _Element, parts: list[str], boxes: list[_Element]) -> None:
        """Read an element that contains other elements, such as a drawing in a paragraph.

        Its texts are added to `parts`, and its text boxes to `boxes`. Small characters that show the pronunciation of
        a word are left out.
        """
        if _KINDS.get(element.tag) == "txbxContent":
            boxes.append(element)
        elif element.tag in _LOSSES:
            self.counts[_LOSSES[element.tag]] += 1
        elif local(element) == "ruby":
            self.counts["pronunciation"] += 1
            base = child(element, "rubyBase")
            self._inline(() if base is None else base, parts, boxes)
        else:
            self._inline(element, parts, boxes)

    def _symbol(self, element: _Element) -> str:
        found = symbol_of_code(attribute(element, "font"), attribute(element, "char"))
        if found is None:
            self.counts["symbol"] += 1
        return found or "\ufffd"

    def _reference(self, kind: str, id_: str) -> str:
        """Return the reference to a note: [1], [2] … for footnotes, [e1], [e2] … for endnotes, in the text's order."""
        before = sum(of == kind for of, _ in self.references)
        number = self.references.setdefault((kind, id_), before + 1)
        return f"[{'e' if kind == 'endnote' else ''}{number}]"

    def _mark(self, kind: str, element: _Element) -> str:
        return "" if self._comments is None else self._comments.mark(kind, element)

    def _add(self, text: str, parts: list[str]) -> None:
        if text:
            parts.append(text)
            self._passage = None

    def _leave_out(self, kind: LeftOutKind) -> None:
        """Count a passage of this kind as left out. A passage that consists of several elements counts once."""
        if self._passage != kind:
            self.counts[kind] += 1
        self._passage = kind


def _form_field(data: _Element | None) -> str:
    """Return the text that a check box or a list of choices shows; empty for any other old form field.

    The text is found in `data`, the element with the settings of the field.
    """
    box, menu = child(data, "checkBox"), child(data, "ddList")
    if box is not None:
        checked = is_on(box, "checked")
        return "☒" if (is_on(box, "default") if checked is None else checked) else "☐"
    if menu is None:
        return ""
    entries = [attribute(each, "val") for each in menu if local(each) == "listEntry"]
    chosen = value(menu, "result") or value(menu, "default") or "0"
    return entries[int(chosen)] if chosen.isdecimal() and int(chosen) < len(entries) else ""


def _mark_deleted(paragraph: _Element) -> bool:
    """Return whether a tracked change deletes the end of this paragraph, and so joins the next paragraph to it."""
    properties = child(paragraph, "pPr", "rPr")
    return child(properties, "del") is not None or child(properties, "moveFrom") is not None


def _has_content(root: _Element | None) -> bool:
    """Return whether a header or footer contains text, a field or a picture. If it is damaged, return True."""
    if root is None:
        return True
    return any(
        each.tag in _LOSSES or (local(each) in ("t", "instrText") and (each.text or "").strip()) for each in root.iter()
    )


def _notes(package: DocxPackage, walker: _DocxWalker) -> Iterable[str]:
    """Yield the footnotes and endnotes to which the text refers, each after its number, such as [1].

    A note whose text is missing in the file is counted as left out.
    """
    kinds: tuple[tuple[LeftOutKind, str], ...] = (("footnote", ""), ("endnote", "e"))
    for kind, prefix in kinds:
        part = package.part(f"{kind}s") if any(of == kind for of, _ in walker.references) else None
        notes = {attribute(note, "id"): note for note in (() if part is None else part)}
        for (of, id_), number in list(walker.references.items()):
            if of == kind and id_ in notes:
                yield f"[{prefix}{number}] " + "\n".join(walker.lines(notes[id_])).strip()
            elif of == kind:
                walker.counts[kind] += 1
