"""Three-way merges of items: the changes of one side are taken, and those of both are conflicts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sibtui.model.differences import Decisions, Difference, Merging, joined
from sibtui.model.drafts import CaseDraft, CodeProposalDraft, MemoDraft
from sibtui.model.matrix_definition import RowDefinition
from sibtui.model.records import Lineage, Reading, TopicRecord
from sibtui.model.segments import Segment
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import FIELDS, items_of
from sibtui.model.three_way import merge_items

from .study_copies import AT, STUDY, SUMMARISED, TEXT, added, changed, code, coding, found, merged, source, without

LATER = "2026-03-02T10:00:00.001Z"


def test_equal_studies_have_no_difference() -> None:
    result = merged(STUDY, STUDY)
    assert (result.differences, result.items.kinds) == ((), items_of(STUDY).kinds)


def test_what_is_only_in_one_is_kept_or_added() -> None:
    mine = added(STUDY, "codings", coding("k8", "one", "Money", 0, 4))
    theirs = added(added(STUDY, "codings", coding("k9", "one", "Money", 5, 9)), "codes", code("c9", "Trust/New"))
    result = merged(mine, theirs)
    assert found(result) == [("code", "c9", "", "add"), ("coding", "k9", "", "add"), ("coding", "k8", "", "keep")]
    assert result.items.kinds["code"]["c9"][7] == "proposed"
    assert (
        merged(STUDY, added(STUDY, "codes", code("c9", "Old", status="retired"))).items.kinds["code"]["c9"][7]
        == "retired"
    )


def test_a_change_of_one_side_is_taken_and_mine_is_kept() -> None:
    mine, theirs = changed(STUDY, "codings", "k1", memo="mine"), changed(STUDY, "codings", "k1", certainty="tentative")
    result = merged(mine, theirs)
    assert found(result) == [("coding", "k1", "certainty", "take"), ("coding", "k1", "memo", "keep")]
    assert result.items.kinds["coding"]["k1"][5:8:2] == ("tentative", "mine")


def test_a_memo_that_one_side_changed_is_taken() -> None:
    mine, theirs = changed(STUDY, "memos", "m1", text="Mine."), changed(STUDY, "memos", "m2", text="Theirs.")
    result = merged(mine, theirs)
    assert found(result) == [("memo", "m1", "text", "keep"), ("memo", "m2", "text", "take")]
    assert [result.items.kinds["memo"][key][FIELDS["memo"].index("text")] for key in ("m1", "m2")] == [
        "Mine.",
        "Theirs.",
    ]


@pytest.mark.parametrize(
    ("take", "memo", "is_open"), [(None, "mine", True), ("mine", "mine", False), ("theirs", "theirs", False)]
)
def test_a_change_of_both_is_a_conflict(take: Any, memo: str, is_open: bool) -> None:
    result = merged(
        changed(STUDY, "codings", "k1", memo="mine"), changed(STUDY, "codings", "k1", memo="theirs"), take=take
    )
    assert result.conflicts == (Difference("coding", "k1", "memo", "mine", "theirs", "", "conflict", "", take or ""),)
    assert (bool(result.open), result.items.kinds["coding"]["k1"][7]) == (is_open, memo)


def test_a_single_conflict_has_a_decision_of_its_own() -> None:
    decisions = Decisions("mine", {("coding", "k1", "memo"): "theirs"})
    mine, theirs = (
        changed(changed(STUDY, "codings", "k1", memo=memo), "codings", "k2", memo=memo) for memo in ("mine", "theirs")
    )
    result = merge_items(Sides(items_of(mine), items_of(theirs), items_of(STUDY)), Merging(decisions))
    assert [result.items.kinds["coding"][key][7] for key in ("k1", "k2")] == ["theirs", "mine"]


def test_both_texts_and_both_sets_of_cases_can_be_kept() -> None:
    mine = changed(changed(STUDY, "codings", "k2", memo="mine", cases=("A",)), "codes", "c1", definition="Mine.")
    theirs = changed(changed(STUDY, "codings", "k2", memo="theirs", cases=("B",)), "codes", "c1", definition="Theirs.")
    places = [("coding", "k2", "memo"), ("coding", "k2", "cases"), ("code", "c1", "definition")]
    decisions = Decisions("mine", dict.fromkeys(places, "both"))
    result = merge_items(Sides(items_of(mine), items_of(theirs), items_of(STUDY)), Merging(decisions))
    kinds = result.items.kinds
    assert kinds["coding"]["k2"][7] == "mine\ntheirs"
    assert kinds["coding"]["k2"][6] == {"ca", "cb"}
    assert kinds["code"]["c1"][2] == "Mine.\nTheirs."
    assert all(each.is_joinable for each in result.conflicts)
    assert len(kinds["code event"]) == len(items_of(STUDY).kinds["code event"])  # no text was lost


def test_only_conflicts_about_texts_and_cases_can_keep_both() -> None:
    mine, theirs = (changed(STUDY, "codings", "k1", memo=memo, coder=memo) for memo in ("Ben", "Eva"))
    assert {(each.field, each.is_joinable) for each in merged(mine, theirs).conflicts} == {
        ("coder", False), ("memo", True),
    }  # fmt: skip
    assert not merged(STUDY, mine).differences[0].is_joinable
    assert joined("", "theirs") == "theirs"


def test_an_item_that_one_side_removed_goes_when_the_other_left_it() -> None:
    less = without(STUDY, "codings", "k1")
    assert found(merged(STUDY, less)) == [("coding", "k1", "", "remove")]
    assert found(merged(less, STUDY)) == [("coding", "k1", "", "keep")]
    assert "k1" not in merged(STUDY, less).items.kinds["coding"]
    assert "k1" not in merged(less, STUDY).items.kinds["coding"]


@pytest.mark.parametrize(("take", "stays"), [(None, True), ("mine", True), ("theirs", False)])
def test_an_item_that_they_removed_and_i_changed_is_a_conflict(take: Any, stays: bool) -> None:
    result = merged(changed(STUDY, "codings", "k1", memo="x"), without(STUDY, "codings", "k1"), take=take)
    assert [(each.place, each.why) for each in result.conflicts] == [
        (("coding", "k1", ""), "removed by theirs, changed by mine")
    ]
    assert ("k1" in result.items.kinds["coding"]) == stays


@pytest.mark.parametrize(("take", "stays"), [(None, False), ("mine", False), ("theirs", True)])
def test_an_item_that_i_removed_and_they_changed_is_a_conflict(take: Any, stays: bool) -> None:
    result = merged(without(STUDY, "codings", "k1"), changed(STUDY, "codings", "k1", memo="x"), take=take)
    assert [each.why for each in result.conflicts] == ["removed by mine, changed by theirs"]
    assert ("k1" in result.items.kinds["coding"]) == stays


def without_money(draft: Any) -> Any:
    """Return the study without the theme `Money` and all that belongs to it."""
    return replace(
        without(without(without(draft, "codes", "t2"), "codings", "k3"), "memos", "m3"),
        topics=(), readings=draft.readings[:1], matrices=draft.matrices[:1],
    )  # fmt: skip


@pytest.mark.parametrize(("take", "stays"), [("mine", False), ("theirs", True)])
def test_a_code_that_i_removed_and_they_used_returns_with_all_of_it_or_not_at_all(take: Any, stays: bool) -> None:
    mine, theirs = without_money(STUDY), added(STUDY, "codings", coding("k9", "one", "Money", 0, 4))
    result = merged(mine, theirs, take=take)
    assert [each.why for each in result.conflicts] == ["removed by mine, used by theirs"]
    kinds = result.items.kinds
    assert ("t2" in kinds["code"], "k3" in kinds["coding"], "k9" in kinds["coding"], "m3" in kinds["memo"]) == (
        stays,
    ) * 4
    assert [each.proposal for each in result.differences if each.key == "k9"] == ["add" if stays else "leave out"]


@pytest.mark.parametrize(("take", "stays"), [("mine", True), ("theirs", False)])
def test_a_code_that_they_removed_and_i_used_stays_with_all_of_it_or_goes(take: Any, stays: bool) -> None:
    mine, theirs = added(STUDY, "codings", coding("k9", "one", "Money", 0, 4)), without_money(STUDY)
    result = merged(mine, theirs, take=take)
    assert [each.why for each in result.conflicts] == ["removed by theirs, used by mine"]
    kinds = result.items.kinds
    assert ("t2" in kinds["code"], "k3" in kinds["coding"], "k9" in kinds["coding"], "m3" in kinds["memo"]) == (
        stays,
    ) * 4


def test_sub_codes_go_with_a_parent_that_goes() -> None:
    base = added(STUDY, "codes", code("n1", "New"), code("n2", "New/Under"), code("n3", "New/Under/Deep"))
    mine = added(base, "codes", code("n4", "New/Mine"))
    result = merged(mine, STUDY, base, take="theirs")
    assert not {"n1", "n2", "n3", "n4"} & set(result.items.kinds["code"])
    kept = merged(mine, STUDY, base, take="mine")
    assert {"n1", "n4"} <= set(kept.items.kinds["code"])


def test_a_coding_recoded_to_a_code_that_goes_takes_the_version_of_the_other_side() -> None:
    base = added(STUDY, "codes", code("n1", "New"))
    result = merged(changed(base, "codings", "k1", code="New"), STUDY, base, take="theirs")
    assert result.items.kinds["coding"]["k1"][1] == "c1"


def test_what_both_put_below_codes_that_go_goes_or_becomes_a_theme() -> None:
    base = added(STUDY, "codes", code("n1", "Ours"), code("n2", "Yours"), code("n3", "Lone"))

    def put(draft: Any, above: str) -> Any:
        return changed(changed(draft, "codings", "k1", code=above), "codes", "n3", path=f"{above}/Lone")

    sides = Sides(
        items_of(put(without(base, "codes", "n2"), "Ours")), items_of(put(without(base, "codes", "n1"), "Yours")), items_of(base)
    )  # fmt: skip
    decisions = Decisions("mine", {("code", "n1", ""): "theirs"})
    kinds = merge_items(sides, Merging(decisions)).items.kinds
    assert ("k1" in kinds["coding"], kinds["code"]["n3"][1]) == (False, "")


def test_without_a_state_in_common_every_field_that_differs_is_a_conflict_and_nothing_is_removed() -> None:
    theirs = changed(
        changed(without(STUDY, "codings", "k3"), "codings", "k1", memo="theirs"), "codes", "c1", definition="Else."
    )
    result = merged(changed(STUDY, "codings", "k2", memo="mine"), theirs, None)
    assert found(result) == [
        ("code", "c1", "definition", "conflict"),
        ("coding", "k1", "memo", "conflict"),
        ("coding", "k2", "memo", "conflict"),
        ("coding", "k3", "", "keep"),
    ]


def test_two_studies_that_share_no_beginning_are_compared_by_name() -> None:
    theirs = replace(STUDY, study=replace(STUDY.study, guid="other"), codings=(), memos=(), matrices=())
    theirs = replace(theirs, codes=tuple(replace(each, uid=f"o{each.uid}", lineage=()) for each in theirs.codes))
    theirs = changed(theirs, "codes", "oc1", definition="Else.")
    assert [each for each in found(merged(STUDY, theirs, None)) if each[3] != "keep"] == [
        ("code", "c1", "definition", "conflict")
    ]


def test_a_proposal_of_a_merge_and_a_private_name_left_out_are_no_differences() -> None:
    mine = changed(STUDY, "codes", "c1", status="proposed")
    assert found(merged(mine, STUDY, None)) == found(merged(STUDY, mine, None)) == []
    named = changed(STUDY, "cases", "ca", private_name="Leeds")
    assert found(merged(named, STUDY, None)) == []
    assert found(merged(named, changed(STUDY, "cases", "ca", private_name="York"), None)) == [
        ("case", "ca", "private name", "conflict")
    ]


def test_the_later_time_of_a_reading_is_taken() -> None:
    mine, theirs = (
        replace(STUDY, readings=(Reading("one", "Ana", f"2026-04-0{day}T10:00:00.001Z"), STUDY.readings[1]))
        for day in (1, 2)
    )
    assert merged(mine, theirs).items.kinds["reading"]["s1", "Ana", "", 1] == ("2026-04-02T10:00:00.001Z",)
    assert merged(theirs, mine).items.kinds["reading"]["s1", "Ana", "", 1] == ("2026-04-02T10:00:00.001Z",)


def test_letters_and_keys_are_merged_like_other_fields() -> None:
    new = changed(changed(STUDY, "cases", "ca", letter="z"), "codes", "t2", key="M")
    places = [("case", "ca", "letter"), ("code", "t2", "key")]
    for mine, theirs, proposal in ((new, STUDY, "keep"), (STUDY, new, "take")):
        result = merged(mine, theirs)
        assert found(result) == [(*place, proposal) for place in places]
        assert result.items.kinds["case"]["ca"] == ("A", None, "z")
        assert result.items.kinds["code"]["t2"][FIELDS["code"].index("key")] == "M"
    other = changed(changed(STUDY, "cases", "ca", letter="y"), "codes", "t2", key="N")
    assert found(merged(new, other)) == [(*place, "conflict") for place in places]
    assert merged(new, other, take="theirs").items.kinds["case"]["ca"] == ("A", None, "y")


def test_letters_and_keys_without_a_common_value_stay_as_they_are() -> None:
    theirs = changed(changed(STUDY, "cases", "ca", letter="z"), "codes", "t2", key="M")
    result = merged(STUDY, theirs, None)
    assert found(result) == [("case", "ca", "letter", "keep"), ("code", "t2", "key", "keep")]
    assert result.items.kinds["case"]["ca"] == ("A", None, "a")


def test_letters_that_two_cases_exchange_are_taken() -> None:
    theirs = changed(changed(STUDY, "cases", "ca", letter="b"), "cases", "cb", letter="a")
    letters = {key: fields[2] for key, fields in merged(STUDY, theirs).items.kinds["case"].items()}
    assert letters == {"ca": "b", "cb": "a"}


def test_a_letter_or_key_that_another_item_has_is_left_out() -> None:
    base = changed(STUDY, "codes", "c1", key="T")
    mine = changed(changed(base, "cases", "cb", letter="z"), "codes", "t1", key="M")
    theirs = changed(changed(base, "cases", "ca", letter="z"), "codes", "t2", key="M")
    theirs = added(changed(theirs, "codes", "c2", key="T"), "codes", code("t4", "People", key="M"))
    theirs = changed(theirs, "codes", "c1", key=None)
    result = merged(mine, theirs, base)
    kinds, at = result.items.kinds, FIELDS["code"].index("key")
    assert {key: fields[2] for key, fields in kinds["case"].items()} == {"ca": "a", "cb": "z"}
    assert {key: fields[at] for key, fields in kinds["code"].items()} == {
        "t1": "M", "c1": None, "c2": "T", "t2": None, "t4": None,
    }  # fmt: skip
    left_out = [(*each.place, each.theirs, each.why) for each in result.differences if each.proposal == "leave out"]
    assert left_out == [
        ("case", "ca", "letter", "z", "“B” has it"),
        ("code", "t2", "key", "M", "“Trust” has it"),
        ("code", "t4", "key", "M", "“Trust” has it"),
    ]


def test_a_letter_that_stays_keeps_the_case_that_would_get_it_from_its_new_letter() -> None:
    base = added(STUDY, "cases", CaseDraft("C", None, {}, "c", "cc"))
    theirs = changed(changed(base, "cases", "ca", letter="z"), "cases", "cb", letter="a")
    mine = changed(base, "cases", "cc", letter="z")
    letters = {key: fields[2] for key, fields in merged(mine, theirs, base).items.kinds["case"].items()}
    assert letters == {"ca": "a", "cb": "b", "cc": "z"}


@pytest.mark.parametrize("take", ["mine", "theirs"])
@pytest.mark.parametrize(
    ("fields", "event"),
    [({"path": "Trust/{}"}, "renamed"), ({"path": "{}/Before"}, "moved"), ({"definition": "{}"}, "merged")],
    ids=["name", "place", "definition"],
)
def test_a_text_of_a_code_that_is_not_taken_stays_in_its_history(take: Any, fields: dict[str, str], event: str) -> None:
    base = replace(added(STUDY, "codes", code("n1", "Ours"), code("n2", "Yours")), codings=(), matrices=(), memos=())
    mine, theirs = (
        changed(base, "codes", "c1", **{name: value.format(word) for name, value in fields.items()})
        for word in ("Ours", "Yours")
    )
    result = merged(mine, theirs, base, take=take)
    [kept] = set(result.items.kinds["code event"]) - set(items_of(STUDY).kinds["code event"])
    lost = theirs if take == "mine" else mine
    [draft] = [each for each in lost.codes if each.uid == "c1"]
    assert kept[:6] == ("c1", event, AT, "Ana", draft.path, draft.definition)


def test_a_text_is_kept_once() -> None:
    mine, theirs = (changed(STUDY, "codes", "c1", definition=word) for word in ("Ours.", "Yours."))
    first = merged(mine, theirs, take="mine")
    events = [key for key in first.items.kinds["code event"] if key[0] == "c1"]
    again = changed(mine, "codes", "c1", lineage=(Lineage(*events[0][1:]),))
    assert [
        key for key in merged(again, theirs, take="mine", at="later").items.kinds["code event"] if key[0] == "c1"
    ] == events


@pytest.mark.parametrize(("take", "definition"), [(None, "Ours."), ("mine", "Ours."), ("theirs", "Yours.")])
def test_two_codes_of_one_name_may_be_one(take: Any, definition: str) -> None:
    mine = added(STUDY, "codes", code("n1", "New", "Ours.", key="N"))
    theirs = added(STUDY, "codes", code("n2", "New", "Yours."))
    result = merged(mine, theirs, take=take)
    [conflict] = result.conflicts
    assert (conflict.field, "of 100 alike" in conflict.why) == ("same code", True)
    fields = result.items.kinds["code"]["n1"]
    assert (fields[2], fields[7], fields[9]) == (definition, "active", "N")
    same = merged(mine, added(STUDY, "codes", code("n2", "New", "Ours.", key="O")))
    assert "100 of 100" in same.conflicts[0].why


def test_codes_put_below_each_other_take_the_places_of_one_side() -> None:
    bare = replace(
        STUDY, codes=(code("a", "A"), code("b", "B")), codings=(), topics=(), readings=(), memos=(), matrices=()
    )
    mine = replace(bare, codes=(code("b", "B"), code("a", "B/A")))
    theirs = replace(bare, codes=(code("a", "A"), code("b", "A/B")))
    for take, parents in (("mine", ("b", "")), ("theirs", ("", "a"))):
        codes = merged(mine, theirs, bare, take=take).items.kinds["code"]
        assert (codes["a"][1], codes["b"][1]) == parents


BARE = replace(STUDY, codings=(), topics=(), readings=(), memos=(), matrices=())


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_no_code_is_below_itself_when_its_parent_was_merged_on_the_other_side(take: Any) -> None:
    coded = coding("k9", "one", "X", 0, 4)
    base = replace(BARE, codes=(code("x", "X"), code("y", "Y"), code("a", "A")), codings=(coded,))
    mine = replace(BARE, codes=(code("y", "Y"), code("a", "A")), codings=(replace(coded, code="Y"),))
    theirs = replace(BARE, codes=(code("x", "X"), code("a", "X/A"), code("y", "X/A/Y")), codings=(coded,))
    codes = merged(mine, theirs, base, take=take).items.kinds["code"]
    assert {each: codes[each][1] for each in codes} in ({"a": "", "y": ""}, {"a": "y", "y": ""}, {"a": "", "y": "a"})


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_new_code_may_be_among_codes_put_below_each_other(take: Any) -> None:
    base = replace(BARE, codes=(code("p", "P"), code("q", "Q")))
    mine = replace(BARE, codes=(code("p", "P"), code("m", "P/M"), code("q", "P/M/Q")))
    theirs = replace(BARE, codes=(code("q", "Q"), code("p", "Q/P")))
    for one, other in ((mine, theirs), (theirs, mine)):
        codes = merged(one, other, base, take=take).items.kinds["code"]
        assert set(codes) == {"p", "m", "q"}
        for each in codes:
            seen = {each}
            while each := codes[each][1]:
                assert each not in seen
                seen.add(each)


@pytest.mark.parametrize(("take", "stances"), [("mine", ["supports"]), ("theirs", ["counters"])])
def test_one_coder_never_has_opposite_codings_of_one_place(take: Any, stances: list[str]) -> None:
    mine = added(STUDY, "codings", coding("k8", "one", "Trust/Before", 5, 9))
    moved = {"segment": Segment(5, 9), "quote": TEXT[5:9], "stance": "counters"}
    changed_by_them = changed(STUDY, "codings", "k1", **moved)
    result = merged(mine, changed_by_them, take=take)
    assert [each.why for each in result.conflicts] == ["one coder would have two opposite codings of one place"]
    there = [fields[4] for fields in result.items.kinds["coding"].values() if fields[3].start == 5]
    assert there == stances


def test_a_new_coding_onto_the_opposite_of_a_moved_one_is_left_out() -> None:
    mine = changed(STUDY, "codings", "k1", segment=Segment(5, 9), quote=TEXT[5:9])
    theirs = added(STUDY, "codings", coding("k9", "one", "Trust/Before", 5, 9, stance="counters"))
    assert "k9" not in merged(mine, theirs, take="mine").items.kinds["coding"]
    assert "k1" not in merged(mine, theirs, take="theirs").items.kinds["coding"]
    alike = added(STUDY, "codings", coding("k9", "one", "Trust/Before", 5, 9))
    assert {"k1", "k9"} <= set(merged(mine, alike).items.kinds["coding"])


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_of_two_new_opposites_of_theirs_one_is_added(take: Any) -> None:
    theirs = added(
        STUDY, "codings", coding("k8", "one", "Money", 0, 4), coding("k9", "one", "Money", 0, 4, stance="counters")
    )
    assert len({"k8", "k9"} & set(merged(STUDY, theirs, take=take).items.kinds["coding"])) == 1


def test_opposites_that_i_had_before_stay() -> None:
    mine = added(
        STUDY, "codings", coding("k7", "one", "Money", 0, 4), coding("k8", "one", "Money", 0, 4, stance="counters")
    )
    theirs = added(STUDY, "codings", coding("k9", "one", "Money", 20, 24))
    assert {"k7", "k8", "k9"} <= set(merged(mine, theirs).items.kinds["coding"])


@pytest.mark.parametrize("theirs_first", ["supports", "counters"])
def test_opposites_that_both_have_added_are_equal(theirs_first: str) -> None:
    other = "counters" if theirs_first == "supports" else "supports"
    mine = added(
        STUDY, "codings", coding("k7", "one", "Money", 0, 4), coding("k8", "one", "Money", 0, 4, stance="counters")
    )
    theirs = added(
        STUDY,
        "codings",
        coding("k9", "one", "Money", 0, 4, stance=theirs_first),
        coding("ka", "one", "Money", 0, 4, stance=other),
    )
    result = merged(mine, theirs)
    assert (result.differences, result.items.kinds["coding"]) == ((), items_of(mine).kinds["coding"])


def test_a_new_coding_is_equal_to_the_one_of_two_opposites_with_its_stance() -> None:
    both = coding("k7", "one", "Money", 0, 4), coding("k8", "one", "Money", 0, 4, stance="counters")
    for stance in ("supports", "counters"):
        theirs = added(STUDY, "codings", coding("k9", "one", "Money", 0, 4, stance=stance))
        result = merged(added(STUDY, "codings", *both), theirs)
        assert result.conflicts == ()
        assert "k9" not in result.items.kinds["coding"]


@pytest.mark.parametrize("take", [None, "mine", "theirs"])
def test_a_text_that_differs_is_a_conflict_and_codings_find_their_places_in_the_text_taken(take: Any) -> None:
    text = "Listen. " + TEXT
    theirs = changed(STUDY, "sources", "s1", text=text, original="new.md")
    moved = {"segment": Segment(8, 30), "quote": TEXT[:22]}
    result = merged(STUDY, changed(theirs, "codings", "k1", **moved), take=take)
    assert found(result) == [("source", "s1", "text", "conflict")]
    fields = result.items.kinds["source"]["s1"]
    assert (fields[6], fields[7]) == ((text, ("new.md", "")) if take == "theirs" else (TEXT, ("", "")))
    assert result.items.kinds["coding"]["k1"][3].start == (8 if take == "theirs" else 0)
    assert result.before.kinds["coding"] == result.items.kinds["coding"]


def test_a_coding_without_a_place_in_the_text_taken_is_left_out() -> None:
    text = TEXT + "Every second Thursday the committee travels abroad.\n"
    end = len(text) - 1
    new = replace(coding("k9", "one", "Money", 0, 4), segment=Segment(len(TEXT), end), quote=text[len(TEXT) : end])
    theirs = added(changed(STUDY, "sources", "s1", text=text), "codings", new)
    result = merged(STUDY, theirs, take="mine")
    assert ("coding", "k9", "", "leave out") in found(result)
    assert "k9" not in result.items.kinds["coding"]


def test_a_coding_that_was_undecided_before_is_added_as_it_is() -> None:
    theirs = added(STUDY, "codings", coding("k9", "one", "Money", 0, 4, undecided=True))
    assert found(merged(STUDY, theirs)) == [("coding", "k9", "", "add")]
    gone = replace(added(STUDY, "sources", source("s9", "nine")))
    lone = added(gone, "codings", coding("k9", "nine", "Money", 0, 4, undecided=True))
    less = merged(replace(STUDY), lone, gone, take="mine")
    assert ("coding", "k9", "", "leave out") in found(less)


def test_a_case_that_a_source_no_longer_touches_leaves_its_codings() -> None:
    theirs = changed(changed(STUDY, "sources", "s2", cases=("A",)), "codings", "k2", cases=("A",))
    theirs = replace(theirs, topics=STUDY.topics[:1])
    mine = added(STUDY, "codings", coding("k9", "two", "Money", 0, 4, cases=("A", "B")))
    result = merged(mine, theirs, take="theirs")
    assert result.items.kinds["coding"]["k9"][6] == {"ca"}
    assert merged(mine, theirs, take="mine").items.kinds["coding"]["k9"][6] == {"ca", "cb"}


def test_a_row_of_a_matrix_loses_a_code_that_goes_and_goes_with_its_last_one() -> None:
    base = added(STUDY, "codes", code("n1", "New"))
    rows = (RowDefinition("Two", ("New", "Money")), RowDefinition("One", ("New",)))
    mine = changed(base, "matrices", "x1", rows=(*base.matrices[0].rows, *rows))
    result = merged(mine, STUDY, base, take="theirs")
    assert result.items.kinds["matrix row"]["x1", "Two"][0] == ("t2",)
    assert ("x1", "One") not in result.items.kinds["matrix row"]


@pytest.mark.parametrize(("take", "columns"), [("mine", "cases"), ("theirs", "kinds")])
def test_what_belongs_to_columns_of_another_kind_goes(take: Any, columns: str) -> None:
    row = replace(STUDY.matrices[0].rows[0], notes={"report": "Late."})
    judgement = replace(STUDY.matrices[0].judgements[0], column="report")
    theirs = changed(STUDY, "matrices", "x1", columns="kinds", only=("report",), rows=(row,), judgements=(judgement,))
    mine = changed(STUDY, "matrices", "x1", title="New")
    base = replace(STUDY, matrices=STUDY.matrices[1:], memos=STUDY.memos[:3])
    kinds = merged(mine, theirs, base, take=take).items.kinds
    fields = kinds["matrix"]["x1"]
    wanted = ("case", "ca") if columns == "cases" else ("", "report")
    assert (fields[2], fields[3]) == (columns, (wanted,))
    assert [key for key in kinds["matrix note"] if key[0] == "x1"] == [("x1", "Trust", *wanted)]
    assert [key for key in kinds["judgement"] if key[0] == "x1"] == [("x1", "Trust", *wanted)]


def test_a_table_loses_the_chosen_column_of_a_source_that_goes() -> None:
    mine = changed(STUDY, "matrices", "x2", only=("one", "two"))
    theirs = replace(
        without(without(STUDY, "sources", "s2"), "codings", "k2", "k3"),
        topics=STUDY.topics[:1],
        readings=STUDY.readings[:1],
        sets=(replace(STUDY.sets[0], sources=("one",)), STUDY.sets[1]),
    )
    assert merged(mine, theirs).items.kinds["matrix"]["x2"][3] == (("source", "s1"),)


def test_memos_topics_and_judgements_are_added_beside() -> None:
    theirs = added(STUDY, "memos", MemoDraft("source", "one", "", "New.", "Ben", AT, "m9"))
    theirs = replace(theirs, topics=(*STUDY.topics, TopicRecord("one", "Trust", "not asked")))
    assert found(merged(STUDY, theirs)) == [("topic", ("s1", "t1", ""), "", "add"), ("memo", "m9", "", "add")]


def test_a_memo_that_they_added_twice_and_i_once_is_there_twice() -> None:
    first, second, own = (MemoDraft("source", "one", "", "New.", "Ben", AT, key) for key in ("m7", "m8", "m9"))
    result = merged(added(STUDY, "memos", own), added(STUDY, "memos", first, second))
    assert {"m8", "m9"} == result.items.kinds["memo"].keys() - items_of(STUDY).kinds["memo"].keys()


def test_equal_memos_that_both_added_are_one_memo() -> None:
    memo = MemoDraft("source", "one", "Title", "New.", "Ben", LATER, "m8")
    mine, theirs = added(STUDY, "memos", memo), added(STUDY, "memos", replace(memo, created=AT, uid="m9"))
    result = merged(mine, theirs)
    assert (found(result), result.items.kinds["memo"].keys()) == ([], items_of(mine).kinds["memo"].keys())
    assert result.items.kinds["memo"]["m8"][-1] == AT


@pytest.mark.parametrize("field", [{"of": "two"}, {"title": ""}, {"text": "Newer."}, {"coder": "Ana"}])
def test_memos_that_differ_in_a_field_are_two_memos(field: dict[str, str]) -> None:
    memo = MemoDraft("source", "one", "Title", "New.", "Ben", AT, "m8")
    result = merged(added(STUDY, "memos", memo), added(STUDY, "memos", replace(memo, uid="m9", **field)))
    assert found(result) == [("memo", "m9", "", "add"), ("memo", "m8", "", "keep")]


def test_a_memo_that_equals_an_older_one_is_added_if_the_other_copy_has_the_older_one() -> None:
    again = replace(STUDY.memos[0], uid="m9")
    assert found(merged(STUDY, added(STUDY, "memos", again))) == [("memo", "m9", "", "add")]


def test_two_judgements_of_one_cell_are_a_conflict() -> None:
    mine, theirs = (
        changed(STUDY, "matrices", "x1", judgements=(replace(STUDY.matrices[0].judgements[0], because=word),))
        for word in ("Ours.", "Yours.")
    )
    assert found(merged(mine, theirs)) == [("judgement", ("x1", "Trust", "case", "ca"), "verdict", "conflict")]


def test_coders_and_events_are_never_removed() -> None:
    less = replace(STUDY, coders=("Ana",), codes=(*STUDY.codes[:3], replace(STUDY.codes[3], lineage=())))
    assert merged(STUDY, less).items.kinds["coder"] == items_of(STUDY).kinds["coder"]
    assert merged(STUDY, less).items.kinds["code event"] == items_of(STUDY).kinds["code event"]
    assert found(merged(STUDY, less)) == found(merged(less, STUDY)) == []


def test_a_case_that_both_added_apart_is_added() -> None:
    theirs = added(STUDY, "cases", CaseDraft("C", None, {"size": "1"}, "c", "cc"))
    assert found(merged(STUDY, theirs)) == [("case", "cc", "", "add"), ("case attribute", ("cc", "at1"), "", "add")]


ACCEPTED = {"state": "merged", "code": "Money", "reason": "Both.", "decided": AT}


@pytest.mark.parametrize("is_mine", [True, False])
def test_a_decision_of_one_side_on_a_proposal_is_taken_whole(is_mine: bool) -> None:
    decided = changed(STUDY, "proposals", "p2", **ACCEPTED)
    result = merged(decided, STUDY) if is_mine else merged(STUDY, decided)
    assert found(result) == [("proposal", "p2", "decision", "keep" if is_mine else "take")]
    assert result.items.kinds["proposal"]["p2"][3] == ("merged", "t2", "Both.", AT)


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_two_decisions_on_a_proposal_are_one_conflict(take: Any) -> None:
    mine = changed(STUDY, "proposals", "p2", **ACCEPTED)
    theirs = changed(STUDY, "proposals", "p2", state="rejected", reason="Too broad.", decided=AT)
    assert [each.field for each in merged(mine, theirs).open] == ["decision"]
    state = merged(mine, theirs, take=take).items.kinds["proposal"]["p2"][3][0]
    assert state == ("merged" if take == "mine" else "rejected")


@pytest.mark.parametrize("has_base", [True, False])
def test_one_proposal_that_both_sides_added_is_one_proposal(has_base: bool) -> None:
    mine = added(STUDY, "proposals", CodeProposalDraft("Peers", "Help.", "Ben", AT, uid="p8"))
    theirs = added(STUDY, "proposals", CodeProposalDraft("Peers", "Help.", "Ben", LATER, uid="p9"))
    result = merged(mine, theirs, STUDY if has_base else None)
    assert list(result.items.kinds["proposal"]) == ["p1", "p2", "p8"]
    other = added(STUDY, "proposals", CodeProposalDraft("Peers", "Help.", "Ana", AT, uid="p9"))
    assert list(merged(mine, other).items.kinds["proposal"]) == ["p1", "p2", "p8", "p9"]


def test_a_proposal_that_one_side_undid_does_not_come_back() -> None:
    assert "p2" not in merged(without(STUDY, "proposals", "p2"), STUDY).items.kinds["proposal"]
    assert "p2" not in merged(STUDY, without(STUDY, "proposals", "p2")).items.kinds["proposal"]


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_code_that_one_side_removed_and_the_other_agreed_on_is_a_conflict(take: Any) -> None:
    base = added(STUDY, "codes", code("c9", "Other"))
    theirs = changed(base, "proposals", "p2", **(ACCEPTED | {"code": "Other"}))
    result = merged(STUDY, theirs, base, take=take)
    assert ("code", "c9", "", "conflict") in found(result)
    assert result.items.kinds["proposal"]["p2"][3].code == ("" if take == "mine" else "c9")


def test_the_decision_on_a_proposal_follows_a_merge_of_codes() -> None:
    taken_in = Lineage("merged", AT, "Ana", "Other", "", "", AT)
    base = added(STUDY, "codes", code("c9", "Other"))
    mine = changed(STUDY, "codes", "t2", lineage=(*STUDY.codes[3].lineage, taken_in))
    theirs = changed(base, "proposals", "p2", **(ACCEPTED | {"code": "Other"}))
    result = merged(mine, theirs, base)
    assert result.open == ()
    assert result.items.kinds["proposal"]["p2"][3].code == "t2"


def test_equal_judgements_and_summaries_of_two_times_are_no_conflict() -> None:
    judgement = replace(STUDY.matrices[0].judgements[0], because="agreed")
    studies = [
        replace(
            changed(SUMMARISED, "matrices", "x1", judgements=(replace(judgement, at=at),)),
            summaries=tuple(replace(each, text="Agreed.", at=at) for each in SUMMARISED.summaries),
        )
        for at in (AT, LATER)
    ]
    result = merged(*studies, SUMMARISED)
    assert (found(result), result.conflicts) == ([], ())
    assert result.items.kinds == items_of(studies[0]).kinds


def test_a_summary_that_one_side_changed_is_taken_and_new_ones_are_added() -> None:
    first, second = SUMMARISED.summaries
    theirs = replace(SUMMARISED, summaries=(replace(first, text="Trust is late."), second, replace(second, case="A")))
    result = merged(SUMMARISED, theirs, SUMMARISED)
    assert found(result) == [
        ("summary", ("x1", "Trust", "case", "ca", "Ana"), "words", "take"),
        ("code summary", ("t2", "ca", "Ben"), "", "add"),
    ]
    assert result.items.kinds["summary"]["x1", "Trust", "case", "ca", "Ana"][0].text == "Trust is late."


@pytest.mark.parametrize("take", ["mine", "theirs"])
def test_a_summary_that_both_sides_changed_is_a_conflict(take: Any) -> None:
    mine, theirs = (
        replace(SUMMARISED, summaries=(replace(SUMMARISED.summaries[0], text=text), SUMMARISED.summaries[1]))
        for text in ("mine", "theirs")
    )
    place = ("summary", ("x1", "Trust", "case", "ca", "Ana"), "words")
    assert found(merged(mine, theirs, SUMMARISED)) == [(*place, "conflict")]
    assert merged(mine, theirs, SUMMARISED, take).items.kinds["summary"][place[1]][0].text == take
    sides = Sides(items_of(mine), items_of(theirs), items_of(SUMMARISED))
    both = merge_items(sides, Merging(Decisions(chosen={place: "both"}), {}, AT, "Ana"))
    assert both.items.kinds["summary"][place[1]][0].text == "mine\ntheirs"
    [conflict] = both.conflicts
    assert conflict.is_joinable


def test_summaries_go_with_their_code_and_get_the_name_that_the_coder_has_here() -> None:
    codes, codings = SUMMARISED.codes[:3], SUMMARISED.codings[:2]
    theirs = replace(
        SUMMARISED, codes=codes, codings=codings, proposals=(), topics=(), readings=(), memos=(),
        matrices=SUMMARISED.matrices[:1], summaries=SUMMARISED.summaries[:1],
    )  # fmt: skip
    assert merged(SUMMARISED, theirs, SUMMARISED, "theirs").items.kinds["code summary"] == {}
    root = replace(SUMMARISED, coders=("Ana", "Ben", "root"))
    theirs = replace(root, summaries=(*SUMMARISED.summaries, replace(SUMMARISED.summaries[0], coder="root")))
    result = merged(SUMMARISED, theirs, SUMMARISED, coders={"root": "Eva"})
    assert ("x1", "Trust", "case", "ca", "Eva") in result.items.kinds["summary"]
