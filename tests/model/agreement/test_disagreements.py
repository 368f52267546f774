"""Disagreements of two coders, by the kinds of difference and in small studies made at random."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.agreement.disagreements import Disagreement, disagreement_table, disagreements
from sibtui.model.records import Coding
from sibtui.model.segments import Segment

BASE = Coding(0, "a1", Segment(0, 1), "", "", "", "Trust", "", "supports", "firm", ("A",), "", "")


def coding(number: int, start: int, end: int, code: str = "Trust", **fields: Any) -> Coding:
    return replace(BASE, id=number, segment=Segment(start, end), code=code, **fields)


def kinds(first: list[Coding], second: list[Coding]) -> list[str]:
    return [each.kind for each in disagreements(first, second)]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (coding(2, 10, 20), []),
        (coding(2, 10, 21), ["other extent"]),
        (coding(2, 10, 20, stance="counters"), ["other stance"]),
        (coding(2, 10, 20, certainty="tentative"), ["other certainty"]),
        (coding(2, 10, 20, cases=("A", "B")), ["other case"]),
        (coding(2, 12, 20, stance="counters", cases=()), ["other extent", "other stance", "other case"]),
        (coding(2, 10, 20, "Rate card"), ["other code"]),
        (coding(2, 15, 30, "Rate card"), ["other code"]),  # half of the shorter one
        (coding(2, 16, 30, "Rate card"), ["only A", "only B"]),
        (coding(2, 20, 30), ["only A", "only B"]),  # touching
        (coding(2, 19, 30), ["other extent"]),
        (coding(2, 30, 40), ["only A", "only B"]),
    ],
)
def test_two_codings_differ_in_these_ways(other: Coding, expected: list[str]) -> None:
    assert kinds([coding(1, 10, 20)], [other]) == expected


def test_a_coding_belongs_to_the_one_that_shares_most_with_it() -> None:
    found = list(disagreements([coding(1, 10, 30)], [coding(2, 5, 12), coding(3, 12, 30)]))
    assert [(each.kind, each.second and each.second.id) for each in found] == [("only B", 2), ("other extent", 3)]


def test_of_two_equal_shares_the_one_with_less_beside_it_counts() -> None:
    found = list(disagreements([coding(1, 10, 20)], [coding(2, 0, 40), coding(3, 10, 20)]))
    assert [(each.kind, each.second and each.second.id) for each in found] == [("only B", 2)]


def test_a_passage_reaches_from_the_first_to_the_last_character() -> None:
    [found] = disagreements([coding(1, 10, 20)], [coding(2, 15, 30)])
    assert (found.source, found.code, found.place) == ("a1", "Trust", (10, 30))
    [alone] = disagreements([], [coding(2, 15, 30, "Rate card")])
    assert (alone.code, alone.place, alone.number) == ("Rate card", (15, 30), 2)


codings = st.lists(
    st.tuples(st.integers(0, 11), st.integers(1, 6), st.sampled_from(["Trust", "Rate card"]), st.booleans()), max_size=5
)


@given(codings, codings)
@example([(0, 4, "Trust", False)], [(4, 4, "Trust", False)])  # touching
@example([(0, 6, "Trust", False)], [(1, 2, "Trust", False), (3, 2, "Trust", False)])  # nested
@example([(0, 4, "Trust", False)] * 2, [(0, 4, "Trust", False)])  # equal, and one more
@example([], [(0, 4, "Trust", True)])
def test_every_coding_without_an_equal_partner_is_in_a_disagreement(one: list[Any], other: list[Any]) -> None:
    def made(values: list[Any], first: int) -> list[Coding]:
        return [
            coding(first + at, start, start + length, code, stance="counters" if counters else "supports")
            for at, (start, length, code, counters) in enumerate(values)
        ]

    first, second = made(one, 0), made(other, 100)
    found = list(disagreements(first, second))
    named = {each.id for line in found for each in (line.first, line.second) if each is not None}
    equal = [{(c.segment, c.code, c.stance) for c in side} for side in (first, second)]
    for side, others in ((first, equal[1]), (second, equal[0])):
        for each in side:
            if (each.segment, each.code, each.stance) not in others:
                assert each.id in named
    alone = Counter(each.first or each.second for each in found if each.kind in {"only A", "only B"})
    assert all(count == 1 for count in alone.values())
    assert [each.place for each in found] == sorted(each.place for each in found)


places = st.tuples(st.integers(0, 6), st.integers(1, 6))


@given(places, places, st.sampled_from(["Trust", "Rate card"]), st.booleans())
@example((0, 4), (2, 4), "Rate card", False)
def test_the_order_of_two_coders_does_not_matter(one: Any, other: Any, code: str, counters: bool) -> None:
    first = [coding(1, one[0], sum(one))]
    second = [coding(2, other[0], sum(other), code, stance="counters" if counters else "supports")]
    mirrored = {"only A": "only B", "only B": "only A"}
    back = [mirrored.get(kind, kind) for kind in kinds(second, first)]
    assert sorted(back) == sorted(kinds(first, second))


def test_the_table_has_the_words_of_both_coders() -> None:
    found = Disagreement(
        "other stance",
        coding(1, 10, 20, quote="They trust.", memo="Why?"),
        coding(2, 10, 20, quote="They trust.", stance="counters", certainty="tentative", cases=()),
        "They trust. Do they?",
        "as R2",
    )
    alone = Disagreement("only A", coding(3, 30, 40, quote="Later."), None)
    table = disagreement_table([found, alone], ("R1", "R2"), ("A is R1, B is R2.",))
    assert table.title == "Disagreements of R1 and R2"
    assert table.rows == (
        (1, "a1", 10, 20, "other stance", "Trust (A)", "Trust (counters, tentative)", "as R2", "They trust.", "They trust.", "Why?", "", "They trust. Do they?"),
        (3, "a1", 30, 40, "only A", "Trust (A)", "–", "", "Later.", "", "", "", ""),
    )  # fmt: skip
    assert table.objects[1]["second"] is None
    assert [(each["number"], each["decision"]) for each in table.objects] == [(1, "as R2"), (3, "")]
    assert table.objects[0]["second"] == {
        "number": 2, "code": "Trust", "start": 10, "end": 20, "stance": "counters", "certainty": "tentative",
        "cases": [], "quote": "They trust.", "memo": "",
    }  # fmt: skip
    waiting = disagreement_table([Disagreement("only A", coding(3, 30, 40, cases=()), None)], ("R1", "R2"))
    assert waiting.rows[0][5] == "Trust (no case)"


def test_a_stale_decision_has_a_remark() -> None:
    found = Disagreement("only A", coding(3, 30, 40), None, decision="as R1")
    assert (found.decision_now, replace(found, stale=True).decision_now) == ("as R1", "as R1 (a coding changed since)")
