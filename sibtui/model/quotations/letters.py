"""Texts reduced to their letters and digits, for a fast search that ignores layout, capitals and punctuation.

`model.quotes` compares texts more strictly, with one regular expression per quote. For a draft with hundreds of
quotations, it is faster to reduce each source only once.
"""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

from sibtui.model.folding import fold_character

if TYPE_CHECKING:
    from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+")
_NO_LETTER = re.compile(r"[\W_]+")


class LetterText:
    """A text, and all its letters and digits (`letters`), without other characters. `letters` is folded.

    Folding converts to small letters, and makes similar characters equal (see `model.folding`). `places` is a map:
    folded word → offsets in the text at which this word begins.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.places: dict[str, array[int]] = {}
        self._offsets = array("I")
        self._edges: set[int] = {0}
        parts: list[str] = []
        offsets, edges, places = self._offsets, self._edges, self.places
        for match in _WORD.finditer(text):
            word, start = match[0], match.start()
            if word.isascii():
                folded = word.lower()
                offsets.extend(range(start, start + len(folded)))
            else:
                letters = [_NO_LETTER.sub("", fold_character(character, case=False)) for character in word]
                folded = "".join(letters)
                offsets.extend(at for at, each in enumerate(letters, start) for _ in each)
            parts.append(folded)
            edges.add(len(offsets))
            found = places.get(folded)
            if found is None:
                found = places[folded] = array("I")
            found.append(start)
        self.letters = "".join(parts)

    def find(self, letters: str, start: int = 0) -> int:
        """Return the index in `self.letters` at which `letters` occur as whole words; -1 if they do not occur.

        The search begins at the index `start`.
        """
        at = self.letters.find(letters, start)
        while at >= 0 and not self._is_whole(at, at + len(letters)):
            at = self.letters.find(letters, at + 1)
        return at

    def _is_whole(self, start: int, end: int) -> bool:
        return start in self._edges and end in self._edges

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return (start, end) in the text for the letters at the indexes [start, end)."""
        return self._offsets[start], self._offsets[end - 1] + 1


def letters_of(text: str) -> str:
    """Return the folded letters and digits of a text, joined to one text."""
    return LetterText(text).letters


_GAP = re.compile(r"\[[^\]]*\]|\(\s*(?:\.{3,}|…)\s*\)|…|\.{3,}|\.(?: \.){2,}")
_FIRST_LETTER = re.compile(r"\[([^\W\d_]{1,2})\](?=[^\W_])")


def parts_of(quotation: str) -> list[str]:
    """Return the parts of a quotation, divided at cuts (`[…]`) and at [inserted words].

    A changed first letter, as in [W]e, does not divide the quotation.

    >>> parts_of("[W]e open doors […] out of [the] doorway")
    ['We open doors ', ' out of ', ' doorway']
    """
    return list(_with_letters(_GAP.split(_FIRST_LETTER.sub(r"\1", quotation))))


def _with_letters(parts: list[str]) -> Iterator[str]:
    return (part for part in parts if _WORD.search(part))
