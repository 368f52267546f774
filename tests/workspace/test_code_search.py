from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.codebook import join_path, split_path
from sibtui.model.records import Code
from sibtui.workspace.code_search import CodeChoice, CodeOffer, offer

NAMES = {
    "Money": "", "Money/Who carries the loss": "who pays when an outcome is missed", "Money/Paid in advance": "", "People": "",
    "People/Brokering and coaching": "a go-between opens doors", "People/Distrust": "", "People/Trust": "faith in others",
}  # fmt: skip


def codes_of(*paths: str, definitions: dict[str, str] | None = None) -> list[Code]:
    """Return codes with these paths, and the codes above them."""
    whole = dict.fromkeys(
        join_path(split_path(path)[:depth]) for path in paths for depth in range(1, len(split_path(path)) + 1)
    )
    return [
        Code(at, None, split_path(path)[-1], path, (definitions or {}).get(path, ""), "", "", "", "emergent", "active", None, None, "")
        for at, path in enumerate(whole)
    ]  # fmt: skip


CODES = codes_of(*NAMES, definitions=NAMES)


def offered(typed: str, *paths: str, recent: tuple[str, ...] = ()) -> CodeOffer:
    return offer(typed, codes_of(*paths), recent)


def names(hits) -> list[str]:
    return [hit.code.name for hit in hits]


def fitting(typed: str, recent: tuple[str, ...] = ()) -> list[str]:
    return names(offer(typed, CODES, recent).fitting)


def similar(typed: str) -> list[str]:
    return names(offer(typed, CODES, ()).similar)


# Which codes fit


def test_if_nothing_is_typed_the_codes_used_last_come_first():
    assert fitting("", ("People/Trust",))[:2] == ["Trust", "Money"]
    assert offer(" / ", CODES, ()).first == CodeChoice("Money")


def test_a_code_fits_if_every_typed_word_begins_a_word_of_its_name():
    assert fitting("lo who") == ["Who carries the loss"]
    assert fitting("oss") == []


def test_of_equal_matches_the_code_used_last_comes_first():
    assert fitting("p", ("Money/Paid in advance",))[0] == "Paid in advance"


def test_an_exact_name_comes_before_the_code_used_last():
    codes = codes_of("Trust in staff", "Trust")
    found = offer("trust", codes, ("Trust in staff",))
    assert names(found.fitting) == ["Trust", "Trust in staff"]
    assert (found.first, found.exact) == (CodeChoice("Trust"), 1)


def test_of_two_codes_with_the_typed_name_the_code_used_last_comes_first():
    found = offered("trust", "Trust", "People/Trust", recent=("People/Trust",))
    assert (found.first, found.exact) == (CodeChoice("People/Trust"), 2)


def test_two_typed_words_match_two_different_words_of_a_name():
    assert offered("very very good", "Very good").first == CodeChoice("very very good", new=True)
    assert offered("t tr", "Trust them").first == CodeChoice("Trust them")


def test_names_that_differ_in_letter_case_unicode_composition_or_spaces_are_equal():
    assert offered("  mu\u0308nchen  NORD ", "M\u00fcnchen Nord").first == CodeChoice("M\u00fcnchen Nord")


# What Enter takes


@pytest.mark.parametrize(
    ("typed", "there", "near"),
    [
        ("Distrust", "Trust", "Trust"),
        ("No support", "Support", "Support"),
        ("Unpaid work", "Paid work", "Paid work"),
        ("Trust", "Distrust", "Distrust"),
        ("payment", "Non-payment", "Non-payment"),
        ("bac", "Brokering and coaching", "Brokering and coaching"),
        ("brokring and coching", "Brokering and coaching", "Brokering and coaching"),
        ("people trust", "People/Trust", "Trust"),
        ("Trust?", "Trust", "Trust"),
    ],
)
def test_a_similar_name_is_listed_below_the_new_code(typed: str, there: str, near: str):
    found = offered(typed, there)
    assert found.first == CodeChoice(typed, new=True)
    assert (found.fitting, near in names(found.similar)) == ((), True)


def test_a_code_with_the_typed_word_in_its_definition_is_similar_and_a_different_code_is_not():
    assert similar("outcome missed") == ["Who carries the loss"]
    assert similar("zzzzqqq") == []


@pytest.mark.parametrize("typed", ["Distrust", "Nothing like it"])
def test_enter_chooses_no_similar_code_if_no_code_can_be_added(typed: str):
    assert offer(typed, codes_of("Trust"), (), allow_new=False).first is None


def test_the_typed_words_are_marked_in_the_name():
    assert offer("trust", CODES, ()).fitting[0].marks == ((0, 5),)
    assert offer("lo who", CODES, ()).fitting[0].marks == ((0, 3), (16, 18))
    assert offer("ust", CODES, ()).similar[0].marks == ((5, 8),)


# Where a new code goes


def test_the_first_codes_of_a_study_are_siblings():
    assert offered("Money").new == ("Money",)
    assert offered("No money", "Beginnings", recent=("Beginnings",)).first == CodeChoice("No money", new=True)


def test_a_new_code_goes_below_the_theme_of_the_last_code_if_the_theme_has_sub_codes():
    found = offered("No money", "Beginnings/Doors", recent=("Gone", "Beginnings/Doors"))
    assert found.new == ("Beginnings/No money", "No money")
    assert offered("No money", "Beginnings/Doors", recent=("Beginnings",)).new == found.new


def test_a_typed_path_below_a_known_code_adds_a_code_below_that_code():
    found = offered("money/Loss", "Money/Who carries the loss")
    assert found.first == CodeChoice("Money/Loss", new=True)
    assert offered("money/who carries THE loss", "Money/Who carries the loss").first == CodeChoice(
        "Money/Who carries the loss"
    )


def test_a_parent_may_be_typed_by_the_end_of_its_path():
    found = offered("sub/New", "Theme/Sub/Old")
    assert found.new == ("Theme/Sub/New", "sub/New")
    assert offered("sub/old", "Theme/Sub/Old").first == CodeChoice("Theme/Sub/Old")


def test_a_typed_parent_matches_by_word_beginnings_or_is_added():
    assert offered("peo/tru", "People/Trust").first == CodeChoice("People/Trust")
    assert offered("Places/Doors", "People/Trust").first == CodeChoice("Places/Doors", new=True)
    assert offered("people/Staff/Trust", "People/Trust").first == CodeChoice("People/Staff/Trust", new=True)


def test_a_theme_followed_by_a_slash_lists_the_codes_of_the_theme():
    found = offered("people/", "Money/Loss", "People/Trust")
    assert names(found.fitting) == ["People", "Trust"]
    assert found.new == ()


def test_a_slash_in_a_name_is_written_with_a_backslash():
    assert offered(r"they\/them").first == CodeChoice(r"they\/them", new=True)
    assert split_path(offered(r"they\/them").new[0]) == ("they/them",)
    assert offered(r"they\/them", r"they\/them").first == CodeChoice(r"they\/them")
    assert offered("they/them", r"they\/them").first == CodeChoice(r"they\/them")
    assert split_path(offered(r"C:\temp").new[0]) == (r"C:\temp",)


def test_no_code_is_added_at_the_path_of_a_retired_code():
    retired = [replace(code, status="retired") for code in codes_of("Trust")]
    found = offer("trust", codes_of("Distrust"), (), retired=retired)
    assert (found.new, found.first, found.retired) == ((), None, "Trust")


# For all codebooks and typed names

WORDS = st.sampled_from(["Trust", "Distrust", "trust", "t", "No", "no", "paid", "Unpaid", "work", "wor", "they", "s"])
PLAIN = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
ODD = st.builds("{}{}{}".format, WORDS, st.sampled_from(["-", "/", " (", "’", " – ", "\\", "&"]), WORDS)
CODE_NAMES = PLAIN | ODD
PATHS = st.lists(CODE_NAMES, min_size=1, max_size=3).map(join_path)
TYPED = CODE_NAMES | PATHS | st.lists(WORDS, min_size=2, max_size=3).map("/".join)


def words_of(name: str) -> list[str]:
    return re.split(r"[^\w'’–-]+", name.lower())


def may_take(typed: str, path: str) -> bool:
    """Return whether Enter may choose this code. The result is computed without the functions of the package."""
    parts = split_path(typed)
    names = split_path(path)
    if typed.strip().lower() == names[-1].lower() or (len(parts) == 1 and parts[0].lower() == names[-1].lower()):
        return True
    words = [
        word
        for name in (names if len(parts) > 1 else names[-1:])
        for word in [name.lower(), *name.lower().split(), *words_of(name)]
    ]
    return all(any(word.startswith(begun) for word in words) for part in parts for begun in part.lower().split())


@given(TYPED, st.lists(PATHS, max_size=6), st.data())
@example("Distrust", ["Trust"], None)
@example("Trust", ["Distrust"], None)
@example("No support", ["Support"], None)
@example("Trust/no", ["Trust"], None)
@example("no/Trust", ["Distrust"], None)
@example("Trust/paid", ["Trust/Unpaid", "Trust"], None)
@example("no no", ["No work"], None)
def test_enter_never_chooses_a_code_that_was_not_typed(typed: str, paths: list[str], data) -> None:
    codes = codes_of(*paths)
    known = [code.path for code in codes]
    recent = data.draw(st.lists(st.sampled_from(known or [""]), max_size=2)) if data else known[:1]
    found = offer(typed, codes, recent)
    first = found.first
    assert first is not None
    if first.new:
        assert first.path not in known
        assert split_path(first.path)[-1] == split_path(typed)[-1]
        assert not any(typed.lower() == name.lower() for code in codes for name in (code.name, code.path))
    else:
        assert first.path in known
        assert may_take(typed, first.path)
    for hit in found.fitting:
        assert may_take(typed, hit.code.path)
    listed = [hit.code.path for hit in (*found.fitting, *found.similar)]
    assert len(listed) == len(set(listed))
    without = offer(typed, codes, recent, allow_new=False).first
    assert without is None or may_take(typed, without.path)
