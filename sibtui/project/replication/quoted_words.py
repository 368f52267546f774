"""Words of notes that are quoted in other texts, such as a definition: finding them and leaving them out."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _Words = tuple[str, ...]

RUN = 5
"""The least number of consecutive equal words that count as a quote without quotation marks."""
LEFT_OUT = "[…]"
"""The text in place of quoted words."""
_WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Letters of scripts that are written without spaces. Each such letter counts as one word."""
_WORD = re.compile(rf"[{_WITHOUT_SPACES}]|(?:(?![{_WITHOUT_SPACES}])\w)+")
_QUOTED = re.compile('[“„«"‘‚‹\']([^“”„«»"‘‚‹›\n]{2,200}?)[”“»"’‘›\']')


class QuotedWords:
    """Finds the words that `written` texts quote from `notes`.

    A quote is a run of five equal words, or two to four equal words in quotation marks. Differences in capital letters
    and punctuation are ignored.
    """

    def __init__(self, written: Iterable[str], notes: Iterable[str]) -> None:
        wanted: dict[int, set[_Words]] = {size: set() for size in range(2, RUN + 1)}
        for text in written:
            for _, _, words in _candidates(text):
                wanted[len(words)].add(words)
        self._found: set[_Words] = set()
        for note in notes:
            in_note = [word for _, _, word in _words(note)]
            for size, candidates in wanted.items():
                if candidates:
                    self._found |= candidates.intersection(zip(*(in_note[at:] for at in range(size)), strict=False))
        self.count = 0
        """The number of quotes that `without` has left out."""

    def without(self, text: str) -> str:
        """Return the text with `LEFT_OUT` in place of each quote."""
        places = sorted((start, end) for start, end, words in _candidates(text) if words in self._found)
        parts, done, previous = [], 0, -1
        for start, end in places:
            if start > previous:  # the places of one long quote overlap
                parts += [text[done:start], LEFT_OUT]
                self.count += 1
            done = previous = max(end, previous)
        return "".join((*parts, text[done:]))


def _words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, word in small letters) of each word of a text."""
    for match in _WORD.finditer(text):
        yield *match.span(), unicodedata.normalize("NFKC", match[0]).casefold()


def _candidates(text: str) -> Iterator[tuple[int, int, _Words]]:
    """Yield (start, end, words) of each passage that may be a quote."""
    found = list(_words(text))
    for at in range(len(found) - RUN + 1):
        run = found[at : at + RUN]
        yield run[0][0], run[-1][1], tuple(word for _, _, word in run)
    for match in _QUOTED.finditer(text):
        inside = list(_words(match[1]))
        if 2 <= len(inside) < RUN:
            start = match.start(1)
            yield start + inside[0][0], start + inside[-1][1], tuple(word for _, _, word in inside)
