"""Words of notes that are quoted in other texts, such as a definition: finding them and leaving them out."""

from __future__ import annotations

import re
import unicodedata
from itertools import islice
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
_UNSEEN = "\u00ad\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u200b-\u200f\u2060\ufeff"
"""Marks on letters, such as accents, and characters without a width, such as soft hyphens. They do not end a word."""
_WORD = re.compile(rf"[{_WITHOUT_SPACES}]|(?:(?![{_WITHOUT_SPACES}])[^\W_][{_UNSEEN}]*)+")
_CLOSING = {
    "“": "”“", "„": "“”", "‟": "”", "”": "”", "«": "»", "»": "«", "‹": "›", "›": "‹", "‘": "’‘", "‚": "‘’", "’": "’",
    '"': '"', "'": "'", "`": "`'’´", "＂": "＂", "〝": "〞〟", "「": "」", "『": "』", "《": "》", "〈": "〉",
}  # fmt: skip
"""A map: quotation mark that begins a passage → marks that can end it. Languages use the same marks in different ways."""
_ONE_WAY = "«‹「『《〈〝"
"""Marks that begin a passage even after a letter or before a space."""
_APOSTROPHES = "'’"
_LONGEST_PASSAGE, _MOST_ENDS = 200, 3


class QuotedWords:
    """Finds quotes of notes in other texts.

    `notes` are the texts of sources, and `written` are texts of researchers, such as definitions. A quote is a run of
    five words that also occurs in a note. Inside quotation marks, two to four words are enough. Differences in capital
    letters, accents and punctuation are ignored.
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
        """Return the text with `[…]` in place of each quote of the notes."""
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
        letters = unicodedata.normalize("NFKD", match[0])
        plain = "".join(c for c in letters if unicodedata.category(c) not in {"Mn", "Cf"})
        yield *match.span(), (plain or letters).casefold()


def _candidates(text: str) -> Iterator[tuple[int, int, _Words]]:
    """Yield (start, end, words) of each passage of a text that may be a quote.

    These are all runs of five words, and all passages of two to four words in quotation marks.
    """
    found = list(_words(text))
    for at in range(len(found) - RUN + 1):
        run = found[at : at + RUN]
        yield run[0][0], run[-1][1], tuple(word for _, _, word in run)
    for start, end in _passages(text):
        inside = list(_words(text[start:end]))
        if 2 <= len(inside) < RUN:
            yield start + inside[0][0], start + inside[-1][1], tuple(word for _, _, word in inside)


def _passages(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each passage in quotation marks, without the marks.

    It may be unclear which mark ends a passage. Then one passage is yielded for each possible end, at most three.
    """
    for at, mark in enumerate(text):
        if mark in _CLOSING and (mark in _ONE_WAY or _can_begin(text, at)):
            ends = (end for end in range(at + 1, min(at + _LONGEST_PASSAGE, len(text))) if _ends(text, end, mark))
            yield from ((at + 1, end) for end in islice(ends, _MOST_ENDS))


def _can_begin(text: str, at: int) -> bool:
    """Return whether the quotation mark at the offset `at` can begin a passage."""
    return not text[at - 1 : at].isalnum() and not text[at + 1 : at + 2].isspace()


def _ends(text: str, at: int, beginning: str) -> bool:
    """Return whether the character at the offset `at` can end a quoted passage.

    `beginning` is the quotation mark at the beginning of the passage.
    """
    mark = text[at]
    return mark in _CLOSING[beginning] and not (mark in _APOSTROPHES and text[at + 1 : at + 2].isalnum())
