"""What stands in the margin: which stripe a coding has, so that those beside each other on a row never share one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sibtui.desk.spans import Spans
    from sibtui.model.records import Coding

REGION = 1024
"""Stripes are given out from a fixed place some way above, so that they do not jump when the note scrolls."""
STEPS = ("supports", "firm"), ("counters", "firm"), ("supports", "tentative"), ("counters", "tentative")
_STRIPES = dict(zip(STEPS, "┃║╎┊", strict=True))
_SIGNS = dict(zip(STEPS, " –~≈", strict=True))


class Stripe(NamedTuple):
    """One coding in the margin: the rows that it touches, first and last, and how far out it is."""

    coding: Coding
    first: int
    last: int
    lane: int


def stripe_of(coding: Coding) -> str:
    """The line down the margin: whole, double for counter-evidence, broken when tentative."""
    return _STRIPES[coding.stance, coding.certainty]


def sign_of(coding: Coding) -> str:
    """What stands behind the tag: – for counter-evidence, ~ when tentative, ≈ for both."""
    return _SIGNS[coding.stance, coding.certainty]


def stripes(spans: Spans[Coding], start: int, end: int, row_of: Callable[[int], int]) -> Sequence[Stripe]:
    """The stripes of the codings that touch start:end."""
    begin = max(0, (start // REGION - 1) * REGION)
    placed = list(_placed(spans.overlapping(begin, end), row_of))
    top = row_of(start)
    return [stripe for stripe in placed if stripe.last >= top]


def _placed(codings: Iterable[Coding], row_of: Callable[[int], int]) -> Iterable[Stripe]:
    """Each coding in the innermost lane that is free on all of its rows."""
    ends: list[int] = []
    for coding in codings:
        first, last = row_of(coding.segment.start), row_of(coding.segment.end - 1)
        for lane, busy in enumerate(ends):
            if busy < first:
                ends[lane] = last
                break
        else:
            lane = len(ends)
            ends.append(last)
        yield Stripe(coding, first, last, lane)
