"""The search for a phrase in many texts. Most texts need only a quick search.

The regular expression of a phrase (see `model.text_pattern`) matches all spellings, such as other quotation marks,
but is slow. A search in the bytes of a text is quick, but does not find all spellings. So the quick search is used
only for texts that cannot have the phrase in another spelling.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from unicodedata import category

from sibtui.errors import InputError
from sibtui.model.folding import LAYOUT, fold_character
from sibtui.model.text_pattern import HYPHENS, searched, text_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Place = tuple[int, int]
_RUN = re.compile(r"[a-z0-9]+")
_SHORTEST = 3
"""The least length of a run of letters for the quick test. A shorter run is in almost every text."""
_DIVIDED = re.compile(r"-[^\S\n]*\n")
_ASCII = bytes(range(128))
_SPACES = rb"(?:[\t-\r\x1c- ]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80)+"
r"""The pattern of spaces in UTF-8. It matches the same characters as `\s` in a text."""
_MOST = 4
"""The quick search is used only for a text in which at most one of this number of bytes (one in four) is not ASCII.

For other texts, the test of their characters would take too long.
"""


def phrase_finder(words: str) -> Callable[[str], Iterator[_Place]]:
    """Return a function that takes a text and yields the places of a phrase, as (start, end).

    The places are the same as the matches of `text_pattern(words)`. Raises InputError if `words` has no word.

    >>> list(phrase_finder("rate card")("The RATE  card was paid."))
    [(4, 14)]
    """
    folded = searched(words)
    if not folded:
        raise InputError("There is nothing to search for: write a word or more.")
    runs = _RUN.findall(folded)
    longest = max(runs, key=len, default="")
    is_plain = folded == " ".join(runs)
    if not is_plain and len(longest) < _SHORTEST:
        return lambda text: _matches(words, text)
    run, phrase = longest.encode(), re.compile(_SPACES.join(each.encode() for each in runs))

    def find(text: str) -> Iterator[_Place]:
        data = text.encode("utf-8", "surrogatepass").lower()  # changes only ASCII letters
        has_run = run in data
        if (has_run and not is_plain) or not _is_plain_text(text, data):
            return _matches(words, text)
        return _places(phrase, text, data) if has_run else iter(())

    return find


def _matches(words: str, text: str) -> Iterator[_Place]:
    pattern = text_pattern(words)  # cached. Without such a text, the costly pattern is never made
    return (match.span() for match in pattern.finditer(text)) if pattern else iter(())


def _places(phrase: re.Pattern[bytes], text: str, data: bytes) -> Iterator[_Place]:
    """Yield (start, end) of each match, counted in code points.

    `data` is the text in UTF-8, with the ASCII letters in lower case.
    """
    if text.isascii():
        yield from (match.span() for match in phrase.finditer(data))
        return
    end = last = 0
    for match in phrase.finditer(data):
        start = end + _length(data[last : match.start()])
        end, last = start + _length(match[0]), match.end()
        yield start, end


def _length(data: bytes) -> int:
    return len(data.decode("utf-8", "surrogatepass"))


def _is_plain_text(text: str, data: bytes) -> bool:
    """Return whether the quick search, which compares bytes, certainly finds all places in this text.

    It does so if all letters have usual forms, and no word is divided at a line end. `data` is the text in UTF-8.
    """
    if _DIVIDED.search(text):
        return False
    if text.isascii():
        return True
    others = data.translate(None, _ASCII)
    if _MOST * len(others) > len(data):
        return False
    return not any(map(_is_unusual, set(others.decode("utf-8", "surrogatepass"))))


@cache
def _is_unusual(character: str) -> bool:
    """Return whether a search for ASCII words may find words with this non-ASCII character: `cafe` finds `café`.

    Examples are an accent, a hyphen, an invisible layout character, and another form of a letter such as ﬁ.
    """
    if character in LAYOUT or character in HYPHENS or category(character)[0] == "M":
        return True
    return _RUN.search(fold_character(character, case=False)) is not None
