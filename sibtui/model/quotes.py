"""Finding the place of a quote: exactly, then with blanks collapsed, then nearly. Never silently the first of several."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.segments import Segment
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

THRESHOLD = 90.0
"""A quote that is not there word for word is taken to be where the text is at least this like it (0-100)."""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote is, how it was found there, and how like it the text is (0-100)."""

    segment: Segment
    how: Literal["exact", "blanks", "fuzzy"]
    score: float


def locate(text: str, quote: str, *, nth: int | None = None) -> Found:
    """The place of the quote. `nth` (from 1) chooses among several places.

    AmbiguousError when it is in several places and none is chosen; NotFoundError, with the score of the most like place, when
    nothing is like it enough.
    """
    if not quote.strip():
        raise NotFoundError("A quote cannot be empty.")
    places = _exact(text, quote)
    if places:
        return Found(_choose(places, quote, nth), "exact", 100.0)
    places = _blanks(text, quote)
    if places:
        return Found(_choose(places, quote, nth), "blanks", 100.0)
    return _fuzzy(text, quote, nth)


def _choose(places: Sequence[Segment], quote: str, nth: int | None) -> Segment:
    shown = one_line(quote, 40)
    if nth is None:
        if len(places) > 1:
            at = ", ".join(str(place.start) for place in places[:5]) + (" …" if len(places) > 5 else "")
            raise AmbiguousError(f"“{shown}” occurs {len(places)} times (at {at}): say which with --nth.")
        return places[0]
    if not 1 <= nth <= len(places):
        times = "once" if len(places) == 1 else f"{len(places)} times"
        raise NotFoundError(f"“{shown}” occurs {times}: there is no number {nth}.")
    return places[nth - 1]


def _exact(text: str, quote: str) -> list[Segment]:
    found: list[Segment] = []
    start = text.find(quote)
    while start >= 0:
        found.append(Segment(start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def _blanks(text: str, quote: str) -> list[Segment]:
    pattern = r"\s+".join(re.escape(word) for word in quote.split())
    return [Segment(*match.span(1)) for match in re.finditer(f"(?=({pattern}))", text)]  # overlapping places too


def _fuzzy(text: str, quote: str, nth: int | None) -> Found:
    """The one place that is like the quote enough; others as good make it ambiguous."""
    found = _all_like(text, quote)
    if not found:
        best = _most_like(text, quote, 0, len(text))
        score = 0.0 if best is None else best.score
        raise NotFoundError(
            f"“{one_line(quote, 40)}” is not in the text: the most like place scores {score:.0f} of 100, and {THRESHOLD:.0f} is"
            " needed."
        )
    chosen = _choose([place.segment for place in found], quote, nth)
    return next(place for place in found if place.segment == chosen)


def _all_like(text: str, quote: str) -> list[Found]:
    """Every place that is like the quote enough, in order: the best one, then the best on each side of it, and so on."""
    found: list[Found] = []
    ranges = [(0, len(text))]
    while ranges:
        start, end = ranges.pop()
        best = _most_like(text, quote, start, end)
        if best is not None and best.score >= THRESHOLD:
            found.append(best)
            ranges += [(start, best.segment.start), (best.segment.end, end)]
    return sorted(found, key=lambda place: place.segment)


def _most_like(text: str, quote: str, start: int, end: int) -> Found | None:
    from rapidfuzz import fuzz  # noqa: PLC0415 - only a quote that is not there pays for it

    part = text[start:end]
    if len(part) < len(quote) // 2:
        return None
    aligned = fuzz.partial_ratio_alignment(quote, part)
    if aligned is None or aligned.dest_end <= aligned.dest_start:
        return None
    first, last = _whole_words(text, start + aligned.dest_start, start + aligned.dest_end)
    if first >= last:
        return None
    return Found(Segment(first, last), "fuzzy", fuzz.ratio(quote, text[first:last]))


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with blank edges cut off and words that it cuts through taken in whole."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while start > 0 and start < end and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and end > start and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
