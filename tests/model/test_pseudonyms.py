"""The key of pseudonyms, and the letters of a replacement."""

from __future__ import annotations

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.pseudonyms import Pseudonym, chained, in_the_letters_of, with_pseudonym, without_pseudonym

KEY = (Pseudonym("Mary", "Anna"), Pseudonym("Mary Jones", "Anna Smith"))


def test_a_pseudonym_is_added_at_the_end_without_extra_spaces() -> None:
    assert with_pseudonym(KEY, " José  Lima", "Tom ") == (*KEY, Pseudonym("José Lima", "Tom"))


@pytest.mark.parametrize(
    ("real", "pseudonym", "reason"),
    [("…", "Tom", "cannot be found"), ("Tom", " ", "needs a pseudonym"), ("Tom", "tom B", "has the real name in it")],
)
def test_a_name_that_cannot_be_used_is_refused(real: str, pseudonym: str, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        with_pseudonym(KEY, real, pseudonym)


def test_a_real_name_cannot_be_added_to_the_key_twice() -> None:
    with pytest.raises(ConflictError, match="“Mary” is in the key, with the pseudonym “Anna”"):
        with_pseudonym(KEY, "mary", "Zoe")


def test_a_real_name_is_removed_in_any_letter_case() -> None:
    assert without_pseudonym(KEY, "mary jones") == (KEY[:1], KEY[1])
    with pytest.raises(NotFoundError):
        without_pseudonym(KEY, "Anna")


def test_a_pseudonym_that_contains_a_real_name_is_reported() -> None:
    assert chained(KEY) == ()
    assert chained((*KEY, Pseudonym("Anna", "Zoe"))) == KEY


@pytest.mark.parametrize(
    ("words", "real", "pseudonym", "written"),
    [
        ("Mary", "Mary", "Anna", "Anna"),
        ("MARY", "Mary", "Anna", "ANNA"),
        ("MARY JONES", "Mary Jones", "Anna Smith", "ANNA SMITH"),
        ("mary", "Mary", "Anna", "anna"),
        ("NHS", "NHS", "the service", "the service"),
        ("M", "M", "Anna", "Anna"),
        ("M", "m", "anna", "Anna"),
        ("McDonald", "McDonald", "Anna", "Anna"),
        ("mary", "mary", "Anna", "Anna"),
        ("Van Dijk", "van Dijk", "de Wit", "De Wit"),
        ("Leeds", "Leeds", "the city", "the city"),
        ("王芳", "王芳", "李娜", "李娜"),
    ],
)
def test_a_pseudonym_gets_the_capitals_of_the_words(words: str, real: str, pseudonym: str, written: str) -> None:
    assert in_the_letters_of(words, real, pseudonym) == written
