"""Letters of cases: the keys with which the user selects a case on the screen."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

ALPHABET = "abcdefghijklmnopqrstuvwxyz"
COMMAND_KEYS = frozenset("jkmoqu0")
"""The keys of commands in the dialogs that choose a case. No case gets one of them as its letter. A test compares this set with the dialogs."""
_WORD = re.compile(r"[^\W\d_]+|\d+")


def case_letters(labels: Sequence[str]) -> list[str]:
    """Return one letter or digit for each label, in the same order; an empty string if none is free for a label.

    Letters of words that some labels do not have are preferred: e and n for East School and North School.
    """
    words = [_words(label) for label in labels]
    shared = _shared(words)
    used = set(COMMAND_KEYS)
    letters: list[str] = []
    for own in words:
        letters.append(_letter(own, shared, len(labels), used))
        used.add(letters[-1])
    return letters


def free_letter(label: str, others: Sequence[tuple[str, str]]) -> str:
    """Return a letter for a new case with this label; empty if no letter is free.

    `others` are the (label, letter) of existing cases.
    """
    used = COMMAND_KEYS.union(letter for _, letter in others)
    if not has_free_letter(label, used):
        return ""
    own = _words(label)
    shared = _shared([*(_words(other) for other, _ in others), own])
    return _letter(own, shared, len(others) + 1, used)


def has_free_letter(label: str, taken: AbstractSet[str]) -> bool:
    """Return whether a case with this label can get a letter that is neither in `taken` nor the key of a command.

    Possible letters are the alphabet, and the letters and digits of the label.
    """
    own = "".join(_words(label))
    return not {*taken, *COMMAND_KEYS}.issuperset(ALPHABET + own)


def is_letter(character: str) -> bool:
    """Return whether the text is one lower-case letter or one digit from 1 to 9."""
    return len(character) == 1 and (
        character in "123456789" or (character.isalpha() and character == character.casefold())
    )


def can_be_letter(character: str) -> bool:
    """Return whether a case may have this letter: it passes `is_letter`, and it is not the key of a command."""
    return is_letter(character) and character not in COMMAND_KEYS


def _words(label: str) -> list[str]:
    """Return the words and numbers of a label in lower case, without accents and leading zeros."""
    decomposed = unicodedata.normalize("NFKD", label.casefold())
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return [word.lstrip("0") or "0" for word in _WORD.findall(plain)]


def _shared(labels: Iterable[Sequence[str]]) -> Counter[str]:
    return Counter(word for words in labels for word in set(words))


def _letter(words: Sequence[str], shared: Counter[str], labels: int, used: Iterable[str]) -> str:
    """Return a free letter for a label; an empty string if none is free.

    `words` are the words of the label. `shared` is a map: word → number of labels with this word. `labels` is the
    number of all labels. Words that occur in few labels are tried first: e for East School, beside North School.
    """
    rare = sorted((word for word in words if labels == 1 or shared[word] < labels), key=shared.__getitem__)
    single = [word for word in rare if len(word) == 1]  # the A of SIB A
    candidates = [*single, *(word[0] for word in rare), *"".join(rare), *"".join(words), *ALPHABET]
    return next(
        (
            character
            for character in candidates
            if character.isascii() and is_letter(character) and character not in used
        ),
        "",
    )
