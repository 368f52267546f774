"""Passages of notes as lines: a quote in its context, what is quoted standing out."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from sibtui.model.text import inert
from sibtui.tui.note.layout import Layout

if TYPE_CHECKING:
    from sibtui.tui.widgets.lines import Line


_BLANKS = re.compile("[ \t\n]+")


def quoted(before: str, quote: str, after: str, cells: int) -> list[Line]:
    """The passage in rows of at most so many cells; the quote strong, the text around it quiet."""
    layout = Layout(inert(before + quote + after), cells)
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
    """The passage as one row, at most `lead` code points before the quote, none from another paragraph; and where the quote is."""
    near = before.rpartition("\n\n")[2]
    if len(near) > lead:
        near = near[-lead:]
        near = "…" + near.partition(" ")[2]
    near = _evenly(near).lstrip()
    quote = _evenly(quote)
    text = near + quote + _evenly(after.partition("\n\n")[0])
    return text, (len(near), len(near) + len(quote))


def _evenly(text: str) -> str:
    """One blank for several: of a table in a note a row would show little but blanks."""
    return _BLANKS.sub(" ", text)
