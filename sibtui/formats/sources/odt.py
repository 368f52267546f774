"""The reader of OpenDocument texts (.odt, .fodt). It returns the visible text, with one line for each paragraph.

A .odt file is a zip archive. A .fodt file is the same document as a single XML file.
"""

from __future__ import annotations

import re
from collections import Counter
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.archives import open_archive, read_member
from sibtui.formats.codec.xml_trees import parse_xml
from sibtui.formats.sources import comment_marks
from sibtui.formats.sources.draft import source_draft
from sibtui.formats.sources.formulas import formula_text
from sibtui.formats.sources.odt_forms import OdtForms
from sibtui.formats.sources.odt_styles import SPACE, OdtLists, OdtStyles
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.formats.sources.symbols import in_unicode
from sibtui.model.drafts import CommentDraft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lxml.etree import _Element

    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.left_out import LeftOutKind

_KIND = "an OpenDocument text"
_TEXT, _TABLE, _OFFICE, _DRAW = (f"{{{SPACE.format(each)}}}" for each in ("text", "table", "office", "drawing"))
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_MATH = "{http://www.w3.org/1998/Math/MathML}math"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_KINDS = {
    **dict.fromkeys((f"{_TEXT}p", f"{_TEXT}h"), "p"),
    **{
        f"{_TEXT}{tag}": tag
        for tag in ("s", "tab", "line-break", "note", "list", "numbered-paragraph", "section", "hidden-text")
    },
    **{f"{_TABLE}{tag}": tag for tag in ("table", "table-row")},
    **dict.fromkeys((f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"), "table-cell"),
    **{f"{_DRAW}{tag}": tag for tag in ("text-box", "frame", "control")},
    f"{_OFFICE}annotation": "annotation",
    f"{_OFFICE}annotation-end": "annotation-end",
    "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}fieldmark": "fieldmark",
    "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}content-control": "content-control",
    f"{_TEXT}ruby-text": "pronunciation",
    f"{_TEXT}tracked-changes": "tracked-changes",
    **dict.fromkeys(
        (
            *(f"{_TEXT}{tag}" for tag in ("note-citation", "sequence-decls")),
            *(f"{_OFFICE}{tag}" for tag in ("forms", "binary-data", "event-listeners")),
            *(f"{_SVG}{tag}" for tag in ("title", "desc")),  # alternative text of a picture
        ),
        "skipped",
    ),
}
_SPACES = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 1000
"""The largest number of spaces that one element can add to the text. A hostile file may give any number."""


_DAMAGED = "its styles are damaged: text that a style hides may be in the text; numbers of lists, headers and footers may be missing"


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return the document as a list with one source. A table row becomes a line with tabs between the cells.

    Footnotes and endnotes follow after the text. Raises InputError when the file is not an OpenDocument text, is
    damaged, or has a password.
    """
    with ExitStack() as opened:
        part = _parts(name, data, opened)
        root = part("content.xml")
        body = None if root is None else next(root.iter(f"{_OFFICE}text"), None)
        if root is None or body is None:
            raise InputError(f"{name} is not {_KIND}: it is a spreadsheet, a drawing or something else.")
        styles, warnings = _styles(part)
        roots = [each for each in (styles, root) if each is not None]
        walker = _OdtWalker(OdtStyles(roots), OdtForms(body), part)
        lines = walker.lines(body)
        warnings = [*warnings, *walker.lists.warnings()]
    text = "\n".join([*lines, "", *walker.notes] if walker.notes else lines)
    counts, comments = walker.counts, walker.comments
    return [source_draft(name, data, text, warnings=warnings, left_out=counts, comments=comments, options=options)]


def _styles(part: Callable[[str], _Element | None]) -> tuple[_Element | None, Sequence[str]]:
    """Return (root element of the styles, warnings). `part` is a function that returns a part by its path.

    If the styles are damaged, the element is None, and there is a warning.
    """
    try:
        return part("styles.xml"), ()
    except InputError:
        return None, [_DAMAGED]


def _parts(name: str, data: bytes, opened: ExitStack) -> Callable[[str], _Element | None]:
    """Return a function that takes the path of a part of the document, and returns its XML; None if it is missing.

    A .fodt file has only one part, its content. The archive of a .odt file is closed together with `opened`.
    """
    if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return lambda member: parse_xml(name, data) if member == "content.xml" else None
    archive = opened.enter_context(open_archive(name, data, kind=_KIND))
    manifest = "META-INF/manifest.xml"
    if manifest in archive.NameToInfo and b"encryption-data" in read_member(archive, manifest, name=name):
        raise InputError(f"{name} has a password: save a copy without one.")
    if "content.xml" not in archive.NameToInfo:
        raise InputError(f"{name} is not {_KIND}: it is another kind of archive, or damaged.")

    def part(member: str) -> _Element | None:
        if member not in archive.NameToInfo:
            return None
        return parse_xml(name, read_member(archive, member, name=name), part=member)

    return part


class _OdtWalker:
    """Reads the lines of text from elements that contain paragraphs.

    Footnotes, endnotes and comments are collected. Content that is left out, such as pictures, is counted.
    """

    def __init__(self, styles: OdtStyles, forms: OdtForms, part: Callable[[str], _Element | None]) -> None:
        self.notes: list[str] = []
        self.comments: list[CommentDraft] = []
        self.counts: Counter[LeftOutKind] = Counter({"header or footer": styles.headers})
        self._styles = styles
        self._forms = forms
        self._part = part
        self.lists = OdtLists(styles)
        self._named: dict[str, int] = {}
        self._pending = ""
        self._passage = False

    def lines(self, container: Iterable[_Element]) -> list[str]:
        lines: list[str] = []
        for child in container:
            kind = _KINDS.get(child.tag)
            if kind == "p":
                lines.extend(self._paragraph(child))
            elif kind == "table":
                lines.extend(self._rows(child))
            elif kind == "list":
                lines.extend(self._list(child))
            elif kind == "numbered-paragraph":
                lines.extend(line for each in child for line in self._numbered(child, each))
            elif kind == "tracked-changes":
                self.counts["tracked deletion"] += sum(1 for _ in child.iter(f"{_TEXT}deletion"))
            elif kind == "section" and child.get(f"{_TEXT}display") in ("none", "condition"):
                self._count_hidden()
            elif kind in ("frame", "control", "annotation"):
                lines.extend(self._floating(child))
            elif kind != "skipped":
                lines.extend(self.lines(child))
        return lines

    def _list(self, element: _Element) -> Iterator[str]:
        """Yield the lines of a list. The number or bullet of an item is written before the item's first paragraph."""
        self.lists.open(element)
        for item in element:
            numbered = item.tag == f"{_TEXT}list-item"
            for child in item:
                if _KINDS.get(child.tag) == "p":
                    label, numbered = (self.lists.label(item, child) if numbered else ""), False
                    lines = self._paragraph(child, label)
                else:
                    lines = self.lines([child])
                yield from lines
        self.lists.close()

    def _numbered(self, element: _Element, paragraph: _Element) -> list[str]:
        """Return the lines of a numbered paragraph. `element` has its numbering, and `paragraph` its text.

        Such a paragraph is outside of all lists, but has a number that is counted as in a list.
        """
        if _KINDS.get(paragraph.tag) != "p":
            return self.lines([paragraph])
        return self._paragraph(paragraph, self.lists.numbered(element, paragraph))

    def _rows(self, table: _Element) -> Iterator[str]:
        for row in _within(table, "table-row"):
            yield "\t".join("\n".join(self.lines(cell)) for cell in _within(row, "table-cell"))

    def _floating(self, element: _Element) -> list[str]:
        """Return the lines of a frame, a form control or a comment that is between paragraphs and not inside one."""
        parts: list[str] = []
        boxes: list[_Element] = []
        self._piece(_KINDS[element.tag], element, parts, boxes, "")
        text = "".join(_collapsed(parts))
        if not comment_marks.unmarked(text):
            self._pending += text
            text = ""
        return [*([text] if text else []), *(line for box in boxes for line in self.lines(box))]

    def _paragraph(self, paragraph: _Element, label: str | None = None) -> list[str]:
        """Return the text of a paragraph and the lines of its text boxes; an empty list for a hidden paragraph.

        `label` is the number or bullet before the text. If it is None, a heading gets its computed number, and any
        other paragraph gets no number.
        """
        style = paragraph.get(f"{_TEXT}style-name", "")
        if label is None:
            label = self.lists.heading(paragraph) if paragraph.tag == f"{_TEXT}h" else ""
        if self._styles.is_hidden(style) or any(
            each.get(f"{_TEXT}is-hidden") == "true" for each in paragraph.iter(f"{_TEXT}hidden-paragraph")
        ):
            self._count_hidden()
            return []
        parts: list[str] = [self._pending]
        boxes: list[_Element] = []
        self._pending = ""
        self._inline(paragraph, parts, boxes, self._styles.font(style))
        return [label + "".join(_collapsed(parts)), *(line for box in boxes for line in self.lines(box))]

    def _inline(self, element: _Element, parts: list[str], boxes: list[_Element], font: str) -> None:
        """Add the texts inside an element to `parts`, and the text boxes to `boxes`. `font` is the name of the font.

        The format has special elements for several spaces, a tab or a line break. NUL is put before the text of such an
        element, so that `_collapsed` keeps its spaces. XML itself cannot contain NUL.
        """
        self._add(element.text, parts, font)
        for child in element:
            kind, name = _KINDS.get(child.tag), child.get(f"{_TEXT}style-name", "")
            if name and kind is None and self._styles.is_hidden(name):
                self._count_hidden()
            elif kind is None:
                self._inline(child, parts, boxes, self._styles.font(name) or font)
            elif kind != "skipped":
                self._piece(kind, child, parts, boxes, font)
            self._add(child.tail, parts, font)

    def _piece(self, kind: str, element: _Element, parts: list[str], boxes: list[_Element], font: str) -> None:
        """Add the text of a special element, such as a tab or a note, to `parts`, and its text boxes to `boxes`."""
        if kind == "s":
            parts.append("\0" + " " * _count(element.get(f"{_TEXT}c", "1")))
        elif kind in ("tab", "line-break"):
            parts.append("\0\t" if kind == "tab" else "\0\n")
        elif kind == "note":
            parts.append(self._note(element))
        elif kind == "text-box":
            boxes.append(element)
        elif kind == "frame":
            self._frame(element, parts, boxes, font)
        elif kind.startswith("annotation"):
            parts.append(self._comment(element) if kind == "annotation" else self._end_of_comment(element))
        elif kind in ("control", "fieldmark", "content-control"):
            self._control(element, parts, boxes, font)
        elif kind == "hidden-text":
            self._count_hidden()
        elif kind == "pronunciation":
            self.counts["pronunciation"] += 1
        else:
            self._inline(element, parts, boxes, font)

    def _control(self, element: _Element, parts: list[str], boxes: list[_Element], font: str) -> None:
        shown = self._forms.text(element)
        if shown is None:
            self._inline(element, parts, boxes, font)
        elif shown:
            parts.append(shown)
        else:
            self.counts["form field"] += 1

    def _frame(self, frame: _Element, parts: list[str], boxes: list[_Element], font: str) -> None:
        """Read a frame: add its formula or texts to `parts`, and its text boxes to `boxes`.

        Pictures, embedded files, sounds and films are counted as left out. A picture that is only the preview of an
        embedded file is not counted.
        """
        formula = self._formula(frame)
        if formula:
            parts.append(formula)
        elif _has(frame, f"{_DRAW}object", f"{_DRAW}object-ole"):
            self.counts["embedded file"] += 1
        elif _has(frame, f"{_DRAW}plugin", f"{_DRAW}applet", f"{_DRAW}floating-frame"):
            self.counts["sound or film"] += 1
        else:
            self.counts["picture"] += _has(frame, f"{_DRAW}image")
            self._inline(frame, parts, boxes, font)

    def _formula(self, frame: _Element) -> str:
        for each in frame.iterchildren(f"{_DRAW}object"):
            target = each.get("{http://www.w3.org/1999/xlink}href", "").removeprefix("./")
            root: _Element | None = each
            if not len(each):
                root = None
                with suppress(InputError):  # a damaged object is counted, like one without a formula
                    root = self._part(f"{target}/content.xml") if target else None
            math = None if root is None else next(root.iter(_MATH), None)
            if math is not None:
                return formula_text(math)
        return ""

    def _comment(self, element: _Element) -> str:
        """Store a comment, and return the marker that shows the start of its passage in the text."""
        number = len(self.comments)
        inner = _OdtWalker(self._styles, self._forms, self._part)
        content = [child for child in element if _KINDS.get(child.tag) in ("p", "list")]
        text = "\n".join(inner.lines(content)).strip()
        author = element.findtext(f"{_DUBLIN_CORE}creator") or ""
        self.comments.append(CommentDraft(text, None, author, element.findtext(f"{_DUBLIN_CORE}date")))
        if name := element.get(f"{_OFFICE}name"):
            self._named[name] = number
        return comment_marks.start(number)

    def _end_of_comment(self, element: _Element) -> str:
        number = self._named.get(element.get(f"{_OFFICE}name", ""))
        return "" if number is None else comment_marks.end(number)

    def _note(self, note: _Element) -> str:
        """Store a footnote or endnote, and return the reference to it for the text, such as [1]."""
        citation = note.findtext(f"{_TEXT}note-citation") or "*"
        body = note.find(f"{_TEXT}note-body")
        if body is not None:
            at = len(self.notes)
            self.notes.append("")
            self.notes[at] = f"[{citation}] " + "\n".join(self.lines(body))
        return f"[{citation}]"

    def _add(self, text: str | None, parts: list[str], font: str) -> None:
        if text:
            known, unknown = in_unicode(text, font)
            self.counts["symbol"] += unknown
            parts.append(known)
            self._passage = self._passage and not text.strip()

    def _count_hidden(self) -> None:
        """Count a passage of hidden text as left out. A passage that consists of several elements counts once."""
        self.counts["hidden passage"] += not self._passage
        self._passage = True


def _has(element: _Element, *tags: str) -> bool:
    return next(element.iterchildren(*tags), None) is not None


def _collapsed(parts: list[str]) -> Iterator[str]:
    """Yield the texts of a paragraph with single spaces in place of several, as the format requires.

    A text that begins with NUL keeps its spaces. The NUL is removed.
    """
    after_space = True
    for part in parts:
        if part.startswith("\0"):
            yield part[1:]
            after_space = False
        elif part:
            text = _SPACES.sub(" ", part)
            text = text[1:] if after_space and text[0] == " " else text
            yield text
            after_space = text[-1:] == " " or (after_space and not text)


def _within(container: _Element, tag: str) -> Iterator[_Element]:
    """Yield the rows of a table, or the cells of a row.

    Rows and cells of a table inside this table are left out.
    """
    for child in container:
        kind = _KINDS.get(child.tag)
        if kind == tag:
            yield child
        elif kind is None:
            yield from _within(child, tag)


def _count(text: str) -> int:
    return min(int(text), _MOST_SPACES) if text.isascii() and text.isdigit() and len(text) < 10 else 1
