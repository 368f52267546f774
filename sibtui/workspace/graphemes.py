"""Grapheme clusters and their width in cells, measured as the compositor does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, split_graphemes

if TYPE_CHECKING:
    from collections.abc import Sequence

TAB = 4

# Characters of one cell that never join with a neighbour (a test compares each with rich.cells). Curly quotes and dashes are
# included: nearly every note has them, and `str.isascii` would send such a note through the slow path.
NARROW = (
    "\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u0384-\u0386\u0388-\u038a\u038e-\u03a1\u03a3-\u0482\u048a-\u052f"
    "\u05d0-\u05ea\u0620-\u064a\u066e-\u066f\u0671-\u06d3\u1e00-\u1eff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf"
    "\u2190-\u21ff\u2400-\u2421\u2500-\u25fc\ufffd"
)
WIDE = "\u3041-\u3096\u30a1-\u30fa\u3001-\u3003\u3005-\u3011\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff60"
COMPLEX = re.compile(f"[^\n{NARROW}]")
"""A code point that must be measured: a wide one, a tab, or one that may join with its neighbours."""

Glyph = tuple[int, int, int]
"""Start, end, cells."""

_MOST_A_CELL = 16
"""The number of code points measured per cell when a text is cut: the text may be a whole document."""
_JOINER = "\u200d"
_REGIONAL = re.compile("[\U0001f1e6-\U0001f1ff]")


def graphemes(text: str) -> Sequence[Glyph]:
    """Return the grapheme clusters in order and without gaps. A tab has 0 cells, because its width depends on its column."""
    if "\t" not in text:
        return _joined(text)
    glyphs: list[Glyph] = []
    at = 0
    for piece in text.split("\t"):  # rich joins a tab with the letter before it
        glyphs += [(at + start, at + end, cells) for start, end, cells in _joined(piece)]
        at += len(piece) + 1
        glyphs.append((at - 1, at, 0))
    return glyphs[:-1]


def _joined(text: str) -> Sequence[Glyph]:
    """Return the clusters that rich finds, with the two letters of a flag joined."""
    spans, _ = split_graphemes(text)
    if spans and spans[0][2] == 0:
        spans = _split_after_letter(text)
    if _REGIONAL.search(text) is None:
        return spans
    joined: list[Glyph] = []
    half_flag = False
    for start, end, cells in spans:
        regional = _REGIONAL.match(text, start) is not None
        if regional and half_flag:
            first = joined[-1]
            joined[-1] = (first[0], end, first[2] + cells)
            half_flag = False
        else:
            joined.append((start, end, cells))
            half_flag = regional
    return joined


def _split_after_letter(text: str) -> list[Glyph]:
    """Return the clusters of a text that begins with a code point of no cells.

    rich miscounts the cells that follow such a code point at the start of a text, so a letter is put before it.
    """
    (_, end, cells), *others = split_graphemes(f"x{text}")[0]
    first = [(0, end - 1, cells - 1)] if end > 1 else []
    return [*first, *((start - 1, end - 1, cells) for start, end, cells in others)]


def fitted(text: str, cells: int) -> str:
    """Return a text without tabs, cut or padded to exactly `cells` cells.

    A joiner at its end is removed, because it would join with the padding.
    """
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


def place_glyphs(text: str, start: int, end: int) -> list[tuple[int, int, int, int]]:
    """Return the glyphs of a row as (start, end, column, cells). Offsets are those of the whole text.

    A tab reaches to the next tab stop.
    """
    glyphs: list[tuple[int, int, int, int]] = []
    column = 0
    for first, last, width in graphemes(text[start:end]):
        cells = TAB - column % TAB if text[start + first] == "\t" else width
        glyphs.append((start + first, start + last, column, cells))
        column += cells
    return glyphs
