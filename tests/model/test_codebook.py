from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.codebook import did_you_mean, is_within, join_path, listed, resolve, split_path
from sibtui.model.similar import similar

names = st.text(alphabet="aA/\\ b😀", min_size=1, max_size=6).map(str.strip).filter(bool)
PATHS = [
    "Strengths",
    "Strengths/Brokering",
    "Strengths/Wellbeing Star",
    "Innovation",
    "Innovation/Brokering",
    "Innovation/New partnerships",
    "Innovation/New partnerships/Social groups",
]


@given(st.lists(names, min_size=1, max_size=4))
def test_a_path_is_split_into_the_names_that_it_was_joined_from(parts: list[str]) -> None:
    assert split_path(join_path(parts)) == tuple(parts)


def test_blanks_around_names_are_dropped_and_a_last_backslash_stands_for_itself() -> None:
    assert split_path(" Theme / Code ") == ("Theme", "Code")
    assert split_path("a\\") == ("a\\",)
    assert split_path("") == ("",)


@given(st.lists(names, min_size=1, max_size=3), st.lists(names, min_size=1, max_size=3))
def test_a_path_is_within_another_when_its_names_begin_with_all_of_the_others(
    first: list[str], second: list[str]
) -> None:
    below = len(first) > len(second) and first[: len(second)] == second
    assert is_within(join_path(first), join_path(second)) == below


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("Strengths/Brokering", "Strengths/Brokering"),
        ("strengths / BROKERING", "Strengths/Brokering"),
        ("Wellbeing Star", "Strengths/Wellbeing Star"),
        ("star", "Strengths/Wellbeing Star"),
        ("New partnerships/Social groups", "Innovation/New partnerships/Social groups"),
        ("innov/social", "Innovation/New partnerships/Social groups"),
        ("inn/broker", "Innovation/Brokering"),
        ("Innovation", "Innovation"),
    ],
)
def test_a_code_is_named_whole_by_its_last_names_or_by_a_part_that_fits_no_other(wanted: str, path: str) -> None:
    assert resolve(wanted, PATHS) == path


def test_a_name_that_fits_several_codes_lists_them() -> None:
    with pytest.raises(AmbiguousError, match="fits “Strengths/Brokering” and “Innovation/Brokering”: write more"):
        resolve("Brokering", PATHS)


def test_a_name_that_fits_none_is_answered_with_the_nearest() -> None:
    with pytest.raises(
        NotFoundError, match="No code is named “Welbeing Star”; did you mean “Strengths/Wellbeing Star”"
    ):
        resolve("Welbeing Star", PATHS)
    with pytest.raises(NotFoundError, match=r"No code is named “qqq”\.$"):
        resolve("qqq", PATHS)
    with pytest.raises(NotFoundError, match=r"No code is named “x”\.$"):
        resolve("x", [])


@pytest.mark.parametrize("wanted", ["", "  ", "/", " / "])
def test_an_empty_name_is_told_what_to_write(wanted: str) -> None:
    with pytest.raises(NotFoundError, match="A code needs a name"):
        resolve(wanted, PATHS)


def test_names_that_differ_in_letter_case_alone_are_told_apart_when_written_whole() -> None:
    paths = ["Theme/Trust", "Theme/trust", "Theme/TRUST"]
    assert [resolve(path, paths) for path in paths] == paths
    assert resolve(" Theme / trust ", paths) == "Theme/trust"
    with pytest.raises(AmbiguousError):
        resolve("theme/trust", paths)


@given(st.lists(st.lists(names, min_size=1, max_size=3).map(join_path), min_size=1, max_size=8, unique=True))
def test_a_whole_path_names_its_own_code_whatever_the_others_are(paths: list[str]) -> None:
    assert [resolve(path, paths) for path in paths] == paths


def test_a_part_of_an_inner_name_counts_in_order_only() -> None:
    paths = ["One/Two/Three", "Two/One/Three"]
    assert resolve("On/Tw/Thr", paths) == "One/Two/Three"
    with pytest.raises(NotFoundError):
        resolve("Thr/On/Three", paths)


def test_the_nearest_names_come_best_first_and_three_at_most() -> None:
    near = did_you_mean("brokerin", [*PATHS, "X/Brokerin", "Y/Broker in", "Z/Brokering now"])
    assert near.startswith("; did you mean “X/Brokerin”")
    assert near.count("“") == 3
    assert near.endswith("?")


def test_a_list_is_written_out_up_to_a_limit() -> None:
    assert listed(["a"]) == "“a”"
    assert listed(["a", "b"], last="or") == "“a” or “b”"
    assert listed(["a", "b", "c"]) == "“a”, “b” and “c”"
    assert listed(list("abcdefg")) == "“a”, “b”, “c”, “d”, “e” and 2 more"


def test_codes_are_similar_by_name_or_by_text_and_the_most_alike_come_first() -> None:
    paths = ["A/Trust in staff", "B/Staff, trust in", "B/Funding", "C/Waiting lists"]
    shared = {("B/Funding", "C/Waiting lists"): 0.5, ("A/Trust in staff", "B/Funding"): 0.25}
    found = similar(paths, shared)
    assert [(pair.first, pair.second) for pair in found] == [
        ("A/Trust in staff", "B/Staff, trust in"),
        ("B/Funding", "C/Waiting lists"),
    ]
    assert (found[0].name, found[0].overlap) == (100.0, 0.0)
    assert found[1].overlap == 0.5
    assert found[1].name < 80


def test_a_pair_alike_in_name_and_text_is_one_pair() -> None:
    (pair,) = similar(["A/Trust", "B/Trust"], {("A/Trust", "B/Trust"): 0.9})
    assert (pair.name, pair.overlap) == (100.0, 0.9)


def test_a_code_and_its_own_sub_code_are_no_pair() -> None:
    assert similar(["A/Trust", "A/Trust/Trust"], {("A/Trust", "A/Trust/Trust"): 1.0}) == []


def test_the_limits_of_likeness_can_be_set() -> None:
    paths = ["A/Trust of staff", "B/Trust of stuff"]
    assert similar(paths, {}, name_at_least=99) == []
    assert (
        len(similar(paths, {("A/Trust of staff", "B/Trust of stuff"): 0.3}, name_at_least=99, overlap_at_least=0.3))
        == 1
    )
