"""Filters of codings in words, for the lines below a report."""

from __future__ import annotations

from sibtui.model.filters import CodingFilter


def test_a_filter_without_parts_has_no_sentences() -> None:
    assert list(CodingFilter(coders="R1").sentences()) == []


def test_each_part_of_a_filter_has_a_sentence() -> None:
    chosen = CodingFilter(
        codes=("Rate card", "Trust"), cases="SIB A", sources="a1", kinds="interview", stance="counters",
        certainty="tentative", text=" star\nof ", unattributed=True, speakers="Ann",
    )  # fmt: skip
    assert list(chosen.sentences()) == [
        "Code: Rate card and Trust only.",
        "Case: SIB A only.",
        "Source: a1 only.",
        "Kind of source: interview only.",
        "Speaker: Ann only.",
        "Codings with the stance “counters” only.",
        "Codings with the certainty “tentative” only.",
        "Codings with “star of” only.",
        "Codings without a case only.",
    ]


def test_codes_without_sub_codes_are_named_as_such() -> None:
    assert list(CodingFilter(codes="Trust", subcodes=False).sentences()) == [
        "Code, without the codes below it: Trust only."
    ]
