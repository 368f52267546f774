"""Filters of codings in words, for the lines below a report."""

from __future__ import annotations

import pytest

from sibtui.errors import InputError, QueryError
from sibtui.model.filters import CodingFilter, EvidenceFilter


def test_a_filter_without_parts_has_no_sentences() -> None:
    assert list(CodingFilter(coders="R1").sentences()) == []


def test_each_part_of_a_filter_has_a_sentence() -> None:
    chosen = CodingFilter(
        codes=("Rate card", "Trust"), cases="SIB A", sources="a1", kinds="interview", stance="counters",
        certainty="tentative", text=" star\nof ", unattributed=True, speakers="Ann",
        where="waiting or\nround 2", rounds=(1, 2),
    )  # fmt: skip
    assert list(chosen.sentences()) == [
        "Code: Rate card and Trust only.",
        "Case: SIB A only.",
        "Source: a1 only.",
        "Kind of source: interview only.",
        "Speaker: Ann only.",
        "Round: 1 and 2 only.",
        "Codings with the stance “counters” only.",
        "Codings with the certainty “tentative” only.",
        "Codings with “star of” only.",
        "Codings without a case only.",
        "Codings of the query “waiting or round 2” only.",
    ]


def test_codes_without_sub_codes_are_named_as_such() -> None:
    assert list(CodingFilter(codes="Trust", subcodes=False).sentences()) == [
        "Code, without the codes below it: Trust only."
    ]


@pytest.mark.parametrize("kind", [CodingFilter, EvidenceFilter])
def test_a_query_that_cannot_be_read_is_refused(kind: type[CodingFilter | EvidenceFilter]) -> None:
    assert kind(where="waiting") != kind()
    with pytest.raises(QueryError, match="Character 5 of the query"):
        kind(where="code")
    with pytest.raises(InputError, match="is not a name"):
        kind(where=3)  # type: ignore[arg-type]


def test_a_saved_query_is_named_in_the_lines_under_a_report() -> None:
    assert list(CodingFilter(where="query 'My doubts'").sentences()) == ["Codings of the saved query “My doubts” only."]
    assert list(CodingFilter(where="set 'My visits'").sentences()) == ["Set of sources: My visits only."]
    assert list(CodingFilter(sets="pilot").sentences()) == ["Set of sources: pilot only."]
    assert list(CodingFilter(attributes={"Stage": "early"}).sentences()) == ["Attribute: Stage = early only."]
