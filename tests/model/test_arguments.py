from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sibtui.errors import InputError
from sibtui.model.arguments import (
    as_name,
    as_names,
    as_numbers,
    as_path,
    as_paths,
    as_rounds,
    between,
    choice,
    choices,
    maybe_choice,
    maybe_whole,
    several,
    whole,
    with_given,
)
from sibtui.model.records import STANCES
from sibtui.model.segments import Segment


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("AB", ("AB",)),
        ("", ("",)),
        (("A", "B"), ("A", "B")),
        (["A", "B"], ("A", "B")),
        (iter(["A", "B"]), ("A", "B")),
        ({"A": 1}, ("A",)),
        ((), ()),
    ],
)
def test_one_name_or_several_become_a_tuple(given: Any, names: tuple[str, ...]) -> None:
    assert as_names(given) == names


@pytest.mark.parametrize("given", [5, None, (5,), ["A", None], b"A", Path("A")])
def test_a_value_other_than_a_name_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match="is not a name"):
        as_names(given)


@pytest.mark.parametrize(("given", "numbers"), [(7, (7,)), ([7, 8, 7], (7, 8)), (iter([7]), (7,)), ((), ())])
def test_one_number_or_several_become_a_tuple_without_repeats(given: Any, numbers: tuple[int, ...]) -> None:
    assert as_numbers(given) == numbers


@pytest.mark.parametrize("given", ["12", b"12", None, True, ["1"], [1, 2.0]])
def test_a_value_other_than_a_number_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match="is not the number of a coding"):
        as_numbers(given)


@pytest.mark.parametrize(("given", "numbers"), [(2, (2,)), ([2, 1, 2], (2, 1)), (iter([3]), (3,)), ((), ())])
def test_one_round_or_several_become_a_tuple_without_repeats(given: Any, numbers: tuple[int, ...]) -> None:
    assert as_rounds(given) == numbers


@pytest.mark.parametrize("given", ["2", b"2", 0, -1, True, 1.5, [1, 0], None])
def test_a_value_other_than_the_number_of_a_round_is_refused(given: Any) -> None:
    with pytest.raises(InputError, match="is not the number of a round: rounds are counted from 1"):
        as_rounds(given)


def test_a_path_is_accepted_as_text_or_path() -> None:
    assert as_path("a/b") == as_path(Path("a/b")) == Path("a/b")
    assert as_paths("ab") == as_paths(Path("ab")) == as_paths(["ab"]) == (Path("ab"),)
    assert as_paths(iter(["a", Path("b")])) == (Path("a"), Path("b"))
    with pytest.raises(InputError, match="“5” is not a path"):
        as_path(5)  # type: ignore[arg-type]


def test_a_choice_in_any_letter_case_becomes_the_allowed_value() -> None:
    assert choice("stance", "supports", STANCES) == choice("stance", " Supports", STANCES) == "supports"
    assert maybe_choice("stance", None, STANCES) is None
    assert choices("stance", "counters", STANCES) == ("counters",)
    assert choices("stance", iter(["counters", "supports"]), STANCES) == ("counters", "supports")


@pytest.mark.parametrize("given", ["against", "", None, 5, "support"])
def test_an_unknown_choice_is_refused_with_a_list_of_the_allowed_ones(given: Any) -> None:
    with pytest.raises(InputError, match=f"“{given}” is not a valid stance: choose supports or counters"):
        choice("stance", given, STANCES)
    with pytest.raises(InputError, match="is not a valid stance"):
        choices("stance", [given], STANCES)


def test_an_empty_choice_is_visible_in_the_list() -> None:
    with pytest.raises(InputError, match="choose “”, all or below"):
        choice("beginning of rows", "al", ("", "all", "below"))


def test_name_is_a_text_and_number_lies_in_its_range() -> None:
    assert as_name("AB") == "AB"
    assert whole("limit", 0, 0) == 0
    assert maybe_whole("limit", None, 0) is None
    assert between("share", 0.5, 0, 1) == 0.5


@pytest.mark.parametrize(
    "call",
    [
        lambda: as_name(5),  # type: ignore[arg-type]
        lambda: whole("limit", -1, 0),
        lambda: whole("limit", True, 0),
        lambda: maybe_whole("limit", "x", 0),  # type: ignore[arg-type]
        lambda: between("share", 1.5, 0, 1),
        lambda: between("share", "x", 0, 1),  # type: ignore[arg-type]
    ],
)
def test_other_names_and_numbers_are_refused(call: Any) -> None:
    with pytest.raises(InputError):
        call()


def test_a_single_value_becomes_a_list_with_one_item() -> None:
    assert list(several("a", str)) == ["a"]
    assert list(several(["a", "b"], str)) == ["a", "b"]


def test_a_field_that_is_given_as_none_keeps_its_value() -> None:
    assert with_given(Segment(1, 5), start=0, end=None) == Segment(0, 5)
    assert with_given(Segment(1, 5)) == Segment(1, 5)
