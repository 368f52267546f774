"""Excerpts of notes as lines: a quote in its context, with the quote highlighted."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from sibtui.model.text import inert
from sibtui.tui.note.layout import NoteLayout

if TYPE_CHECKING:
    from sibtui.tui.widgets.text_lines import Line


_WHITESPACE = re.compile("[ \t\n]+")


def quoted(before: str, quote: str, after: str, cells: int) -> list[Line]:
    """Return a quote (style “strong”) and the text around it (style “quiet”) as lines of at most `cells` cells."""
    layout = NoteLayout(inert(before + quote + after), cells)
    first, last = len(before), len(before) + len(quote)
    lines: list[Line] = []
    for row in range(len(layout)):
        start, end = layout.row(row)
        cuts = sorted({start, end, *(at for at in (first, last) if start < at < end)})
        lines.append(
            [
                (layout.text[low:high], "strong" if first <= low < last else "quiet")
                for low, high in itertools.pairwise(cuts)
            ]
        )
    return lines


def in_a_row(before: str, quote: str, after: str, lead: int = 28) -> tuple[str, tuple[int, int]]:
    """Return (row, range): a quote with the text around it, and the range (start, end) of the quote in this row.

    Only text of the same paragraph is included, with at most `lead` code points before the quote.
    """
    near = before.rpartition("\n\n")[2]
    if len(near) > lead:
        near = near[-lead:]
        near = "…" + near.partition(" ")[2]
    near = _collapsed(near).lstrip()
    quote = _collapsed(quote)
    text = near + quote + _collapsed(after.partition("\n\n")[0])
    return text, (len(near), len(near) + len(quote))


def _collapsed(text: str) -> str:
    """Return the text with one space in place of each run of spaces, tabs and newlines."""
    return _WHITESPACE.sub(" ", text)
