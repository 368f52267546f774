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
LONGEST = 2_000_000
"""In a text of more code points than this, quotes are looked for word for word only."""
MOST = 100
"""So many places that are like a quote are looked for; whoever has more is better served by a longer quote."""
_LONGEST_WORD = 50
_EDGE = 64


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quote is, how it was found there, and how like it the text is (0-100)."""

    segment: Segment
    how: Literal["exact", "blanks", "fuzzy"]
    score: float


def locate(text: str, quote: str, *, nth: int | None = None) -> Found:
    """The place of the quote. `nth` (from 1) chooses among several places, in the order of the text.

    Places that differ from the quote by blanks count like those that do not: which line a text is broken at says nothing about
    which place is meant. AmbiguousError when it is in several places and none is chosen; NotFoundError, with the score of the
    most like place, when nothing is like it enough.
    """
    if not quote.strip():
        raise NotFoundError("A quote cannot be empty.")
    places = _word_for_word(text, quote)
    if not places:
        return _fuzzy(text, quote, nth)
    start, end = places[_choose([start for start, _ in places], quote, nth)]
    before = len(quote) - len(quote.lstrip())
    if start >= before and text.startswith(quote, start - before):
        return Found(Segment(start - before, start - before + len(quote)), "exact", 100.0)
    return Found(Segment(start, end), "blanks", 100.0)


def _choose(starts: Sequence[int], quote: str, nth: int | None, *, more: bool = False) -> int:
    """The index of the place that is meant. `more`: there may be others after these."""
    shown = one_line(quote, 40)
    times = "once" if len(starts) == 1 else f"{len(starts)} times"
    if more:
        times = f"at least {times}"
    if nth is None:
        if len(starts) > 1:
            at = ", ".join(map(str, starts[:5])) + (" …" if len(starts) > 5 else "")
            raise AmbiguousError(f"“{shown}” occurs {times} (at {at}): say which with --nth.")
        return 0
    if more and nth > len(starts):
        raise NotFoundError(f"“{shown}” occurs {times}, nearly: to choose number {nth}, give the quote word for word.")
    if not 1 <= nth <= len(starts):
        raise NotFoundError(f"“{shown}” occurs {times}: there is no number {nth}.")
    return nth - 1


def _word_for_word(text: str, quote: str) -> list[tuple[int, int]]:
    """Where the words of the quote stand with any blanks between them, overlapping places too.

    A quote with a blank at an edge is one of whole words there, if there is any such place.
    """
    words = quote.split()
    if any(word not in text for word in words):  # a plain search is many times faster than a pattern
        return []
    pattern = re.compile(r"\s++".join(map(re.escape, words)))
    found: list[tuple[int, int]] = []
    match = pattern.search(text)
    while match:
        found.append(match.span())
        match = pattern.search(text, match.start() + 1)
    opens, closes = quote[0].isspace(), quote[-1].isspace()
    whole = [
        (start, end)
        for start, end in found
        if not (opens and text[start - 1 : start].strip()) and not (closes and text[end : end + 1].strip())
    ]
    return whole or found


def _fuzzy(text: str, quote: str, nth: int | None) -> Found:
    """The one place that is like the quote enough; others as good make it ambiguous."""
    shown = one_line(quote, 40)
    if len(text) > LONGEST:
        raise NotFoundError(
            f"“{shown}” is not in the text word for word, and the text is too long ({len(text):,} characters; at most"
            f" {LONGEST:,}) to look for a place that is like it: copy the quote from the text."
        )
    found, score = _all_like(text, quote)
    if not found:
        raise NotFoundError(
            f"“{shown}” is not in the text: the most like place scores {score:.0f} of 100, and {THRESHOLD:.0f} is needed."
        )
    starts = [place.segment.start for place in found]
    return found[_choose(starts, quote, nth, more=len(found) == MOST)]


def _all_like(text: str, quote: str) -> tuple[list[Found], float]:
    """The places that are like the quote enough, in order, and the score of the most like place.

    The text is searched in windows that overlap by more than a place can be long, so the work grows with the text and not with
    its square. A window with too few letters of the quote in its order holds no such place and costs next to nothing.
    """
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - only a quote that is not there pays for it

    step = max(len(quote), 32)
    width = step + len(quote) + len(quote) // 4 + 1
    needed = int(len(quote) * THRESHOLD / (200 - THRESHOLD))  # of the shortest place that is like the quote enough
    found: list[Found] = []
    score, fullest, most = 0.0, 0, -1
    for start in range(0, len(text), step):
        common = LCSseq.similarity(quote, text[start : start + width])
        if common > most:
            fullest, most = start, common
        if common >= needed:
            score = max(score, _search(text, quote, (start, start + width), found))
            if len(found) > MOST:
                break
    if not found:
        score = max(score, _search(text, quote, (fullest, fullest + width), found))
    return found[:MOST], score


def _search(text: str, quote: str, window: tuple[int, int], found: list[Found]) -> float:
    """Adds what is like the quote enough in the window: the best place, then the best on each side of it, and so on.

    Of places that overlap the better one stays. Returns the best score in the window.
    """
    score = 0.0
    ranges = [window]
    while ranges:
        start, end = ranges.pop()
        best = _most_like(text, quote, start, end)
        score = max(score, 0.0 if best is None else best.score)
        if best is not None and best.score >= THRESHOLD:
            _add(found, best)
            ranges += [(start, best.segment.start), (best.segment.end, end)]
    return score


def _add(found: list[Found], new: Found) -> None:
    """Windows go forward, so only the last few places can overlap the new one."""
    first = len(found)
    while first and found[first - 1].segment.end > new.segment.start:
        first -= 1
    rivals = [place for place in found[first:] if place.segment.start < new.segment.end]
    if all(place.score < new.score for place in rivals):
        found[first:] = sorted(
            [*(place for place in found[first:] if place not in rivals), new], key=lambda one: one.segment
        )


def _most_like(text: str, quote: str, start: int, end: int) -> Found | None:
    from rapidfuzz import fuzz  # noqa: PLC0415 - only a quote that is not there pays for it

    start, end = max(start, 0), min(end, len(text))
    if end - start < len(quote) // 2:
        return None
    head = fuzz.partial_ratio_alignment(quote[:_EDGE], text[start:end])
    if head is None or head.dest_end <= head.dest_start:
        return None
    first, last = start + head.dest_start, start + head.dest_end
    if len(quote) <= _EDGE:
        return _fitted(text, quote, first, last)
    # aligning a long quote whole takes time by its square: where its end is follows from where its beginning is
    low = min(max(first + len(quote) * 4 // 5 - _EDGE, first), end)
    tail = fuzz.partial_ratio_alignment(quote[-_EDGE:], text[low : min(first + len(quote) * 5 // 4, end)])
    ends = {min(first + len(quote), end), low + tail.dest_end if tail else end}
    fits = [fit for at in sorted(ends) if (fit := _fitted(text, quote, first, at))]
    return max(fits, key=lambda fit: fit.score, default=None)


def _fitted(text: str, quote: str, start: int, end: int) -> Found | None:
    """The range in whole words, with the word before or after it if it is more like the quote then."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - only a quote that is not there pays for it

    first, last = _whole_words(text, start, end)
    if first >= last:
        return None
    best = Found(Segment(first, last), "fuzzy", fuzz.ratio(quote, text[first:last]))
    if best.score < THRESHOLD:
        return best
    for wider in ((max(first - 2, 0), last), (first, min(last + 2, len(text)))):
        segment = Segment(*_whole_words(text, *wider))
        score = fuzz.ratio(quote, segment.quote(text))
        if score > best.score:
            best = Found(segment, "fuzzy", score)
    return best


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with blank edges cut off and words that it cuts through taken in whole, unless they have no end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    low, high = max(start - _LONGEST_WORD, 0), min(end + _LONGEST_WORD, len(text))
    while start > low and start < end and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < high and end > start and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    return start, end
