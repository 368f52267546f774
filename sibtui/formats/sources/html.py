"""The reader of web pages (.html, .htm, .xhtml).

It returns their visible text, with a line for each paragraph or block.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.encodings import SURE, Decoded, decode
from sibtui.formats.sources.draft import source_draft
from sibtui.formats.sources.formulas import formula_text
from sibtui.formats.sources.html_forms import CONTROLS, chosen_options, input_text, is_note_mark
from sibtui.formats.sources.html_lists import HtmlLists
from sibtui.formats.sources.list_levels import digits_warning
from sibtui.formats.sources.read_options import DEFAULT

if TYPE_CHECKING:
    from lxml.etree import _Element

    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.left_out import LeftOutKind

_SKIPPED = frozenset(
    str.split("head script style template noscript svg math iframe object audio video canvas map select datalist rp rt")
)
_INLINE = frozenset(
    str.split(
        "a abbr acronym b bdi bdo big button cite code data del dfn em embed font i img input ins kbd label mark meter nobr output"
        " picture progress q ruby s samp small span strike strong sub sup time tt u var wbr"
    )
)
_LOSSES: dict[str, LeftOutKind] = {
    **dict.fromkeys(("svg", "canvas"), "drawing"),
    **dict.fromkeys(("audio", "video"), "sound or film"),
    **dict.fromkeys(("iframe", "object", "embed"), "embedded file"),
    "img": "picture",
    "rt": "pronunciation",
}
"""A dict: element that a browser shows, but that contains no text → the kind of content that is counted as left out."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]{1,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.-]{1,40})",
    re.IGNORECASE,
)
_HEAD = 4096
_BY_DECLARATION = 0.95


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return the page as a list with one source, which has the title of the page.

    A table row becomes a line with tabs between the cells.
    """
    decoded = _decode(name, data, encoding)
    root = parse_html(name, decoded.text)
    if root is None:
        return [source_draft(name, data, "", encoding=decoded.encoding, confidence=decoded.confidence)]
    counts: Counter[LeftOutKind] = Counter()
    visible = visible_text(root, counts)
    return [
        source_draft(
            name,
            data,
            visible.text,
            title=_title(root),
            warnings=digits_warning(visible.digits),
            encoding=decoded.encoding,
            confidence=decoded.confidence,
            left_out=counts,
        )
    ]


_MOST_ATTRIBUTES = 2_000
_TAG = re.compile(r"""<[A-Za-z](?:[^"'>]++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = re.compile(r"""=\s*(?:"[^"]*+"|'[^']*+')""")


def parse_html(name: str, text: str) -> _Element | None:
    """Return the root element of a page, parsed as tolerantly as in a browser; None when the page is empty.

    Raises InputError for a page that is nested deeper than 2048 levels, and for a tag with so many attributes that
    the parser would be slow. `name` is the name of the file in messages.
    """
    from lxml import etree

    tags = (tag[0] for tag in _TAG.finditer(text) if tag.end() - tag.start() > 2 * _MOST_ATTRIBUTES)
    if any(len(_QUOTED.sub("", tag).split()) > _MOST_ATTRIBUTES for tag in tags):
        raise InputError(f"{name} has a tag with more than {_MOST_ATTRIBUTES:,} attributes: it was not read.")

    # HTML cannot define entities. The parser drops content nested too deeply without an error: check its log.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root: _Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise InputError(f"{name} is nested more deeply than any page: it was not read.")
    if root is not None:
        _join(root)
    return root


def _join(root: _Element) -> None:
    """Move content that follows after `</html>` to the end of the page, as browsers do.

    The parser puts such content into separate trees beside `root`.
    """
    body = root.find("body")
    body = root if body is None or body.tail or body.getnext() is not None else body
    for other in list(root.itersiblings("html")):
        if len(body):
            body[-1].tail = (body[-1].tail or "") + (other.text or "")
        else:
            body.text = (body.text or "") + (other.text or "")
        body.extend(list(other))


@dataclass(frozen=True, slots=True)
class VisibleText:
    """The text of a page.

    `digits` is the number of list items whose numbers have a form unknown to sibtui, such as Armenian numerals.
    These numbers are written in digits.
    """

    text: str = ""
    digits: int = 0


def visible_text(root: _Element, counts: Counter[LeftOutKind]) -> VisibleText:
    """Return the text of a page as a browser shows it, with a line for each paragraph or block.

    The page may be HTML, or XHTML parsed as XML. Parts without text, such as pictures, are counted in `counts`.
    """
    from lxml import etree

    page = _Page()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        tag = tag[tag.rfind("}") + 1 :].lower() if isinstance(tag, str) else ""
        if event == "start":
            if not tag:
                page.add(_entity(element))
                continue
            hidden = tag != "head" and _is_hidden(element)
            counts["hidden passage"] += hidden and bool("".join(element.itertext()).strip())
            if tag in _LOSSES and not hidden:
                counts[_LOSSES[tag]] += 1
            if tag in _SKIPPED or hidden:
                page.add_control(tag, "" if hidden else _replacement(tag, element))
                events.skip_subtree()
                page.skipped = element
            else:
                page.open(tag, element)
                page.add("[" if is_note_mark(element) else "")
                page.add(_typed(element, counts) if tag == "input" else element.text or "")
        else:
            if page.skipped is element:
                page.skipped = None
            elif tag:
                page.add("]" if is_note_mark(element) else "")
                page.close(tag)
            if element is not root:
                page.add(element.tail or "")
    return VisibleText(page.text(), page.lists.digits)


def _replacement(tag: str, element: _Element) -> str:
    """Return the text of a formula, or the selected options of a list; empty for any other element."""
    if tag == "math":
        return formula_text(element)
    return chosen_options(element) if tag == "select" else ""


def _typed(element: _Element, counts: Counter[LeftOutKind]) -> str:
    """Return the text that an input element shows, such as a typed text. An empty field is counted as left out."""
    shown = input_text(element)
    counts["form field"] += shown == ""
    return shown or ""


class _Page:
    """Collects the lines of text of a page, from elements that are passed one after the other.

    Inside a table, each cell collects its own lines.
    """

    def __init__(self) -> None:
        self.skipped: _Element | None = None
        self._outer: list[tuple[list[str], int]] = []
        self._rows: list[list[str]] = []
        self._lines: list[str] = []
        self._line: list[str] = []
        self._verbatim = 0
        self.lists = HtmlLists()
        self._label = ""
        self._apart = False

    def add_control(self, tag: str, text: str) -> None:
        """Add the text of a form control, such as a list of choices. `tag` is the tag of its element.

        Spaces separate the text from the words around it, as the frame of the control does in a browser.
        """
        edge = tag in CONTROLS and bool(text)
        self._apart |= edge
        self.add(text)
        self._apart |= edge

    def add(self, text: str) -> None:
        """Add text to the current line. Several spaces in a row become one, except in preformatted text."""
        if not text:
            return
        if self._label and text.strip():
            self._line.append(self._label)
            self._label = ""
        if self._apart and self._line and self._line[-1][-1:].isalnum() and text[0].isalnum():
            self._line.append(" ")
        self._apart = False
        if self._verbatim:
            *whole, rest = text.replace("\r\n", "\n").split("\n")
            for line in whole:
                self._line.append(line)
                self._end_line(even_empty=True)
            self._line.append(rest)
            return
        text = _SPACES.sub(" ", text)
        if text[0] == " " and (not self._line or self._line[-1][-1:] in (" ", "")):
            text = text[1:]
        if text:
            self._line.append(text)

    def open(self, tag: str, element: _Element) -> None:
        """Begin an element with this tag. A block, such as a paragraph, begins a new line of text."""
        self._apart |= tag in CONTROLS
        if tag not in _INLINE:
            self._end_line(even_empty=tag == "br")
        if tag in ("pre", "textarea"):
            self._verbatim += 1
        elif tag in ("ol", "ul", "menu"):
            self.lists.open(tag, element)
        elif tag == "li":
            self._label += self.lists.label(element)
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._outer.append((self._lines, self._verbatim))
            self._lines, self._verbatim = [], 0

    def close(self, tag: str) -> None:
        """End an element with this tag. A block, such as a paragraph, ends the line of text."""
        if tag == "li" and self._label:
            self._line.append(self._label)
            self._label = ""
        elif tag in ("ol", "ul", "menu"):
            self.lists.close()
        self._apart |= tag in CONTROLS
        if tag not in _INLINE and tag != "br":
            self._end_line()
        if tag in ("pre", "textarea"):
            self._verbatim -= 1
        elif tag in ("td", "th"):
            cell = "\n".join(self._lines)
            self._lines, self._verbatim = self._outer.pop()
            if self._rows:
                self._rows[-1].append(cell)
            else:  # a cell without a row
                self._lines.append(cell)
        elif tag == "tr" and any(row := self._rows.pop()):
            self._lines.append("\t".join(row))

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._lines)

    def _end_line(self, *, even_empty: bool = False) -> None:
        line = "".join(self._line)
        line = line if self._verbatim else line.rstrip(" ")
        if line.strip(" ") or even_empty:
            self._lines.append(line)
        self._line.clear()


def _is_hidden(element: _Element) -> bool:
    if element.get("type") == "hidden":
        return True
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _entity(element: _Element) -> str:
    """Return the text of an entity that an XML parser has not resolved, such as `&nbsp;`."""
    from html import unescape

    return unescape(element.text or "")


def _title(root: _Element) -> str:
    return " ".join((root.findtext(".//head/title") or "").split())


def _decode(name: str, data: bytes, encoding: str | None) -> Decoded:
    """Return the decoded text of a page, with its encoding.

    If `encoding` is given, it is used. Otherwise, the first of these encodings that fits is used: Unicode, the one that
    the page declares, the most likely one.
    """
    if encoding is not None:
        return decode(data, encoding, name=name)
    detected = decode(data, name=name)
    declared = None if detected.confidence == SURE else _declared(data)
    if declared is None:
        return detected
    try:
        return Decoded(decode(data, declared, name=name).text, declared, _BY_DECLARATION)
    except ValueError:
        return detected


def _declared(data: bytes) -> str | None:
    """Return the encoding that the page declares; None if no encoding is declared, or if it does not fit the bytes.

    For Latin 1, return cp1252, as browsers do.
    """
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return None
    try:
        codec = codecs.lookup((match[1] or match[2]).decode("ascii")).name
        codec = "cp1252" if codec in ("iso8859-1", "ascii") else codec
        data.decode(codec)
    except (LookupError, ValueError):
        return None
    return codec
