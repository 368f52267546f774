"""A quick test that excludes texts without the words of a search.

Only the other texts are searched with the slow pattern of these words. The pattern compares character by character,
because it knows all spellings. The methods of `bytes` compare many characters in one step.
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
"""The least length of a run of letters for the test. A shorter run is in almost every text."""
_DIVIDED = re.compile(r"-[^\S\n]*\n")
_ASCII = bytes(range(128))
_MOST = 4
"""The test is used only for a text in which at most one of this number of bytes (one in four) is not ASCII.

For other texts, the test would take too long.
"""


def text_sieve(words: str) -> Callable[[str], bool]:
    """Return a function that returns False for most texts without these words.

    The function returns True for every text that `text_pattern` matches. The result is False only if the text does not
    contain the longest run of plain letters in the words. In addition, the text must have no letter in an unusual form,
    and no word that is divided at the end of a line.

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
    """Return whether an unusual character can be part of a word that is written in plain letters.

    Such a character may be written in place of a letter, or may be an accent, a hyphen or a layout character.
    """
    if character in LAYOUT or character in HYPHENS or category(character)[0] == "M":
        return True
    return _RUN.search(fold_character(character, case=False)) is not None
