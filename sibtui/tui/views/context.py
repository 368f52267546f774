"""A quote in its note: rows of the text around it, and which part of each row is the quote."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.text import inert
from sibtui.tui.note.layout import Layout

if TYPE_CHECKING:
    from sibtui.model.segments import Segment


@dataclass(frozen=True, slots=True)
class ContextRow:
    """A row of text, and the part of it (half-open, by code points) that belongs to the quote; empty when start == end."""

    text: str
    start: int
    end: int


def context_rows(text: str, segment: Segment, width: int, around: int) -> tuple[list[ContextRow], int]:
    """The quote with up to `around` rows before and after it, and the number of the row in which it begins."""
    width = max(8, width)
    reach = width * around + width
    first = text.rfind("\n", 0, max(0, segment.start - reach)) + 1
    if segment.start - first > 2 * reach:  # a line without end
        first = segment.start - reach
    last = min(len(text), segment.end + reach)
    layout = Layout(inert(text[first:last]), width)
    start, end = segment.start - first, segment.end - first
    top, bottom = layout.row_of(start), layout.row_of(end - 1)
    chosen = range(max(0, top - around), min(len(layout), bottom + around + 1))
    rows = []
    for at in chosen:
        low, high = layout.row(at)
        lead = " " * layout.indent(at)
        told = lead + layout.text[low:high]
        rows.append(ContextRow(told, _within(start, low, high, len(lead)), _within(end, low, high, len(lead))))
    before = top - chosen.start
    blank = next((at for at, row in enumerate(rows[:before]) if row.text.strip()), before)
    return rows[blank:], before - blank


def _within(offset: int, low: int, high: int, lead: int) -> int:
    return lead + min(max(offset, low), high) - low


def heading_before(text: str, offset: int) -> str:
    """The nearest heading above a place; empty when there is none."""
    at = offset
    while (at := text.rfind("\n#", 0, at)) >= 0:
        end = text.find("\n", at + 1)
        return text[at + 1 : end if end >= 0 else len(text)].lstrip("#").strip()
    first = text[: text.find("\n")] if "\n" in text else text
    return first.lstrip("#").strip() if first.startswith("#") and offset > 0 else ""


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1
