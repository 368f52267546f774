"""The search for the place of a quote in a text.

Four kinds of place are tried in this order:

1. places with exactly the words of the quote
2. places that differ only in layout and spelling, such as other quotation marks (see `model.text_pattern`)
3. for a quote that leaves out words (`…`), places with all its parts
4. places with similar words

If several places match equally well, the caller has to choose one.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.cut_quotes import cut_places
from sibtui.model.folding import LETTERS, PUNCTUATION
from sibtui.model.quote_match import QuoteMatch
from sibtui.model.segments import Segment
from sibtui.model.similar_passages import MOST, similar_places
from sibtui.model.text import excerpt, listed
from sibtui.model.text_pattern import HYPHENS, LINE_END, text_pattern

if TYPE_CHECKING:
    from collections.abc import Sequence


def locate(text: str, quote: str, *, nth: int | None = None) -> QuoteMatch:
    """Return the place of the quote in a text.

    If there are several places, `nth` selects one of them, counted from 1 in the order of the text.

    - Differences in spaces, quotation marks, hyphens and similar characters are ignored.
    - A place that also differs in capital letters counts only if there is no other place.
    - If the quote leaves out words (`…`, `[...]`), its place is from the start of its first part to the end of its
      last part. All parts must be in one paragraph, each exactly once and in the same order. If there is no such
      paragraph, they may be in successive paragraphs, as in a chat.
    - If no place is equal, a place with similar words counts.

    Raises AmbiguousError if there are several places and `nth` is None. Raises NotFoundError if no place is similar
    enough or the quote is empty.
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
    """Return the place of a quote that leaves out words (`…`); None if there is no place."""
    places = cut_places(text, quote, _equal)
    if not places:
        return None
    start, end = places[_choose([start for start, _ in places], quote, nth)]
    is_whole = _letters(quote) == _letters(text[start:end])
    return QuoteMatch(Segment(start, end), "folded" if is_whole else "cut", 100.0)


def _equal(text: str, quote: str) -> list[tuple[int, int]]:
    return _equal_places(text, quote)[0]


def _fuzzy(text: str, quote: str, nth: int | None) -> QuoteMatch:
    """Return the place whose words are similar to the quote. Raises errors as `locate` does."""
    places = similar_places(text, quote)
    starts = [place.segment.start for place in places]
    return places[_choose(starts, quote, nth, more=len(places) == MOST)]


def starts_of(text: str, quote: str) -> list[int]:
    """Return the start of each place of the quote, in the order of the text. `locate` selects one of these places.

    Raises NotFoundError if no place is similar enough, or if the quote is empty.
    """
    places = _equal(text, quote) or cut_places(text, quote, _equal)
    return [start for start, _ in places] or [one.segment.start for one in similar_places(text, quote)]


def _equal_places(text: str, quote: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return (places that equal the quote except for layout and spelling, places with exactly the words of the quote).

    Raises NotFoundError for an empty quote.
    """
    if not quote.strip():
        raise NotFoundError("A quote cannot be empty.")
    plain = _word_for_word(text, quote)
    return _read_alike(text, quote, plain), plain


def _choose(starts: Sequence[int], quote: str, nth: int | None, *, more: bool = False) -> int:
    """Return the index in `starts` of the place that `nth` selects. Raises errors as `locate` does.

    `more` is set if the text may have more places than those in `starts`.
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
    """Return the places with exactly the words of the quote. The spaces and line breaks between them may differ."""
    words = quote.split()
    if any(word not in text for word in words):  # many times faster than a pattern
        return []
    return _places(re.compile(r"\s++".join(map(re.escape, words))), text, quote)


def _read_alike(text: str, quote: str, plain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the places that equal the quote except for layout and spelling, such as other quotation marks.

    The places in `plain`, which equal the quote exactly, are in the result too. For speed, letters and digits are
    compared first. If this finds no more places than `plain` has, `plain` is returned.
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
    """Return the letters and digits of a text in a common form, to find out quickly whether two texts can be equal.

    This form ignores more differences of spelling than a search does.
    """
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
    """Return whether a whole text equals the quote.

    Differences in layout and in the form of punctuation marks are ignored; capital letters must be equal.
    """
    if quote == text:
        return True
    if _letters(quote) != _letters(text):
        return False
    pattern = text_pattern(quote, case=True, of=frozenset(text))
    return pattern is not None and pattern.fullmatch(text.strip()) is not None


def find_alike(text: str, quote: str) -> tuple[int, int] | None:
    """Return (start, end) of the first place that equals the quote; None if there is none.

    Differences in layout and in capital letters are ignored.
    """
    if _letters(quote) not in _letters_of(text):
        return None
    pattern = text_pattern(quote, of=_characters(text))
    match = pattern.search(text) if pattern is not None else None
    return None if match is None else match.span()


def _count(text: str, part: str) -> int:
    """Return how often `part` occurs in a text. Overlapping occurrences count."""
    count, at = 0, text.find(part)
    while at >= 0:
        count, at = count + 1, text.find(part, at + 1)
    return count


def _places(pattern: re.Pattern[str], text: str, quote: str) -> list[tuple[int, int]]:
    """Return (start, end) of all places at which a regular expression matches. The places may overlap.

    If the quote begins with a space, only places that begin at the edge of a word are returned. If it ends with a
    space, the same applies to the ends of the places. If these rules leave no place, all places are returned.
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
