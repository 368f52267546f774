"""Letters of cases."""

from __future__ import annotations

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sibtui.model.case_letters import (
    ALPHABET,
    COMMAND_KEYS,
    can_be_letter,
    case_letters,
    free_letter,
    is_letter,
)

KINDS = ["School", "Team", "House"]
PLACES = ["East", "North", "South", "West", "Inner City", "Élan", "A", "1", "10", "Quay", "Ü"]
LABELS = st.one_of(
    st.builds("{} {}".format, st.sampled_from(PLACES), st.sampled_from(KINDS)),
    st.builds("{} {}".format, st.sampled_from(KINDS), st.sampled_from(PLACES)),
    st.text("ab1 Üж!", min_size=1, max_size=4),
)


@pytest.mark.parametrize(
    ("labels", "letters"),
    [
        (["East School", "North School", "South School", "West School"], "ensw"),
        (["School East", "School North", "School South", "School West"], "ensw"),
        (["The East School", "The North School"], "en"),
        (["SIB A", "SIB B", "SIB C", "SIB D"], "abcd"),
        (["North", "South", "Nearby"], "nse"),
        (["North School", "South School", "South Office"], "nsf"),
        (["1", "2"], "12"),
        (["P01", "P02", "P10"], "12p"),
        (["Wave-1", "Wave-2"], "12"),
        (["A North", "A South", "A Team 1"], "ns1"),
        (["École", "Ünal"], "en"),
        (["A", "A!", "A!!"], "abc"),
        (["Жук", "Лес"], "ab"),
        (["Quay", "Utopia"], "at"),
        (["School East"], "s"),
        ([], ""),
    ],
)
def test_letters_of_cases_come_from_the_parts_of_their_labels_that_differ(labels: list[str], letters: str) -> None:
    assert "".join(case_letters(labels)) == letters


@given(st.lists(LABELS, min_size=1, max_size=45, unique=True))
@example([f"Case {number}" for number in range(1, 41)])
def test_letters_are_distinct_and_no_command_keys_while_one_is_free(labels: list[str]) -> None:
    letters = case_letters(labels)
    given_letters = [letter for letter in letters if letter]
    assert len(letters) == len(labels)
    assert len(set(given_letters)) == len(given_letters)
    assert all(is_letter(letter) and letter not in COMMAND_KEYS for letter in given_letters)
    if "" in letters:
        assert set(ALPHABET) - COMMAND_KEYS <= set(given_letters)


@given(st.lists(LABELS, max_size=30, unique=True), LABELS)
def test_a_new_case_gets_a_free_letter(labels: list[str], label: str) -> None:
    assume(label not in labels)
    others = list(zip(labels, case_letters(labels), strict=True))
    letter = free_letter(label, others)
    used = {theirs for _, theirs in others} | COMMAND_KEYS
    assert letter not in used or letter == ""
    assert bool(letter) or used >= set(ALPHABET)


@given(st.lists(st.sampled_from(PLACES[:4]), min_size=2, unique=True), st.sampled_from(KINDS), st.booleans())
def test_a_case_gets_the_free_initial_of_its_distinguishing_word(places: list[str], kind: str, first: bool) -> None:
    labels = [f"{kind} {place}" if first else f"{place} {kind}" for place in places]
    assert case_letters(labels) == [place[0].lower() for place in places]


@pytest.mark.parametrize(
    ("character", "allowed"),
    [("a", True), ("1", True), ("ж", True), ("0", False), ("A", False), ("²", False), ("ab", False), ("", False), ("-", False)],
)  # fmt: skip
def test_a_letter_is_one_lower_case_letter_or_a_digit(character: str, allowed: bool) -> None:
    assert is_letter(character) is allowed


def test_a_case_has_no_letter_when_none_is_free() -> None:
    others = [(f"case {letter}", letter) for letter in "abcdefghijklmnopqrstuvwxyz0123456789"]
    assert free_letter("zebra", others) == ""


def test_a_new_case_gets_a_letter_of_the_word_that_distinguishes_it() -> None:
    assert free_letter("West School", [("East School", "e"), ("North School", "n")]) == "w"
    assert is_letter("w")
    assert can_be_letter("w")
    assert not any(map(can_be_letter, ["W", "ww", *COMMAND_KEYS]))
