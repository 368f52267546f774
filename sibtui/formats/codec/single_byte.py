"""Choosing a single-byte encoding by rules: the decoded text must look like a European language.

If bytes are decoded with a wrong encoding, letters appear in places where no language has them. So each character
beyond ASCII is compared with its neighbours, and all characters beyond ASCII must belong to one language. If several
encodings fit, the one that gives the most common words is chosen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class _Language:
    """A language, or several languages with similar letters: the letters beyond ASCII and the common words."""

    letters: frozenset[str]
    words: frozenset[str]


def _language(letters: str, words: str) -> _Language:
    return _Language(frozenset(letters + letters.upper()), frozenset(words.split()))


_WESTERN = (
    _language(
        "àâæçèéêëîïñôöùûüÿœáó",
        "le la les des et que est une dans pour pas qui été était à the and of to in was that she he but"
        " they for with not it de het een van en dat niet zijn",
    ),  # French, English, Dutch
    _language(
        "äöåéèüßàçêâôëï",
        "der die das und ist nicht mit für dass ein zu sie wir über och att det som är inte på jag ja on ei että"
        " se oli hän mutta",
    ),  # German, Swedish, Finnish
    _language(
        "áéíóúüñçàèòï", "que de la el los las en por más con una está qué también els amb per és però"
    ),  # Spanish, Catalan
    _language("áàâãçéêíóôõúü", "que de não os as uma por mais com para é são está"),  # Portuguese
    _language("àèéìíîòóùú", "che di il la non per una è più con sono perché"),  # Italian
    _language("æøåéèêóòôäöüá", "og at det er ikke til på med for som også være når"),  # Danish, Norwegian
    _language("áéíóúýþðæö", "og að það er ekki sem við var á þeir an agus na is bhí sé sí go tá"),  # Icelandic, Irish
)
_CENTRAL = (
    _language("ąćęłńóśźż", "i w na nie się z że do to jest jak po co tak za od ale był była są już"),  # Polish
    _language(
        "áčďéěíňóřšťúůýžôľĺŕä",
        "a v se na je že to si s jako ale jsem o z do za který není byl tak i sa čo ako sú som když",
    ),
    _language("áéíóöőúüű", "a az és hogy nem is egy volt meg de csak már ezt kell van mert"),  # Hungarian
    _language("ăâîşţ", "şi în de la nu că cu pe o un este sunt să mai din a"),  # Romanian
    _language(
        "čćđšž", "i je u da se na su za nije sam što kao od ili smo in ne pa bi so ki še tudi"
    ),  # Croatian, Slovene
)
_BALTIC = (
    _language("āčēģīķļņšūž", "un ir ka ar no uz par viņš viņi bija kas arī pie nav"),  # Latvian
    _language("ąčęėįšųūž", "ir kad yra į iš ne su tai buvo apie bet jie"),  # Lithuanian
    _language("äõöüšž", "ja on ei et see oli ta ning kui aga nad"),  # Estonian
)
_TURKISH = (
    _Language(
        frozenset("çğıöşüâîûÇĞİÖŞÜÂÎÛ"),
        frozenset(("ve", "bir", "bu", "için", "çok", "da", "de", "ne", "ben", "daha", "değil", "ama")),
    ),
)
_CYRILLIC = (
    _language(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
        "и в не на что я с он как это все но она так его же они мы к у а по от из за было бы им нет или уже если мне есть",
    ),
    _language(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "і в не на що я з він як це та але вона так його вони ми до у є були від"
    ),
    _language(
        "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "і ў не на што я з ён як гэта але яна так яго яны мы да у"
    ),  # Belarusian
    _language("абвгдежзийклмнопрстуфхцчшщъьюя", "и в на не се да от за че са по е с това си тя той ще ги"),  # Bulgarian
    _language(
        "абвгдђежзијклљмнњопрстћуфхцчџшѓѕќ", "и у је да се на не су за што као од а али то во ги со"
    ),  # Serbian, Macedonian
)
_GREEK = (
    _language(
        "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
        "και το η ο να του της με που είναι για δεν στο τη από θα τα οι τους ότι",
    ),
)
_OTHER_LETTERS = (_CYRILLIC, _GREEK)
_LANGUAGES = {
    **dict.fromkeys(("cp1252", "mac_roman", "cp850"), _WESTERN),
    **dict.fromkeys(("cp1250", "iso8859_2"), _CENTRAL),
    "cp1257": _BALTIC,
    "cp1254": _TURKISH,
    **dict.fromkeys(("cp852", "mac_latin2"), _CENTRAL),
    **dict.fromkeys(("cp1251", "koi8_r", "koi8_u", "mac_cyrillic", "iso8859_5", "cp866"), _CYRILLIC),
    **dict.fromkeys(("cp1253", "iso8859_7"), _GREEK),
}
LATIN_ENCODINGS = tuple(name for name, languages in _LANGUAGES.items() if languages not in _OTHER_LETTERS)
ENCODINGS = tuple(_LANGUAGES)
"""The encodings that `fit` can test. The most likely encoding comes first."""

_OPENING, _CLOSING = "“‘«„‚‹¿¡", "”’»“‘›…"
_BEFORE_OPENING = "([{-–—/\"'“‘«…"
_SYMBOLS = frozenset("¢§©®™°±·•–—…†‡×÷½¼¾²³¹µ¶¬‰\xa0\xad")
_MONEY = frozenset("£€¥¢")
_WORDS = frozenset("àáâèéóòúåöøôæ")
"""Letters beyond ASCII that are a word by themselves in a language with Latin letters, such as à."""
_DOUBLE_ACUTE = re.compile("õ(?!e)|Õ(?!E)")
"""The pattern of a letter that shows a wrong decoding: in Hungarian text decoded as cp1252, ő becomes õ. Portuguese has õ only before e."""
_MANY, _FEW = 0.34, 0.01
"""Two shares of accented letters among all letters of a text.

`_MANY`: no language with Latin letters has a larger share; Cyrillic or Greek text in a wrong encoding has a far larger
one. `_FEW`: if the share is smaller, the accented letters may come from names and loan words of several languages.
"""
_LOANS = frozenset("šžŠŽ").union(*(language.letters for language in _WESTERN))
_WORD = re.compile(r"[^\W\d_]+(?:\xad[^\W\d_]+)*")


def fit(text: str, encoding: str) -> tuple[int, int, int] | None:
    """Return (number of common words, of letters, of small letters); None if `encoding` is wrong.

    `text` is the text as decoded with `encoding`. The higher the numbers are, the better the encoding fits. The
    encoding is wrong if a character beyond ASCII is in a place where no language of this encoding has it.

    Letters are counted only for Cyrillic and Greek. For Latin encodings, the second and third number are 0, because a
    wrong encoding can turn quotation marks into letters.
    """
    beyond = [at for at, character in enumerate(text) if character > "\x7f"]
    accented = [text[at] for at in beyond if text[at].isalpha() and text[at] not in "ºªµ"]
    letters = [character for character in text if character.isalpha()]
    languages = _LANGUAGES[encoding]
    if encoding == "cp1252" and _DOUBLE_ACUTE.search(text):
        return None
    if languages not in _OTHER_LETTERS and len(accented) > max(3, _MANY * len(letters)):
        return None
    loans = encoding == "cp1252" and len(accented) <= _FEW * len(letters) and _LOANS.issuperset(accented)
    possible = [each for each in languages if loans or each.letters.issuperset(accented)]
    if not possible or not all(_in_place(text, at, latin=languages not in _OTHER_LETTERS) for at in beyond):
        return None
    words = [word.lower() for word in _WORD.findall(text)]
    common = max(sum(word in language.words for word in words) for language in possible)
    if languages not in _OTHER_LETTERS:
        return common, 0, 0
    return common, len(letters), sum(character.islower() for character in letters)


def _in_place(text: str, at: int, *, latin: bool) -> bool:
    character = text[at]
    before, after = text[at - 1 : at] if at else " ", text[at + 1 : at + 2] or " "
    if character in "ºª":
        return before.isalnum()
    if character.isalpha() and character != "µ":
        return _letter_in_place(character, before, after) if latin else _other_letter_in_place(character, before, after)
    return _quotes(character, before, after) or _symbol_in_place(character, within=before.isalpha() and after.isalpha())


def _quotes(character: str, before: str, after: str) -> bool:
    if character == "’" and before.isalnum():
        return True
    if character in _OPENING and not after.isspace() and (before.isspace() or before in _BEFORE_OPENING):
        return True
    return character in _CLOSING and not before.isspace() and not after.isalnum()


def _symbol_in_place(character: str, *, within: bool) -> bool:
    if character in _MONEY:
        return not within
    return character in _SYMBOLS and (not within or character in "–—…·\xad\xa0")


def _letter_in_place(character: str, before: str, after: str) -> bool:
    if before.isdigit() or after.isdigit():
        return False
    if character.isupper() and before.islower():  # a capital within a word
        return False
    return before.isalpha() or after.isalpha() or character.lower() in _WORDS


def _other_letter_in_place(character: str, before: str, after: str) -> bool:
    """Return whether a Cyrillic or Greek letter can be between the characters `before` and `after`.

    The letter cannot be next to a Latin letter or before a digit, and a capital cannot be after a small letter.
    """
    if (character.isupper() and before.islower()) or after.isdigit():
        return False
    return not any(neighbour.isascii() and neighbour.isalpha() for neighbour in (before, after))
