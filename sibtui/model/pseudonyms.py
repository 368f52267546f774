"""The key of a study (its list of real names and their pseudonyms), and places in texts that may have real names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.folding import name_key
from sibtui.model.frozen import dataclass
from sibtui.model.name_finder import NameFinder
from sibtui.model.segments import Segment
from sibtui.model.text import one_line

SightingKind = Literal["name", "possessive", "accents", "small letters", "part", "near", "e-mail", "phone", "postcode"]
"""The way in which words resemble a real name or an address. `Sighting` explains each kind."""


@dataclass(frozen=True, slots=True)
class Pseudonym:
    """A real name, and the pseudonym that replaces it."""

    real: str
    pseudonym: str


@dataclass(frozen=True, slots=True)
class Sighting:
    """Words in a text that may identify a person: a real name, similar words, or an address.

    `place` is the kind of text, such as “memo” or “file name”, and `where` names the text. `segment` is the position
    of `words` in the text, and `line` is the number of the line, from 1. `real` and `pseudonym` are the entry in the
    key (list of real names and pseudonyms); both are empty for an address.

    `kind` is one of these:

    - `name`: a real name;
    - `possessive`: a real name with 's;
    - `accents`: a real name with other accents than in the key;
    - `small letters`: a name of one word that may be an ordinary word, because it has a small first letter in the
      text;
    - `part`: a part of a longer name;
    - `near`: a word with a similar spelling;
    - `e-mail`, `phone`, `postcode`: an address.
    """

    place: str
    where: str
    kind: SightingKind
    words: str
    segment: Segment
    line: int
    before: str
    after: str
    real: str = ""
    pseudonym: str = ""


def with_pseudonym(key: Sequence[Pseudonym], real: str, pseudonym: str) -> tuple[Pseudonym, ...]:
    """Return the key (list of real names and pseudonyms) with a new entry.

    Several spellings of a name may have the same pseudonym. Raises InputError if a name is empty, has no letter or
    digit, or is part of its own pseudonym. Raises ConflictError if the key already has the real name.
    """
    real, pseudonym = " ".join(real.split()), " ".join(pseudonym.split())
    if not NameFinder.can_find(real):
        raise InputError(f"“{one_line(real, 60)}” cannot be found in a text: a name needs a letter or a digit.")
    if not pseudonym:
        raise InputError(f"“{one_line(real, 60)}” needs a pseudonym.")
    if any(NameFinder([real]).find(pseudonym)):
        raise InputError(f"The pseudonym “{one_line(pseudonym, 60)}” has the real name in it: choose another one.")
    same = next((each for each in key if name_key(each.real) == name_key(real)), None)
    if same is not None:
        raise ConflictError(
            f"“{one_line(same.real, 60)}” is in the key, with the pseudonym “{one_line(same.pseudonym, 60)}”: remove it first."
        )
    return (*key, Pseudonym(real, pseudonym))


def without_pseudonym(key: Sequence[Pseudonym], real: str) -> tuple[tuple[Pseudonym, ...], Pseudonym]:
    """Return (key without a real name, removed entry). The key is the list of real names and pseudonyms.

    Raises NotFoundError if the key does not have this name.
    """
    removed = next((each for each in key if name_key(each.real) == name_key(real)), None)
    if removed is None:
        raise NotFoundError(f"“{one_line(real, 60)}” is not a real name of the key.")
    return tuple(each for each in key if each != removed), removed


def chained(key: Sequence[Pseudonym]) -> tuple[Pseudonym, ...]:
    """Return the entries of the key (list of real names and pseudonyms) whose pseudonym contains a real name.

    If the names were replaced a second time, such a pseudonym would wrongly be replaced.
    """
    finder = NameFinder(each.real for each in key)
    return tuple(each for each in key if any(finder.find(each.pseudonym)))


def in_the_letters_of(words: str, real: str, pseudonym: str) -> str:
    """Return the pseudonym for `words` in a text, changed to the letter case of `words`.

    For example, ANNA replaces MARY, and anna replaces mary. `real` is the real name in its usual form.
    """
    cased = [letter for letter in words if letter.isupper() or letter.islower()]
    if len(cased) > 1 and all(letter.isupper() for letter in cased) and not real.isupper():
        return pseudonym.upper()
    if cased and all(letter.islower() for letter in cased) and not real.islower():
        return pseudonym.lower()
    if words[:1].isupper() and real[:1].islower():
        return pseudonym[:1].upper() + pseudonym[1:]
    return pseudonym
