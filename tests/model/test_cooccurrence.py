"""Co-occurrence: the counts against a comparison of all pairs, published values, and the table."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.cooccurrence import Cooccurrence, MeetingCount
from sibtui.model.cooccurrence_table import CooccurrenceReport
from tests.borders import CHAIN, EQUAL, NEST, SAME_END, SAME_START, TOUCH, between, edges
from tests.reference_values import reference

if TYPE_CHECKING:
    from sibtui.model.overlap import Passage
    from sibtui.model.segments import Segment

ORDER = [3, 1, 2]
PATHS = {3: "Trust", 1: "Money", 2: "Time"}

# Three codes and two sources, so that most examples have passages that meet
sources = edges().flatmap(
    lambda found: st.lists(st.lists(st.tuples(between(found), st.integers(1, 3)), max_size=6), min_size=1, max_size=2)
)


def of_two_codes(border: list[Segment]) -> list[list[tuple[Segment, int]]]:
    """Return the passages of one source: the first segment has code 1, the others code 2."""
    return [[(segment, min(at, 2)) for at, segment in enumerate(border, 1)]]


def passages(coded: list[tuple[Segment, int]]) -> list[Passage]:
    return [(segment.start, segment.end, code) for segment, code in coded]


@given(sources)
@example([[]])
@example(of_two_codes(TOUCH))
@example(of_two_codes(NEST))
@example(of_two_codes(SAME_START))
@example(of_two_codes(SAME_END))
@example(of_two_codes(CHAIN))
@example(of_two_codes(EQUAL))
def test_overlaps_are_those_of_a_comparison_of_all_pairs(drawn: list[list[tuple[Segment, int]]]) -> None:
    count = MeetingCount()
    for coded in drawn:
        count.add_overlaps(passages(coded))
    expected = {}
    for one, other in combinations(ORDER, 2):
        met = [
            (source, at, source, beside)
            for source, coded in enumerate(drawn)
            for (at, (a, first)), (beside, (b, second)) in product(enumerate(coded), repeat=2)
            if (first, second) == (one, other) and a.overlaps(b)
        ]
        if met:
            sides = len({each[:2] for each in met}), len({each[2:] for each in met})
            expected[one, other] = len(met), min(sides)
    found = {(pair.first, pair.second): (pair.meetings, pair.n12) for pair in count.found(ORDER)}
    assert found == expected
    for pair in count.found(ORDER):
        numbers = [sum(code == each for coded in drawn for _, code in coded) for each in (pair.first, pair.second)]
        assert [pair.n1, pair.n2] == numbers
        assert 0 < pair.c <= 1
        assert 0 < pair.jaccard <= 1


@given(st.lists(st.dictionaries(st.integers(1, 3), st.sets(st.integers(0, 3)), max_size=3), max_size=3))
@example([{1: {0}, 2: {0}}])
@example([{1: {0}, 2: {1}}])
@example([{1: {0, 1}, 2: {1, 2}}, {1: {0}, 2: {0}}])
def test_units_are_counted_once_for_each_pair_of_codes(drawn: list[dict[int, set[int]]]) -> None:
    count = MeetingCount()
    for units in drawn:
        count.add_units([], units)
    expected = {
        (one, other): both
        for one, other in combinations(ORDER, 2)
        if (both := sum(len(units.get(one, set()) & units.get(other, set())) for units in drawn))
    }
    found = list(count.found(ORDER))
    assert {(pair.first, pair.second): pair.n12 for pair in found} == expected
    assert all(pair.meetings == pair.n12 and pair.jaccard == 0 for pair in found)
    assert all(pair.n1 == sum(len(units.get(pair.first, ())) for units in drawn) for pair in found)


def test_c_of_the_published_example_is_as_printed() -> None:
    published = reference("cooccurrence_atlasti")
    pair = Cooccurrence(1, 2, published["n1"], published["n2"], published["n12"], published["n12"], 0.0)
    assert pair.c == pytest.approx(published["exact"])
    assert round(pair.c, 3) == published["published"]
    assert pair.is_unequal


@pytest.mark.parametrize(("n1", "n2", "unequal"), [(5, 1, False), (6, 1, True), (1, 6, True), (10, 2, False)])
def test_a_pair_is_unequal_above_five_times_as_many(n1: int, n2: int, unequal: bool) -> None:
    assert Cooccurrence(1, 2, n1, n2, 1, 1, 0.0).is_unequal is unequal


def test_one_long_passage_that_meets_three_short_ones_counts_once() -> None:
    count = MeetingCount()
    count.add_overlaps([(0, 100, 1), (0, 10, 2), (20, 30, 2), (40, 50, 2)])
    [pair] = count.found(ORDER)
    assert (pair.n12, pair.meetings) == (1, 3)
    assert pair.c == pytest.approx(1 / 3)


def test_a_code_outside_the_order_is_left_out() -> None:
    count = MeetingCount()
    count.add_overlaps([(0, 5, 1), (0, 5, 2), (0, 5, 3)])
    assert [(pair.first, pair.second) for pair in count.found([2, 3])] == [(2, 3)]


WEAK = Cooccurrence(3, 1, 4, 4, 2, 1, 0.25)
STRONG = Cooccurrence(3, 2, 20, 3, 2, 2, 0.125)


def report(unit="overlap", **fields) -> CooccurrenceReport:
    return CooccurrenceReport(unit, (WEAK, STRONG), PATHS, 27, **fields)


def test_the_strongest_pair_is_the_first_row() -> None:
    table = report().table()
    assert [row[1] for row in table.rows] == ["Time", "Money"]
    assert table.rows[0][-1] == "yes"
    assert table.objects[1] == {
        "code": "Trust", "other_code": "Money", "n1": 4, "n2": 4, "meetings": 2, "n12": 1, "c": 1 / 7, "jaccard": 0.25, "unequal": False,
    }  # fmt: skip


def test_the_lines_below_the_table_name_the_unit_the_totals_and_the_limits() -> None:
    below = report(at_least=2, remarks=("Source: a1 only.",)).table().below
    assert "27 codings; 2 pairs of codes meet, 4 times in all." in below
    assert below[-2:] == ("Only pairs with n12 of 2 or more.", "Source: a1 only.")
    assert report("paragraph").table().below[:2] == (
        "Two codes meet if they are in the same paragraph. n1 and n2 count the paragraphs of each code, meetings the pairs that meet.",
        "n12 counts the paragraphs with both codes.",
    )


def test_a_table_of_codes_by_codes_is_empty_on_the_diagonal() -> None:
    table = report().code_table("n12", [3, 1, 2])
    assert table.columns == ("code", "Trust", "Money", "Time")
    assert table.rows == (("Trust", "", 1, 2), ("Money", 1, "", 0), ("Time", 2, 0, ""))
    assert table.objects[1] == {"code": "Money", "cells": {"Trust": 1, "Money": None, "Time": 0}}


def test_a_table_of_codes_by_codes_has_the_figure_asked_for() -> None:
    [row] = report().code_table("c", [1]).rows
    assert [str(cell) for cell in row] == ["Money", "0.143"]
    assert report().code_table("meetings", [1]).rows == (("Money", 2),)
