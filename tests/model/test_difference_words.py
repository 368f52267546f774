"""Differences of studies in words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.difference_words import COLUMNS, DifferenceWords
from sibtui.model.differences import Difference, Merging
from sibtui.model.drafts import MemoDraft
from sibtui.model.presence import Rule
from sibtui.model.records import Lineage
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import EMPTY, items_of
from sibtui.model.three_way import merge_items

from .study_copies import AT, STUDY, SUMMARISED, added, changed, code, coding, merged

if TYPE_CHECKING:
    from sibtui.model.three_way import MergedItems


def lines(result: MergedItems) -> list[tuple[str, ...]]:
    words = DifferenceWords(result.sides.mine, result.sides.theirs)
    return [words.row(each) for each in result.differences]


def test_the_whole_content_of_a_study_has_a_line_per_item() -> None:
    found = {(row[0], row[1]): row[4] for row in lines(merge_items(Sides(EMPTY, items_of(STUDY)), Merging()))}
    assert found == {
        ("study", "Contracts"): "Contracts",
        ("attribute", "size"): "case",
        ("attribute", "people"): "source",
        ("case", "A"): "A",
        ("case", "B"): "B",
        ("case attribute", "A, size"): "3",
        ("source", "one"): "interview, 88 characters",
        ("source", "two"): "interview, 88 characters",
        ("source case", "one, A"): "yes",
        ("source case", "two, A"): "yes",
        ("source case", "two, B"): "yes",
        ("source attribute", "one, people"): "2",
        ("code", "Trust"): "active",
        ("code", "Trust/Before"): "They trust first.",
        ("code", "Trust/After"): "active",
        ("code", "Money"): "active",
        ("proposal", "Coins"): "Small money. (Ana)",
        ("proposal", "Peers"): "People help. (Ben)",
        ("matrix row", "u, Doubts"): "Doubts",
        ("set of sources", "pilot"): "pilot",
        ("set of sources", "none"): "none",
        ("source in set", "one, pilot"): "yes",
        ("source in set", "two, pilot"): "yes",
        ("query", "Doubts"): "certainty tentative",
        ("query", "Near"): "code Money alone",
        ("claim", "C1"): "Two cases.",
        ("method answer", "sampling"): "purposive",
        ("coding", "one 0:22"): "“They trust until March” Trust/Before (Ana, A)",
        ("coding", "two 28:50"): "“then nobody calls back” Trust/After (Ana, A; B)",
        ("coding", "two 56:62"): "“budget” Money (Ana)",
        ("topic", "one, Money"): "asked",
        ("topic", "two, Money, B"): "asked",
        ("reading", "one, Ana"): AT,
        ("reading", "two, Ana, Money"): AT,
        ("round", "Ana, round 2"): "again",
        ("matrix", "t"): "t",
        ("matrix", "u"): "u",
        ("matrix row", "t, Trust"): "Trust/Before; Trust/After",
        ("matrix row", "u, Money"): "Money",
        ("matrix note", "t, Trust, A"): "Early.",
        ("matrix note", "u, Money, one"): "Once.",
        ("matrix note", "u, Money, gone"): "Lost.",
        ("judgement", "t, Trust, A"): "present: Clear. (Ana)",
        ("memo", "project On all"): "Aim. (Ana)",
        ("memo", "case A"): "Small. (Ana)",
        ("memo", "code Money"): "Wide. (Ana)",
        ("memo", "matrix t"): "Print it. (Ana)",
    }


def test_a_field_that_differs_has_both_values_and_the_one_in_common() -> None:
    mine = changed(STUDY, "codings", "k1", memo="mine", cases=(), certainty="tentative")
    theirs = changed(STUDY, "codings", "k1", memo="theirs", code="Money")
    assert [dict(zip(COLUMNS, row, strict=True)) for row in lines(merged(mine, theirs, take="theirs"))] == [
        {
            "kind": "coding", "where": "one 0:22", "field": field, "mine": own, "theirs": other, "was": was,
            "proposal": proposal, "decided": "theirs" if proposal == "conflict" else "", "why": "",
        }
        for field, own, other, was, proposal in (
            ("code", "Trust/Before", "Money", "Trust/Before", "take"),
            ("certainty", "tentative", "firm", "firm", "keep"),
            ("cases", "", "A", "A", "keep"),
            ("memo", "mine", "theirs", "", "conflict"),
        )
    ]  # fmt: skip


def test_values_are_written_with_names() -> None:
    words = DifferenceWords(items_of(STUDY))
    place = items_of(STUDY).kinds["coding"]["k1"][3]
    for kind, key, field, value, text in (
        ("code", "c1", "place", "t2", "Money"),
        ("code", "c1", "place", "", "(theme)"),
        ("code", "c1", "colour", None, ""),
        ("coding", "k1", "place", place, "0:22 “They trust until March”"),
        ("source", "s1", "text", "a" * 1234, "1,234 characters"),
        ("matrix", "x1", "only", (("case", "ca"), ("", "gone")), "A; gone"),
        ("matrix", "x1", "marks", (("present", "x"),), "present x"),
        ("matrix", "x1", "rule", Rule(2, 1), "2 quotes, 1 sources, 1 kinds"),
        ("matrix", "x1", "rows below", "t1", "Trust"),
        ("matrix", "x1", "rows below", "", ""),
        ("matrix", "x1", "kinds", ("interview", "report"), "interview; report"),
        ("study", "", "first note", 2, "2"),
    ):  # fmt: skip
        assert words.row(Difference(kind, key, field, value, None, None, "keep"))[3] == text


def test_facts_of_a_round_are_written_with_names() -> None:
    other = replace(STUDY, rounds=(replace(STUDY.rounds[0], blind=False, sources=("two", "one"), ended=AT),))
    found = {row[2]: row[3:5] for row in lines(merged(other, STUDY)) if row[0] == "round"}
    assert found == {"blind": ("no", "yes"), "sources": ("two; one", "one"), "ended": (AT, "")}


def test_an_item_that_no_state_has_is_named_by_its_values() -> None:
    gone = items_of(added(STUDY, "codings", coding("k9", "one", "Money", 0, 4))).kinds["coding"]["k9"]
    words = DifferenceWords(items_of(STUDY))
    assert words.where(Difference("coding", "k9", "", None, gone, None, "leave out")) == "one 0:4"
    assert words.where(Difference("coding", "k9", "memo", "a", "b", None, "conflict")) == "k9"
    memo = items_of(added(STUDY, "memos", MemoDraft("source", "one", "T", "x", "Ana", AT, "m9"))).kinds["memo"]["m9"]
    assert words.where(Difference("memo", "m9", "", memo, None, None, "remove")) == "source one T"
    assert words.where(Difference("code", "n9", "", None, ("x", ""), None, "add")) == ""


def test_a_whole_coding_has_its_memo_and_what_is_unusual() -> None:
    fields = items_of(changed(STUDY, "codings", "k1", memo="Ask\nagain.", stance="counters")).kinds["coding"]["k1"]
    text = DifferenceWords(items_of(STUDY)).row(Difference("coding", "k1", "", fields, None, None, "keep"))[3]
    assert text == "“They trust until March” Trust/Before (Ana, counters, A): Ask again."


def test_items_that_no_state_has_have_the_names_in_their_values() -> None:
    words = DifferenceWords(EMPTY)
    items = items_of(STUDY).kinds
    for kind, key, name in (("attribute", "at1", "size"), ("source", "s1", "one")):
        assert words.where(Difference(kind, key, "", items[kind][key], None, None, "keep")) == name


def test_an_event_is_named_by_its_code() -> None:
    words = DifferenceWords(items_of(STUDY))
    event = next(iter(items_of(STUDY).kinds["code event"]))
    assert words.where(Difference("code event", event, "", (), None, None, "keep")) == "Money, renamed 2026-03-01"


def test_the_same_code_is_written_as_a_whole() -> None:
    mine, theirs = added(STUDY, "codes", code("n1", "New", "Ours.")), added(STUDY, "codes", code("n2", "New"))
    row = lines(merged(mine, theirs))[0]
    assert row[:5] == ("code", "New", "same code", "Ours.", "active")
    with_event = replace(
        STUDY, codes=(*STUDY.codes[:3], replace(STUDY.codes[3], lineage=(Lineage("moved", AT, "Ana", "x", "", ""),)))
    )
    assert lines(merged(STUDY, with_event)) == []


def test_the_decisions_on_a_proposal_are_in_words() -> None:
    mine = changed(STUDY, "proposals", "p2", state="merged", code="Money", reason="Both.", decided=AT)
    theirs = changed(STUDY, "proposals", "p2", state="rejected", decided=AT)
    [row] = lines(merged(mine, theirs, take="theirs"))
    assert row[:6] == ("proposal", "Peers", "decision", "merged into Money: Both.", "rejected", "open")


def test_the_words_of_a_coding_are_given_where_one_field_differs() -> None:
    theirs = changed(added(STUDY, "codings", coding("k9", "one", "Money", 5, 9)), "codings", "k1", memo="theirs")
    result = merged(STUDY, changed(theirs, "codes", "c1", definition="Theirs."))
    words = DifferenceWords(result.sides.mine, result.sides.theirs)
    assert [(each.kind, each.field, words.words(each)) for each in result.differences] == [
        ("code", "definition", ""),
        ("coding", "memo", "“They trust until March” Trust/Before"),
        ("coding", "", ""),
    ]


def test_a_summary_is_shown_with_its_cell_and_its_coder() -> None:
    found = {(row[0], row[1]): row[4] for row in lines(merge_items(Sides(EMPTY, items_of(SUMMARISED)), Merging()))}
    assert found["summary", "t, Trust, A, Ana"] == "Trust is early."
    assert found["code summary", "Money, B, Ben"] == "Little money."
