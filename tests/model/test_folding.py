"""Keys of names, and the folding of single characters."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.folding import by_key, fold, fold_character, identical, is_visible, name_key
from sibtui.model.text_pattern import RANGES


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("München", "Mu\u0308nchen"),
        ("SIB A", "sib\u00a0a"),
        ("SIB A", "  SIB \t A\u2009"),
        ("Can’t pay", "can't pay"),
        ("“Quoted”", '"quoted"'),
        ("Well–being", "well-being"),
        ("well‑being", "Well-Being"),
        ("ΟΔΟΣ", "οδος"),
        ("İzmir", "izmir"),
        ("H\u0331", "ẖ"),
        ("SIB A\u200b", "SIB A"),
    ],
)
def test_names_with_equal_keys_are_identical(name: str, same: str) -> None:
    assert name_key(name) == name_key(same)


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
def test_each_dash_is_a_hyphen(dash: str) -> None:
    assert (name_key(f"A{dash}B"), fold(f"A{dash}B")) == ("a-b", "a-b")


@pytest.mark.parametrize(
    ("marks", "plain"),
    [
        ("\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u02b9\u02bb\u02bc\u02bd\u00b4`", "'"),
        ("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u301d\u301e\u301f", '"'),
    ],
)
def test_each_quotation_mark_is_a_plain_one(marks: str, plain: str) -> None:
    for mark in marks:
        assert (name_key(f"A{mark}"), fold(f"A{mark}")) == (f"a{plain}", f"a{plain}")


@pytest.mark.parametrize(
    ("name", "other"), [("Maße", "Masse"), ("Wave ²", "Wave 2"), ("ﬁrst", "first"), ("A-B", "A B"), ("café", "cafe")]
)
def test_names_that_read_differently_are_not_identical(name: str, other: str) -> None:
    assert name_key(name) != name_key(other)


@given(st.text())
def test_the_key_of_a_name_key_is_the_same_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


def test_the_exact_name_is_preferred_to_an_identical_one() -> None:
    assert identical("sib a", ["SIB A", "sib a"]) == "sib a"
    assert identical("Sib A", ["SIB A", "sib a"]) == "SIB A"
    assert identical("SIB B", ["SIB A"]) is None
    assert by_key(["SIB A", "sib a"]) == {"sib a": "SIB A"}


def test_folding_makes_more_characters_equal_than_name_keys_do() -> None:
    assert fold("Oﬃce\u00ad hours,  Wave ²\n“Cœur” Iı") == 'office hours, wave 2 "coeur" ii'


@pytest.mark.slow
@pytest.mark.parametrize("case", [False, True])
def test_folding_changes_only_characters_in_the_ranges(case: bool) -> None:
    outside = set(range(sys.maxunicode + 1)).difference(*(range(*span) for span in RANGES))
    outside -= set(range(0xAC00, 0xD7A4)) | set(range(0xD800, 0xE000))
    odd = [hex(n) for n in outside if fold_character(chr(n), case=case) != chr(n) or unicodedata.decomposition(chr(n))]
    assert odd == []


@given(st.text(st.characters(max_codepoint=127)))
def test_folding_treats_ascii_text_as_it_treats_other_text(text: str) -> None:
    assert fold(text) == fold(f"é {text}").removeprefix("é").strip()


def test_folding_a_folded_character_changes_nothing() -> None:
    for span in RANGES:
        for character in map(chr, range(*span)):
            folded = fold_character(character, case=False)
            assert "".join(fold_character(each, case=False) for each in folded) == folded


@pytest.mark.parametrize("text", ["a", " a", "語", "\n.", "(", "\u200b-"])
def test_a_text_with_a_visible_character_is_visible(text: str) -> None:
    assert is_visible(text)


@pytest.mark.parametrize("text", ["", " ", "\n\t\u00a0", "\u00ad", "\ufeff \u200b"])
def test_whitespace_and_layout_characters_are_not_visible(text: str) -> None:
    assert not is_visible(text)
