"""A quick test for texts that cannot have some words, so that the pattern of these words searches only the other texts.

The pattern compares character by character, because it knows all spellings. The methods of `bytes` compare many characters at once.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category

from sibtui.model.folding import LAYOUT, fold_character
from sibtui.model.text_pattern import HYPHENS, searched

if TYPE_CHECKING:
    from collections.abc import Callable

_RUN = re.compile(r"[a-z0-9]+")
_SHORTEST = 3
"""The least length of a run of letters. A shorter run is in almost every text."""
_DIVIDED = re.compile(r"-[^\S\n]*\n")
_ASCII = bytes(range(128))
_MOST = 4
"""A text in which more than a quarter of the bytes are no ASCII is not tested, because the test would take too long."""


def text_sieve(words: str) -> Callable[[str], bool]:
    """Return a function that returns False for most texts without these words. It returns True for every text that `text_pattern` matches.

    A text cannot have the words if it has no letters in an unusual form, divides no word at the end of a line, and does not have the
    longest run of plain letters.

    >>> passes = text_sieve("rate card")
    >>> passes("The RATE card was paid."), passes("The rates were paid.")
    (True, True)
    >>> passes("Nothing was paid.")
    False
    """
    longest = max(_RUN.findall(searched(words)), key=len, default="")
    if len(longest) < _SHORTEST:
        return lambda _: True
    run = longest.encode()

    def passes(text: str) -> bool:
        data = text.encode("utf-8", "surrogatepass")
        if run in data.lower() or _DIVIDED.search(text):
            return True
        others = data.translate(None, _ASCII)
        if _MOST * len(others) > len(data):
            return True
        return any(map(_is_unusual, set(others.decode("utf-8", "surrogatepass"))))

    return passes


@cache
def _is_unusual(character: str) -> bool:
    """Return whether a character can be part of a word in plain letters: as a letter of it, an accent, a hyphen or layout."""
    if character in LAYOUT or character in HYPHENS or category(character)[0] == "M":
        return True
    return _RUN.search(fold_character(character, case=False)) is not None
