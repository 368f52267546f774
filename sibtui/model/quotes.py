"""The search for the place of a quote in a text.

Four kinds of match are tried in this order: equal words, words equal except for the layout (`model.text_pattern`),
equal words of which some are left out in the quote, and similar words. If several places match equally well, the caller
has to choose one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.cut_quotes import cut_places
from sibtui.model.folding import LETTERS, PUNCTUATION
from sibtui.model.frozen import dataclass
from sibtui.model.segments import Segment
from sibtui.model.text import excerpt, listed
from sibtui.model.text_pattern import HYPHENS, LINE_END, text_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

THRESHOLD = 90.0
"""The lowest similarity (0-100) at which a place counts as the place of a quote."""
LONGEST = 2_000_000
"""The longest text in which similar places are searched for, in code points. In a longer text, a quote must match word for word."""
MOST = 100
"""The largest number of similar places that a search returns."""
_LONGEST_WORD = 50
_EDGE = 64


@dataclass(frozen=True, slots=True)
class QuoteMatch:
    """The place of a quote, how it was found, and the similarity (0-100) of the text at this place to the quote."""

    segment: Segment
    how: Literal["exact", "spaces", "folded", "cut", "fuzzy"]
    score: float


def locate(text: str, quote: str, *, nth: int | None = None) -> QuoteMatch:
    """Return the place of the quote.

    If there are several places, `nth` selects one of them, counted from 1 in the order of the text. A place that
    differs from the quote only in spaces, quotation marks, hyphens and similar characters counts as equal. A place that
    also differs in capital letters counts only if there is no other place. A quote with words left out (`…`, `[...]`)
    matches a passage of one paragraph: the passage begins with the first part of the quote and ends with the last part,
    and the paragraph has each part exactly once, in the same order.

    Raises AmbiguousError when there are several places and `nth` is None. Raises NotFoundError when no place is similar enough or the quote
    is empty.
    """
    places, plain = _equal_places(text, quote)
    if not places:
        return _cut(text, quote, nth) or _fuzzy(text, quote, nth)
    start, end = places[_choose([start for start, _ in places], quote, nth)]
    before = len(quote) - len(quote.lstrip())
    if start >= before and text.startswith(quote, start - before):
        return QuoteMatch(Segment(start - before, start - before + len(quote)), "exact", 100.0)
    return QuoteMatch(Segment(start, end), "spaces" if (start, end) in plain else "folded", 100.0)


def _cut(text: str, quote: str, nth: int | None) -> QuoteMatch | None:
    """Return the place of a quote with words left out; None when there is no place.

    If there are several places, `nth` selects one of them.
    """
    places = cut_places(text, quote, _equal)
    if not places:
        return None
    start, end = places[_choose([start for start, _ in places], quote, nth)]
    is_whole = _letters(quote) == _letters(text[start:end])
    return QuoteMatch(Segment(start, end), "folded" if is_whole else "cut", 100.0)


def _equal(text: str, quote: str) -> list[tuple[int, int]]:
    return _equal_places(text, quote)[0]


def starts_of(text: str, quote: str) -> list[int]:
    """Return the start of every place at which the quote is found, in the order of the text. `locate` selects one of these places.

    Raises NotFoundError as `locate` does.
    """
    places = _equal(text, quote) or cut_places(text, quote, _equal)
    return [start for start, _ in places] or [one.segment.start for one in _fuzzy_places(text, quote)]


def _equal_places(text: str, quote: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return (places that equal the quote except for the layout, places that have exactly the words of the quote).

    Raises NotFoundError for an empty quote.
    """
    if not quote.strip():
        raise NotFoundError("A quote cannot be empty.")
    plain = _word_for_word(text, quote)
    return _read_alike(text, quote, plain), plain


def _choose(starts: Sequence[int], quote: str, nth: int | None, *, more: bool = False) -> int:
    """Return the index of the place that `nth` selects. `more` is set if the text may have more places than those in `starts`.

    Raises AmbiguousError or NotFoundError as `locate` does.
    """
    shown = excerpt(quote, 40)
    times = "once" if len(starts) == 1 else f"{len(starts)} times"
    if more:
        times = f"at least {times}"
    if nth is None:
        if len(starts) > 1:
            raise AmbiguousError(f"“{shown}” occurs {times} (at {listed(map(str, starts), 5)}).", "nth")
        return 0
    if more and nth > len(starts):
        raise NotFoundError(f"“{shown}” occurs {times}, nearly: to choose number {nth}, write the quote word for word.")
    if not 1 <= nth <= len(starts):
        raise NotFoundError(f"“{shown}” occurs {times}: there is no number {nth}.")
    return nth - 1


def _word_for_word(text: str, quote: str) -> list[tuple[int, int]]:
    """Return the places that have exactly the words of the quote. The whitespace between the words may differ."""
    words = quote.split()
    if any(word not in text for word in words):  # many times faster than a pattern
        return []
    return _places(re.compile(r"\s++".join(map(re.escape, words))), text, quote)


def _read_alike(text: str, quote: str, plain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places that equal the quote except for layout and spelling.

    `plain` are the places that match word for word. First, only letters and digits are compared. This comparison is
    enough for most quotes. The regular expression for all other quotes is slow to build.
    """
    letters = _letters(quote)
    if (
        plain and unicodedata.category(quote.lstrip()[0])[0] == "M"
    ):  # the quote begins with an accent alone: no other text reads like it
        return plain
    if letters and _count(_letters_of(text), letters) <= len(plain):
        return plain
    for case in (True, False) if not plain else (True,):
        pattern = text_pattern(quote, case=case, of=_characters(text))
        known = set(plain)
        others = [place for place in _places(pattern, text, quote) if place not in known] if pattern else []
        others = [(start, end) for start, end in others if not any(start < to and at < end for at, to in plain)]
        if others:
            return sorted(plain + others)
    return plain


def _letters(text: str) -> str:
    """Return only the letters and digits of a text, in a form in which more spellings are equal than in a search."""
    plain = unicodedata.normalize("NFKD", _DIVIDED.sub("", text)).lower().translate(_FOLDED)
    return _NO_LETTERS.sub("", unicodedata.normalize("NFKD", plain))


_FOLDED = PUNCTUATION | LETTERS
_NO_LETTERS = re.compile(r"[\W_]+")
_DIVIDED = re.compile(rf"[{HYPHENS}\u00ad](?<=[^\W\d_].){LINE_END}(?=[^\W\d_])")
"""The pattern of a hyphen at the end of a line inside a word. A page number may be between the two parts of the word."""
_letters_of = lru_cache(2)(_letters)
"""The function `_letters` with a cache. The quotes of one source are located one after another, so its text is needed several times."""
_characters = lru_cache(2)(frozenset[str])


def reads_alike(quote: str, text: str) -> bool:
    """Return whether a whole text equals the quote, except for layout and punctuation marks.

    Capital letters must be equal.
    """
    if quote == text:
        return True
    if _letters(quote) != _letters(text):
        return False
    pattern = text_pattern(quote, case=True, of=frozenset(text))
    return pattern is not None and pattern.fullmatch(text.strip()) is not None


def find_alike(text: str, quote: str) -> tuple[int, int] | None:
    """Return (start, end) of the first place that equals the quote except for layout and capitals, or None."""
    if _letters(quote) not in _letters_of(text):
        return None
    pattern = text_pattern(quote, of=_characters(text))
    match = pattern.search(text) if pattern is not None else None
    return None if match is None else match.span()


def _count(text: str, part: str) -> int:
    """Return how often `part` occurs in a text, including occurrences that overlap."""
    count, at = 0, text.find(part)
    while at >= 0:
        count, at = count + 1, text.find(part, at + 1)
    return count


def _places(pattern: re.Pattern[str], text: str, quote: str) -> list[tuple[int, int]]:
    """Return the places at which a pattern matches, including places that overlap.

    If the quote begins (or ends) with a space, only places that begin (or end) with a whole word are returned. If there
    is no such place, all places are returned.
    """
    places: list[tuple[int, int]] = []
    match = pattern.search(text)
    while match:
        places.append(match.span())
        match = pattern.search(text, match.start() + 1)
    opens, closes = quote[0].isspace(), quote[-1].isspace()
    whole = [
        (start, end)
        for start, end in places
        if not (opens and text[start - 1 : start].strip()) and not (closes and text[end : end + 1].strip())
    ]
    return whole or places


def most_similar(text: str, quote: str) -> QuoteMatch | None:
    """Return the place that is most similar to the quote, however low its score is; None when no place has a score above 0."""
    from rapidfuzz.distance import LCSseq

    plain, quote = _plain_text(text), quote.translate(_PLAIN)
    step, width = _window(quote)
    starts = range(0, len(plain), step)
    fullest = max(starts, key=lambda start: LCSseq.similarity(quote, plain[start : start + width]), default=0)
    best = _most_like(plain, quote, fullest, fullest + width)
    return _trimmed(plain, quote, best) if best is not None and best.score else None


def _trimmed(text: str, quote: str, match: QuoteMatch) -> QuoteMatch:
    """Return the match without words at its start and end that are not in the quote.

    A word is left out only if this raises the score.
    """
    from rapidfuzz.distance import Indel

    edits = [edit for edit in Indel.opcodes(quote, match.segment.quote(text)) if edit.tag == "equal"]
    equal = [edit for edit in edits if edit.src_end - edit.src_start > 2] or edits
    start = match.segment.start
    fitted = _fitted(text, quote, start + equal[0].dest_start, start + equal[-1].dest_end)
    return fitted if fitted is not None and fitted.score > match.score else match


def _window(quote: str) -> tuple[int, int]:
    """Return (distance, width) of the windows (parts of a text) in which a quote is searched for.

    The overlap of two neighbouring windows is longer than the quote.
    """
    step = max(len(quote), 32)
    return step, step + len(quote) + len(quote) // 4 + 1


def _fuzzy(text: str, quote: str, nth: int | None) -> QuoteMatch:
    """Return the place that is similar to the quote. If there are several places, `nth` selects one of them.

    Raises AmbiguousError or NotFoundError as `locate` does.
    """
    places = _fuzzy_places(text, quote)
    starts = [place.segment.start for place in places]
    return places[_choose(starts, quote, nth, more=len(places) == MOST)]


def _fuzzy_places(text: str, quote: str) -> list[QuoteMatch]:
    """Return the places that are similar to the quote.

    Raises NotFoundError when there are none, or when the text is too long for this search.
    """
    shown = excerpt(quote, 40)
    if len(text) > LONGEST:
        raise NotFoundError(
            f"“{shown}” is not in the text word for word, and the text is too long ({len(text):,} characters; at most"
            f" {LONGEST:,}) to look for a similar place: copy the quote from the text."
        )
    places, score = _similar_places(_plain_text(text), quote.translate(_PLAIN))
    if not places:
        raise NotFoundError(
            f"“{shown}” is not in the text: the most similar place scores {score:.0f} of 100, and {THRESHOLD:.0f} is needed."
        )
    return places


_PLAIN = PUNCTUATION | {0xA0: " ", 0x202F: " "}
_plain_text = lru_cache(2)(lambda text: text.translate(_PLAIN))
"""A function that returns a text with plain quotation marks, dashes and spaces, and with the same number of characters."""


def _similar_places(text: str, quote: str) -> tuple[list[QuoteMatch], float]:
    """Return (places that are similar to the quote in order, score of the most similar place).

    The text is searched in parts (windows) that overlap by more than the length of a place. So twice the text needs
    only twice the time. A window is skipped if it has too few letters of the quote in the right order.
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
    """Search one window for places that are similar to the quote, and add them to `places`.

    Return the best score in the window. The best place is added first. Next, the text before this place and the text
    after this place are searched in the same way. If two places overlap, the place with the higher score is kept.
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
    """Add a place to a list, unless a better place in the list overlaps it.

    Places come in order, so only the last few can overlap the new one.
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
    """Return the match at a range, extended to whole words. A neighbouring word is added if this raises the score.

    If the range is empty, return None.
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
    """Return a range without whitespace at its edges, extended to whole words.

    At the edge of a very long word, the range is not extended.
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
