"""Whether a text, decoded by a guess, reads like one in a European language with Latin letters.

Statistics need more letters than a short note has; but the wrong table puts an accent where no writer would. So each
character beyond ASCII is looked at beside its neighbours, and all accented letters must belong to one language.
"""

from __future__ import annotations

import re


def _alphabets(*languages: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(letters + letters.upper()) for letters in languages)


_WESTERN = _alphabets(
    "àâæçèéêëîïñôöùûüÿœáó",  # French, English, Dutch
    "äöåéèüßàçêâôëï",  # German, Swedish, Finnish
    "áéíóúüñçàèòï",  # Spanish, Catalan
    "áàâãçéêíóôõúü",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "æøåéèêóòôäöüá",  # Danish, Norwegian
    "áéíóúýþðæö",  # Icelandic, Irish
)
_CENTRAL = _alphabets(
    "ąćęłńóśźż",
    "áčďéěíňóřšťúůýžôľĺŕä",  # Czech, Slovak
    "áéíóöőúüű",
    "ăâîşţ",
    "čćđšž",
)
_ALPHABETS = {
    "cp1252": _WESTERN,
    "mac_roman": _WESTERN,
    "cp850": _WESTERN,
    "cp1250": _CENTRAL,
    "iso8859_2": _CENTRAL,
    "cp1257": _alphabets("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
    "cp1254": (frozenset("çğıöşüâîûÇĞİÖŞÜÂÎÛ"),),
}
ENCODINGS = tuple(_ALPHABETS)
"""The encodings that `reads_as` knows, the likeliest first."""

_OPENING, _CLOSING = "“‘«„‚‹¿¡", "”’»“‘›…"
_BEFORE_OPENING = "([{-–—/\"'“‘«…"
_SIGNS = frozenset("¢§©®™°±·•–—…†‡×÷½¼¾²³¹µ¶¬‰\xa0\xad")
_MONEY = frozenset("£€¥¢")
_WORDS = frozenset("àáâèéóòúåöøôæ")
"""Letters that are words by themselves, in one language or another."""
_DOUBLE_ACUTE = re.compile("õ(?!e)|Õ(?!E)")
"""Hungarian read as cp1252: its ő becomes õ, which in Portuguese stands before e alone."""
_MANY, _FEW = 0.34, 0.01
"""No such language accents more of its letters; read by these tables, Cyrillic or Greek letters would nearly all be.
When fewer are, they are names and loans in a text without accents, and may come from several languages."""
_LOANS = frozenset("šžŠŽ").union(*_WESTERN)


def reads_as(text: str, encoding: str) -> bool:
    """Whether every character beyond ASCII stands where a writer using this encoding would put it."""
    beyond = [at for at, character in enumerate(text) if character > "\x7f"]
    accented = [text[at] for at in beyond if text[at].isalpha() and text[at] not in "ºªµ"]
    if encoding == "cp1252" and _DOUBLE_ACUTE.search(text):
        return False
    letters = sum(map(str.isalpha, text))
    if len(accented) > max(2, _MANY * letters):
        return False
    loans = encoding == "cp1252" and len(accented) <= _FEW * letters and _LOANS.issuperset(accented)
    if not loans and not any(alphabet.issuperset(accented) for alphabet in _ALPHABETS[encoding]):
        return False
    return all(_in_place(text, at) for at in beyond)


def _in_place(text: str, at: int) -> bool:
    character = text[at]
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2] or " "
    if character in "ºª":
        return before.isalnum()
    if character.isalpha() and character != "µ":
        return _letter_in_place(character, before, after)
    return _quotes(character, before, after) or _sign_in_place(character, within=before.isalpha() and after.isalpha())


def _quotes(character: str, before: str, after: str) -> bool:
    if character == "’" and before.isalnum():
        return True
    if character in _OPENING and not after.isspace() and (before.isspace() or before in _BEFORE_OPENING):
        return True
    return character in _CLOSING and not before.isspace() and not after.isalnum()


def _sign_in_place(character: str, *, within: bool) -> bool:
    if character in _MONEY:
        return not within
    return character in _SIGNS and (not within or character in "–—…·\xad\xa0")


def _letter_in_place(character: str, before: str, after: str) -> bool:
    if before.isdigit() or after.isdigit():
        return False
    if character.isupper() and before.islower():  # a capital within a word
        return False
    return before.isalpha() or after.isalpha() or character.lower() in _WORDS
