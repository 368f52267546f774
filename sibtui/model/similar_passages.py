"""The search for the passages of a text that are most similar to a quote."""

from __future__ import annotations

from functools import lru_cache

from sibtui.errors import NotFoundError
from sibtui.model.folding import PUNCTUATION
from sibtui.model.quote_match import QuoteMatch
from sibtui.model.segments import Segment
from sibtui.model.text import excerpt

THRESHOLD = 90.0
"""The lowest similarity (0-100) at which a place counts as the place of a quote."""
LONGEST = 2_000_000
"""The longest text in which similar places are searched for, in code points. In a longer text, a quote must match word for word."""
MOST = 100
"""The largest number of similar places that a search returns."""
_LONGEST_WORD = 50
_EDGE = 64

_PLAIN = PUNCTUATION | {0xA0: " ", 0x202F: " "}
_plain_text = lru_cache(2)(lambda text: text.translate(_PLAIN))
"""A function that returns a text with plain quotation marks, dashes and spaces, and with the same number of characters."""


def similar_places(text: str, quote: str) -> list[QuoteMatch]:
    """Return the places in a text that are similar to the quote, in the order of the text.

    Raises NotFoundError if there are none, or if the text is too long for this search.
    """
    shown = excerpt(quote, 40)
    if len(text) > LONGEST:
        raise NotFoundError(
            f"“{shown}” is not in the text word for word, and the text is too long ({len(text):,} characters; at most"
            f" {LONGEST:,}) to look for a similar place: copy the quote from the text."
        )
    places, score = _places_and_score(_plain_text(text), quote.translate(_PLAIN))
    if not places:
        raise NotFoundError(
            f"“{shown}” is not in the text: the most similar place scores {score:.0f} of 100, and {THRESHOLD:.0f} is needed."
        )
    return places


def most_similar(text: str, quote: str) -> QuoteMatch | None:
    """Return the place that is most similar to the quote, even if it is not very similar; None if nothing is similar."""
    from rapidfuzz.distance import LCSseq

    plain, quote = _plain_text(text), quote.translate(_PLAIN)
    step, width = _window(quote)
    starts = range(0, len(plain), step)
    fullest = max(starts, key=lambda start: LCSseq.similarity(quote, plain[start : start + width]), default=0)
    best = _most_like(plain, quote, fullest, fullest + width)
    return _trimmed(plain, quote, best) if best is not None and best.score else None


def _trimmed(text: str, quote: str, match: QuoteMatch) -> QuoteMatch:
    """Return the match without those words at its edges that are not in the quote.

    If this does not make the match more similar to the quote, return it unchanged.
    """
    from rapidfuzz.distance import Indel

    edits = [edit for edit in Indel.opcodes(quote, match.segment.quote(text)) if edit.tag == "equal"]
    equal = [edit for edit in edits if edit.src_end - edit.src_start > 2] or edits
    start = match.segment.start
    fitted = _fitted(text, quote, start + equal[0].dest_start, start + equal[-1].dest_end)
    return fitted if fitted is not None and fitted.score > match.score else match


def _window(quote: str) -> tuple[int, int]:
    """Return (distance between the starts of two windows, width of a window), in characters.

    Neighbouring windows overlap by more than the length of the quote. So a passage of this length is always completely
    inside one window.
    """
    step = max(len(quote), 32)
    return step, step + len(quote) + len(quote) // 4 + 1


def _places_and_score(text: str, quote: str) -> tuple[list[QuoteMatch], float]:
    """Return (places that are similar to the quote, similarity 0-100 of the most similar place).

    The places are in the order of the text.
    """
    from rapidfuzz.distance import LCSseq

    step, width = _window(quote)
    needed = int(len(quote) * THRESHOLD / (200 - THRESHOLD))  # letters of the shortest similar place
    places: list[QuoteMatch] = []
    score, fullest, most = 0.0, 0, -1
    for start in range(0, len(text), step):
        common = LCSseq.similarity(quote, text[start : start + width])
        if common > most:
            fullest, most = start, common
        if common >= needed:
            score = max(score, _search(text, quote, (start, start + width), places))
            if len(places) > MOST:
                break
    if not places:
        score = max(score, _search(text, quote, (fullest, fullest + width), places))
    return places[:MOST], score


def _search(text: str, quote: str, window: tuple[int, int], places: list[QuoteMatch]) -> float:
    """Add to `places` the places in one window that are similar to the quote. Return the best similarity (0-100).

    `window` is (start, end). If two places overlap, the more similar one is kept.
    """
    score = 0.0
    ranges = [window]
    while ranges:
        start, end = ranges.pop()
        best = _most_like(text, quote, start, end)
        score = max(score, 0.0 if best is None else best.score)
        if best is not None and best.score >= THRESHOLD:
            _add(places, best)
            ranges += [(start, best.segment.start), (best.segment.end, end)]
    return score


def _add(places: list[QuoteMatch], new: QuoteMatch) -> None:
    """Add the place `new` to a list, and remove the listed places that it overlaps.

    If one of these places has the same similarity to the quote or a higher one, the list does not change.
    """
    first = len(places)
    while first and places[first - 1].segment.end > new.segment.start:
        first -= 1
    rivals = [place for place in places[first:] if place.segment.start < new.segment.end]
    if all(place.score < new.score for place in rivals):
        places[first:] = sorted(
            [*(place for place in places[first:] if place not in rivals), new], key=lambda one: one.segment
        )


def _most_like(text: str, quote: str, start: int, end: int) -> QuoteMatch | None:
    from rapidfuzz import fuzz

    start, end = max(start, 0), min(end, len(text))
    if end - start < len(quote) // 2:
        return None
    head = fuzz.partial_ratio_alignment(quote[:_EDGE], text[start:end])
    if head is None or head.dest_end <= head.dest_start:
        return None
    first, last = start + head.dest_start, start + head.dest_end
    if len(quote) <= _EDGE:
        return _fitted(text, quote, first, last)
    # Aligning a whole long quote takes quadratic time. Its beginning is aligned first, then its end near the expected place.
    low = min(max(first + len(quote) * 4 // 5 - _EDGE, first), end)
    tail = fuzz.partial_ratio_alignment(quote[-_EDGE:], text[low : min(first + len(quote) * 5 // 4, end)])
    ends = {min(first + len(quote), end), low + tail.dest_end if tail else end}
    fits = [fit for at in sorted(ends) if (fit := _fitted(text, quote, first, at))]
    return max(fits, key=lambda fit: fit.score, default=None)


def _fitted(text: str, quote: str, start: int, end: int) -> QuoteMatch | None:
    """Return the match from `start` to `end`, extended to whole words; None if the range is empty.

    A neighbouring word is also added if this makes the match more similar to the quote.
    """
    from rapidfuzz import fuzz

    first, last = _whole_words(text, start, end)
    if first >= last:
        return None
    best = QuoteMatch(Segment(first, last), "fuzzy", fuzz.ratio(quote, text[first:last]))
    if best.score < THRESHOLD:
        return best
    for wider in ((max(first - 2, 0), last), (first, min(last + 2, len(text)))):
        segment = Segment(*_whole_words(text, *wider))
        score = fuzz.ratio(quote, segment.quote(text))
        if score > best.score:
            best = QuoteMatch(segment, "fuzzy", score)
    return best


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Remove the whitespace at the edges of a range, extend it to whole words, and return (start, end).

    The range is extended by at most `_LONGEST_WORD` characters on each side.
    """
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
