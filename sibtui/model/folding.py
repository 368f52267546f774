"""Folding: the forms in which names and texts are compared, so that texts that look alike are equal.

Two names are identical (they read the same) if their keys from `name_key` are equal. `fold` ignores more differences; searches use it.
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
"""A map from typographic quotation marks and dashes to the marks of a keyboard."""
LAYOUT = "\u00ad\u034f\u061c\u180e\ufeff" + "".join(
    chr(point)
    for first, last in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F))
    for point in range(first, last + 1)
)
"""Soft hyphens, zero-width characters, direction marks and variation selectors: a text reads the same without them."""
_LAYOUT = f"[{LAYOUT}]"  # `re` compiles it when it is first used
_NO_PART_OF_NAMES = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
"""Layout characters that are removed from names. U+200C and U+200D are kept, because some scripts separate words with them."""
LETTERS = str.maketrans({"ς": "σ", "œ": "oe", "Œ": "OE", "ı": "i", "⁄": "/", "∕": "/"})
"""Characters that a search treats like other characters, in addition to the equal characters of the Unicode form NFKC."""


@lru_cache(1 << 15)
def name_key(name: str) -> str:
    """Return the form in which names are compared: NFC, lower case, plain quotation marks, dashes and spaces.

    Compatibility characters stay: Maße is not Masse, and Wave ² is not Wave 2.
    """
    if name.isascii():
        return _fold_ascii(name)
    composed = unicodedata.normalize("NFC", name).replace("İ", "i").lower().replace("ς", "σ")
    plain = composed.translate(PUNCTUATION).translate(_NO_PART_OF_NAMES)
    return " ".join(unicodedata.normalize("NFC", plain).split())


def by_key(names: Iterable[str]) -> dict[str, str]:
    """Return a map from name keys to names. If several names have the same key, the first one is kept."""
    names_by_key: dict[str, str] = {}
    for name in names:
        names_by_key.setdefault(name_key(name), name)
    return names_by_key


def identical(name: str, names: Iterable[str]) -> str | None:
    """Return the name in `names` that reads like this name: their keys are equal. None when there is none. An exact match is preferred."""
    known = names if isinstance(names, dict | set | frozenset) else tuple(names)
    return name if name in known else by_key(known).get(name_key(name))


def _fold_ascii(text: str) -> str:
    return " ".join(text.lower().replace("`", "'").split())


def fold(text: str) -> str:
    """Return the form in which texts are compared loosely: as in `name_key`, but with NFKC and without any layout characters."""
    if text.isascii():  # a search of 2,000 codes folds each name at the first key
        return _fold_ascii(text)
    plain = unicodedata.normalize("NFKC", re.sub(_LAYOUT, "", text).translate(PUNCTUATION)).translate(PUNCTUATION)
    return " ".join(plain.lower().replace("i̇", "i").translate(LETTERS).split())


def fold_character(character: str, *, case: bool) -> str:
    """Return the folded form of one character; this can be several characters. With `case`, capitals are kept.

    A character whose NFKC form has a space (a lone accent, ﷺ) is not changed, because a space separates the words of a search.
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
