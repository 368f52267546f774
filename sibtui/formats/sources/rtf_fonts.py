"""Fonts of rich text: their names, and the code pages with which bytes are converted to characters."""

from __future__ import annotations

import codecs
from collections import defaultdict
from typing import TYPE_CHECKING

from sibtui.formats.sources.rtf_words import CHARSETS, CODE_PAGES, DOCUMENT_SETS, FONT_SUFFIXES, WESTERN
from sibtui.formats.sources.symbols import is_symbol_font
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

_ANSI = 0
"""The number of the character set of Western fonts."""

_LONGEST_NAME = 100


class RtfFonts:
    """The fonts and the code page of a rich-text document. Unreadable and doubtful characters are counted.

    If the user gives a code page, it is used in place of the code page of the document. It is also used for fonts with
    the Western character set.
    """

    def __init__(self, given: str | None) -> None:
        self.codec = given or WESTERN
        self.default: int | None = None
        self._given = given is not None
        self._names: defaultdict[int | None, str] = defaultdict(str)
        self._codecs: dict[int | None, str] = {}
        self._western: set[int | None] = set()
        self._unread = 0
        self._doubtful = 0

    def name(self, font: int | None) -> str:
        """Return the name of the font with the number `font`; empty when the font has no name."""
        return "" if font is None else self._names[font].rstrip("; ")

    def add_name(self, font: int | None, text: str) -> None:
        """Add text to the name of a font, up to a limit, because a hostile file may have very long names."""
        self._names[font] = (self._names[font] + text)[:_LONGEST_NAME]

    def set(self, word: str, number: int | None, font: int | None) -> None:
        """Apply a control word that sets the code page of the document, or a property of a font."""
        if word in DOCUMENT_SETS and not self._given:
            self.codec = DOCUMENT_SETS[word]
        elif number is None:
            return
        elif word == "ansicpg" and not self._given:
            self.codec = _page(number) or self.codec
        elif word == "cpg" and font is not None:
            self._codecs.setdefault(font, _page(number) or self.codec)
        elif word == "fcharset" and font is not None and number in CHARSETS and not (self._given and number == _ANSI):
            self._codecs[font] = CHARSETS[number]
            if number == _ANSI:
                self._western.add(font)

    def decode(self, data: bytes, font: int | None, *, counted: bool) -> str:
        """Return the characters for these bytes.

        If `counted` is set, unreadable and doubtful characters are counted.
        """
        name = self.name(font)
        codec = "latin-1" if is_symbol_font(name) else self._codec(font, name)
        decoded = data.decode(codec, "replace")
        if counted and not data.isascii():
            self._unread += decoded.count("\ufffd")
            if codec == WESTERN != self.codec and font in self._western:
                self._doubtful += sum(each > "\x7f" for each in decoded)
        return decoded

    def warnings(self) -> Iterator[str]:
        """Yield warnings, without full stops, about characters that could not be read or may be wrong."""
        if self._unread:
            characters = plural(self._unread, "character is", "characters are")
            yield f"{characters} not in the code page of the file, shown as �"
        if self._doubtful:
            characters = plural(self._doubtful, "character was", "characters were")
            yield (
                f"{characters} read as {WESTERN}, the code page of the font, though the document names {self.codec}: "
                f"check them, and read the file with the encoding {self.codec} if they are wrong"
            )

    def _codec(self, font: int | None, name: str) -> str:
        """Return the code page of a font. The first of these is used:

        1. the code page of its character set, if the character set is not Western;
        2. the code page for the end of its `name`, such as `CE`, if the user has given no code page;
        3. the code page of the Western character set, if the font has it;
        4. the code page of the document.
        """
        if not self._given and (font in self._western or font not in self._codecs):
            found = FONT_SUFFIXES.get(name[name.rfind(" ") + 1 :].lower())
            if found is not None:
                return found
        return self._codecs.get(font, self.codec)


def known_codec(codec: str) -> str | None:
    """Return the name by which Python knows an encoding; None when Python does not know it."""
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return None


def _page(number: int) -> str | None:
    return CODE_PAGES.get(number) or known_codec(f"cp{number}")
