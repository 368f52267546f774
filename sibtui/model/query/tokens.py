"""The tokens (parts) of a query: words, quoted names, comparisons and brackets, each with its position in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from sibtui.errors import QueryError
from sibtui.model.frozen import dataclass

QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“", "«": "»", "‘": "’"}
"""A map: quotation mark that begins a name → mark that ends it.

The map also has typographic marks, because word processors replace the marks of the keyboard.
"""
_SPACE = re.compile(r"\s+")
_SIGN = re.compile(r"!=|<=|>=|[=<>()]")
_WORD = re.compile(r"[^\s()=<>!\"“”„«»]+")

TokenKind = Literal["word", "name", "sign", "end"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a quoted name, a sign, or the end of a query. `at` is the position of the first character, from 1.

    `text` is the text of the token; a quoted name is without the quotation marks.
    """

    kind: TokenKind
    text: str
    at: int
    end: int = 0


def tokens(text: str) -> Iterator[Token]:
    """Yield the tokens of a query, followed by a token of the kind “end”.

    Raises QueryError for a name without a closing quotation mark.
    """
    at = 0
    while at < len(text):
        if space := _SPACE.match(text, at):
            at = space.end()
            continue
        token = _token(text, at)
        yield token
        at = token.end
    yield Token("end", "", at + 1, at)


def _token(text: str, at: int) -> Token:
    if text[at] in QUOTES:
        return _name(text, at, QUOTES[text[at]])
    if sign := _SIGN.match(text, at):
        return Token("sign", sign[0], at + 1, sign.end())
    if word := _WORD.match(text, at):
        return Token("word", word[0], at + 1, word.end())
    raise QueryError(at + 1, f"“{text[at]}” has no meaning here.")


def _name(text: str, at: int, closing: str) -> Token:
    """Return the quoted name whose opening quotation mark is at the offset `at`.

    `closing` is the closing quotation mark. Inside a name, this mark is written twice, and is read as one.
    """
    parts: list[str] = []
    start = at + 1
    while True:
        end = text.find(closing, start)
        if end < 0:
            raise QueryError(at + 1, "the quotation mark is not closed.")
        parts.append(text[start:end])
        if text[end + 1 : end + 2] != closing:
            return Token("name", closing.join(parts), at + 1, end + 1)
        start = end + 2
