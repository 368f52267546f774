"""Folding: conversion of names and texts to a common form, so that texts that look alike compare as equal.

Two names “read the same” if `name_key` returns the same form for both. `fold` ignores more differences, and is used
for searches.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_SINGLE_QUOTES = "‘’‚‛′‹›ʹʻʼʽˈ´`᾽᾿"
_DOUBLE_QUOTES = "“”„‟″«»〝〞〟"
DASHES = "-‐‑‒–—―−"
PUNCTUATION = str.maketrans(
    dict.fromkeys(_SINGLE_QUOTES, "'") | dict.fromkeys(_DOUBLE_QUOTES, '"') | dict.fromkeys(DASHES, "-")
)
"""A map: typographic quotation mark or dash → the same character on a keyboard."""
LAYOUT = "\u00ad\u034f\u061c\u180e\ufeff" + "".join(
    chr(point)
    for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F))
    for point in range(first, last + 1)
)
"""Soft hyphens, zero-width characters, direction marks and variation selectors.

A reader does not see whether a text has them.
"""
_LAYOUT = f"[{LAYOUT}]"  # `re` compiles it when it is first used
_NO_PART_OF_NAMES = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
"""The layout characters that are removed from names. U+200C and U+200D are kept, because some scripts separate words with them."""
_VISIBLE = f"[^\\s{LAYOUT}]"
LETTERS = str.maketrans({"ς": "σ", "œ": "oe", "Œ": "OE", "ı": "i", "⁄": "/", "∕": "/"})
"""A map: character → character that a search treats as equal.

Characters that the Unicode form NFKC makes equal are not in the map.
"""


@lru_cache(1 << 15)
def name_key(name: str) -> str:
    """Return the form (key) in which names are compared.

    The name is converted to the Unicode form NFC, to lower case, and to plain quotation marks, dashes and spaces.
    Similar characters are not made equal: Maße is not Masse, and Wave ² is not Wave 2.
    """
    if name.isascii():
        return _fold_ascii(name)
    composed = unicodedata.normalize("NFC", name).replace("İ", "i").lower().replace("ς", "σ")
    plain = composed.translate(PUNCTUATION).translate(_NO_PART_OF_NAMES)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def by_key(names: Iterable[str]) -> dict[str, str]:
    """Return a map: key of a name (see `name_key`) → the first name with this key."""
    names_by_key: dict[str, str] = {}
    for name in names:
        names_by_key.setdefault(name_key(name), name)
    return names_by_key


def identical(name: str, names: Iterable[str]) -> str | None:
    """Return the name in `names` with the same key as `name` (see `name_key`); None if there is none.

    An exact match is preferred.
    """
    known = names if isinstance(names, dict | set | frozenset) else tuple(names)
    return name if name in known else by_key(known).get(name_key(name))


def is_visible(text: str) -> bool:
    """Return whether the text has a visible character.

    Whitespace and layout characters, such as a soft hyphen, are not visible.
    """
    return text[:1].isalnum() or re.search(_VISIBLE, text) is not None  # most texts begin with a letter


def _fold_ascii(text: str) -> str:
    return " ".join(text.lower().replace("`", "'").split())


def fold(text: str) -> str:
    """Return the text in the form that searches compare: in lower case, for example.

    Similar characters become equal (² and 2, œ and oe), and all invisible layout characters are removed.
    """
    if text.isascii():  # a search of 2,000 codes folds each name at the first key
        return _fold_ascii(text)
    plain = unicodedata.normalize("NFKC", re.sub(_LAYOUT, "", text).translate(PUNCTUATION)).translate(PUNCTUATION)
    return " ".join(plain.lower().replace("i̇", "i").translate(LETTERS).split())


def fold_character(character: str, *, case: bool) -> str:
    """Return the folded form of one character, which can be several characters: “ﬁ” becomes “fi”.

    If `case` is set, capital letters are kept. A character whose folded form would have a space, such as ﷺ, is not
    changed, because a space separates the words of a search.
    """
    plain = character.translate(PUNCTUATION)
    if plain == character:
        plain = unicodedata.normalize("NFKC", character)
        if " " in plain:
            return character
        plain = plain.translate(PUNCTUATION)
    if case:
        return plain.translate(_CAPITALS_KEPT)
    return plain.replace("İ", "i").lower().translate(LETTERS)


_CAPITALS_KEPT = {point: to for point, to in LETTERS.items() if chr(point) in "œŒ⁄∕"}
