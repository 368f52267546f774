from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model import lasting_ids
from sibtui.model.lasting_ids import DerivedIds, dashed, may_be_derived, proposal_id

facts = st.lists(st.text("ab\0/é", max_size=3), min_size=1, max_size=4)


@given(facts)
def test_an_id_is_a_uuid_of_version_5(given_facts: list[str]) -> None:
    uid = DerivedIds("study").of(*given_facts)
    assert UUID(uid).version == 5
    assert UUID(dashed(uid)).hex == uid


@given(facts)
def test_every_derived_id_may_be_derived(given_facts: list[str]) -> None:
    assert may_be_derived(DerivedIds("study").of(*given_facts))


@pytest.mark.parametrize("uid", ["", "5", "555555555555455555555555555555"])
def test_an_id_without_the_version_digit_is_not_derived(uid: str) -> None:
    assert not may_be_derived(uid)


def test_the_proposal_of_a_code_has_the_id_that_earlier_merges_gave() -> None:
    assert proposal_id("a1") == "74dbba9f90cd68d7aa7b8668e75511c3"


def test_the_same_facts_of_the_same_study_give_the_same_id() -> None:
    assert DerivedIds("one").of("source", "a1") == DerivedIds("one").of("source", "a1")
    assert DerivedIds("one").of("source", "a1") != DerivedIds("two").of("source", "a1")
    assert DerivedIds("one").of("source", "a1") != DerivedIds("one").of("case", "a1")


@given(st.lists(st.sampled_from(["a", "b", "2"]), max_size=8))
def test_items_with_equal_facts_get_different_ids_in_order(names: list[str]) -> None:
    ids = DerivedIds("study")
    found = [ids.next_of("x", name) for name in names]
    assert len(set(found)) == len(found)
    again = DerivedIds("study")
    assert [again.next_of("x", name) for name in names] == found


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lasting_ids.source_facts("a1"), ("source", "a1")),
        (lasting_ids.case_facts("SIB A"), ("case", "SIB A")),
        (lasting_ids.attribute_facts("case", "size"), ("attribute", "case", "size")),
        (lasting_ids.code_facts("", "T", "2020"), ("code", "", "T", "2020")),
        (lasting_ids.coding_facts("s", 3, 9, "c", "R1", "2020"), ("coding", "s", "3", "9", "c", "R1", "2020")),
        (lasting_ids.query_facts("Q"), ("query", "Q")),
        (lasting_ids.set_facts("S"), ("set of sources", "S")),
        (lasting_ids.claim_facts("C1"), ("claim", "C1")),
        (lasting_ids.answer_facts("sampling"), ("method answer", "sampling")),
        (lasting_ids.proposal_facts("A", "Words.", "R1", "2020"), ("proposal", "A", "Words.", "R1", "2020")),
        (lasting_ids.memo_facts("code", "c", "R1", "2020"), ("memo", "code", "c", "R1", "2020")),
        (lasting_ids.matrix_facts("table-1"), ("matrix", "table-1")),
    ],
)
def test_the_facts_of_a_lasting_id_begin_with_the_kind_of_item(
    made: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert made == expected


def test_second_item_with_the_same_facts_gets_another_id() -> None:
    ids = DerivedIds("study")
    first, second, third = (ids.next_of("source", "a1") for _ in range(3))
    assert len({first, second, third}) == 3
    assert first == ids.of("source", "a1")
    assert UUID(dashed(second)).hex == second
