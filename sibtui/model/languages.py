"""Languages of texts: codes such as `de`, and guessing the language of a text.

The language decides how a text is split into sentences. The library charset-normalizer was tried for the guess in 2026:
its result was Indonesian for 110 characters of English, and English for a German text.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import filterfalse

from sibtui.errors import InputError
from sibtui.model.text import one_line

DEFAULT = "en"
_CODE = r"([a-z]{2,3})(?:[-_][a-z0-9]+)*"  # `re` compiles the patterns here when they are first used
_LOOKED_AT = 20_000
"""The number of characters from the beginning of a text on which the guess is based."""
_FEWEST, _SHARE, _AHEAD = 8, 0.08, 1.5
"""Conditions for a clear guess, as three numbers.

The first number is the least number of common words of the language in the text. The second number is the least share
of these words among all words. The third number is the least ratio of this count to the count for the second-best
language.
"""
_COMMON_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "en": "the and of to in that is was it they with for not you this have are but we what from be he she on",
        "de": "der die und das ist nicht ich sie wir ein eine mit auf für dass auch es haben war sich von den dem wie noch",
        "fr": "le la les et des est une que pas nous vous dans pour qui sur avec ils elle je ce sont mais aux été du",
        "es": "el los las que y una por con para no se es como pero lo más nos muy porque del al ellos está fue su",
        "it": "il che di e non è una per gli della con sono le ma anche ci come questo nel alla più era hanno perché si",
        "pt": "o que e não os uma para com as mas por mais se é como dos muito ele ela são foi isso do da em",
        "nl": "de het een en van niet dat ik wij ze zijn voor met maar ook er wat naar hebben was je bij dan nog te",
        "sv": "och att det som en är inte på jag vi för med de har till men ett av om så den kan var när också",
        "da": "og at det som en er ikke på jeg vi for med de har til men et af om så den kan var når også hvad",
        "nb": "og at det som en er ikke på jeg vi for med de har til men et av om så den kan var når også hva",
        "fi": "ja on ei että se oli me he mutta kun niin myös hän ovat ollut joka tai sitä minä olen sen mitä ole kuin",
        "pl": "i w nie się na to że jest z do jak ale był tak co my przez są o od po tym być za które",
        "cs": "a se na je že to v s z do ale jsem jak tak co byl si by jsou po pro jako už když",
        "hu": "a az és hogy nem is egy van volt de ez mert meg csak mi azt már ha még el ők kell nekünk",
        "ro": "și de nu să în este pe că la o cu ce din pentru mai a fost sunt dar le ne au când",
        "tr": "ve bir bu da de için çok ama ne var gibi daha ben biz değil kadar sonra o ile mi yok her en",
    }.items()
}
_LANGUAGES_OF = {
    word: [code for code, common in _COMMON_WORDS.items() if word in common]
    for word in frozenset[str]().union(*_COMMON_WORDS.values())
}
"""A map: common word → languages in which it is common."""
_SCRIPTS = {
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "th": "\u0e00-\u0e7f",
    "ko": "\uac00-\ud7a3\u1100-\u11ff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "bn": "\u0980-\u09ff",
    "am": "\u1200-\u137f",
    "my": "\u1000-\u109f",
    "km": "\u1780-\u17ff",
    "ja": "\u3040-\u30ff",
    "zh": "\u4e00-\u9fff",
    "ru": "\u0400-\u04ff",
    "ar": "\u0600-\u06ff",
    "hi": "\u0900-\u097f",
}
"""A map: language → characters of its script.

If several languages share a script, the map has the most frequent one.
"""
_KANA, _HAN = "ja", "zh"
_WORD = r"[^\W\d_]+"
_NOT_LATIN = "[^\x00-\u02ff\u2000-\u2bff]"
"""The pattern for a character that is neither a Latin letter nor used in many languages, such as a comma."""
_ASCII_WORDS = bytes(code if code > 127 or chr(code).isalpha() else 32 for code in range(256)).lower()
"""A table for `bytes.translate`: ASCII letters become lower case, and all other ASCII characters become spaces."""
_NO_ASCII_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_ASCII_COMMON = frozenset(word.encode() for word in _LANGUAGES_OF if word.isascii())


def maybe_language_code(code: str | None) -> str | None:
    """Return the result of `language_code`; None for None."""
    return None if code is None else language_code(code)


def language_code(code: str) -> str:
    """Return a language code in the form that is stored, such as `de` for de-AT. An empty code stays empty.

    Raises InputError when the text is not a language code.
    """
    code = code.strip()
    if not code:
        return ""
    match = re.fullmatch(_CODE, code, re.IGNORECASE)
    if match is None:
        shown = one_line(code, 40)
        raise InputError(f"“{shown}” is not a language code: write two or three letters, such as en, de or fr.")
    return match[1].lower()


def _script_of(text: str) -> str:
    """Return the code of a language by the script of a text, such as `el` for Greek letters.

    The result is empty for Latin letters or an unclear script.
    """
    ascii_text = text.encode("ascii", "ignore")
    if len(text) - len(ascii_text) <= len(ascii_text.translate(None, _NO_ASCII_LETTERS)) / 2:
        return ""  # at most a third of the letters is in another script
    beyond = "".join(re.findall(_NOT_LATIN, text))
    letters = sum(map(str.isalpha, text))
    in_script = {code: len(re.findall(f"[{script}]", beyond)) for code, script in _SCRIPTS.items()}
    if in_script[_KANA] > letters / 20 and in_script[_KANA] + in_script[_HAN] > letters / 2:
        return _KANA
    largest = max(in_script, key=in_script.__getitem__)
    return largest if in_script[largest] > letters / 2 else ""


def _words(text: str) -> tuple[int, Counter[str]]:
    """Return (number of words in a text, map: common word → how often it occurs).

    Words of only ASCII letters are counted as bytes, which takes half the time.
    """
    parts = text.encode("utf-8", "replace").translate(_ASCII_WORDS).split()
    others = list(filterfalse(bytes.isascii, parts))
    found = re.findall(_WORD, b" ".join(others).decode().lower())
    common = Counter(filter(_LANGUAGES_OF.__contains__, found))
    for word, times in Counter(filter(_ASCII_COMMON.__contains__, parts)).items():
        common[word.decode()] += times
    return len(parts) - len(others) + len(found), common


def guess_language(text: str) -> str:
    """Return the code of the language in which a text is probably written; empty when this is not clear."""
    text = text[:_LOOKED_AT]
    script = _script_of(text)
    if script:
        return script
    words, common = _words(text)
    counts = Counter(dict.fromkeys(_COMMON_WORDS, 0))
    for word, times in common.items():
        for code in _LANGUAGES_OF[word]:
            counts[code] += times
    (first, most), (_, next_most) = counts.most_common(2)
    clear = most >= _FEWEST and most >= _SHARE * words and most >= _AHEAD * next_most
    return first if clear else ""
