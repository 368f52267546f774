"""Fixed units and their patterns, compared with a check of each character."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.agreement.units import (
    UnitIndex,
    bits,
    character_patterns,
    is_heading,
    unit_patterns,
    unused_arguments,
    without_headings,
)

CharacterRange = tuple[int, int]
TEXT = "Yes, no. (Why?) ... Ok!"
UNITS = [(0, 8), (9, 15), (16, 19), (20, 23)]  # "Yes, no."  "(Why?)"  "..."  "Ok!"


@pytest.mark.parametrize(
    ("spans", "touch", "found"),
    [
        ([(0, 1)], "any", {0}),
        ([(3, 5)], "any", set()),  # a comma and a space
        ([(7, 9)], "any", set()),  # the full stop and the space after it
        ([(0, 2)], "half", set()),  # 2 of 5 letters
        ([(0, 3)], "half", {0}),
        ([(0, 3)], "all", set()),
        ([(0, 3), (5, 7)], "all", {0}),  # without the punctuation
        ([(0, 2), (1, 3), (5, 7)], "all", {0}),  # overlapping codings count once
        ([(10, 13)], "all", {1}),
        ([(8, 15)], "all", {1}),  # begins between two units
        ([(17, 18)], "any", {2}),  # a unit of punctuation alone
        ([(17, 18)], "half", set()),
        ([(16, 19)], "all", {2}),  # the whole unit
        ([(19, 22)], "any", {3}),  # touching the unit of punctuation
        ([(0, 23)], "all", {0, 1, 2, 3}),
        ([(6, 21)], "any", {0, 1, 2, 3}),
        ([], "any", set()),
    ],
)
def test_a_unit_has_a_code_when_codings_cover_enough_of_its_letters(
    spans: list[CharacterRange], touch: Any, found: set[int]
) -> None:
    assert bits(UnitIndex(UNITS, TEXT).coded(spans, touch)) == found


def test_the_units_are_counted() -> None:
    assert len(UnitIndex(UNITS, TEXT)) == 4


def test_a_coding_before_the_first_unit_codes_nothing() -> None:
    assert UnitIndex([(3, 5)], "  .ab").coded([(0, 3)], "any") == 0
    assert UnitIndex([(3, 5)], "  .ab").coded([(5, 6)], "any") == 0
    assert UnitIndex([(0, 3), (4, 7)], "abc (x)").coded([(0, 5)], "any") == 0b01


spans_of_a_text = st.lists(
    st.tuples(st.integers(0, 11), st.integers(1, 6)).map(lambda each: (each[0], min(12, sum(each)))), max_size=4
)


@given(
    st.text("ab .", min_size=12, max_size=12),
    st.sets(st.integers(1, 11), max_size=5),
    spans_of_a_text,
    st.sampled_from(["any", "half", "all"]),
)
@example("a.b.a.b.a.b.", {6}, [(0, 6), (6, 12)], "all")
@example("............", {4, 8}, [(3, 5)], "any")
def test_coded_units_equal_a_check_of_each_character(
    text: str, cuts: set[int], spans: list[CharacterRange], touch: str
) -> None:
    edges = [0, *sorted(cuts), 12]
    units = list(zip(edges[::2], edges[1::2], strict=False))  # every second stretch is a unit
    covered = {at for start, end in spans for at in range(start, end)}
    expected = set()
    for at, (start, end) in enumerate(units):
        letters = [place for place in range(start, end) if text[place].isalnum()]
        hit = [place for place in letters if place in covered]
        if covered.issuperset(range(start, end)):
            has = True
        elif not letters:
            has = touch == "any" and not covered.isdisjoint(range(start, end))
        else:
            has = {"any": bool(hit), "half": 2 * len(hit) >= len(letters), "all": len(hit) == len(letters)}[touch]
        if has:
            expected.add(at)
    assert bits(UnitIndex(units, text).coded(spans, touch)) == expected  # type: ignore[arg-type]


def test_units_are_counted_by_the_values_of_the_coders() -> None:
    assert unit_patterns([0b101, 0b100, None], 5) == {(1, 0, None): 1, (1, 1, None): 1, (0, 0, None): 3}
    assert unit_patterns([0b1, 0b1], 1) == {(1, 1): 1}
    assert unit_patterns([0, 0], 0) == unit_patterns([0, 0, None], 0) == {}


@given(st.lists(st.none() | spans_of_a_text, min_size=1, max_size=3))
@example([[(0, 4)], [(4, 8)]])
@example([[(0, 4), (4, 8)], [(0, 8)]])
@example([[(0, 12)], None])
def test_character_patterns_equal_a_count_of_each_character(coders: list[list[CharacterRange] | None]) -> None:
    expected = Counter(
        tuple(None if spans is None else int(any(s <= at < e for s, e in spans)) for spans in coders)
        for at in range(12)
    )
    assert character_patterns(coders, 12) == expected


def test_a_text_without_characters_has_no_patterns() -> None:
    assert character_patterns([[], []], 0) == {}


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("# One", True),
        ("###### Six", True),
        ("####### Seven", False),
        ("#tag", False),
        ("One # two", False),
        ("#", False),
    ],
)
def test_a_heading_begins_with_number_signs_and_a_space(line: str, heading: bool) -> None:
    assert is_heading(line, (0, len(line))) == heading


def test_headings_can_be_left_out() -> None:
    text = "# One\n\nTwo."
    assert list(without_headings([(0, 5), (7, 11)], text)) == [(7, 11)]


def test_free_segments_alone_can_be_merged() -> None:
    assert "merge_touching" not in unused_arguments("free")
    assert unused_arguments("sentence") == ("merge_touching",)
    assert unused_arguments("source") == ("headings", "merge_touching")
