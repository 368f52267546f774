"""Numbers of lists as they are printed: letters, Roman numerals and ordinals."""

from __future__ import annotations

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST = 32_767
"""The largest number that a list item can have in Word. Roman numerals of much larger numbers would fill pages."""
_MOST_LETTERS = 30


def roman(number: int) -> str:
    """Return a number in small Roman numerals; in digits if it is below 1 or above the limit of Word."""
    if not 0 < number <= _MOST:
        return str(number)
    parts: list[str] = []
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        parts.append(letters * count)
    return "".join(parts)


def doubled_letter(number: int) -> str:
    """Return a number as small letters. After z come aa, bb, cc, as in Word."""
    if not 0 < number <= 26 * _MOST_LETTERS:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def letter(number: int, alphabet: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """Return a number as letters of an alphabet.

    After the last letter come aa, ab, ac, as in browsers and LibreOffice.
    """
    if not 0 < number <= _MOST:
        return str(number)
    letters = ""
    while number:
        number, rest = divmod(number - 1, len(alphabet))
        letters = alphabet[rest] + letters
    return letters


def ordinal(number: int) -> str:
    """Return a number as an English ordinal, such as 1st, 2nd or 11th."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
