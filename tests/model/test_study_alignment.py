"""Items of two copies of a study that are the same item, by lasting id, by name or by place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sibtui.model.drafts import AttributeDraft, CaseDraft, CodeDraft, MemoDraft
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.records import Lineage, Reading, Round
from sibtui.model.study_alignment import Sides, same_names, with_coders, without_withdrawn
from sibtui.model.study_items import items_of
from sibtui.model.summaries import Summary

from .study_copies import AT, STUDY, SUMMARISED, added, changed, code, coding, found, merged, source, without

TAKEN_IN = Lineage("merged", AT, "Ana", "Trust/After", "", "", AT)


def test_a_source_that_i_withdrew_does_not_come_back() -> None:
    mine = replace(without_source(STUDY), withdrawn=("s1",))
    result = merged(mine, STUDY)
    assert result.items.kinds == items_of(mine).kinds
    assert found(result) == []


def test_a_source_that_they_withdrew_stays_here() -> None:
    result = merged(STUDY, replace(without_source(STUDY), withdrawn=("s1",)))
    assert result.items.kinds == items_of(STUDY).kinds
    assert {each.proposal for each in result.differences} == {"keep"}


def without_source(draft: Any) -> Any:
    """Return the study without the source `one` and all that belongs to it."""
    return replace(
        without(without(draft, "sources", "s1"), "codings", "k1"),
        topics=draft.topics[1:],
        readings=draft.readings[1:],
        rounds=(replace(draft.rounds[0], sources=()),),
        matrices=(draft.matrices[0], replace(draft.matrices[1], only=(), rows=(replace(draft.matrices[1].rows[0], notes={"gone": "Lost."}), *draft.matrices[1].rows[1:]))),
    )  # fmt: skip


def test_withdrawals_of_neither_change_nothing() -> None:
    sides = Sides(items_of(STUDY), items_of(STUDY))
    assert without_withdrawn(sides) == sides
    assert (
        without_withdrawn(Sides(replace(sides.mine, withdrawn=frozenset({"s9"})), sides.theirs)).theirs == sides.theirs
    )


def test_what_a_coder_added_gets_the_name_that_the_coder_has_here() -> None:
    new = added(
        added(added(STUDY, "cases", CaseDraft("C", uid="cc")), "codings", coding("k9", "one", "Money", 0, 4, coder="root")),
        "memos", MemoDraft("project", "", "", "New.", "root", AT, "m9"),
    )  # fmt: skip
    theirs = replace(
        new,
        coders=(*STUDY.coders, "root"),
        readings=(*STUDY.readings, Reading("one", "root", AT)),
        codes=(*STUDY.codes[:3], replace(STUDY.codes[3], lineage=(Lineage("moved", AT, "root", "Money", "", ""),))),
        matrices=(with_judgement(STUDY.matrices[0], "root"), STUDY.matrices[1]),
    )
    result = merged(STUDY, theirs, coders={"root": "Eva"}).items.kinds
    assert (result["coding"]["k9"][2], result["memo"]["m9"][4]) == ("Eva", "Eva")
    assert ("s1", "Eva", "", 1) in result["reading"]
    assert ("t2", "moved", AT, "Eva", "Money", "", "", "") in result["code event"]
    assert result["judgement"]["x1", "Trust", "case", "cb"][0][2] == "Eva"
    assert list(result["coder"]) == ["Ana", "Ben", "Eva"]


def with_judgement(matrix: MatrixDefinition, coder: str) -> MatrixDefinition:
    return replace(matrix, judgements=(*matrix.judgements, Judgement("Trust", "B", "absent", "No.", coder, AT)))


def test_the_summaries_of_coders_who_get_one_name_are_joined() -> None:
    def summary(text: str, coder: str, case: str) -> Summary:
        return Summary(text, coder, AT, code="Money", case=case)

    new = (summary("By Cem.", "Cem", "A"), summary("By Dan.", "Dan", "A"), summary("Much money.", "Dan", "B"))
    for order in (new, new[::-1]):
        theirs = replace(SUMMARISED, coders=(*STUDY.coders, "Cem", "Dan"), summaries=(*order, *SUMMARISED.summaries))
        result = merged(SUMMARISED, theirs, SUMMARISED, coders={"Cem": "Ben", "Dan": "Ben"}).items.kinds
        texts = {key[1]: fields[0].text for key, fields in result["code summary"].items()}
        assert texts["cb"] == "Little money.\n\nMuch money."
        assert set(texts["ca"].split("\n\n")) == {"By Cem.", "By Dan."}


def test_a_round_gets_the_other_name_of_its_coder() -> None:
    theirs = replace(STUDY, rounds=(*STUDY.rounds, Round("Ben", 2, "new", AT)))
    result = merged(STUDY, theirs, coders={"Ben": "Eva", "Ana": "Eva"})
    assert list(result.items.kinds["round"]) == [("Ana", 2), ("Eva", 2)]


def test_the_sources_of_a_round_follow_a_source_of_the_same_name() -> None:
    one, *others = STUDY.sources
    rounds = (Round("Ben", 2, "new", AT, sources=("one",)),)
    theirs = replace(STUDY, sources=(replace(one, uid="other"), *others), rounds=rounds)
    result = merged(STUDY, theirs, base=None)
    assert result.items.kinds["round"]["Ben", 2][2] == ("s1",)


def test_what_both_had_keeps_its_coder() -> None:
    result = merged(STUDY, STUDY, coders={"Ana": "Eva"})
    assert result.items.kinds == items_of(STUDY).kinds


def test_without_a_state_in_common_my_items_are_the_known_ones() -> None:
    sides = with_coders(Sides(items_of(STUDY), items_of(STUDY)), {"Ana": "Eva"})
    assert sides.theirs.kinds["coding"] == sides.mine.kinds["coding"]


def test_items_that_two_people_added_under_one_name_are_one_item() -> None:
    def version(number: str) -> Any:
        draft = replace(
            added(
                added(STUDY, "attributes", AttributeDraft("case", "Region", "text", f"at{number}")),
                "codes", code(f"t{number}", "New"), code(f"c{number}", "New/Under"),
            ),
            cases=(*STUDY.cases, CaseDraft("C", None, {"Region": "North"}, "c", f"c{number}0")),
        )  # fmt: skip
        row = RowDefinition("New", ("New", "New/Under"), notes={"C": "n"})
        judgement = Judgement("New", "C", "present", "So.", "Ana", AT)
        draft = added(draft, "sources", source(f"s{number}", "three", cases=("C",), attributes={"people": "1"}))
        draft = added(
            draft, "matrices", MatrixDefinition("v", "", (row,), only=("C",), judgements=(judgement,), uid=f"x{number}")
        )
        draft = added(draft, "memos", MemoDraft("code", "New", "", f"Memo {number}.", "Ana", AT, f"m{number}"))
        draft = replace(draft, readings=(*draft.readings, Reading("three", "Ana", AT, "New")))
        return added(draft, "codings", coding(f"k{number}", "three", "New/Under", 0, 4, cases=("C",)))

    result = merged(version("8"), version("9"), take="mine")
    mine = items_of(version("8"))
    kept = {kind: fields for kind, fields in result.items.kinds.items() if kind != "memo"}
    assert kept == {kind: fields for kind, fields in mine.kinds.items() if kind != "memo"}
    assert [each for each in found(result) if each[3] == "conflict"] == [
        ("code", "t8", "same code", "conflict"), ("code", "c8", "same code", "conflict"),
    ]  # fmt: skip
    assert result.items.kinds["memo"]["m9"][:2] == ("code", "t8")


def test_only_codes_that_are_new_on_both_sides_are_asked_about() -> None:
    sides = Sides(
        items_of(added(STUDY, "codes", code("n1", "New"))), items_of(added(STUDY, "codes", code("n2", "new")))
    )
    aligned, paired = same_names(sides)
    assert (paired, set(aligned.theirs.kinds["code"])) == ({"n1"}, {"t1", "c1", "c2", "t2", "n1"})
    base = items_of(added(STUDY, "codes", code("n2", "New")))
    assert same_names(sides._replace(base=base))[1] == set()


def test_items_of_one_name_are_two_where_one_side_has_both() -> None:
    theirs = added(STUDY, "codes", code("n2", "Trust/before"))
    assert same_names(Sides(items_of(STUDY), items_of(theirs)))[1] == set()


def moved(draft: Any, old: str, new: str) -> Any:
    """Return the study with all that refers to the code `Trust/After` referring to another path."""
    matrices = (replace(draft.matrices[0], rows=(replace(draft.matrices[0].rows[0], codes=(new,)),)), draft.matrices[1])
    codings = (replace(each, code=new) if each.code == old else each for each in draft.codings)
    return replace(without(draft, "codes", "c2"), codings=tuple(codings), matrices=matrices)


@pytest.mark.parametrize("is_mine", [True, False])
@pytest.mark.parametrize("has_history", [True, False])
def test_codings_follow_a_code_that_the_other_side_merged(is_mine: bool, has_history: bool) -> None:
    merging = changed(
        moved(STUDY, "Trust/After", "Trust/Before"), "codes", "c1", lineage=(TAKEN_IN,) if has_history else ()
    )
    working = added(STUDY, "codings", coding("k9", "one", "Trust/After", 0, 4))
    result = merged(*((merging, working) if is_mine else (working, merging)))
    assert result.conflicts == ()
    assert {result.items.kinds["coding"][key][1] for key in ("k1", "k2", "k9")} == {"c1"}
    assert "c2" not in result.items.kinds["code"]
    assert result.items.kinds["matrix row"]["x1", "Trust"][0] == ("c1",)


def test_a_code_merged_into_one_that_was_merged_too_is_followed_to_the_end() -> None:
    into_money = replace(
        changed(moved(moved(STUDY, "Trust/After", "Money"), "Trust/Before", "Money"), "codes", "t2", lineage=()),
        codes=(STUDY.codes[0], replace(STUDY.codes[3], lineage=(TAKEN_IN, replace(TAKEN_IN, path="Trust/Before")))),
    )
    working = added(
        STUDY, "codings", coding("k9", "one", "Trust/After", 0, 4), coding("k8", "one", "Trust/Before", 5, 9)
    )
    result = merged(into_money, working)
    assert {result.items.kinds["coding"][key][1] for key in ("k8", "k9")} == {"t2"}


def test_a_code_without_codings_that_is_gone_was_removed_not_merged() -> None:
    base = added(STUDY, "codes", code("c9", "Trust/Never"))
    assert found(merged(STUDY, base, base)) == [("code", "c9", "", "keep")]


def test_an_accepted_proposal_with_the_path_of_a_removed_code_is_no_merge() -> None:
    """An event without `since` is an accepted proposal: codings do not follow it."""
    accepted = Lineage("merged", AT, "Ana", "Trust/Never", "", "proposed by R1")
    base = added(STUDY, "codes", code("c8", "Trust/Never"), code("c9", "Other"))
    mine = without(changed(base, "codes", "c9", lineage=(accepted,)), "codes", "c8")
    theirs = added(base, "codings", coding("k9", "one", "Trust/Never", 0, 4))
    assert ("code", "c8", "", "conflict") in found(merged(mine, theirs, base))


def test_a_definition_that_was_changed_of_a_merged_code_stays_in_the_history() -> None:
    merging = changed(moved(STUDY, "Trust/After", "Trust/Before"), "codes", "c1", lineage=(TAKEN_IN,))
    result = merged(merging, changed(STUDY, "codes", "c2", definition="Afterwards."))
    assert ("c1", "merged", AT, "", "Trust/After", "Afterwards.", "a later definition", "") in result.items.kinds[
        "code event"
    ]


def test_equal_codings_of_one_coder_at_one_place_are_one_coding() -> None:
    mine, theirs = (added(STUDY, "codings", coding(uid, "one", "Money", 0, 4)) for uid in ("k8", "k9"))
    assert merged(mine, theirs).items.kinds == items_of(mine).kinds
    assert merged(mine, theirs, None).items.kinds == items_of(mine).kinds
    assert merged(mine, mine).items.kinds == items_of(mine).kinds
    later = changed(theirs, "codings", "k9", created="2026-03-02T10:00:00.001Z")
    assert [
        merged(*pair).items.kinds["coding"][key][8] for key, *pair in (("k8", mine, later), ("k9", later, mine))
    ] == [AT, AT]
    apart = added(STUDY, "codings", coding("k9", "one", "Money", 0, 5))
    assert set(merged(mine, apart).items.kinds["coding"]) == {"k1", "k2", "k3", "k8", "k9"}


def test_a_removed_coding_does_not_come_back_as_another_one_at_its_place() -> None:
    base = added(STUDY, "codings", coding("k9", "one", "Money", 0, 4))
    mine = added(STUDY, "codings", coding("k8", "one", "Money", 0, 4))
    assert set(merged(mine, base, base).items.kinds["coding"]) == {"k1", "k2", "k3", "k8"}


def test_a_draft_of_a_code_needs_no_parent() -> None:
    lone = replace(
        STUDY, codes=(*STUDY.codes, CodeDraft("Lost/Child", since=AT, uid="c9", status="active", origin="emergent"))
    )
    assert items_of(lone).kinds["code"]["c9"][:2] == ("Child", "")


def test_a_row_on_a_query_follows_the_query_that_mine_has_under_this_name() -> None:
    theirs = replace(STUDY, queries=(replace(STUDY.queries[0], uid="q9"), STUDY.queries[1]))
    result = merged(STUDY, theirs)
    assert result.items.kinds["matrix row"] == items_of(STUDY).kinds["matrix row"]
    assert found(result) == []


def test_a_row_that_draws_on_codes_and_on_a_query_after_a_merge_keeps_the_query() -> None:
    table = STUDY.matrices[1]
    rows = (replace(table.rows[0], query="Near", codes=()), table.rows[1])
    theirs = replace(STUDY, matrices=(STUDY.matrices[0], replace(table, rows=rows)))
    mine = replace(
        STUDY,
        matrices=(
            STUDY.matrices[0],
            replace(table, rows=(replace(table.rows[0], codes=("Money", "Trust")), table.rows[1])),
        ),
    )
    result = merged(mine, theirs, STUDY, take="mine")
    assert result.items.kinds["matrix row"]["x2", "Money"][:2] == ((), "q2")


def test_a_row_goes_with_its_query() -> None:
    theirs = without(replace(STUDY, matrices=(STUDY.matrices[0],)), "queries", "q1")
    result = merged(STUDY, theirs, STUDY)
    assert ("x2", "Doubts") not in result.items.kinds["matrix row"]


def with_case(draft: Any, old: str, new: str) -> Any:
    """Return the study after a merge of the case `old` into the case `new`."""

    def cases(labels: Any) -> Any:
        return tuple(dict.fromkeys(new if label == old else label for label in labels))

    return replace(
        without(draft, "cases", f"c{old.lower()}"),
        sources=tuple(replace(each, cases=cases(each.cases)) for each in draft.sources),
        codings=tuple(replace(each, cases=cases(each.cases)) for each in draft.codings),
        topics=tuple(replace(each, case=each.case and cases([each.case])[0]) for each in draft.topics),
        memos=tuple(
            replace(each, of=new) if (each.on, each.of) == ("case", old) else each for each in draft.memos
        ),
        matrices=(
            replace(
                draft.matrices[0],
                rows=(replace(draft.matrices[0].rows[0], notes={new: "Early."}),),
                only=cases(draft.matrices[0].only),
                judgements=(replace(draft.matrices[0].judgements[0], column=new),),
            ),
            draft.matrices[1],
        ),
    )  # fmt: skip


@pytest.mark.parametrize("is_mine", [True, False])
def test_work_on_a_case_follows_its_merge_by_the_other_side(is_mine: bool) -> None:
    new = added(STUDY, "codings", coding("k9", "one", "Money", 23, 27))
    new = replace(new, matrices=(replace(new.matrices[0], only=("A", "B")), new.matrices[1]))
    sides = (new, with_case(STUDY, "A", "B")) if is_mine else (with_case(STUDY, "A", "B"), new)
    result = merged(*sides)
    assert result.conflicts == ()
    assert set(result.items.kinds["case"]) == {"cb"}
    assert result.items.kinds["coding"]["k9"][6] == {"cb"}
    assert set(result.items.kinds["source case"]) == {("s1", "cb"), ("s2", "cb")}
    assert result.items.kinds["matrix"]["x1"][3] == (("case", "cb"),)
    assert set(result.items.kinds["judgement"]) == {("x1", "Trust", "case", "cb")}


@pytest.mark.parametrize("is_mine", [True, False])
@pytest.mark.parametrize("change", [{"private_name": "Ann"}, {"letter": "x"}])
@pytest.mark.parametrize(("case", "conflicts"), [("ca", [("case", "ca")]), ("cb", [])])
def test_a_merge_of_a_case_that_the_other_side_has_changed_is_a_conflict(
    is_mine: bool, change: dict[str, str], case: str, conflicts: list[tuple[str, str]]
) -> None:
    sides = (changed(STUDY, "cases", case, **change), with_case(STUDY, "A", "B"))
    result = merged(*(sides if is_mine else sides[::-1]))
    assert [(each.kind, each.key) for each in result.conflicts] == conflicts


@pytest.mark.parametrize(("size", "kinds"), [("3", []), ("4", ["case"])])
def test_a_merge_of_a_case_is_a_conflict_if_a_changed_attribute_of_the_other_side_would_be_lost(
    size: str, kinds: list[str]
) -> None:
    base = changed(STUDY, "cases", "cb", attributes={"size": "5"})
    mine = changed(base, "cases", "ca", attributes={"size": size})
    result = merged(mine, with_case(base, "A", "B"), base)
    assert [each.kind for each in result.conflicts] == kinds
    removed = [each.key for each in result.differences if (each.kind, each.proposal) == ("case", "remove")]
    assert removed == ([] if kinds else ["ca"])


def test_a_case_is_merged_only_if_another_takes_its_place_in_all_its_sources() -> None:
    both = with_case(STUDY, "A", "B")
    used = added(STUDY, "codings", coding("k9", "one", "Money", 23, 27))
    assert merged(used, both).conflicts == ()
    apart = replace(both, sources=(replace(both.sources[0], cases=()), both.sources[1]))
    apart = replace(apart, codings=tuple(replace(each, cases=()) for each in apart.codings))
    assert [each.kind for each in merged(used, apart).conflicts] == ["case"]
    without_source = replace(apart, codings=both.codings)
    assert [each.kind for each in merged(used, without_source).conflicts] == ["case"]


def test_a_removed_case_of_which_no_other_case_takes_codings_was_not_merged() -> None:
    used = added(STUDY, "codings", coding("k9", "two", "Money", 23, 27))
    removed = with_case(STUDY, "A", "B")
    codings = tuple(replace(each, cases=()) for each in removed.codings)
    assert [each.kind for each in merged(used, replace(removed, codings=codings)).conflicts] == ["case"]
    without_codings = replace(removed, codings=(), sources=removed.sources[1:], topics=removed.topics[1:])
    without_codings = replace(without_codings, readings=(), rounds=(), sets=())
    assert {each.kind for each in merged(used, without_codings).conflicts} >= {"case"}
