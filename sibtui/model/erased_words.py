"""Words that must leave a study: passages of erased texts, quotes and names, wherever else they were written down."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from sibtui.model.folding import LAYOUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PASSAGE = 5
"""The number of equal words in a row that make a passage of an erased text."""
_SHORTEST_QUOTE = 3
"""The words of the shortest quote that is found without quotation marks around it."""
_SHORTEST_NUMBER = 6
"""The characters of the shortest word with a digit that is erased alone, such as a telephone number or a client number."""
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0e31-\u0e3a\u0e47-\u0e4e\u20d0-\u20f0"
_WORD = re.compile(rf"\w[\w{_MARKS}{re.escape(LAYOUT)}]*")
_QUOTED = re.compile("[\"“”„«»‘’‚'‹›]\\W*$")


class ErasedWords:
    """The passages, quotes and names of what was erased, and their replacement by a mark in other texts.

    A passage is five words in a row. A quote is found as a whole, and one of up to two words only in quotation marks. A name is found
    as a whole: in any letter case if it has two words or a digit, else in its own letter case, and not at all if it has no capital.
    `words` are found as a whole in any letter case.
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
        grams = (self._passages, self._quoted, self._names)
        self._sizes = sorted({gram.count(" ") + 1 for some in grams for gram in some})

    def _add_name(self, name: str) -> None:
        words = [word for word, _, _ in _words(name)]
        if not any(character.isalpha() for character in name) or not words:
            return
        if len(words) > 1 or any(character.isdigit() for character in name):
            self._names.add(" ".join(words))
        elif name != name.lower():
            self._exact.add(unicodedata.normalize("NFKC", name.strip()))

    def spare(self, texts: Iterable[str]) -> None:
        """Leave out the passages and quotes that these texts hold too: words of other people, and questions asked everywhere."""
        for text in texts:
            self._passages.difference_update(self._grams_of([word for word, _, _ in _words(text)]))

    def found(self, text: str) -> list[tuple[int, int]]:
        """Return the start and end of each place of these words in a text, in order; places that touch are joined."""
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
        """Return the text with the mark in the place of these words."""
        for start, end in reversed(self.found(text)):
            text = text[:start] + self.mark + text[end:]
        return text

    def _places(self, text: str, words: list[tuple[str, int, int]], folded: list[str]) -> Iterator[tuple[int, int]]:
        for size in self._sizes:
            for at in range(len(words) - size + 1):
                gram = " ".join(folded[at : at + size])
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

    def _grams_of(self, words: list[str]) -> Iterator[str]:
        for size in self._sizes:
            yield from _grams(words, size)


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield (folded word, start, end)."""
    for match in _WORD.finditer(text):
        yield unicodedata.normalize("NFKC", match[0].translate(_NO_LAYOUT)).casefold(), match.start(), match.end()


_NO_LAYOUT = dict.fromkeys(map(ord, LAYOUT))


def _grams(words: list[str], size: int) -> Iterator[str]:
    return (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))


def _is_number(word: str) -> bool:
    return len(word) >= _SHORTEST_NUMBER and any(character.isdigit() for character in word)
