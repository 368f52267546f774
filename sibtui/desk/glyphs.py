"""Which code points are drawn together, and how many cells they take: in the compositor's own measure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Sequence

TAB = 4

# Letters and signs of one cell that never join with a neighbour (a test holds each against rich.cells). Curly quotes and dashes are
# in: nearly every note has them, and `str.isascii` would send all of it the slow way.
NARROW = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u0384-\u0386\u0388-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u05d0-\u05ea\u0620-\u064a\u066e-\u066f\u0671-\u06d3\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2190-\u21ff\u2400-\u2421\u2500-\u25fc\ufffd"
)
WIDE = "\u3041-\u3096\u30a1-\u30fa\u3001-\u3003\u3005-\u3011\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
COMPLEX = re.compile(f"[^\n{NARROW}]")
"""A code point that needs more than counting: a wide one, a tab, one that may join with its neighbours."""

Glyph = tuple[int, int, int]
"""Start, end, cells."""

_MOST_A_CELL = 16
"""Code points that are looked at for each cell of a text that is cut: it may be a whole document."""
_JOINER = "\u200d"
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")


def graphemes(text: str) -> Sequence[Glyph]:
    """What is drawn as one, in order and without gaps; tabs have 0 cells here, since their width depends on where they stand."""
    if "\t" not in text:
        return _joined(text)
    found: list[Glyph] = []
    at = 0
    for piece in text.split("\t"):  # rich takes a tab to belong to the letter before it
        found += [(at + start, at + end, cells) for start, end, cells in _joined(piece)]
        at += len(piece) + 1
        found.append((at - 1, at, 0))
    return found[:-1]


def _joined(text: str) -> Sequence[Glyph]:
    """As rich has it, with the two letters of a flag together."""
    spans, _ = split_graphemes(text)
    if spans and spans[0][2] == 0:
        spans = _behind_a_letter(text)
    if _REGIONAL.search(text) is None:
        return spans
    joined: list[Glyph] = []
    waiting = False
    for start, end, cells in spans:
        regional = _REGIONAL.match(text, start) is not None
        if regional and waiting:
            first = joined[-1]
            joined[-1] = (first[0], end, first[2] + cells)
            waiting = False
        else:
            joined.append((start, end, cells))
            waiting = regional
    return joined


def _behind_a_letter(text: str) -> list[Glyph]:
    """Of a text that begins with what has no cells: rich counts what follows that otherwise than where it draws it, unless a letter is before."""
    (_, end, cells), *others = split_graphemes(f"x{text}")[0]
    first = [(0, end - 1, cells - 1)] if end > 1 else []
    return [*first, *((start - 1, end - 1, cells) for start, end, cells in others)]


def fitted(text: str, cells: int) -> str:
    """The text, without tabs, cut or filled up to just so many cells. A joiner at its end, which would join the blanks, goes."""
    text = text.rstrip(_JOINER)
    size = cell_len(text)
    if size > cells:
        text, size = text[: max(0, cells) * _MOST_A_CELL], 0
        end = 0
        for _, last, width in graphemes(text):
            if size + width > cells:
                break
            end, size = last, size + width
        text = text[:end].rstrip(_JOINER)
    return text + " " * (cells - size)


def placed(text: str, start: int, end: int) -> list[tuple[int, int, int, int]]:
    """The glyphs of a row as (start, end, column, cells), with offsets of the whole text; tabs reach to the next stop."""
    found: list[tuple[int, int, int, int]] = []
    column = 0
    for first, last, told in graphemes(text[start:end]):
        cells = TAB - column % TAB if text[start + first] == "\t" else told
        found.append((start + first, start + last, column, cells))
        column += cells
    return found
