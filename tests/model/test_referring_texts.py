"""Texts that refer to other items, and merges of items that are named in texts or bring cases back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sibtui.errors import InputError
from sibtui.model.agreement.decisions import repeated_codings
from sibtui.model.attribute_kinds import AttributeKinds
from sibtui.model.claims.claim import Claim, facts_text
from sibtui.model.difference_words import DifferenceWords
from sibtui.model.differences import Decisions, Merging
from sibtui.model.drafts import CaseDraft, QueryDraft, StudyDraft
from sibtui.model.query.bounds import QueryBounds
from sibtui.model.query.comparisons import depends_on_kind
from sibtui.model.referring_texts import ClaimText, ColumnsText, QueryText, SummaryText
from sibtui.model.returned_cases import with_returned_cases
from sibtui.model.saturation_report import SaturationReport
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import FIELDS, StudyItems, items_of, uses
from sibtui.model.three_way import merge_items

from .study_copies import AT, STUDY, added, changed, code, found, merged, without

KEYS = {"k1": "other"}


def renamed(_kind: str, key: Any) -> Any:
    return KEYS.get(key, key)


def test_summaries_are_equal_if_their_links_lead_to_the_same_items() -> None:
    one = SummaryText("Early [1 0:5].", AT, None, (("coding", "k1"),))
    same = SummaryText("Early [12].", AT, None, (("coding", "k1"),))
    assert one == same
    assert hash(one) == hash(same)
    assert one != SummaryText("Early [12].", AT, None, (("coding", "k2"),))
    assert one != SummaryText("Early [12].", AT, None)
    assert one != "Early [1 0:5]."
    assert SummaryText("Late [a1 2:5].", AT, None, (("source", "s1"),)).lasting == "Late [source s1 2:5]."
    assert one.with_keys(renamed).links == (("coding", "other"),)
    assert replace(one, links=(None,)).with_keys(renamed).links == (None,)


def test_queries_are_equal_if_they_name_the_same_items() -> None:
    one = QueryText("code Trust", ((5, ("code", "k1")),))
    same = QueryText('code "Faith"', ((5, ("code", "k1")),))
    assert one == same
    assert hash(one) == hash(same)
    assert one != QueryText("code Trust")
    assert one != "code Trust"
    assert one.with_keys(renamed).refs == ((5, ("code", "other")),)
    assert uses("query", "q", ("Q", one)) == (("code", "k1"),)


def test_claims_are_equal_if_they_name_the_same_items() -> None:
    rows = {"k1": {"Trust": (frozenset({"k1", "k3"}), "", True)}}
    words = facts_text(Claim("", "", rows=[("t", "Trust")], statement='in "A"'))
    other = facts_text(Claim("", "", rows=[("u", "Trust")], statement='in "B"'))
    one = ClaimText(words, (("matrix", "t", "k1"), ("case", "A", "k2")), "case", rows)
    same = ClaimText(other, (("matrix", "u", "k1"), ("case", "B", "k2")), "case")
    assert one == same
    assert hash(one) == hash(same)
    assert one != ClaimText(words)
    assert one != words
    assert ClaimText(words).lasting == words
    again = one.with_keys(renamed)
    assert again.refs == (("matrix", "t", "other"), ("case", "A", "k2"))
    assert again.rows == {"other": {"Trust": (frozenset({"other", "k3"}), "", True)}}
    assert again != one


def test_summaries_get_back_lost_references_of_their_links() -> None:
    k1, k2 = ("coding", "k1"), ("coding", "k2")
    base = SummaryText("Early [a 0:5], late [a 7:9].", AT, None, (k1, k2))
    lost = SummaryText("Early [a 0:5], late [0].", AT, None, (None, None))
    assert lost.completed(base) == base
    assert not lost.agrees_with(base)
    assert replace(base, links=(k1, None)).agrees_with(base)
    assert not replace(base, links=(k2, None)).agrees_with(base)
    other = replace(lost, text="Early [b 0:5], late [0].")
    assert other.completed(base).links == (None, k2)
    longer = replace(lost, text="Early [0], late [0] and again.")
    assert longer.completed(base) == longer
    assert lost.completed(replace(base, links=())) == lost


def test_queries_get_back_lost_references_of_their_names() -> None:
    trust, size, people = ("code", "c1"), ("attribute", "a1"), ("attribute", "a2")
    base = QueryText("code Trust or attribute size > 2", ((5, trust), (24, size), (24, people)))
    assert replace(base, refs=((24, size),)).agrees_with(base)
    assert replace(base, refs=()).agrees_with(base)
    assert not replace(base, refs=((5, ("code", "c2")),)).agrees_with(base)
    later = QueryText("attribute size > 2 or code Trust or code Money", ((41, ("code", "c2")),))
    assert not later.agrees_with(base)
    assert set(later.completed(base).refs) == {(10, size), (10, people), (27, trust), (41, ("code", "c2"))}
    assert replace(base, words="code (").completed(base).words == "code ("
    assert later.completed(QueryText("code Trust")) == later


def test_claims_get_back_lost_references_of_their_names() -> None:
    words = facts_text(Claim("", "", rows=[("t", "Trust")], statement='in "A"'))
    base = ClaimText(words, (("matrix", "t", "k1"), ("case", "A", "k2")), "case")
    assert ClaimText(words).agrees_with(base)
    assert ClaimText(words, (("source", "A", "s1"),), "source").agrees_with(base)
    assert not ClaimText(words, (("case", "A", "k3"),), "case").agrees_with(base)
    other = ClaimText(facts_text(Claim("", "", rows=[("u", "Trust")], statement='in "A"')), (("matrix", "u", "k1"),))
    assert not other.agrees_with(base)
    assert other.completed(base) == base


def test_cases_come_back_unless_the_cases_of_the_item_have_other_changes() -> None:
    was = ("s", "c", "", 0, 0, "", frozenset({"ca", "cb"}), "")
    removed, more = (*was[:6], frozenset({"ca"}), "memo"), (*was[:6], frozenset({"ca", "cc"}), "")
    assert with_returned_cases("coding", removed, was, {"cb"})[6:] == (frozenset({"ca", "cb"}), "memo")
    assert with_returned_cases("coding", more, was, {"cb"}) == more
    columns = ("u", "", "cases", (("case", "ca"), ("case", "cb"), ("", "report")))
    less = (*columns[:3], (("case", "ca"), ("", "report")))
    assert with_returned_cases("matrix", less, columns, {"cb"}) == columns


@pytest.mark.parametrize(("cases", "expected"), [(("A",), {"ca", "cb"}), ((), set())])
def test_a_case_that_a_decision_keeps_comes_back_with_its_codings_and_columns(cases: Any, expected: set[str]) -> None:
    base = changed(STUDY, "matrices", "x1", only=("A", "B"))
    mine = without(changed(base, "matrices", "x1", only=("A",)), "cases", "cb")
    mine = changed(changed(mine, "sources", "s2", cases=("A",)), "codings", "k2", cases=cases)
    mine = replace(mine, topics=STUDY.topics[:1])
    theirs = changed(base, "cases", "cb", private_name="Bee")
    result = merged(mine, theirs, base, take="theirs")
    assert "cb" in result.items.kinds["case"]
    assert result.items.kinds["coding"]["k2"][6] == expected
    assert (("coding", "k2", "cases", "take") in found(result)) is bool(expected)
    assert result.items.kinds["matrix"]["x1"][3] == (("case", "ca"), ("case", "cb"))


def test_the_order_of_the_rows_of_a_table_is_taken() -> None:
    rows = STUDY.matrices[1].rows
    theirs = changed(STUDY, "matrices", "x2", rows=(*rows[1:], rows[0]))
    result = merged(STUDY, theirs)
    assert [key for key in result.items.kinds["matrix row"] if key[0] == "x2"] == [("x2", "Doubts"), ("x2", "Money")]


def test_the_order_of_cases_is_taken_and_named() -> None:
    theirs = replace(STUDY, cases=STUDY.cases[::-1])
    result = merged(STUDY, theirs)
    assert [difference.proposal for difference in result.differences] == ["take"]
    assert result.orders["case", ""] == ("cb", "ca")


def in_words(result: Any) -> list[tuple[str, ...]]:
    words = DifferenceWords(result.sides.mine, result.sides.theirs)
    return [words.row(each) for each in result.differences]


def test_orders_of_codes_and_rows_have_their_names_in_words() -> None:
    rows = STUDY.matrices[1].rows
    trust, before, after, money = STUDY.codes
    theirs = replace(changed(STUDY, "matrices", "x2", rows=(*rows[1:], rows[0])), codes=(money, trust, after, before))
    orders = {row[3:5] for row in in_words(merged(STUDY, theirs))}
    assert ("Trust; Money", "Money; Trust") in orders
    assert ("Before; After", "After; Before") in orders
    assert ("Money; Doubts", "Doubts; Money") in orders


def test_of_two_new_orders_mine_stays_and_theirs_is_named() -> None:
    cases = (*STUDY.cases, CaseDraft("C", None, {}, "c", "cc"))
    base = replace(STUDY, cases=cases)
    mine, theirs = replace(base, cases=cases[::-1]), replace(base, cases=(cases[1], cases[0], cases[2]))
    result = merged(mine, theirs, base)
    assert ("case", "") not in result.orders
    assert len(result.differences) == 1
    assert in_words(result)[0][3:5] == ("C; B; A", "B; A; C")


def test_a_new_code_before_the_others_changes_no_order_that_is_named() -> None:
    theirs = replace(STUDY, codes=(code("c9", "Able"), *STUDY.codes))
    result = merged(STUDY, theirs)
    assert found(result) == [("code", "c9", "", "add")]


def test_a_name_in_a_query_whose_item_goes_is_named() -> None:
    def with_reference(draft: Any) -> Any:
        items = items_of(draft)
        queries = {
            key: (name, replace(text, refs=((5, ("code", "n1")),)) if key == "q9" else text)
            for key, (name, text) in items.kinds["query"].items()
        }
        return replace(items, kinds={**items.kinds, "query": queries})

    base = added(STUDY, "codes", code("n1", "New"))
    mine = added(base, "queries", QueryDraft("About", "code New and certainty firm", "q9"))
    sides = Sides(with_reference(mine), with_reference(STUDY), with_reference(base))
    result = merge_items(sides, Merging(Decisions("theirs"), at=AT, coder="Ana"))
    assert "n1" not in result.items.kinds["code"]
    [left] = [each for each in result.differences if each.proposal == "leave out"]
    assert (left.kind, left.key) == ("query", "q9")
    assert left.why == "it names the code “New”, which is removed"


@pytest.mark.parametrize(
    ("given", "readers"),
    [(((), ()), ((1, 2), ())), (((2, 3), (1,)), ((2,), (1,))), (((3,), ()), ((3,), ()))],
)
def test_readers_are_within_the_limits_of_a_query(given: Any, readers: Any) -> None:
    assert QueryBounds(coders=frozenset({1, 2})).readers(*given) == readers


@pytest.mark.parametrize(
    ("before", "after", "comparator", "value", "depends"),
    [
        ("number", "text", ">", "40", True),
        ("number", "text", "=", "40", False),
        ("yes/no", "text", "=", "true", True),
        ("number", "date", ">", "40", True),
        ("text", "number", ">", "40", False),
    ],
)
def test_a_comparison_may_depend_on_the_kind(
    before: Any, after: Any, comparator: Any, value: str, depends: bool
) -> None:
    assert depends_on_kind(before, after, comparator, value) is depends


def test_without_interviews_there_is_no_picture_of_saturation() -> None:
    with pytest.raises(InputError, match="not computable"):
        SaturationReport(()).picture()


def test_codings_that_are_not_counted_again_are_numbered() -> None:
    assert repeated_codings(1).startswith("1 coding has ")
    assert repeated_codings(2).startswith("2 codings have ")


def test_an_attribute_that_keeps_its_kind_takes_only_values_of_this_kind() -> None:
    kinds = AttributeKinds({"age": "number"}, fixed={"age"})
    assert kinds.keeps_kind("Age")
    assert kinds.place("age", "31").text == "31"
    with pytest.raises(ValueError, match="not a number"):
        kinds.place("age", "unknown")


def test_columns_are_equal_if_they_are_the_values_of_one_attribute() -> None:
    columns = ColumnsText("attribute:Stage", "at1")
    assert columns == ColumnsText("case attribute:Phase", "at1") != ColumnsText("attribute:Stage", "at2")
    assert len({columns, ColumnsText("case attribute:Phase", "at1")}) == 1
    assert (str(columns), columns != "attribute:Stage") == ("attribute:Stage", True)
    assert columns.with_keys(lambda kind, key: f"{kind} {key}").attribute == "attribute at1"


def with_columns(draft: StudyDraft, attribute: str) -> StudyItems:
    items = items_of(draft)
    [key, other] = items.kinds["matrix"]
    fields = items.kinds["matrix"][key]
    at = FIELDS["matrix"].index("columns")
    by_size = (*fields[:at], ColumnsText("attribute:size", attribute), *fields[at + 1 :])
    return replace(items, kinds={**items.kinds, "matrix": {key: by_size, other: items.kinds["matrix"][other]}})


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_an_attribute_that_is_the_columns_of_a_changed_matrix_is_a_conflict_if_it_is_removed(take: Any) -> None:
    theirs = items_of(
        replace(STUDY, attributes=STUDY.attributes[1:], cases=(replace(STUDY.cases[0], attributes={}), STUDY.cases[1]))
    )
    mine = with_columns(STUDY, "at1")
    result = merge_items(Sides(mine, theirs, items_of(STUDY)), Merging(Decisions(take)))
    conflicts = [(each.kind, each.key, each.why) for each in result.conflicts]
    assert conflicts == [("attribute", "at1", "removed by theirs, used by mine")]
    left_out = [(each.kind, each.field) for each in result.differences if each.proposal == "leave out"]
    assert left_out == ([] if take == "mine" else [("matrix", "columns")])


def test_columns_get_the_key_of_the_attribute_of_mine() -> None:
    other = replace(STUDY.attributes[0], uid="at9")
    theirs = with_columns(replace(STUDY, attributes=(other, STUDY.attributes[1])), "at9")
    result = merge_items(Sides(with_columns(STUDY, "at1"), theirs), Merging())
    assert [each for each in result.differences if each.kind in {"matrix", "attribute"}] == []


def test_a_link_to_a_coding_agrees_with_a_link_to_its_place_in_the_same_words() -> None:
    text = SummaryText("Early [one 0:5].", AT, None, (("coding", "k1"),))
    assert text.agrees_with(replace(text, links=(("source", "s1"),)))
    assert not text.agrees_with(replace(text, links=(("coding", "k2"),)))
    assert not text.agrees_with(replace(text, text="Late [one 0:5]."))
