"""The search for words that must be erased from all texts of a study, such as memos, after some items were erased.

These words are passages and quotes of erased sources, and names of erased items.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Protocol

from sibtui.model.folding import LAYOUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PASSAGE = 5
"""The number of words in a passage. Another text counts as a quotation of an erased text if both contain the same passage."""
_SHORTEST_QUOTE = 3
"""The least number of words in a quote that is found without quotation marks.

A shorter quote is found only inside them.
"""
_SHORTEST_NUMBER = 6
"""The least number of characters in a word with a digit, such as a telephone number, that is erased without the words around it."""
_FEW = 50
"""The largest number of different first words for which the fast test of a text is used.

The fast test searches a text for the first words of passages, quotes and names.
"""
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0e31-\u0e3a\u0e47-\u0e4e\u20d0-\u20f0"
_WORD = re.compile(rf"\w[\w{_MARKS}{re.escape(LAYOUT)}]*")
_QUOTED = re.compile("[\"“”„«»‘’‚'‹›]\\W*$")


class ReplacesWords(Protocol):
    """An object whose method `replaced` takes a text and returns it with some words replaced."""

    def replaced(self, text: str) -> str: ...


class ErasedWords:
    """Finds words of erased items in other texts, and replaces them with `mark`.

    The arguments decide which words are found:

    - `texts` (of erased sources): each passage of five successive words, and each long number.
    - `quotes` of three or four words: the whole quote. Longer quotes are not used, because they have passages of
      five words.
    - `quotes` of one or two words: the whole quote, but only in quotation marks.
    - `names` without letters: not used, because they look like numbers.
    - Other `names` of several words or with a digit: the whole name, in any letter case.
    - Other `names` with a capital letter: the whole name, only with the same capital and small letters.
    - All other `names`: not used, because they look like ordinary words.
    - `words`: each whole text, in any letter case.
    """

    def __init__(
        self,
        texts: Iterable[str] = (),
        quotes: Iterable[str] = (),
        names: Iterable[str] = (),
        words: Iterable[str] = (),
        *,
        mark: str = "[withdrawn]",
    ) -> None:
        self.mark = mark
        self._passages: set[str] = set()
        self._quoted: set[str] = set()
        self._names = {" ".join(word for word, _, _ in _words(each)) for each in words} - {""}
        self._exact: set[str] = set()
        for text in texts:
            folded = [word for word, _, _ in _words(text)]
            self._passages.update(_grams(folded, PASSAGE))
            self._passages.update(word for word in folded if _is_number(word))
        for quote in quotes:
            folded = [word for word, _, _ in _words(quote)]
            if folded and len(folded) < PASSAGE:
                target = self._passages if len(folded) >= _SHORTEST_QUOTE else self._quoted
                target.add(" ".join(folded))
        for name in names:
            self._add_name(name)
        self._index()

    def _add_name(self, name: str) -> None:
        words = [word for word, _, _ in _words(name)]
        if not any(character.isalpha() for character in name) or not words:
            return
        if len(words) > 1 or any(character.isdigit() for character in name):
            self._names.add(" ".join(words))
        elif name != name.lower():
            self._exact.add(unicodedata.normalize("NFKC", name.strip()))

    def _index(self) -> None:
        """Store a map: word → lengths (in words) of the passages, quotes and names that begin with this word."""
        self._starts: dict[str, set[int]] = {}
        for grams in (self._passages, self._quoted, self._names):
            for gram in grams:
                first, *rest = gram.split(" ")
                self._starts.setdefault(first, set()).add(1 + len(rest))
        self._first = {*self._starts, *(name.casefold() for name in self._exact)}

    def narrow(self, texts: Iterable[str]) -> None:
        """Make the search faster: look only for the passages and quotes that occur in these texts.

        After this call, only these texts may be searched.
        """
        held = {gram for text in texts for _, _, gram in self._grams_of(_folded(text))}
        self._passages &= held
        self._quoted &= held
        self._index()

    def spare(self, texts: Iterable[str]) -> None:
        """Stop searching for passages that also occur in these texts, such as questions asked in all interviews."""
        if self._passages:
            self._passages -= {
                gram for text in texts if self._may_be_in(text) for _, _, gram in self._grams_of(_folded(text))
            }
            self._index()

    def _may_be_in(self, text: str) -> bool:
        """Return False if a text certainly has no words to erase. The test is fast and saves most searches."""
        if len(self._first) > _FEW:
            return True
        plain = _plain(text)
        return any(first in plain for first in self._first)

    def found(self, text: str) -> list[tuple[int, int]]:
        """Return (start, end) of each place with words to erase, in order.

        Two places with only whitespace between them become one.
        """
        if not self._may_be_in(text):
            return []
        words = list(_words(text))
        folded = [word for word, _, _ in words]
        places = sorted(self._places(text, words, folded))
        joined: list[tuple[int, int]] = []
        for start, end in places:
            if joined and not text[joined[-1][1] : start].strip():
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return joined

    def replaced(self, text: str) -> str:
        for start, end in reversed(self.found(text)):
            text = text[:start] + self.mark + text[end:]
        return text

    def _places(self, text: str, words: list[tuple[str, int, int]], folded: list[str]) -> Iterator[tuple[int, int]]:
        for at, size, gram in self._grams_of(folded):
            start, end = words[at][1], words[at + size - 1][2]
            if gram in self._passages or gram in self._names or self._is_quoted(text, gram, start, end):
                yield start, end
        for _, start, end in words if self._exact else ():
            if unicodedata.normalize("NFKC", text[start:end]) in self._exact:
                yield start, end

    def _is_quoted(self, text: str, gram: str, start: int, end: int) -> bool:
        return (
            gram in self._quoted
            and bool(_QUOTED.search(text[:start]))
            and text[end:].lstrip(" .,!?…")[:1] in set("\"“”’'»«›‘")
        )

    def _grams_of(self, words: Sequence[str]) -> Iterator[tuple[int, int, str]]:
        """Yield (index of the first word, number of words, the words) of each run of words to look up.

        A run is yielded if a text to erase (passage, quote or name) has the same first word and the same number of words.
        """
        for at, word in enumerate(words):
            for size in self._starts.get(word, ()):
                if at + size <= len(words):
                    yield at, size, " ".join(words[at : at + size])


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (folded word, start, end) of each word of a text."""
    for match in _WORD.finditer(text):
        yield unicodedata.normalize("NFKC", match[0].translate(_NO_LAYOUT)).casefold(), match.start(), match.end()


def _folded(text: str) -> list[str]:
    return _WORD.findall(_plain(text))


def _plain(text: str) -> str:
    return (text if text.isascii() else unicodedata.normalize("NFKC", text.translate(_NO_LAYOUT))).casefold()


_NO_LAYOUT = dict.fromkeys(map(ord, LAYOUT))


def _grams(words: list[str], size: int) -> Iterator[str]:
    return (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def _is_number(word: str) -> bool:
    return len(word) >= _SHORTEST_NUMBER and any(character.isdigit() for character in word)
