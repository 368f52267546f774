"""Keyboard layouts: letters of Cyrillic, Greek, Hebrew and Arabic keyboards → the Latin characters on the same keys.

A terminal sends the letter of the active layout. Without this module, researchers who write in one of these scripts
would have to switch to a Latin layout for each command. Dead keys, which some layouts send as characters, are
included.
"""

from __future__ import annotations

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
_LAYOUTS = (
    "йцукенгшщзхъфывапролджэячсмитьбю",
    "ضصثقفغعهخحجدشسيبلاتنمكطئءؤر ىةوز",
)
"""The letters of other alphabets at the positions of `_LATIN`. A space marks a position without a letter."""
_OTHERS = {
    # Ukrainian and Belarusian letters that differ from Russian
    "ё": "`", "і": "s", "ї": "]", "є": "'", "ў": "o",
    # Greek
    "ς": "w", "ε": "e", "ρ": "r", "τ": "t", "υ": "y", "θ": "u", "ι": "i", "ο": "o", "π": "p", "α": "a", "σ": "s", "δ": "d", "φ": "f",
    "γ": "g", "η": "h", "ξ": "j", "κ": "k", "λ": "l", "ζ": "z", "χ": "x", "ψ": "c", "ω": "v", "β": "b", "ν": "n", "μ": "m",
    # Hebrew
    "ק": "e", "ר": "r", "א": "t", "ט": "y", "ו": "u", "ן": "i", "ם": "o", "פ": "p", "ש": "a", "ד": "s", "ג": "d", "כ": "f", "ע": "g",
    "י": "h", "ח": "j", "ל": "k", "ך": "l", "ף": ";", "ז": "z", "ס": "x", "ב": "c", "ה": "v", "נ": "b", "מ": "n", "צ": "m", "ת": ",", "ץ": ".",
    # Dead keys, which some layouts send as characters
    "´": "'", "’": "'", "ʼ": "'", "˜": "~", "∼": "~", "ˆ": "^", "–": "-", "−": "-",
}  # fmt: skip
_POSITIONS = {
    letter: key for letters in _LAYOUTS for letter, key in zip(letters, _LATIN, strict=True) if letter != " "
} | _OTHERS


def latin_key(character: str) -> str | None:
    """Return the character that a Latin keyboard has on the key that typed `character`. None if the key is unknown.

    A capital letter gives a capital letter. The accent of a Greek letter is ignored.
    """
    import unicodedata

    plain = unicodedata.normalize("NFD", character)[:1] if character.isalpha() else character
    for letter in (character, plain):
        if letter in _POSITIONS:
            return _POSITIONS[letter]
        lower = letter.lower()
        if lower != letter and lower in _POSITIONS:
            return _POSITIONS[lower].upper()
    return None
