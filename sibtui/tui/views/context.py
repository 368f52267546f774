"""A quote with the rows of text around it. Each row has the range that belongs to the quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.text import inert
from sibtui.tui.note.layout import NoteLayout

if TYPE_CHECKING:
    from sibtui.model.segments import Segment


@dataclass(frozen=True, slots=True)
class ContextRow:
    """A row of text. The part [start, end) of the row, in code points, belongs to the quote.

    If `start` and `end` are equal, no part of the row belongs to the quote.
    """

    text: str
    start: int
    end: int


def context_rows(text: str, segment: Segment, width: int, around: int) -> tuple[list[ContextRow], int]:
    """Return (rows of text with a quote, index of the row in which the quote begins).

    Up to `around` rows before the quote and up to `around` rows after it are included.
    """
    width = max(8, width)
    reach = width * around + width
    first = text.rfind("\n", 0, max(0, segment.start - reach)) + 1
    if segment.start - first > 2 * reach:  # the line is extremely long
        first = segment.start - reach
    last = min(len(text), segment.end + reach)
    layout = NoteLayout(inert(text[first:last]), width)
    start, end = segment.start - first, segment.end - first
    top, bottom = layout.row_of(start), layout.row_of(end - 1)
    indexes = range(max(0, top - around), min(len(layout), bottom + around + 1))
    rows = []
    for at in indexes:
        low, high = layout.row(at)
        lead = " " * layout.indent(at)
        row = lead + layout.text[low:high]
        rows.append(ContextRow(row, _within(start, low, high, len(lead)), _within(end, low, high, len(lead))))
    before = top - indexes.start
    first_filled = next((at for at, row in enumerate(rows[:before]) if row.text.strip()), before)
    return rows[first_filled:], before - first_filled


def _within(offset: int, low: int, high: int, lead: int) -> int:
    return lead + min(max(offset, low), high) - low


def heading_before(text: str, offset: int) -> str:
    """Return the nearest heading (Markdown) before an offset of the text. Empty if there is none."""
    at = offset
    while (at := text.rfind("\n#", 0, at)) >= 0:
        end = text.find("\n", at + 1)
        return text[at + 1 : end if end >= 0 else len(text)].lstrip("#").strip()
    first = text[: text.find("\n")] if "\n" in text else text
    return first.lstrip("#").strip() if first.startswith("#") and offset > 0 else ""


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
