"""Codes in the comments of a document.

Many researchers code in a word processor: they write names of codes into comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from sibtui.model.codebook import split_path
from sibtui.model.folding import name_key
from sibtui.model.frozen import dataclass

_PREFIX = re.compile(
    r"\s*(?:codes?|kodes?|códigos?|codici|codice|tags?)\s*[:=]\s*(?P<names>\S.*)|\s*#(?P<tag>[^\s#][^#]*)",
    re.IGNORECASE,
)
_MARKED = re.compile(r"\s*(?P<code>\S.*) \((?P<marks>(?:counters|tentative)(?:, (?:counters|tentative))*)\)\s*")
"""The pattern of a comment that sibtui itself has written into a Word document: a code, with its stance or certainty in parentheses."""
_LONGEST, _MOST_WORDS = 80, 8
_SENTENCE = re.compile(r"[.!?…]\s*$|[.!?]\s+\S")


@dataclass(frozen=True, slots=True)
class CommentReading:
    """The content of a comment: the codes that it names, and the rest of its text as `memo`.

    `Trust (counters)` sets `counters`, and `Trust (tentative)` sets `tentative`. `Trust (counters, tentative)` sets
    both.
    """

    codes: tuple[str, ...] = ()
    memo: str = ""
    counters: bool = False
    tentative: bool = False


class CommentReader:
    """Finds codes of the codebook in comments.

    A comment may name a code without its theme if only one code has this name.
    """

    def __init__(self, paths: Iterable[str], *, every: bool = False) -> None:
        """With `every`, each short comment counts as the name of a code, even if the codebook has no such code.

        `paths` are the codes of the codebook.
        """
        self._every = every
        self._known: dict[str, str | None] = {}
        for path in paths:
            name = name_key(split_path(path)[-1])
            self._known[name] = None if name in self._known else path
        self._known |= {name_key(path): path for path in paths}

    def read(self, text: str) -> CommentReading:
        """Return the codes that a comment names, and the rest of its text.

        A line of the comment is read as codes in one of these forms:

        - `Trust` or `Trust; Costs`: codes of the codebook, separated by semicolons or commas.
        - `Code: Trust; Costs` or `#Trust`: any codes, even if the codebook does not have them.
        - `Trust: the rest`: a code of the codebook, followed by other text.
        - `Trust (counters, tentative)`: a code of the codebook with a stance or a certainty. This form is only for the
          first line. Then all lines below it are text, not codes.
        """
        first, _, below = text.partition("\n")
        marked = _MARKED.fullmatch(first)
        if marked is not None and (path := self._known.get(name_key(marked["code"]))):
            marks = marked["marks"].split(", ")
            return CommentReading((path,), below.strip(), "counters" in marks, "tentative" in marks)
        codes: dict[str, None] = {}
        rest: list[str] = []
        for line in text.split("\n"):
            found, memo = self._line(line)
            codes |= dict.fromkeys(found)
            rest += [memo] if memo else []
        return CommentReading(tuple(codes), "\n".join(rest))

    def _line(self, line: str) -> tuple[list[str], str]:
        """Return (codes that a line names, the rest of the line)."""
        line = line.strip()
        prefix = _PREFIX.fullmatch(line)
        if prefix is not None:
            return [
                self._known.get(name_key(name)) or name for name in self._names(prefix["names"] or prefix["tag"])
            ], ""
        names = self._names(line)
        known = [self._known.get(name_key(name)) for name in names]
        if names and all(known):
            return [path for path in known if path], ""
        before, colon, after = line.partition(":")
        if colon and (path := self._known.get(name_key(before))):
            return [path], after.strip()
        if self._every and names and all(map(_may_be_code, names)):
            return [path or name for path, name in zip(known, names, strict=True)], ""
        return [], line

    def _names(self, text: str) -> list[str]:
        """Return the parts of a text that may be names, divided at semicolons.

        A text without semicolons is divided at its commas if each part is then the name of a code.
        """
        if self._known.get(name_key(text)):
            return [text.strip()]
        parts = [part.strip() for part in text.split(";") if part.strip()]
        commas = [part.strip() for part in text.split(",") if part.strip()]
        return commas if len(parts) == 1 and all(self._known.get(name_key(part)) for part in commas) else parts


def _may_be_code(name: str) -> bool:
    """Return whether a text can be the name of a code: it is short and is not a sentence."""
    return len(name) <= _LONGEST and len(name.split()) <= _MOST_WORDS and not _SENTENCE.search(name)
