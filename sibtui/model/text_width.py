"""The width of texts in terminal columns, and their grapheme clusters (the characters that a reader sees).

The only control characters in these texts are tabs. The library wcwidth measures the width, because it counts the
vowel signs of Indic scripts as terminals draw them. rich.cells (15.0, November 2026) gives these signs no column.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Characters of one column that never join with a neighbour (a test compares each with wcwidth). Most texts have only such
# characters, and their width is their length.
NARROW = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u0384-\u0386\u0388-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u05d0-\u05ea\u0620-\u064a\u066e-\u066f\u0671-\u06d3\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u2070\u2071\u2074-\u208e"
    "\u20a0-\u20bf\u2190-\u21ff\u2400-\u2421\u2500-\u25fc\ue000\ufffd"
)
WIDE = "\u3041-\u3096\u30a1-\u30fa\u3001-\u3003\u3005-\u3011\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
"""Ranges of characters that take two terminal columns."""

TAB = 4
"""The number of terminal columns from one tab stop to the next."""

Glyph = tuple[int, int, int]
"""A grapheme cluster (a character that a reader sees), as (start, end, number of terminal columns)."""

_MOST_A_COLUMN = 16
"""The number of code points per column that are measured when a text is cut to a number of columns.

The limit is needed because the text may be a whole document.
"""
_JOINER = "\u200d"


def is_narrow(text: str) -> bool:
    """Return whether each code point of a text takes one terminal column.

    The width of the text is then the number of its code points.
    """
    if text.isascii():
        return True
    is_compiled = _narrow_text.cache_info().currsize > 0
    if not is_compiled and len(text) <= _SHORT and text.translate(_COMMON).isascii():
        return True
    return _narrow_text().fullmatch(text) is not None


_SHORT = 4_000
"""The length of a text from which the pattern is faster than a translation, although it must be compiled first."""
_COMMON = dict.fromkeys(map(ord, "–—‘’“”…·•†‡○◐◑●▸▾▎▐│←→↑↓×½²³¹⁰⁴⁵⁶⁷⁸⁹─§°äöüÄÖÜßéèàç"), "-")
"""A map: common narrow character → an ASCII character.

Most texts with other than ASCII characters have only these. Compiling the pattern takes longer than drawing a table.
"""


@cache
def _narrow_text() -> re.Pattern[str]:
    """Return the regular expression for texts in which every character takes one terminal column.

    It is compiled only if a text has non-ASCII characters.
    """
    return re.compile(f"[{NARROW}]*")


def width_of(text: str) -> int:
    """Return the number of terminal columns of a text.

    Wide characters and emoji take two columns; combining and invisible characters take none.
    """
    if is_narrow(text):
        return len(text)
    return sum(columns for _, _, columns in graphemes(text))


def graphemes(text: str) -> Sequence[Glyph]:
    """Return the grapheme clusters (characters that a reader sees) of a text, in order and without gaps.

    A cluster without width, such as a zero-width space, is joined with the cluster before it. A tab is not joined.
    Its width is 0 here, because the real width depends on its position.
    """
    from wcwidth import iter_graphemes, wcswidth

    glyphs: list[Glyph] = []
    start = 0
    for cluster in iter_graphemes(text):
        end, columns = start + len(cluster), max(0, wcswidth(cluster))
        if columns == 0 and start and cluster != "\t" and text[start - 1] != "\t":
            start = glyphs.pop()[0]
            columns = max(0, wcswidth(text[start:end]))
        glyphs.append((start, end, columns))
        start = end
    return glyphs


def place_glyphs(text: str, start: int, end: int) -> list[tuple[int, int, int, int]]:
    """Return the visible characters of one row of a text, as (start, end, first column, number of columns).

    The row is from `start` to before `end`; all offsets are those of the whole text. A tab fills the columns up to the
    next tab stop.
    """
    glyphs: list[tuple[int, int, int, int]] = []
    column = 0
    for first, last, width in graphemes(text[start:end]):
        columns = TAB - column % TAB if text[start + first] == "\t" else width
        glyphs.append((start + first, start + last, column, columns))
        column += columns
    return glyphs


def fitted(text: str, columns: int) -> str:
    """Return the text, cut or filled with spaces to take exactly `columns` terminal columns.

    The text must have no tabs. A zero-width joiner (U+200D) at the end is removed, because it would join with a
    space.
    """
    text = text.rstrip(_JOINER)
    head = text[: max(0, columns) + 1]
    if is_narrow(head):  # one character more than fits: it joins with none before it
        return head[: max(0, columns)].ljust(columns)
    end = used = 0
    for _, last, width in graphemes(text[: max(0, columns) * _MOST_A_COLUMN]):
        if used + width > columns:
            break
        end, used = last, used + width
    return text[:end].rstrip(_JOINER) + " " * (columns - used)
