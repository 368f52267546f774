"""Parts of rich text that do not belong to the main text: notes, comments and form fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from sibtui.formats.sources import comment_marks
from sibtui.formats.sources.rtf_lists import RtfText
from sibtui.model.drafts import CommentDraft

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_RESULT = 25
"""The stored result of a check box that has its default value."""


@dataclass(slots=True)
class RtfNote:
    """A footnote, or an endnote if `prefix` is “e”. `parts` has its text.

    `within` is the text that refers to the note, as a list of parts. The part `within[at]` is the reference.
    """

    within: list[str]
    at: int
    parts: RtfText = field(default_factory=RtfText)
    prefix: str = ""


def numbered_notes(notes: list[RtfNote]) -> Iterator[str]:
    """Yield the notes, each after its number. The number is also written into the text that refers to the note.

    Footnotes have the numbers [1], [2] …, and endnotes [e1], [e2] …
    """
    for prefix in ("", "e"):
        for number, note in enumerate((note for note in notes if note.prefix == prefix), 1):
            note.within[note.at] = f"[{prefix}{number}]"
    for prefix in ("", "e"):
        for number, note in enumerate((note for note in notes if note.prefix == prefix), 1):
            yield f"[{prefix}{number}] {''.join(note.parts).strip()}"


class RtfComments:
    """Collects the comments of a rich-text document.

    In the file, the passage of a comment is marked by an id. The text of the comment follows later.
    """

    def __init__(self) -> None:
        self.drafts: list[CommentDraft] = []
        self._numbers: dict[str, int] = {}
        self._author = ""
        self._reference: str | None = None
        self._created: str | None = None

    def take(self, purpose: str, text: str) -> str:
        """Store the text of a group (a part between braces) that belongs to a comment.

        Return the marker to put into the text, or an empty text. There is a marker for the start and the end of a
        commented passage, and for a comment without a passage. `purpose` is the control word of the group.
        """
        content = text.strip()
        if purpose == "atrfstart":
            return comment_marks.start(self._number(content))
        if purpose == "atrfend":
            return comment_marks.end(self._number(content))
        if purpose == "atnauthor":
            self._author = content
        elif purpose == "atnref":
            self._reference = content
        elif purpose == "atndate":
            self._created = _moment(content)
        elif purpose == "annotation":
            return self._add(content)
        return ""

    def _add(self, content: str) -> str:
        has_passage = self._reference in self._numbers
        number = self._number(self._reference if has_passage and self._reference else f"at {len(self.drafts)}")
        self.drafts[number] = replace(self.drafts[number], text=content, author=self._author, created=self._created)
        self._author, self._reference, self._created = "", None, None
        return "" if has_passage else comment_marks.start(number)

    def _number(self, reference: str) -> int:
        if reference not in self._numbers:
            self._numbers[reference] = len(self.drafts)
            self.drafts.append(CommentDraft(""))
        return self._numbers[reference]


_SYMBOL = re.compile(
    r"""\s*SYMBOL\s+(?P<point>0x[0-9a-f]{1,4}|\d{1,5})(?:.*?\\f\s*"?(?P<font>[^"\\]+))?""", re.IGNORECASE
)


def symbol_field(instruction: str) -> tuple[int | None, str]:
    """Return (character number, font name) of the character that a field shows; (None, "") if it shows none.

    `instruction` is the text of the field in the file. Only a SYMBOL field shows a character.
    """
    found = _SYMBOL.match(instruction)
    if found is None:
        return None, ""
    point = found["point"].lower()
    return int(point, 16 if point.startswith("0x") else 10), (found["font"] or "").strip()


def character(point: int, codec: str) -> str:
    """Return the character with the number `point`; an empty text when there is none.

    A number up to 255 is looked up in the code page `codec`, any other number in Unicode.
    """
    return bytes([point]).decode(codec, "ignore") if point < 256 else chr(point) if point < 0xD800 else ""


def _moment(packed: str) -> str | None:
    """Return the timestamp that is packed into a number; None if it is not valid.

    The bits of the number have the minute, hour, day, month, and years since 1900.
    """
    if not packed.isdecimal() or len(packed) > 10:
        return None
    bits = int(packed)
    minute, hour, day, month, year = bits & 63, bits >> 6 & 31, bits >> 11 & 31, bits >> 16 & 15, bits >> 20 & 511
    try:
        return datetime(1900 + year, month, day, hour, minute, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None


@dataclass(slots=True)
class RtfFormField:
    """A form field. `kind` is 0 for a text, 1 for a check box and 2 for a list of choices.

    `values` are the choices of a list. `result` is the state of the field: whether a box is checked, or the index of
    the selected choice. `default` is the state before a person has used the field.
    """

    kind: int = 0
    result: int = _NO_RESULT
    default: int = 0
    values: list[str] = field(default_factory=list)

    def set(self, word: str, number: int) -> None:
        """Apply a control word and its number, which together set a property of the field."""
        if word == "fftype":
            self.kind = number
        elif word == "ffres":
            self.result = number
        elif word == "ffdefres":
            self.default = number

    def text(self) -> str:
        """Return the text that a check box or a list of choices shows; empty for a field of another kind."""
        chosen = self.default if self.result == _NO_RESULT else self.result
        if self.kind == 1:
            return "☒" if chosen else "☐"
        return self.values[chosen] if self.kind == 2 and 0 <= chosen < len(self.values) else ""
