"""Numbers of lists in the forms of Word: words, ordinals in several languages, enclosed numbers, footnote symbols.

The forms have the names that Word documents use. The library num2words 0.5 was tried in 2026: it has the words of fifty
languages, but writes "one hundred and one" where Word writes "one hundred one". The module foreign_number_words has the
words in other languages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.sources.foreign_number_words import number_word
from sibtui.formats.sources.list_numbers import doubled_letter, ordinal, roman

if TYPE_CHECKING:
    from collections.abc import Callable

_UNITS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_THOUSAND = 1000
_HUNDRED = 100
_WITH_FULL_STOP = frozenset(
    ("cs", "da", "de", "et", "fi", "hr", "hu", "lv", "nb", "nn", "no", "pl", "sk", "sl", "sr", "tr")
)
"""Languages that write an ordinal as a number with a full stop: 1. for 1st."""
_MOST_DIGITS = 9
_MARKS = "*†‡§"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"


def _cardinal(number: int) -> str:
    parts = []
    if number >= _THOUSAND:
        parts.append(f"{_cardinal(number // _THOUSAND)} thousand")
        number %= _THOUSAND
    if number >= _HUNDRED:
        parts.append(f"{_UNITS[number // _HUNDRED]} hundred")
        number %= _HUNDRED
    if number >= len(_UNITS):
        tens, units = divmod(number, 10)
        parts.append(f"{_TENS[tens]}-{_UNITS[units]}" if units else _TENS[tens])
    elif number or not parts:
        parts.append(_UNITS[number])
    return " ".join(parts)


def _ordinal_words(number: int) -> str:
    words = _cardinal(number)
    at = max(words.rfind(" "), words.rfind("-")) + 1
    last = words[at:]
    return words[:at] + (_ORDINALS.get(last) or f"{last.removesuffix('y')}{'ieth' if last.endswith('y') else 'th'}")


def _letter_of(letters: str, number: int) -> str:
    """Return a number as one of `letters`, as Word does: after the last letter, letters are doubled.

    With three letters: a, b, c, aa, bb, cc, aaa. A number below 1, or a very high one, is written in digits.
    """
    count, at = divmod(number - 1, len(letters))
    return letters[at] * (count + 1) if 0 < number <= len(letters) * 30 else str(number)


def _enclosed(first: int, most: int) -> Callable[[int], str]:
    """Return a function that takes a number and returns an enclosed character, such as ①.

    The number 1 gives the character with the code point `first`, 2 the next one, and so on. A number above `most` is
    written in digits.
    """
    return lambda number: chr(first + number - 1) if 0 < number <= most else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": doubled_letter,
    "upperLetter": lambda number: doubled_letter(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "russianLower": lambda number: _letter_of(_RUSSIAN, number),
    "russianUpper": lambda number: _letter_of(_RUSSIAN, number).upper(),
    "hex": lambda number: f"{number:X}",
    "chicago": lambda number: _letter_of(_MARKS, number),
    "numberInDash": lambda number: f"- {number} -",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + at: 0xFF10 + at for at in range(10)}),
    "decimalEnclosedCircle": _enclosed(0x2460, 20),
    "decimalEnclosedParen": _enclosed(0x2474, 20),
    "decimalEnclosedFullstop": _enclosed(0x2488, 20),
    "none": lambda _: "",
}
_ENGLISH: dict[str, Callable[[int], str]] = {
    "ordinal": ordinal,
    "cardinalText": lambda number: _cardinal(number).capitalize(),
    "ordinalText": lambda number: _ordinal_words(number).capitalize(),
}


def in_form(number: int, form: str, language: str = "en") -> str | None:
    """Return a number in one of Word's forms, such as `upperRoman`; None when the form is unknown.

    A form may also be a pattern such as `001, 002, …`, which shows how many digits a number has. `language` is the
    language of the document.
    """
    if form.startswith("0") and "," in form:
        return f"{number:0{min(len(form.split(',', 1)[0].strip()), _MOST_DIGITS)}}"
    spoken = language.lower().split("-", 1)[0]
    if form in _ENGLISH:
        return _ENGLISH[form](number) if spoken == "en" and number >= 0 else _foreign(number, form, spoken)
    return _FORMS[form](number) if form in _FORMS else None


def _foreign(number: int, form: str, language: str) -> str | None:
    """Return a number in another language than English, as a word or an ordinal such as 1º.

    Return None when the form is unknown.
    """
    if form != "ordinal":
        return number_word(number, form, language)
    if language in _WITH_FULL_STOP:
        return f"{number}."
    if language in ("es", "it", "pt"):
        return f"{number}º"
    if language == "fr":
        return f"{number}er" if number == 1 else f"{number}e"
    return f"{number}e" if language == "nl" else None
