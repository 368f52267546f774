"""Placeholders in a manuscript: `{{ matrix table-1 }}`, `{{ count "Rate card" in "SIB A" }}`, `{{ quote 214 }}`.

The text of a placeholder begins with a letter. A space or a line end separates the text from the braces on each
side. Double braces of LaTeX and BibTeX have no such spaces, so they are not changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from sibtui.errors import InputError
from sibtui.model.frozen import dataclass
from sibtui.model.query.tokens import tokens
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACEHOLDER = re.compile(r"\{\{\s+([a-zA-Z][^{}]*?)\s+\}\}")
_FORMS = '`matrix NAME`, `count "CODE" in "CASE"` or `quote NUMBER`'

PlaceholderKind = Literal["matrix", "count", "quote"]


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A placeholder in a manuscript. `name` is the item that it shows.

    For a matrix, `name` is the name of the matrix. For a quote, it is the id of the coding. For a count, it is a
    code or a row (`matrix / row`), and `column` is the column whose quotes are counted.
    """

    kind: PlaceholderKind
    name: str
    column: str = ""


def parse_placeholder(text: str) -> Placeholder:
    """Return the placeholder with this text between its braces. Raises InputError if the text is wrong.

    >>> parse_placeholder('count "Rate card" in "SIB A"')
    Placeholder(kind='count', name='Rate card', column='SIB A')
    """
    word, _, rest = " ".join(text.split()).partition(" ")
    match word:
        case "matrix" if rest:
            return Placeholder("matrix", _name(rest))
        case "quote" if rest.isascii() and rest.isdigit() and len(rest) < 10:
            return Placeholder("quote", rest)
        case "count" if rest:
            return _count(rest)
        case _:
            raise InputError(f"“{one_line(text, 60)}” is no placeholder: write {_FORMS}.")


def _count(rest: str) -> Placeholder:
    found = [token for token in tokens(rest) if token.kind != "end"]
    if len(found) == 1 and found[0].kind == "name":
        return Placeholder("count", found[0].text)
    if len(found) == 3 and found[1].text == "in" and found[0].kind == found[2].kind == "name":
        return Placeholder("count", found[0].text, found[2].text)
    raise InputError(f'“count {one_line(rest, 60)}” is no placeholder: write count "CODE" in "CASE".')


def _name(rest: str) -> str:
    found = list(tokens(rest))
    return found[0].text if len(found) == 2 and found[0].kind == "name" else rest


def line_of(text: str, offset: int) -> int:
    """Return the number of the line at an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1


def placeholders(text: str) -> Iterator[re.Match[str]]:
    return PLACEHOLDER.finditer(text)
