"""Saturation: published and computed values, borders, and the tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.saturation import SaturationCurve, new_codes, random_points, so_far
from sibtui.model.saturation_report import InterviewCodes, SaturationReport
from tests.reference_values import reference


def curve(identifier: str) -> SaturationCurve:
    value = reference(identifier)
    return SaturationCurve(tuple(value["new_codes"]), value["base"], value["run"])


@pytest.mark.parametrize("threshold", range(1, 101))
def test_a_run_at_exactly_the_threshold_reaches_it(threshold: int) -> None:
    for base in (20, 50, 100):
        if threshold * base % 100 == 0:
            found = SaturationCurve((base, threshold * base // 100), base=1, run=1)
            assert (found.point(threshold), found.point(threshold - 0.1)) == ("1+1", "not reached")


def test_the_walk_through_of_the_authors_is_reproduced() -> None:
    value = reference("saturation_guest2020_from_memory")
    found = SaturationCurve((37, 0, 0, 0, *value["new_after_base"]), value["base"], value["run"])
    runs = [[run.first, run.last, run.new, round(run.ratio, 3)] for run in found.runs()]
    assert runs == value["expected"]["runs"]
    assert (found.point(5), found.point(0)) == (
        value["expected"]["at_5_percent"],
        value["expected"]["at_0_percent"],
    )


def test_the_values_of_another_implementation_are_reproduced() -> None:
    found, expected = curve("saturation_qdaR"), reference("saturation_qdaR")["expected"]
    assert found.base_codes == expected["base_codes"]
    assert [[run.first, run.last, run.new, run.ratio] for run in found.runs()] == expected["runs"]
    assert found.point(5) == expected["at_5_percent"]


def test_a_ratio_that_rises_after_the_point_is_noticed() -> None:
    found, expected = curve("saturation_synthetic_named"), reference("saturation_synthetic_named")["expected"]
    assert (found.base_codes, found.point(5), found.point(0)) == (
        expected["base_codes"],
        expected["at_5_percent"],
        expected["at_0_percent"],
    )
    assert found.rises_again(0)
    assert not curve("saturation_qdaR").rises_again(5)
    assert not SaturationCurve((4, 4, 4, 4, 4, 4)).rises_again(5)


@pytest.mark.parametrize("case", reference("saturation_edges")["cases"], ids=lambda case: case["expected"])
def test_the_edges_are_words_with_a_reason(case: dict[str, Any]) -> None:
    assert SaturationCurve(tuple(case["new_codes"]), case["base"], case["run"]).point(5) == case["expected"]


interviews = st.lists(st.frozensets(st.integers(1, 6), max_size=4), max_size=8)


@given(interviews, st.integers(1, 4), st.integers(1, 3))
@example([], 1, 1)
@example([frozenset()], 1, 1)
@example([frozenset({1}), frozenset({1})], 1, 1)
@example([frozenset({1}), frozenset({2}), frozenset({3})], 1, 2)
def test_ratios_are_those_of_the_sets_of_codes(drawn: list[frozenset[int]], base: int, run: int) -> None:
    found = SaturationCurve(new_codes(drawn), base, run)
    known = frozenset().union(*drawn[:base])
    assert found.base_codes == len(known)
    assert so_far(found.new) == [len(frozenset().union(*drawn[: at + 1])) for at in range(len(drawn))]
    for each in found.runs():
        before = frozenset().union(*drawn[: each.first - 1])
        here = frozenset().union(*drawn[each.first - 1 : each.last])
        assert each.new == len(here - before)
        assert each.ratio == each.new / len(known)
        assert each.last - each.first + 1 == run
    assert (found.reached(5) is None) == (not any(each.ratio <= 0.05 for each in found.runs()))


def report(new: list[int], **fields: Any) -> SaturationReport:
    """Return the report of interviews of which each has this number of codes of its own."""
    ids = iter(range(1000))
    found = tuple(
        InterviewCodes(f"n{at}", "", codes := frozenset(next(ids) for _ in range(count)), frozenset(list(codes)[:1]))
        for at, count in enumerate(new, 1)
    )
    return SaturationReport(found, **fields)


def test_the_sentence_gives_the_point_with_its_numbers() -> None:
    assert report([9, 6, 3, 2, 1, 1, 0, 0]).sentence() == (
        "In the order of their dates, 22 codes were used; the first 4 interviews had 20; new information fell to 5 % or less at 5+2"
        " (interviews 6 and 7 brought 1 of 20). This is code saturation, not saturation of meaning."
    )
    assert report([4] * 6).sentence().endswith("new information did not fall to 5 % or less.")
    assert report([4]).sentence().startswith("Saturation is not computable: 1 interview, 6 are needed")


def test_the_sentence_has_the_number_of_its_nouns() -> None:
    assert report([1, 0], base=1, run=1).sentence() == (
        "In the order of their dates, 1 code was used; the first interview had 1; new information fell to 5 % or less at 1+1"
        " (interview 2 brought 0 of 1). This is code saturation, not saturation of meaning."
    )
    assert (
        report([1, 0, 0], base=1, codes="theme").sentence().startswith("In the order of their dates, 1 theme was used;")
    )


def test_sources_that_are_no_interviews_are_named_sources() -> None:
    made = report([9, 6, 3, 2, 0, 0, 0], item="source")
    assert "the first 4 sources had 20;" in made.sentence()
    assert "(sources 5 and 6 brought 0 of 20)" in made.sentence()
    assert "the last source before the run" in made.table("orders", shuffles=2).below[0]
    assert made.picture().axis == "sources in order"
    few = report([4], item="source")
    assert few.sentence().startswith("Saturation is not computable: 1 source, 6 are needed")
    assert few.table("choices").rows[0][3].startswith("not computable: 1 source, 6 are needed")


def test_each_table_has_its_rows_and_the_warnings_below() -> None:
    made = report([9, 6, 3, 2, 1, 1, 0, 0, 1, 1], warnings=("Odd.",), remarks=("Source: a1 only.",))
    assert made.table("interviews").rows[4] == ("n5", "", 1, 1, 21, 1)
    assert made.table("runs").rows[1][:2] == ("6-7", 1)
    assert [str(cell) for cell in made.table("runs").rows[0]] == ["5-6", "2", "10.0", "no"]
    assert len(made.table("choices").rows) == 12
    assert made.table("runs").below[1:] == ("The ratio rises again after this point.", "Odd.", "Source: a1 only.")


def test_random_orders_give_percentiles_of_the_point() -> None:
    made = report([3] * 4 + [0] * 8)
    [row] = made.table("orders", shuffles=200, seed=3).rows
    assert row[0] == 200
    assert made.table("orders", shuffles=200, seed=3) == made.table("orders", shuffles=200, seed=3)
    [never] = report([4] * 6).table("orders", shuffles=5).rows
    assert never == (5, 0, "", "", "")
    [once] = report([1, 1, 1, 1, 0, 0]).table("orders", shuffles=1, seed=5).rows
    assert once[0] == 1
    assert made.table("orders", shuffles=2, seed=4).below[0].endswith("Seed: 4.")


def test_random_points_are_none_where_the_point_is_not_reached() -> None:
    assert random_points([frozenset({at}) for at in range(6)], 4, 2, 5, shuffles=3, seed=1) == [None] * 3
