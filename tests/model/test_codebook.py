from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import AmbiguousError, NotFoundError
from sibtui.model.codebook import did_you_mean, identical_path, is_within, join_path, resolve, split_path, theme_of
from sibtui.model.similar import similar

# A few names with equal beginnings, with differences only in letter case, or with separators and escapes
names = st.sampled_from(["a", "A", "ab", "a b", "b", "a/b", "/", "\\", "a\\", "\\/", "😀"])


@st.composite
def two_paths(draw: st.DrawFn) -> tuple[list[str], list[str]]:
    """Draw the names of two paths that are equal, parent and child, siblings, or have equal beginnings."""
    above, name, other = draw(st.lists(names, max_size=2)), draw(names), draw(names)
    first = [*above, name]
    second = draw(
        st.sampled_from([first, [*first, other], above or first, [*above, other], [*above, name + other, other]])
    )
    return draw(st.permutations([first, second]).map(lambda both: (both[0], both[1])))


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
@example(["a\\", "b"])
@example(["/", "\\"])
def test_splitting_a_joined_path_returns_its_names(parts: list[str]) -> None:
    assert split_path(join_path(parts)) == tuple(parts)


@given(st.lists(names, min_size=1, max_size=4))
@example(["a"])
@example(["a", "b"])
@example(["a/b"])
@example(["a/b", "b"])
@example(["a\\", "b"])
@example(["/", "/"])
def test_the_theme_of_a_path_is_its_first_name(parts: list[str]) -> None:
    assert theme_of(join_path(parts)) == join_path(parts[:1])


def test_spaces_around_names_are_dropped_and_a_last_backslash_is_kept() -> None:
    assert split_path(" Theme / Code ") == ("Theme", "Code")
    assert split_path("a\\") == ("a\\",)
    assert split_path("") == ("",)


@given(two_paths())
@example((["a"], ["a"]))
@example((["a", "b"], ["a"]))
@example((["a"], ["a", "b"]))
@example((["a", "b"], ["a", "a"]))
@example((["ab", "b"], ["a"]))
@example((["a/b"], ["a"]))
def test_a_path_is_within_every_path_that_it_begins_with(
    paths: tuple[list[str], list[str]],
) -> None:
    first, second = paths
    below = len(first) > len(second) and first[: len(second)] == second
    assert is_within(join_path(first), join_path(second)) == below


@pytest.mark.parametrize(
    ("typed", "path"),
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
def test_a_code_is_resolved_by_its_path_its_last_names_or_an_unambiguous_part(typed: str, path: str) -> None:
    assert resolve(typed, PATHS) == path


def test_a_name_that_fits_several_codes_lists_them() -> None:
    with pytest.raises(AmbiguousError, match="fits “Strengths/Brokering” and “Innovation/Brokering”: write more"):
        resolve("Brokering", PATHS)


def test_an_unknown_name_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(
        NotFoundError, match="No code is named “Welbeing Star”; did you mean “Strengths/Wellbeing Star”"
    ):
        resolve("Welbeing Star", PATHS)
    with pytest.raises(NotFoundError, match=r"No code is named “qqq”\.$"):
        resolve("qqq", PATHS)
    with pytest.raises(NotFoundError, match=r"No code is named “x”\.$"):
        resolve("x", [])


@pytest.mark.parametrize("typed", ["", "  ", "/", " / "])
def test_an_empty_name_is_refused_with_an_example(typed: str) -> None:
    with pytest.raises(NotFoundError, match="A code needs a name"):
        resolve(typed, PATHS)


def test_full_names_that_differ_only_in_letter_case_are_distinguished() -> None:
    paths = ["Theme/Trust", "Theme/trust", "Theme/TRUST"]
    assert [resolve(path, paths) for path in paths] == paths
    assert resolve(" Theme / trust ", paths) == "Theme/trust"
    with pytest.raises(AmbiguousError):
        resolve("theme/trust", paths)


@given(st.lists(st.lists(names, min_size=1, max_size=3).map(join_path), min_size=1, max_size=8, unique=True))
@example(["a", "A"])
@example(["a", "b/a", "a/a"])
def test_a_whole_path_always_resolves_to_its_own_code(paths: list[str]) -> None:
    assert [resolve(path, paths) for path in paths] == paths


def test_parts_of_a_path_match_only_in_order() -> None:
    paths = ["One/Two/Three", "Two/One/Three"]
    assert resolve("On/Tw/Thr", paths) == "One/Two/Three"
    with pytest.raises(NotFoundError):
        resolve("Thr/On/Three", paths)


@pytest.mark.parametrize(
    "typed", ["trust", "Attitudes/trust", "tit/Distrust", "Attitudes/", "payment", "Distrust distrust"]
)
def test_a_part_inside_a_word_matches_no_code(typed: str) -> None:
    with pytest.raises(NotFoundError):
        resolve(typed, ["Attitudes/Distrust", "Money/Non-payment"])


@given(st.text(alphabet="aA/\\ b", max_size=8))
def test_a_backslash_before_other_characters_is_kept(text: str) -> None:
    assert "".join(split_path(text)).count("b") == text.count("b")
    assert split_path(r"C:\temp") == (r"C:\temp",)


def test_the_nearest_names_come_best_first_and_three_at_most() -> None:
    near = did_you_mean("brokerin", [*PATHS, "X/Brokerin", "Y/Broker in", "Z/Brokering now"])
    assert near.startswith("; did you mean “X/Brokerin”")
    assert near.count("“") == 3
    assert near.endswith("?")


def test_similar_names_or_texts_are_listed_most_similar_first() -> None:
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


def test_a_pair_similar_in_name_and_text_is_listed_once() -> None:
    (pair,) = similar(["A/Trust", "B/Trust"], {("A/Trust", "B/Trust"): 0.9})
    assert (pair.name, pair.overlap) == (100.0, 0.9)


def test_a_code_and_its_sub_code_are_not_a_pair() -> None:
    assert similar(["A/Trust", "A/Trust/Trust"], {("A/Trust", "A/Trust/Trust"): 1.0}) == []


def test_the_limits_of_similarity_can_be_set() -> None:
    paths = ["A/Trust of staff", "B/Trust of stuff"]
    assert similar(paths, {}, name_at_least=99) == []
    assert (
        len(similar(paths, {("A/Trust of staff", "B/Trust of stuff"): 0.3}, name_at_least=99, overlap_at_least=0.3))
        == 1
    )


def test_the_exact_path_is_preferred_to_the_first_identical_one() -> None:
    paths = ["Theme/Trust", "theme/trust", "Theme"]
    assert identical_path("theme/trust", paths) == "theme/trust"
    assert identical_path("THEME / Trust", paths) == "Theme/Trust"
    assert identical_path("Trust", paths) is None
