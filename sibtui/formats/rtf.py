"""Rich text (.rtf): what a reader sees, a paragraph a line.

Our own, because striprtf drops footnotes, mixes tracked deletions into the text, and writes bars between cells and the
addresses of links into it: a quote would not be what was said.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.extracted import extracted
from sibtui.formats.read_options import DEFAULT
from sibtui.formats.signatures import seems_to_be

if TYPE_CHECKING:
    from sibtui.formats.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]+)(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)|\\"
)
_SKIPPED = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "filetbl", "template", "nextfile", "private", "comment"),
        *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn"),
        *("pict", "objdata", "objclass", "objname", "sp", "shprslt", "nonesttables", "fldinst", "datafield"),
        *("annotation", "atnid", "atnauthor", "atnref", "atndate", "atnicn", "atrfstart", "atrfend"),
        *("bkmkstart", "bkmkend", "pn", "pntext", "listtext", "xe", "tc", "tcn", "rxe", "txe"),
    )
)
"""Groups that hold no text of the document. Any other group that a reader may ignore (`\\*`) is skipped as well, but for:"""
_READ = frozenset(("nesttableprops", "shpinst", "shptxt"))
_SIGNS = {
    **dict.fromkeys(("par", "line", "sect", "lbr"), "\n"),
    **dict.fromkeys(("tab", "cell", "nestcell"), "\t"),
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "emspace": "\u2003",
    "enspace": "\u2002",
    "qmspace": "\u2005",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "zwj": "\u200d",
    "zwnj": "\u200c",
    "ltrmark": "\u200e",
    "rtlmark": "\u200f",
}
_BACKSLASHED = {b"~": "\xa0", b"_": "-", b"{": "{", b"}": "}", b"\\": "\\", b"\n": "\n", b"\r": "\n"}
_CHARSETS = dict(
    (
        *(
            (0, "cp1252"),
            (2, "cp1252"),
            (128, "cp932"),
            (129, "cp949"),
            (130, "johab"),
            (134, "gb18030"),
            (136, "big5"),
        ),
        *((161, "cp1253"), (162, "cp1254"), (163, "cp1258"), (177, "cp1255"), (178, "cp1256"), (186, "cp1257")),
        *((204, "cp1251"), (222, "cp874"), (238, "cp1250"), (254, "cp437"), (255, "cp850")),
        *((77, "mac_roman"), (78, "cp932"), (80, "cp949"), (83, "mac_greek"), (84, "mac_cyrillic"), (86, "mac_latin2")),
    )
)


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:  # noqa: ARG001 - the readers' common signature
    """The document as one source. Rows of tables are lines, their cells parted by tabs; notes follow the text, numbered.

    `encoding` is for what the file writes in its default code page, which is named in it and seldom wrong.
    """
    if not data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf"):
        found = seems_to_be(data)
        raise InputError(
            f"{name} is no rich text: it {f'seems to be {found}' if found else 'does not begin like one'}."
        )
    reader = _Reader(_codec(encoding, name))
    if not reader.run(data):
        raise InputError(f"{name} is cut short: its last bracket is missing.")
    warnings = (
        [f"{reader.unread} characters are not of the code page that it names, and stand as �"] if reader.unread else []
    )
    return [extracted(name, data, reader.text(), encoding=reader.codec, warnings=warnings)]


@dataclass(slots=True)
class _Note:
    parts: list[str] = field(default_factory=list)
    sign: str = ""


@dataclass(frozen=True, slots=True)
class _State:
    """What a group inherits and, at its end, gives back."""

    parts: list[str]
    skipped: bool = False
    deleted: bool = False
    fallback: int = 1  # characters after \u, for programs that know no Unicode
    font: int | None = None
    fonts: bool = False  # inside the table of fonts


class _Reader:
    def __init__(self, codec: str | None) -> None:
        self.unread = 0
        self.codec = codec or "cp1252"
        self._told = codec is not None
        self._body: list[str] = []
        self._notes: list[_Note] = []
        self._state = _State(self._body)
        self._groups: list[_State] = []
        self._fonts: dict[int, str] = {}
        self._default: int | None = None
        self._bytes = bytearray()  # not decoded yet: a character may be several bytes
        self._drop = 0
        self._starred = False

    def run(self, data: bytes) -> bool:
        """Reads all. False when the file ends before its first group does."""
        at = data.index(b"{")
        while token := _TOKEN.match(data, at):
            at = token.end()
            kind = token.lastgroup
            if kind in ("text", "hex"):
                self._add(token[0] if kind == "text" else bytes.fromhex(token["hex"].decode()))
            elif kind == "brace":
                if self._brace(token[0]):
                    return True
            elif kind == "sign":
                self._sign(token["sign"])
            elif kind in ("word", "number"):
                number = None if token["number"] is None else int(token["number"])
                word = token["word"].decode()
                if word == "bin":
                    at += max(number or 0, 0)
                self._word(word, number)
        return False

    def text(self) -> str:
        body = "".join(self._body).removesuffix("\n")
        notes: list[str] = []
        for sign in ("", "e"):
            texts = ["".join(note.parts).strip() for note in self._notes if note.sign == sign]
            notes += [f"[{sign}{number}] {text}" for number, text in enumerate(texts, 1)]
        return "\n".join([body, "", *notes]) if notes else body

    def _brace(self, brace: bytes) -> bool:
        """Opens or ends a group; whether it was the last."""
        self._flush()
        self._drop, self._starred = 0, False
        if brace == b"{":
            self._groups.append(self._state)
            return False
        self._state = self._groups.pop()
        return not self._groups

    def _add(self, found: bytes) -> None:
        self._starred = False
        dropped = min(self._drop, len(found))
        self._drop -= dropped
        if not (self._state.skipped or self._state.deleted):
            self._bytes += found[dropped:]

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
        elif self._drop:
            self._drop -= 1
        else:
            self._put(_BACKSLASHED.get(sign, ""))

    def _put(self, text: str) -> None:
        self._flush()
        if text and not (self._state.skipped or self._state.deleted):
            self._state.parts.append(text)

    def _flush(self) -> None:
        if not self._bytes:
            return
        codec = self._fonts.get(-1 if self._state.font is None else self._state.font, self.codec)
        decoded = self._bytes.decode(codec, "replace")
        self.unread += decoded.count("\ufffd")
        self._state.parts.append(decoded)
        self._bytes.clear()

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if self._drop and word != "bin":
            self._drop -= 1
            return
        if word in _SIGNS:
            self._put(_SIGNS[word])
        elif word == "u":
            self._put(chr((number or 0) % 0x10000))
            self._drop = self._state.fallback
        elif word in ("row", "nestrow", "page"):
            self._end_row(word)
        else:
            self._flush()
            self._change(word, number, starred=starred)

    def _end_row(self, word: str) -> None:
        self._flush()
        parts = self._state.parts
        if word != "page" and parts and parts[-1] == "\t":
            parts.pop()
        if word != "page" or (parts and not parts[-1].endswith("\n")):
            self._put("\n")

    def _change(self, word: str, number: int | None, *, starred: bool) -> None:
        state = self._state
        on = number != 0
        if word in _SKIPPED or (starred and word not in _READ):
            self._state = replace(state, skipped=True, fonts=word == "fonttbl")
        elif word == "footnote":
            self._notes.append(_Note())
            self._state = replace(state, parts=self._notes[-1].parts)
        elif word == "ftnalt" and self._notes:
            self._notes[-1].sign = "e"
        elif word == "deleted":
            self._state = replace(state, deleted=on)
        elif word == "plain":
            self._state = replace(state, deleted=False, font=self._default)
        elif word == "uc" and number is not None:
            self._state = replace(state, fallback=min(max(number, 0), 8))
        elif word == "f" and number is not None:
            self._state = replace(state, font=number)
        elif number is not None:
            self._code_page(word, number)

    def _code_page(self, word: str, number: int) -> None:
        if word == "deff":
            self._default = number
            self._state = replace(self._state, font=number)
        elif word == "ansicpg" and not self._told:
            self.codec = _known(f"cp{number}") or ("utf-8" if number == 65001 else self.codec)
        elif word == "fcharset" and self._state.fonts and self._state.font is not None:
            codec = _CHARSETS.get(number)
            if codec is not None and not (self._told and number == 0):
                self._fonts[self._state.font] = codec


def _known(codec: str) -> str | None:
    try:
        return codecs.lookup(codec).name
    except LookupError:
        return None


def _codec(encoding: str | None, name: str) -> str | None:
    if encoding is None:
        return None
    known = _known(encoding)
    if known is None:
        raise InputError(
            f"There is no encoding “{encoding}”, in which {name} was to be read: write, for example, cp1252."
        )
    return known
