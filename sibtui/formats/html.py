"""Web pages (.html, .htm, .xhtml): their visible text, each block a line."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.encodings import SURE, Decoded, decode
from sibtui.formats.extracted import extracted
from sibtui.formats.read_options import DEFAULT

if TYPE_CHECKING:
    from lxml.etree import _Element

    from sibtui.formats.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft

_SKIPPED = frozenset(
    str.split(
        "head script style template noscript svg math iframe object embed audio video canvas map select datalist rp rt"
    )
)
_INLINE = frozenset(
    str.split(
        "a abbr acronym b bdi bdo big button cite code data del dfn em font i img input ins kbd label mark meter nobr output"
        " picture progress q ruby s samp small span strike strong sub sup time tt u var wbr"
    )
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DECLARED = re.compile(
    rb"<meta\b[^>]{0,200}?\bcharset\s*=\s*[\"']?([\w.:-]{1,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.-]{1,40})",
    re.IGNORECASE,
)
_HEAD = 4096
_BY_DECLARATION = 0.95


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:  # noqa: ARG001 - the readers' common signature
    """The page as one source, entitled as it is. Rows of tables are lines, their cells parted by tabs."""
    decoded = _decode(name, data, encoding)
    root = parse_html(name, decoded.text)
    if root is None:
        return [extracted(name, data, "", encoding=decoded.encoding, confidence=decoded.confidence)]
    return [
        extracted(
            name,
            data,
            visible_text(root),
            title=_title(root),
            encoding=decoded.encoding,
            confidence=decoded.confidence,
        )
    ]


def parse_html(name: str, text: str) -> _Element | None:
    """The tree of a page, as forgiving as a browser's; None for nothing. InputError when it nests beyond 2048."""
    from lxml import etree  # noqa: PLC0415 - only a web page pays for it

    # HTML has no entities to explode; what is nested too deeply would be missing without a word
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        root: _Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise InputError(f"{name} nests its parts more deeply than any page does: it was not read.")
    return root


def visible_text(root: _Element) -> str:
    """What a browser would show of it, a block a line. Also for XHTML that was read as XML."""
    from lxml import etree  # noqa: PLC0415 - see parse_html

    page = _Page()
    events = etree.iterwalk(root, events=("start", "end"))
    for event, element in events:
        tag = element.tag
        tag = tag[tag.rfind("}") + 1 :].lower() if isinstance(tag, str) else ""
        if event == "start":
            if not tag:
                page.add(_entity(element))
            elif tag in _SKIPPED or _is_hidden(element):
                events.skip_subtree()
                page.skipped = element
            else:
                page.open(tag)
                page.add(element.text or "")
        else:
            if page.skipped is element:
                page.skipped = None
            elif tag:
                page.close(tag)
            if element is not root:
                page.add(element.tail or "")
    return page.text()


class _Page:
    """The lines so far. Inside the cells of a table each cell has lines of its own."""

    def __init__(self) -> None:
        self.skipped: _Element | None = None
        self._outer: list[tuple[list[str], int]] = []
        self._rows: list[list[str]] = []
        self._lines: list[str] = []
        self._line: list[str] = []
        self._verbatim = 0

    def add(self, text: str) -> None:
        if not text:
            return
        if self._verbatim:
            *whole, rest = text.replace("\r\n", "\n").split("\n")
            for line in whole:
                self._line.append(line)
                self._end_line(keep=True)
            self._line.append(rest)
            return
        text = _BLANKS.sub(" ", text)
        if text[0] == " " and (not self._line or self._line[-1][-1:] in (" ", "")):
            text = text[1:]
        if text:
            self._line.append(text)

    def open(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_line(keep=tag == "br")
        if tag in ("pre", "textarea"):
            self._verbatim += 1
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th"):
            self._outer.append((self._lines, self._verbatim))
            self._lines, self._verbatim = [], 0

    def close(self, tag: str) -> None:
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

    def _end_line(self, *, keep: bool = False) -> None:
        line = "".join(self._line)
        line = line if self._verbatim else line.rstrip(" ")
        if line.strip(" ") or keep:
            self._lines.append(line)
        self._line.clear()


def _is_hidden(element: _Element) -> bool:
    return "hidden" in element.attrib or bool(_HIDDEN.search(element.get("style", "")))


def _entity(element: _Element) -> str:
    """The text of a reference that an XML parser left unresolved, such as `&nbsp;`."""
    from html import unescape  # noqa: PLC0415 - XHTML in e-books alone has these

    return unescape(element.text or "")


def _title(root: _Element) -> str:
    return " ".join((root.findtext(".//head/title") or "").split())


def _decode(name: str, data: bytes, encoding: str | None) -> Decoded:
    """As told, else Unicode when it is Unicode, else as the page declares it, else the likeliest."""
    if encoding is not None:
        return decode(data, encoding, name=name)
    found = decode(data, name=name)
    declared = None if found.confidence == SURE else _declared(data)
    if declared is None:
        return found
    try:
        return Decoded(decode(data, declared, name=name).text, declared, _BY_DECLARATION)
    except ValueError:
        return found


def _declared(data: bytes) -> str | None:
    """The encoding that the page names and that fits. What calls itself Latin 1 is cp1252, to all browsers."""
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
