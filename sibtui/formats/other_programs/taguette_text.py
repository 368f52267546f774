"""Conversion of Taguette's documents from HTML to plain text, and conversion of offsets in them.

Offsets in Taguette count UTF-8 bytes of the text without HTML tags.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from html.parser import HTMLParser

_BLOCKS = frozenset(
    str.split(
        "address article aside blockquote caption dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6"
        " header hr li main nav ol p pre section summary table tbody tfoot thead tr ul"
    )
)
_OUTSIDE = frozenset(("html", "head", "body", "meta", "title"))
_WHITESPACE = " \t\n\f\r"
_TRAILING = re.compile(
    r"(?<![ \t])[ \t]++(?=\n)"
)  # begins only at the first space, because a long run of spaces would take quadratic time


class TaguetteText:
    """The plain text of a Taguette document, with a new line for each paragraph or other block of the HTML."""

    def __init__(self, html: str) -> None:
        reader = _TaguetteHtmlReader()
        reader.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
        reader.close()
        self.text = "".join(reader.parts)
        self._pieces = reader.pieces
        self._bytes = [piece[0] for piece in reader.pieces]
        self._length = reader.bytes

    def place(self, start: int, end: int) -> tuple[int, int] | None:
        """Convert the offsets of a highlight in Taguette to (start, end) in code points of the plain text.

        Return None if the highlight is empty, is outside of the text, or begins or ends inside a character.
        """
        if not 0 <= start < end <= self._length:
            return None
        first = self._index(bisect_right(self._bytes, start) - 1, start)
        last = self._index(bisect_left(self._bytes, end) - 1, end)
        return None if first is None or last is None or first >= last else (first, last)

    def _index(self, at: int, offset: int) -> int | None:
        begins, index, text = self._pieces[at]
        inside = text.encode()[: offset - begins]
        try:
            return index + len(inside.decode())
        except UnicodeDecodeError:
            return None


class _TaguetteHtmlReader(HTMLParser):
    """Collects the text of an HTML document exactly as the library html5lib does.

    Taguette counts its offsets in the text from html5lib. Whitespace before the body is dropped.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pieces: list[tuple[int, int, str]] = []
        self.bytes = 0
        self._length = 0
        self._in_body = False
        self._block = False
        self._after_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the base's signature
        self._in_body = self._in_body or tag not in _OUTSIDE
        self._after_pre = tag == "pre"
        if tag == "br":
            self._put("\n")
        elif tag in _BLOCKS:
            self._block = True

    def handle_endtag(self, tag: str) -> None:
        self._block = self._block or tag in _BLOCKS

    def handle_data(self, data: str) -> None:
        if not self._in_body:
            data = data.lstrip(_WHITESPACE)
        if self._after_pre:  # HTML ignores a line break right after <pre>
            data, self._after_pre = data.removeprefix("\n"), False
        if not data:
            return
        self._in_body = True
        if self._block and data.strip(_WHITESPACE):
            if self.parts and not self.parts[-1].endswith("\n"):
                self._put("\n")
            self._block = False
        self.pieces.append((self.bytes, self._length, data))
        self.bytes += len(data.encode("utf-8", "replace"))
        self._put(data)

    def _put(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


def plain(html: str) -> str:
    return _TRAILING.sub("", TaguetteText(html).text)
