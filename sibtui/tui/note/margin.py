"""The stripes in the margin: for each coding, a vertical line beside the rows of its passage.

Each stripe is in a lane, a column of the margin. Stripes on the same row are in different lanes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sibtui.model.records import Coding
    from sibtui.tui.note.layout import NoteLayout
    from sibtui.workspace.spans import CodingSpans

REGION = 1024
"""The assignment of lanes begins before the visible part, at a multiple of this number of code points.

So a stripe keeps its lane when the note scrolls.
"""
STEPS = ("supports", "firm"), ("counters", "firm"), ("supports", "tentative"), ("counters", "tentative")
_STRIPES = dict(zip(STEPS, "┃║╎┊", strict=True))
_MARKS = dict(zip(STEPS, " –~≈", strict=True))
MEMO = "*"
"""The mark of a coding with a memo."""


class Stripe(NamedTuple):
    """The stripe of one coding: a vertical line in the margin from row `first` to row `last`.

    `lane` is the number of its lane. Lane 0 is the leftmost.
    """

    coding: Coding
    first: int
    last: int
    lane: int


def stripe_of(coding: Coding) -> str:
    """Return the character that draws the stripe (line in the margin) of a coding.

    The line is single by default, double for counter-evidence, and broken for a tentative (uncertain) coding.
    """
    return _STRIPES[coding.stance, coding.certainty]


def qualifier_mark(coding: Coding) -> str:
    """Return the mark beside the stripe of a coding: – for counter-evidence, ~ for a tentative coding, ≈ for both.

    For other codings, the mark is a space.
    """
    return _MARKS[coding.stance, coding.certainty]


def memo_row(stripe: Stripe) -> int | None:
    """Return the row that shows the mark for the memo of a coding. None if the coding has no memo.

    The result is the first row of the stripe. If this row shows a qualifier mark (– ~ ≈) already, the result is the
    next row, even if the stripe has only one row.
    """
    if not stripe.coding.memo:
        return None
    return stripe.first + (qualifier_mark(stripe.coding) != " ")


def qualifier_words(coding: Coding) -> list[str]:
    """Return the words for a coding's special properties, such as “counter-evidence” or “tentative” (uncertain).

    The list is empty for a coding with default properties.
    """
    words = {
        "counter-evidence": coding.stance == "counters",
        "tentative": coding.certainty == "tentative",
        "place undecided": coding.undecided,
        "for the paper": coding.for_paper,
        f"by {coding.how}": bool(coding.how),
    }
    return [word for word, holds in words.items() if holds]


def stripes(spans: CodingSpans[Coding], start: int, end: int, row_of: Callable[[int], int]) -> Sequence[Stripe]:
    """Return a stripe for each coding that overlaps the offsets [start, end). `row_of` returns the row of an offset."""
    begin = max(0, (start // REGION - 1) * REGION)
    assigned = list(_with_lanes(spans.overlapping(begin, end), row_of))
    top = row_of(start)
    return [stripe for stripe in assigned if stripe.last >= top]


def stripes_by_row(spans: CodingSpans[Coding], layout: NoteLayout, rows: range) -> dict[int, tuple[Stripe, ...]]:
    """Return a map: row → the stripes beside this row. Rows without a stripe are left out."""
    found: dict[int, list[Stripe]] = {}
    if rows:
        start, end = layout.row(rows[0])[0], layout.row(rows[-1])[1]
        for stripe in stripes(spans, start, max(end, start + 1), layout.row_of):
            for row in range(max(rows.start, stripe.first), min(rows.stop, stripe.last + 1)):
                found.setdefault(row, []).append(stripe)
    return {row: tuple(on_row) for row, on_row in found.items()}


def _with_lanes(codings: Iterable[Coding], row_of: Callable[[int], int]) -> Iterable[Stripe]:
    """Yield a stripe for each coding, in the leftmost lane that is free on all rows of the stripe."""
    ends: list[int] = []
    for coding in codings:
        first, last = row_of(coding.segment.start), row_of(coding.segment.end - 1)
        for lane, end in enumerate(ends):
            if end < first:
                ends[lane] = last
                break
        else:
            lane = len(ends)
            ends.append(last)
        yield Stripe(coding, first, last, lane)
