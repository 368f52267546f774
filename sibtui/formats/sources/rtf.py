"""The reader of rich text (.rtf). It returns the visible text, with one line for each paragraph.

The library striprtf was not used, because its text differs from the visible text. It drops footnotes, mixes tracked
deletions into the text, adds bars between cells, and adds the addresses of links. So quotes would differ too.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.magic import guess_kind
from sibtui.formats.sources.comment_marks import MARK
from sibtui.formats.sources.draft import source_draft
from sibtui.formats.sources.read_options import DEFAULT
from sibtui.formats.sources.rtf_fonts import RtfFonts, known_codec
from sibtui.formats.sources.rtf_lists import DEFINING, OLD_LISTS, RtfLists, RtfText
from sibtui.formats.sources.rtf_parts import (
    RtfComments,
    RtfFormField,
    RtfNote,
    character,
    numbered_notes,
    symbol_field,
)
from sibtui.formats.sources.rtf_words import (
    BACKSLASHED,
    CAPTURED,
    CHARACTERS,
    ENDS,
    FORMULA,
    READ,
    SKIPPED,
    UNCOUNTED,
)
from sibtui.formats.sources.symbols import in_unicode, is_symbol_font, symbol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.sources.read_options import ReadOptions
    from sibtui.model.drafts import SourceDraft
    from sibtui.model.left_out import LeftOutKind

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]+)(?P<number>-?\d{1,10})?[ ]?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<brace>[{}])|[\r\n\0]+|(?P<text>[^\\{}\r\n\0]+)|\\"
)


def read(name: str, data: bytes, *, encoding: str | None = None, options: ReadOptions = DEFAULT) -> list[SourceDraft]:
    """Return the document as a list with one source. A table row becomes a line with tabs between the cells.

    Footnotes and endnotes follow after the text. `encoding` replaces the code page that the file names; it is seldom
    needed. Raises InputError when the file is not rich text, or is cut short.
    """
    if not data.lstrip(b"\xef\xbb\xbf \r\n").startswith(b"{\\rtf"):
        other = guess_kind(data)
        raise InputError(
            f"{name} is not rich text: it {f'seems to be {other}' if other else 'does not begin like rich text'}."
        )
    reader = _RtfReader(_codec(encoding, name))
    if not reader.run(data):
        raise InputError(f"{name} is cut short: its last bracket is missing.")
    return [
        source_draft(
            name,
            data,
            reader.text(),
            encoding=reader.fonts.codec,
            warnings=reader.warnings(),
            left_out=reader.counts,
            comments=reader.comments.drafts,
            options=options,
        )
    ]


@dataclass(frozen=True, slots=True)
class _RtfState:
    """The state of the reader inside a group, which is a part of the file between braces.

    A group begins with a copy of the state of the group around it. After the group, the state of the outer group is
    used again. If the text of the group is not a part of the document's text, `purpose` is the kind of the group,
    such as a comment.
    """

    parts: RtfText
    purpose: str = ""
    skipped: bool = False
    deleted: bool = False
    hidden: bool = False
    uncounted: bool = False  # its pictures are copies
    twin_skipped: bool = False  # skipped before the twin of a text in Unicode, which is read instead of the text
    fallback: int = 1  # characters after \u, for programs that know no Unicode
    font: int | None = None
    fonts: bool = False  # inside the table of fonts
    instruction: bool = False  # inside the instruction of a field
    list_number: int = 0  # the list of the paragraph; 0 is none
    level: int = 0


class _RtfReader:
    """Reads a rich-text file. Such a file has text, control words, and braces around groups.

    Text, notes and comments are collected. Content that is left out, such as pictures, is counted.
    """

    def __init__(self, codec: str | None) -> None:
        self.fonts = RtfFonts(codec)
        self.counts: Counter[LeftOutKind] = Counter()
        self.comments = RtfComments()
        self.lists = RtfLists()
        self._body = RtfText()
        self._notes: list[RtfNote] = []
        self._field = RtfFormField()
        self._instruction: list[str] = []
        self._state = _RtfState(self._body)
        self._groups: list[_RtfState] = []
        self._bytes = bytearray()  # not decoded yet: a character may be several bytes
        self._drop = 0
        self._starred = False
        self._passage: LeftOutKind | None = None  # a passage may consist of many groups, and counts once

    def run(self, data: bytes) -> bool:
        """Read the file. Return False if the file is cut short, so that its outermost group does not end."""
        at = data.index(b"{")
        while token := _TOKEN.match(data, at):
            at = token.end()
            kind = token.lastgroup
            if kind in ("text", "hex"):
                self._add(token[0] if kind == "text" else bytes.fromhex(token["hex"].decode()))
            elif kind == "brace":
                if self._brace(token[0]):
                    self.counts["word after the end"] = len(data[at:].replace(b"\0", b" ").split())
                    return True
            elif kind == "symbol":
                self._symbol(token["symbol"])
            elif kind in ("word", "number"):
                number = None if token["number"] is None else int(token["number"])
                word = token["word"].decode()
                if word == "bin":
                    at += max(number or 0, 0)
                self._word(word, number)
        return False

    def warnings(self) -> Iterator[str]:
        """Yield warnings, without full stops, about characters and list numbers that could not be read."""
        yield from self.fonts.warnings()
        yield from self.lists.warnings()

    def text(self) -> str:
        """Return the text of the document, followed by the footnotes [1], [2] … and the endnotes [e1], [e2] …"""
        notes = list(numbered_notes(self._notes))
        body = "".join(self._body).removesuffix("\n")
        return "\n".join([body, "", *notes]) if notes else body

    def _brace(self, brace: bytes) -> bool:
        """Begin or end a group (a part between braces). Return whether the outermost group has ended."""
        self._flush()
        self._drop, self._starred = 0, False
        if brace == b"{":
            self._groups.append(self._state)
            return False
        ended, self._state = self._state, self._groups.pop()
        if ended.purpose and ended.parts is not self._state.parts:
            self._collected(ended.purpose, "".join(ended.parts))
        if ended.purpose == "listlevel" != self._state.purpose:
            self.lists.end_level(self.fonts.name(ended.font))
        if ended.instruction and not self._state.instruction:
            self._end_instruction()
        return not self._groups

    def _end_instruction(self) -> None:
        """End the instruction of a field. If it names a symbol, add this symbol to the text.

        The text that the file gives as the result of such a field is skipped, because many programs leave it empty.
        """
        point, font = symbol_field("".join(self._instruction))
        self._instruction.clear()
        if point is None:
            return
        shown = symbol(font, point) or ("" if is_symbol_font(font) else character(point, self.fonts.codec))
        if shown:
            self._put(shown)
            self._state = replace(self._state, skipped=True)
        else:
            self.counts["symbol"] += 1

    def _collected(self, purpose: str, text: str) -> None:
        """Use the text of a special group (a part between braces), such as a comment or the label of a list item.

        `purpose` is the kind of the group, and decides how the text is used.
        """
        if purpose == "header":
            self.counts["header or footer"] += bool(text.strip())
        elif purpose == "label":
            label = " ".join(text.split())
            self._state.parts.labelled = True
            self._put(f"{label} " if label else "")
        elif purpose == "leveltext":
            self.lists.define_text(text)
        elif purpose == "ffl":
            self._field.values.append(text.strip())
        elif purpose == "formfield":
            self._begin_paragraph()
            self._state.parts.append(self._field.text())
            self._field = RtfFormField()
        elif purpose != "listlevel":
            self._begin_paragraph()
            self._state.parts.append(self.comments.take(purpose, text))

    def _add(self, data: bytes) -> None:
        self._starred = False
        dropped = min(self._drop, len(data))
        self._drop -= dropped
        self._bytes += data[dropped:]

    def _symbol(self, symbol: bytes) -> None:
        if symbol == b"*":
            self._starred = True
        elif self._drop:
            self._drop -= 1
        else:
            self._put(BACKSLASHED.get(symbol, ""))
            if symbol in b"\r\n" and not self._state.skipped:  # the paragraphs of TextEdit end so
                self._state.parts.end_paragraph()

    def _put(self, text: str) -> None:
        self._flush()
        self._keep(text)

    def _keep(self, text: str) -> None:
        """Add text to the document or to a note, or count it as left out. The state of the group decides which."""
        state = self._state
        if state.fonts:
            self.fonts.add_name(state.font, text)
        elif state.skipped or not text:
            if state.instruction:
                self._instruction.append(text)
        elif state.deleted or state.hidden:
            self._leave_out("tracked deletion" if state.deleted else "hidden passage", text)
        elif state.purpose == "leveltext":
            state.parts.append(text)
        else:
            self._begin_paragraph()
            known, unknown = in_unicode(text, self.fonts.name(state.font))
            self.counts["symbol"] += unknown
            state.parts.append(known.replace(MARK, ""))
            self._passage = self._passage if text.isspace() else None

    def _begin_paragraph(self) -> None:
        """Write the number or bullet of a paragraph before its first text; do nothing if it has text already."""
        state = self._state
        if state.parts.begun or state.purpose not in ("", "annotation"):
            return
        state.parts.begun = True
        if state.list_number:
            label = self.lists.label(state.list_number, state.level, labelled=state.parts.labelled)
            state.parts.append(label)
        elif state.parts.old_list and not state.parts.labelled:
            self.lists.missing += 1

    def _leave_out(self, kind: LeftOutKind, text: str) -> None:
        """Count a passage of this kind as left out. A passage that consists of several groups counts once."""
        if self._passage != kind and not text.isspace():
            self.counts[kind] += 1
            self._passage = kind

    def _flush(self) -> None:
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        state = self._state
        counted = not (state.skipped or state.deleted or state.hidden)
        self._keep(self.fonts.decode(data, state.font, counted=counted))

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if self._drop and word != "bin":
            self._drop -= 1
            return
        if word in CHARACTERS:
            self._put(CHARACTERS[word])
            if word in ENDS and not self._state.skipped:
                self._state.parts.end_paragraph()
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
            parts.begun = True  # the end of a row is no paragraph with a number
            self._put("\n")
            parts.end_paragraph()

    def _change(self, word: str, number: int | None, *, starred: bool) -> None:
        self._count(word)
        if word in UNCOUNTED:
            self._state = replace(self._state, uncounted=True)
        if word == "ftnalt" and self._notes:
            self._notes[-1].prefix = "e"
        elif word in FORMULA:
            self._put(FORMULA[word])
        elif not (self._begin_apart(word) or self._begin_skipped(word, starred=starred)):
            self._format(word, number, on=number != 0)

    def _begin_apart(self, word: str) -> bool:
        """Begin a group whose text does not belong to the main text, such as a note.

        Return False if the control word `word` begins no such group.
        """
        state = self._state
        if word in CAPTURED:
            self._state = replace(state, parts=RtfText(), purpose=CAPTURED[word], skipped=False, fonts=False)
            if word == "listlevel":
                self.lists.define(word, 0)
        elif word == "footnote":
            note = RtfNote(state.parts, len(state.parts))
            state.parts.append("")
            self._notes.append(note)
            self._state = replace(state, parts=note.parts)
        return word in CAPTURED or word == "footnote"

    def _begin_skipped(self, word: str, *, starred: bool) -> bool:
        r"""Return whether a control word begins a skipped group (a part between braces). If so, begin the group.

        `starred` is set if `\*` is before the word.
        """
        state = self._state
        if word == "fonttbl":
            self._state = replace(state, skipped=True, fonts=True)
        elif word == "fldinst":
            self._state = replace(state, skipped=True, fonts=False, instruction=True)
        elif word == "upr":
            self._state = replace(state, skipped=True, twin_skipped=state.skipped)
        elif word == "ud":
            self._state = replace(state, skipped=state.twin_skipped)
        elif word in SKIPPED or (starred and word not in READ) or (word[:1] == "m" and word.endswith("Pr")):
            self._state = replace(state, skipped=True, fonts=False)
        else:
            return False
        return True

    def _count(self, word: str) -> None:
        """Count a picture or an embedded file as left out, if the control word `word` begins one."""
        state = self._state
        if word == "pict" and not state.uncounted and state.purpose != "header":
            self.counts["picture"] += 1
        elif word == "objdata" and not state.uncounted:
            self.counts["embedded file"] += 1

    def _format(self, word: str, number: int | None, *, on: bool) -> None:
        """Apply a control word that changes the state of the group or a property of the document.

        For example, the word `v` makes the text hidden, and `v0` ends this. `number` is the number after the word; None
        if there is none. `on` is False if this number is 0.
        """
        state = self._state
        if word == "deleted":
            self._state = replace(state, deleted=on)
        elif word == "v":
            self._state = replace(state, hidden=on)
        elif word == "plain":
            self._state = replace(state, deleted=False, hidden=False, font=self.fonts.default)
        elif word == "pard":
            state.parts.old_list = False
            self._state = replace(state, list_number=0, level=0)
        elif word in OLD_LISTS:
            state.parts.old_list = OLD_LISTS[word]
        elif word in DEFINING and (state.skipped or state.purpose == "listlevel"):
            self.lists.define(word, number or 0)
        elif number is None:
            self.fonts.set(word, None, None)
        else:
            self._set_number(word, number)

    def _set_number(self, word: str, number: int) -> None:
        """Apply a control word and its number. For example, the word `f` with the number 2 selects the font 2."""
        state = self._state
        if word == "ls":
            self._state = replace(state, list_number=number)
        elif word == "ilvl":
            self._state = replace(state, level=number)
        elif word == "uc":
            self._state = replace(state, fallback=min(max(number, 0), 8))
        elif word == "f":
            self._state = replace(state, font=number)
        elif word == "deff":
            self.fonts.default = number
            self._state = replace(state, font=number)
        elif word == "deflang":
            self.lists.set_language(number)
        elif word.startswith("ff"):
            self._field.set(word, number)
        else:
            self.fonts.set(word, number, state.font if state.fonts else None)


def _codec(encoding: str | None, name: str) -> str | None:
    if encoding is None:
        return None
    known = known_codec(encoding)
    if known is None:
        raise InputError(f"{name} was not read: there is no encoding “{encoding}”; write, for example, cp1252.")
    return known
