"""Searches in a text: for a phrase, for whole words, for words with the same stem, or for a regular expression.

A search can have several terms, which must be near each other in the text.
"""

from __future__ import annotations

import warnings
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.arguments import WITHIN_UNITS, Within, choice, whole
from sibtui.model.frozen import dataclass
from sibtui.model.languages import DEFAULT, guess_language
from sibtui.model.phrase_search import phrase_finder
from sibtui.model.sentences import Sentences
from sibtui.model.text import one_line
from sibtui.model.words import places_of_words, plain_word, stemmer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

_Place = tuple[int, int]
_SECONDS = 2.0
"""The time limit of a regular expression for one text, in seconds. A good expression needs a hundredth of this time for a long interview."""
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """The terms of a search in a text, and its settings.

    - `terms`: phrases, or regular expressions if `regex` is set.
    - `within`: a number of words, or a unit such as "sentence". It is needed if there are several terms. A match is
      then a stretch of text that has all terms and is not longer than `within`.
    - `whole_words`: if set, a match neither begins nor ends inside a word.
    - `stem`: a language. Words then match all words with the same stem in this language.

    Raises InputError if there are no words or the settings contradict each other, and OutOfRangeError for a negative
    number.
    """

    terms: tuple[str, ...]
    whole_words: bool = False
    stem: str = ""
    regex: bool = False
    within: Within | None = None

    def __post_init__(self) -> None:
        if not self.terms:
            raise InputError("There is nothing to search for: write a word or more.")
        if self.within is None and len(self.terms) > 1:
            raise InputError(
                "Several words to search for must be within a stretch of text. A phrase is one text with spaces."
            )
        if self.within is not None and len(self.terms) == 1:
            raise InputError("A stretch of text needs two words to search for, or more.")
        if isinstance(self.within, str):
            choice("stretch of text", self.within, WITHIN_UNITS)
        elif self.within is not None:
            whole("number of words", self.within, 0)
        if self.regex and (self.stem or self.whole_words):
            raise InputError("A regular expression finds what it describes: whole words and stems do not go with it.")

    def finder(self) -> Callable[[str, str], Iterator[_Place]]:
        """Return a function that takes a text and its language, and yields the (start, end) of the matches in order.

        Raises InputError for a term that cannot be searched for. The returned function raises InputError if a regular
        expression takes too long.
        """
        finders = [self._finder(term) for term in dict.fromkeys(self.terms)]
        if self.within is None:
            return lambda text, _: finders[0](text)

        def near(text: str, language: str) -> Iterator[_Place]:
            found: list[tuple[int, int, int]] = []
            for at, find in enumerate(finders):
                places = [(*place, at) for place in find(text)]
                if not places:  # most texts lack one of the terms, and cutting a text into words takes long
                    return iter(())
                found += places
            fits = _fitting(text, language, self.within)
            return _first_apart(window for window in _windows(sorted(found), len(finders)) if fits(*window))

        return near

    def _finder(self, term: str) -> Callable[[str], Iterator[_Place]]:
        if self.regex:
            return _by_regex(term)
        if self.stem:
            return _by_stem(term, stemmer(self.stem))
        find = phrase_finder(term)
        if not self.whole_words:
            return find
        return lambda text: (place for place in find(text) if _is_whole(text, *place))


def _is_whole(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _by_regex(term: str) -> Callable[[str], Iterator[_Place]]:
    import regex

    if not term.strip():
        raise InputError("There is nothing to search for: write a word or more.")
    if len(term) > _LONGEST:
        raise InputError("The regular expression is too long.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a warning would end up between messages
            compiled = regex.compile(term, regex.MULTILINE | regex.IGNORECASE)
    except regex.error as error:
        place = "" if error.pos is None else f", at character {error.pos + 1}"
        raise InputError(f"This is not a regular expression: {one_line(error.msg)}{place}.") from error
    except (RecursionError, OverflowError, ValueError) as error:
        raise InputError("The regular expression cannot be used: it is too deeply nested.") from error

    def find(text: str) -> Iterator[_Place]:
        try:
            for match in compiled.finditer(text, timeout=_SECONDS):
                if match.end() > match.start():
                    yield match.span()
        except TimeoutError as error:
            raise InputError("The regular expression takes too long: make it simpler.") from error

    return find


def _by_stem(term: str, stem: Callable[[str], str]) -> Callable[[str], Iterator[_Place]]:
    wanted = [stem(plain_word(term[start:end])) for start, end in places_of_words(term)]
    if not wanted:
        raise InputError("There is nothing to search for: write a word or more.")

    def find(text: str) -> Iterator[_Place]:
        places = list(places_of_words(text))
        stems = [stem(plain_word(text[start:end])) for start, end in places]
        for at in range(len(stems) - len(wanted) + 1):
            if stems[at : at + len(wanted)] == wanted:
                yield places[at][0], places[at + len(wanted) - 1][1]

    return find


def _windows(found: Sequence[tuple[int, int, int]], terms: int) -> Iterator[tuple[int, int, int, int]]:
    """Yield the shortest stretches that have a match of every term.

    Each stretch is a tuple of four offsets: its start, its end, the end of its first match, and the start of its
    last match. `found` are the matches of all terms as (start, end, index of the term), in order. `terms` is the
    number of terms.
    """
    held: Counter[int] = Counter()
    first = 0
    for start, _, term in found:
        held[term] += 1
        last = start
        while held[found[first][2]] > 1:
            held[found[first][2]] -= 1
            first += 1
        if len(held) == terms:
            inside = [match for match in found[first:] if match[0] <= last]
            yield found[first][0], max(match[1] for match in inside), found[first][1], last


def _fitting(text: str, language: str, within: Within | None) -> Callable[[int, int, int, int], bool]:
    """Return a function that decides whether the matches in a stretch of text are near enough.

    They must have at most `within` words between the first and the last, or be in one unit, such as a sentence. The
    function takes the four offsets that `_windows` yields for a stretch.
    """
    if isinstance(within, int):
        starts = [start for start, _ in places_of_words(text)]
        return lambda _start, _end, first, last: bisect_left(starts, last) - bisect_left(starts, first) <= within
    if within == "sentence" and not language:
        language = guess_language(text) or DEFAULT
    cut = Sentences(text, language)
    units = cut.all() if within == "sentence" else map(cut.paragraph, range(cut.paragraphs))
    begins = [unit.start for unit in units]
    return lambda start, end, _first, _last: bisect_right(begins, start) == bisect_right(begins, end - 1)


def _first_apart(windows: Iterable[tuple[int, int, int, int]]) -> Iterator[_Place]:
    """Yield (start, end) of each stretch of text that does not overlap a stretch already yielded."""
    reached = 0
    for start, end, *_ in windows:
        if start >= reached:
            yield start, end
            reached = end
