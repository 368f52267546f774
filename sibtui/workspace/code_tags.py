"""The tags of codes: two characters that represent a code in a small space, such as the margin of a note.

Two codes have different tags, unless all combinations are in use.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.records import Code

_LETTERS = re.compile(r"[^\W_]+")
_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
_STOP_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "as",
        "at",
        "by",
        "for",
        "from",
        "in",
        "into",
        "is",
        "it",
        "of",
        "on",
        "or",
        "the",
        "their",
        "to",
        "with",
    ]
)


def tags(codes: Sequence[Code]) -> dict[str, str]:
    """Return a map: path of a code → its tag (two characters). If no combination is free, the tag is “··”."""
    chosen = _tags(tuple([code.name for code in codes]))
    return {code.path: tag for code, tag in zip(codes, chosen, strict=True)}


@lru_cache(4)
def _tags(names: tuple[str, ...]) -> list[str]:
    """Return the tags of codes with these names. They are cached, because several screens show the same codebook."""
    taken: set[str] = set()
    chosen: list[str] = []
    last = _last_candidates()  # one iterator for all codes: a tag that it has passed is never free again
    for name in names:
        tag = next((tag for tag in chain(_candidates(name), last) if tag.casefold() not in taken), "··")
        taken.add(tag.casefold())
        chosen.append(tag)
    return chosen


def _candidates(name: str) -> Iterator[str]:
    """Yield the tags that suit a code with this name, the best first.

    The order is: the initials, the first letter with another letter of the name, the first letter with a digit.
    """
    words = [word for word in _LETTERS.findall(name) if word.isascii()]
    words = [word for word in words if word.casefold() not in _STOP_WORDS] or words
    if words:
        first = words[0][0].upper()
        letters = "".join(words)[1:].lower()
        if len(words) > 1:
            yield first + words[1][0].lower()
        for letter in dict.fromkeys(letters):
            yield first + letter
        for number in range(2, 10):
            yield f"{first}{number}"


def _last_candidates() -> Iterator[str]:
    """Yield tags that suit any code: numbers first, then any two characters."""
    for number in range(10, 100):
        yield str(number)
    yield from (first + second for first in _CHARACTERS for second in _CHARACTERS)
