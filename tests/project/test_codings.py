from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import AmbiguousError, ConflictError, InputError, NotFoundError
from sibtui.formats.other_programs.coding_table import CodingTableOptions
from sibtui.formats.study_folder.codings_csv import read_codings
from sibtui.model.drafts import CodingDraft, MemoDraft, SourceDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.segments import Segment
from sibtui.store import codings as coding_rows

from .study import TEXT, add_code, add_source, apply_code, dump

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project
    from sibtui.project.results import CodingsImported


def test_a_coding_keeps_its_quote_and_context(project: Project) -> None:
    start = TEXT.index("personal budget")
    coding = apply_code(project, "a1", "budgets", start, start + 15, stance="counters", certainty="tentative", memo="m")
    assert (coding.source, coding.code, coding.quote) == ("A1", "Strengths/Budgets", "personal budget")
    assert (coding.before, coding.after) == (TEXT[start - 32 : start], TEXT[start + 15 : start + 47])
    assert (coding.stance, coding.certainty, coding.memo, coding.coder) == ("counters", "tentative", "m", "Ana")
    assert project.codings.get(coding.id) == coding
    assert project.history.list(limit=1)[0].summary == f"Strengths/Budgets in A1 {start}:{start + 15}"


def test_a_coding_is_placed_by_its_quote(project: Project) -> None:
    coding = project.codings.add(CodingDraft("A1", "Budgets", quote="a personal  buget of around £500"))
    assert coding.quote == "a personal budget of around £500"
    with pytest.raises(AmbiguousError, match="occurs"):
        project.codings.add(CodingDraft("A1", "Budgets", quote="er"))
    nth = project.codings.add(CodingDraft("A1", "Budgets", quote="er", nth=2))
    assert nth.segment.start == [at for at in range(len(TEXT)) if TEXT.startswith("er", at)][1]
    assert project.codings.find("A1", "Nine in ten").segment == Segment(TEXT.index("Nine"), TEXT.index("Nine") + 11)


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (CodingDraft("A1", "Budgets"), "needs a span or a quote"),
        (CodingDraft("A1", "Budgets", Segment(0, len(TEXT) + 1)), "is outside of “A1”, which has"),
        (
            CodingDraft("A1", "Budgets", Segment(len(TEXT) - 3, len(TEXT) + 1), quote=TEXT[-3:]),
            "is outside of “A1”, which has",
        ),
        (CodingDraft("A1", "Budgets", Segment(0, 3), quote="the"), "at 0:3 “A1” has “The”, not “the”"),
        (CodingDraft("A1", "Budgets", Segment(0, 3), cases=("SIB B",)), "“A1” is about SIB A, not about SIB B"),
    ],
)
def test_a_coding_that_does_not_fit_its_source_is_refused(project: Project, draft: CodingDraft, why: str) -> None:
    with pytest.raises(InputError, match=why):
        project.codings.add(draft)
    assert project.codings.count() == 0


def test_a_coding_needs_a_coder_with_a_name(project: Project) -> None:
    with pytest.raises(InputError, match="A coder needs a name"):
        project.codings.add(CodingDraft("A1", "Budgets", Segment(0, 5), coder=" "))
    assert project.codings.count() == 0


def test_a_coding_is_not_given_to_a_coder_without_a_name(project: Project) -> None:
    coding = apply_code(project, "A1", "Budgets")
    for nobody in ("", " "):
        with pytest.raises(InputError, match="A coder needs a name"):
            project.codings.set(coding.id, coder=nobody)
    assert [coder.name for coder in project.coders] == ["Ana"]


def test_a_coding_that_differs_in_coder_stance_certainty_or_place_is_another_coding(project: Project) -> None:
    apply_code(project, "A1", "Budgets", 0, 5)
    with pytest.raises(ConflictError, match="“A1” 0:5 has this coding already"):
        apply_code(project, "A1", "Budgets", 0, 5, memo="another memo")
    for fields in ({"coder": "Ben"}, {"stance": "counters"}, {"certainty": "tentative"}):
        apply_code(project, "A1", "Budgets", 0, 5, **fields)
    apply_code(project, "A1", "Budgets", 0, 6)
    assert project.codings.count() == 5


def test_a_coding_gets_the_only_case_of_its_source_and_no_case_if_there_are_several(project: Project) -> None:
    add_source(project, "none")
    assert apply_code(project, "A1", "Budgets").cases == ("SIB A",)
    assert apply_code(project, "AB", "Budgets").cases == ()
    assert apply_code(project, "none", "Budgets").cases == ()
    assert apply_code(project, "AB", "Groups", cases=("sib b", "SIB A", "SIB B")).cases == ("SIB A", "SIB B")
    assert apply_code(project, "A1", "Groups", cases=()).cases == ()


def test_a_coding_is_in_the_queue_until_it_gets_a_case(project: Project) -> None:
    first, second = apply_code(project, "AB", "Budgets", 0, 5), apply_code(project, "AB", "Budgets", 5, 9)
    assert [coding.id for coding in project.codings.unattributed()] == [first.id, second.id]
    (attributed,) = project.codings.attribute(first.id, ["SIB B"])
    assert attributed.cases == ("SIB B",)
    assert [coding.id for coding in project.codings.unattributed()] == [second.id]
    project.codings.attribute([first.id, second.id], ["SIB A", "SIB B"])
    assert list(project.codings.unattributed()) == []
    with pytest.raises(NotFoundError, match="No case is named"):
        project.codings.attribute(first.id, ["SIB Z"])
    assert project.codings.attribute(first.id, [])[0].cases == ()


def test_only_the_given_fields_of_one_coding_or_several_change(project: Project) -> None:
    one, two = apply_code(project, "A1", "Budgets", 0, 5), apply_code(project, "A1", "Budgets", 5, 9, memo="kept")
    changed = project.codings.set(
        [one.id, two.id], code="Brokering", stance="counters", certainty="tentative", coder="Ben"
    )
    assert {(c.code, c.stance, c.certainty, c.coder) for c in changed} == {
        ("Strengths/Brokering", "counters", "tentative", "Ben")
    }
    assert [c.memo for c in changed] == ["", "kept"]
    assert project.codings.set(two.id, memo="")[0].memo == ""


def test_a_moved_coding_takes_the_quote_and_context_of_its_new_place(project: Project) -> None:
    coding = apply_code(project, "A1", "Budgets", 0, 5)
    (moved,) = project.codings.set(coding.id, segment=Segment(4, 16))
    assert (moved.quote, moved.before) == (TEXT[4:16], TEXT[:4])
    assert [finding for finding in project.check() if finding.what != "reading due"] == []
    with pytest.raises(InputError, match="is outside of “A1”"):
        project.codings.set(coding.id, segment=Segment(4, len(TEXT) + 1))
    (last,) = project.codings.set(coding.id, segment=Segment(4, len(TEXT)))
    assert (last.quote, last.after) == (TEXT[4:], "")


@pytest.mark.parametrize("text", ["\n\n\n", " \t ", "\u200b\ufeff ", "\u00a0\u00ad\n"])
def test_a_segment_without_a_visible_character_is_refused_except_in_a_whole_study(project: Project, text: str) -> None:
    add_source(project, "gap", text=f"{text}Words.")
    words = apply_code(project, "gap", "Budgets", 2, 5)
    draft, why = CodingDraft("gap", "Strengths/Budgets", Segment(0, 2)), "“gap” has no visible character at 0:2: choose"
    with pytest.raises(InputError, match=why):
        project.codings.add(draft)
    with pytest.raises(InputError, match=why):
        project.codings.set(words.id, segment=Segment(0, 2))
    assert [why in refused.why for refused in project.codings.import_([draft]).refused] == [True]
    with project.act("study load", "codings"):
        assert project.codings.insert([draft]) == 1


def test_several_codings_are_changed_together_or_not_at_all(project: Project) -> None:
    one, other = apply_code(project, "A1", "Budgets"), apply_code(project, "B1", "Budgets")
    with pytest.raises(InputError, match="“B1” is about SIB B, not about SIB A"):
        project.codings.set([one.id, other.id], stance="counters", cases=["SIB A"])
    with pytest.raises(NotFoundError, match="There is no coding 99"):
        project.codings.set([one.id, 99], stance="counters")
    assert {coding.stance for coding in project.codings.list()} == {"supports"}


def test_codings_are_removed_together_or_not_at_all(project: Project) -> None:
    one, two = apply_code(project, "A1", "Budgets", 0, 5), apply_code(project, "A1", "Budgets", 5, 9)
    with pytest.raises(NotFoundError, match="There is no coding 99"):
        project.codings.remove([one.id, 99])
    assert project.codings.remove([one.id, two.id]) == [one, two]
    assert project.codings.count() == 0


@pytest.fixture
def coded(project: Project) -> Project:
    add_code(project, "Strengths/Budgets/Small")
    apply_code(project, "B1", "Groups", 50, 60, coder="Ben", memo="Über alles")
    apply_code(project, "A1", "Strengths/Budgets/Small", 31, 60)
    apply_code(project, "A1", "Strengths/Budgets", 0, 16, stance="counters", certainty="tentative")
    apply_code(project, "AB", "Brokering", 0, 16, cases=("SIB A", "SIB B"))
    return project


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (CodingFilter(), [3, 2, 1, 4]),
        (CodingFilter(codes=("Strengths/Budgets",)), [3, 2]),
        (CodingFilter(codes=("Strengths/Budgets",), subcodes=False), [3]),
        (CodingFilter(codes=("Groups", "Brokering")), [1, 4]),
        (CodingFilter(cases=("sib b",)), [1, 4]),
        (CodingFilter(cases=("SIB A", "SIB B")), [3, 2, 1, 4]),
        (CodingFilter(sources=("A1", "AB")), [3, 2, 4]),
        (CodingFilter(kinds=("report",)), [1]),
        (CodingFilter(coders=("Ben",)), [1]),
        (CodingFilter(stance="counters"), [3]),
        (CodingFilter(certainty="firm"), [2, 1, 4]),
        (CodingFilter(text="LINK WORK"), [3, 4]),
        (CodingFilter(text="über"), [1]),
        (CodingFilter(unattributed=True), []),
        (CodingFilter(codes=("Strengths",), cases=("SIB B",), text="link"), [4]),
    ],
)
def test_codings_are_found_by_every_part_of_a_filter(coded: Project, wanted: CodingFilter, found: list[int]) -> None:
    assert [coding.id for coding in coded.codings.list(wanted)] == found
    assert coded.codings.count(wanted) == len(found)


def test_a_list_stops_at_its_limit_and_names_unknown_items(coded: Project) -> None:
    assert [coding.id for coding in coded.codings.list(limit=2)] == [3, 2]
    assert coded.codings.count() == 4
    with pytest.raises(NotFoundError, match="No coder is named “Zoe”"):
        coded.codings.list(CodingFilter(coders=("Zoe",)))


def test_cases_of_a_coding_have_the_order_of_the_list_of_cases(coded: Project) -> None:
    coded.cases.set("SIB B", position=1)
    assert coded.codings.get(4).cases == ("SIB B", "SIB A")
    assert [coding.cases for coding in coded.codings.list(CodingFilter(codes=("Brokering",)))] == [("SIB B", "SIB A")]


GOOD = [CodingDraft("A1", "Budgets", Segment(0, 5), line=2), CodingDraft("AB", "Groups", quote="Nine in ten", line=3)]
BAD = CodingDraft("A1", "Nothing", Segment(0, 5), line=4)


def test_an_import_counts_added_and_equal_codings_and_those_without_a_case(project: Project) -> None:
    report = project.codings.import_([*GOOD, GOOD[0]])
    assert (report.added, report.same, report.unattributed, report.refused, report.nearly) == (2, 1, 1, (), ())
    again = project.codings.import_(GOOD)
    assert (again.added, again.same) == (0, 2)
    assert project.history.list(limit=1)[0].summary == "2 codings"


def changes(report: CodingsImported) -> list[dict[str, tuple[str, str]]]:
    return [dict(changed.differences) for changed in report.changed]


def test_a_changed_copy_is_reported_and_refused_without_update(project: Project) -> None:
    project.codings.import_(GOOD)
    before = list(project.codings.list())
    copy = [
        CodingDraft("A1", "Budgets", Segment(0, 5), stance="counters", certainty="tentative", memo="why"),
        CodingDraft("AB", "Groups", quote="Nine in ten", cases="SIB A"),
        CodingDraft("B1", "Budgets", Segment(0, 5)),
    ]
    report = project.codings.import_(copy)
    assert changes(report) == [
        {"stance": ("supports", "counters"), "certainty": ("firm", "tentative"), "memo": ("", "why")},
        {"cases": ("", "SIB A")},
    ]
    assert [changed.number for changed in report.changed] == [1, 2]
    assert (report.added, report.same, report.updated) == (0, 0, False)
    assert list(project.codings.list()) == before


def test_without_strict_and_update_a_changed_copy_leaves_the_codings_as_they_are(project: Project) -> None:
    project.codings.import_(GOOD)
    before = list(project.codings.list())
    copy = [CodingDraft("A1", "Budgets", Segment(0, 5), stance="counters"), CodingDraft("B1", "Budgets", Segment(0, 5))]
    report = project.codings.import_(copy, strict=False)
    assert (report.added, len(report.changed), report.updated) == (1, 1, False)
    assert [project.codings.get(coding.id) for coding in before] == before


def test_a_changed_copy_changes_the_codings_in_one_act_with_update(project: Project) -> None:
    project.codings.import_(GOOD)
    before, acts = list(project.codings.list()), len(project.history.list())
    copy = [
        CodingDraft("A1", "Budgets", Segment(0, 5), stance="counters", memo="why"),
        CodingDraft("AB", "Groups", quote="Nine in ten", cases="SIB A"),
        CodingDraft("B1", "Budgets", Segment(0, 5)),
    ]
    tried = project.codings.import_(copy, update=True, dry_run=True)
    assert changes(tried) == changes(project.codings.import_(copy))
    assert (tried.added, tried.updated) == (1, True)
    assert list(project.codings.list()) == before
    report = project.codings.import_(copy, update=True)
    assert (report.added, len(report.changed), report.updated) == (1, 2, True)
    assert project.codings.count() == 3
    first, second = project.codings.get(1), project.codings.get(2)
    assert (first.stance, first.certainty, first.memo, first.cases) == ("counters", "firm", "why", ("SIB A",))
    assert second.cases == ("SIB A",)
    assert len(project.history.list()) == acts + 1
    assert project.history.list(limit=1)[0].summary == "1 coding added, 2 changed"
    project.history.undo()
    assert list(project.codings.list()) == before


def test_a_field_that_a_draft_does_not_have_is_not_a_difference(project: Project) -> None:
    apply_code(project, "AB", "Groups", stance="counters", certainty="tentative", memo="m", cases="SIB B")
    bare = CodingDraft("AB", "Groups", Segment(0, 16))
    assert project.codings.import_(bare, update=True).same == 1
    assert changes(project.codings.import_(replace(bare, memo="", cases=()))) == [
        {"memo": ("m", ""), "cases": ("SIB B", "")}
    ]


def test_a_draft_with_another_coder_or_place_or_code_is_another_coding(project: Project) -> None:
    apply_code(project, "A1", "Budgets")
    others = [
        CodingDraft("A1", "Budgets", Segment(0, 16), coder="Ben", stance="counters"),
        CodingDraft("A1", "Budgets", Segment(0, 15), stance="counters"),
        CodingDraft("A1", "Groups", Segment(0, 16), stance="counters"),
    ]
    report = project.codings.import_(others)
    assert (report.added, report.changed) == (3, ())


@pytest.mark.parametrize("order", [1, -1])
def test_two_codings_of_one_place_are_recognised_in_any_order_of_rows(project: Project, order: int) -> None:
    supports = CodingDraft("A1", "Budgets", Segment(0, 5), stance="supports", memo="a")
    counters = replace(supports, stance="counters", memo="b")
    for draft in (supports, counters):
        project.codings.add(draft)
    assert project.codings.import_([supports, counters][::order]).same == 2
    rows = [supports, replace(counters, memo="c")][::order]
    report = project.codings.import_(rows, update=True)
    assert (report.same, changes(report)) == (1, [{"memo": ("b", "c")}])
    third = replace(supports, certainty="tentative", memo="z")
    report = project.codings.import_([supports, third, replace(counters, memo="c")][::order])
    assert (report.added, report.same, len(report.refused)) == (0, 2, 1)
    assert (
        "it differs in certainty, memo and stance from codings 1, 2, which the file has unchanged too"
        in report.refused[0].why
    )


def test_a_change_that_fits_several_codings_is_refused_even_with_update(project: Project) -> None:
    supports = CodingDraft("A1", "Budgets", Segment(0, 5), stance="supports")
    for stance in ("supports", "counters"):
        project.codings.add(replace(supports, stance=stance))
    report = project.codings.import_(replace(supports, certainty="tentative", line=7), update=True)
    assert [refused.draft.line for refused in report.refused] == [7]
    assert "the codings at this place (1, 2)" in report.refused[0].why
    project.codings.remove(2)
    twice = [replace(supports, certainty="tentative"), replace(supports, memo="m")]
    assert len(project.codings.import_(twice, update=True).refused) == 2


@pytest.mark.parametrize("other", ["r1", "R1 ", "R\u00ad1"])
def test_a_coder_in_another_spelling_is_the_same_coder(project: Project, other: str) -> None:
    draft = CodingDraft("A1", "Budgets", Segment(0, 5), coder="R1")
    project.codings.add(draft)
    assert project.codings.import_(replace(draft, coder=other)).same == 1
    assert project.codings.add(replace(draft, code="Groups", coder=other)).coder == "R1"
    project.memos.add(MemoDraft("source", "A1", "", "why", coder=other))
    assert [coder.name for coder in project.coders].count("R1") == 1
    assert {coding.coder for coding in project.codings.list()} == {"R1"}
    assert not [finding for finding in project.check() if finding.what == "coder name"]


def test_a_composed_and_a_decomposed_name_are_one_coder(project: Project) -> None:
    apply_code(project, "A1", "Budgets", coder="\u00c4nna")
    assert project.codings.set(1, coder="A\u0308nna")[0].coder == "\u00c4nna"


def test_coders_of_an_older_study_whose_names_read_the_same_are_listed(project: Project) -> None:
    with project.act("coding import", "as before"):
        for name in ("R1", "r1"):
            project._session.store.change("INSERT INTO coders (name) VALUES (?)", (name,))
    for name in ("R1", "r1"):
        assert apply_code(project, "A1", "Budgets", coder=name).coder == name
    found = [finding for finding in project.check() if finding.what == "coder name"]
    assert [finding.message for finding in found] == [
        "“R1” and “r1” read the same: give their codings and readings to one of them."
    ]


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("change", [{"stance": "counters"}, {"memo": "why"}, {"certainty": "tentative"}])
def test_a_changed_row_is_refused_if_the_unchanged_row_is_there_too(
    project: Project, order: int, change: dict[str, str]
) -> None:
    same = CodingDraft("A1", "Budgets", Segment(0, 5), stance="supports", certainty="firm", memo="", line=2)
    project.codings.add(same)
    for update in (False, True):
        rows = [same, replace(same, **change, line=3)][::order]
        report = project.codings.import_(rows, update=update, strict=False)
        assert (report.added, report.same, report.changed) == (0, 1, ())
        assert [(refused.draft.line, refused.problem) for refused in report.refused] == [(3, "differs")]
        assert (
            f"it differs in {next(iter(change))} from coding 1, which the file has unchanged too"
            in report.refused[0].why
        )
    assert project.codings.count() == 1


def test_the_second_of_two_opposite_rows_at_a_new_place_is_refused(project: Project) -> None:
    supports = CodingDraft("A1", "Budgets", Segment(0, 5), stance="supports", line=2)
    rows = [supports, replace(supports, stance="counters", line=3), replace(supports, coder="Ben", stance="counters")]
    report = project.codings.import_(rows, strict=False)
    assert report.added == 2
    (refused,) = report.refused
    assert (refused.draft.line, refused.problem) == (3, "differs")
    assert "its stance is counters, but an earlier row has supports for the same coder, code and words" in refused.why


def test_a_row_with_another_memo_is_another_coding(project: Project) -> None:
    first = CodingDraft("A1", "Budgets", Segment(0, 5), memo="a")
    report = project.codings.import_([first, first, replace(first, memo="b")])
    assert (report.added, report.same) == (2, 1)
    assert [coding.memo for coding in project.codings.list()] == ["a", "b"]


@pytest.mark.parametrize("beyond", [1, 100])
def test_a_row_that_ends_after_the_text_gets_the_place_of_its_quote(project: Project, beyond: int) -> None:
    end, quote = len(TEXT), TEXT[-12:]
    row = CodingDraft("A1", "Budgets", Segment(end - 12, end + beyond), quote=quote)
    assert project.codings.import_([row]).added == 1
    assert [(coding.segment, coding.quote) for coding in project.codings.list()] == [(Segment(end - 12, end), quote)]


def test_an_import_of_an_export_changes_nothing(coded: Project) -> None:
    data = "".join(coded.exports.codings_csv()).encode()
    report = coded.codings.import_(read_codings("c.csv", data))
    assert (report.added, report.same, report.changed) == (0, coded.codings.count(), ())


def test_an_import_with_a_refused_row_adds_nothing_and_names_every_such_row(project: Project) -> None:
    worse = CodingDraft("Z9", "Budgets", Segment(0, 5), line=5)
    report = project.codings.import_([*GOOD, BAD, worse])
    assert (report.added, [refused.draft.line for refused in report.refused]) == (0, [4, 5])
    assert "No code is named “Nothing”" in report.refused[0].why
    assert "No source is named “Z9”" in report.refused[1].why
    assert project.codings.count() == 0
    assert [coder.name for coder in project.coders] == ["Ana"]  # who read a note


def test_a_dry_run_reports_the_same_and_adds_nothing(project: Project) -> None:
    before = len(project.history.list())
    nearly = CodingDraft("A1", "Budgets", quote="a personal buget of around £500", line=9)
    report = project.codings.import_([*GOOD, nearly], dry_run=True)
    assert (report.added, report.unattributed) == (3, 1)
    assert [(draft.line, found.how) for draft, found in report.nearly] == [(9, "fuzzy")]
    assert project.codings.count() == 0
    assert len(project.history.list()) == before


def test_a_refused_import_inside_an_act_keeps_the_rest_of_the_act(project: Project) -> None:
    with project.act("tidy up", "x"):
        project.cases.add("SIB C")
        assert project.codings.import_([BAD]).refused
    assert [case.label for case in project.cases.list()] == ["SIB A", "SIB B", "SIB C"]


def test_an_import_reports_its_progress(project: Project) -> None:
    reported: list[int] = []
    project.codings.import_([CodingDraft("A1", "Budgets", Segment(0, 5))] * 2500, progress=reported.append)
    assert reported == [1000, 2000]
    assert project.codings.count() == 1


def test_a_large_import_in_batches_is_one_act(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding_rows, "BATCH", 10)
    monkeypatch.setattr(coding_rows, "MANY", 4)
    drafts = [CodingDraft("A1", "Budgets", Segment(at, at + 5), coder=f"coder {at % 7}") for at in range(33)]
    assert project.codings.import_(drafts).added == 33
    assert [coding.segment.start for coding in project.codings.list()] == list(range(33))
    assert {coding.cases for coding in project.codings.list()} == {("SIB A",)}
    assert project.history.list(limit=1)[0].changes == 33 + 33 + 7
    project.history.undo()
    assert (project.codings.count(), [coder.name for coder in project.coders]) == (0, ["Ana"])
    project.history.redo()
    assert project.codings.count() == 33
    assert [finding for finding in project.check() if finding.what != "reading due"] == []


def test_a_table_adds_its_certain_rows_and_returns_the_others_for_review(project: Project, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    table.write_text("who;said;theme\nA1;The link;Budgets\nA1;absent words;Budgets\n", encoding="utf-8")
    options = CodingTableOptions(source_column="who", quote_column="said", code_columns="theme")
    tried = project.codings.import_table(table, options, dry_run=True)
    assert (tried.added, len(tried.refused), project.codings.count()) == (1, 1, 0)
    assert (tried.examples[0].segment, tried.columns["code"]) == (Segment(0, 8), ("theme",))
    assert project.codings.import_table(table, options, strict=True).added == 0
    assert project.codings.count() == 0
    report = project.codings.import_table(table, options)
    assert (report.added, report.refused[0].problem, report.refused[0].draft.line) == (1, "quote", 3)
    again = project.codings.import_table(report.review_csv().encode(), name="review.csv")
    assert again.review_csv() == report.review_csv()
    assert project.history.list(limit=1)[0].summary == "1 coding"


def test_a_table_with_a_mistake_is_refused_as_a_whole(project: Project) -> None:
    with pytest.raises(InputError, match="the table has no column for the quote"):
        project.codings.import_table(b"source,code\nA1,Budgets\n")
    with pytest.raises(InputError, match="has no column “who”; its columns are “source”, “code” and “quote”"):
        project.codings.import_table(b"source,code,quote\n", CodingTableOptions(source_column="who"))


def test_an_empty_label_does_not_make_a_case(coded: Project) -> None:
    [number, *_] = [coding.id for coding in coded.codings.list()]
    before = coded.codings.get(number).cases
    with pytest.raises(NotFoundError):
        coded.codings.attribute(number, "")
    assert coded.codings.get(number).cases == before
    assert coded.codings.attribute(number, ())[0].cases == ()


def test_a_coding_never_gets_the_id_of_a_removed_one(project: Project) -> None:
    first, second = (apply_code(project, "A1", "Budgets", at, at + 5) for at in (0, 10))
    project.summaries.set_code("Budgets", project.cases.list()[0].label, f"It holds [{second.id}].")
    project.codings.remove(second.id)
    third = apply_code(project, "A1", "Budgets", 20, 25)
    assert third.id == second.id + 1
    [written] = project.summaries.list()
    assert [lost.startswith(f"[{second.id}]: there is no coding") for lost in written.lost] == [True]
    project.codings.set(third.id, memo="m")
    project.codings.remove([first.id, third.id])
    assert apply_code(project, "A1", "Budgets", 30, 35).id == third.id + 1


@pytest.mark.parametrize("several", [1, 2, 3000])
def test_codings_after_a_removed_one_are_undone_and_redone_with_their_ids(project: Project, several: int) -> None:
    project.sources.add(SourceDraft("long", "word " * several, cases="North"))
    removed = apply_code(project, "A1", "Budgets", 0, 5).id
    project.codings.remove(removed)
    drafts = [CodingDraft("long", "Budgets", Segment(at * 5, at * 5 + 4)) for at in range(several)]
    project.codings.import_(drafts)
    ids = list(range(removed + 1, removed + 1 + several))
    before = dump(project.path)
    for _ in range(2):
        assert [coding.id for coding in project.codings.list()] == ids
        project.history.undo()
        assert project.codings.count() == 0
        project.history.redo()
    assert dump(project.path) == before
    project.history.undo(2)
    assert [coding.id for coding in project.codings.list()] == [removed]
    assert project.check() == [] or all(finding.kind == "open" for finding in project.check())


def test_the_id_of_a_coding_whose_addition_was_undone_is_free(project: Project) -> None:
    undone = apply_code(project, "A1", "Budgets", 0, 5)
    project.history.undo()
    assert apply_code(project, "A1", "Budgets", 10, 15).id == undone.id


def test_many_undone_additions_are_not_read_for_the_next_id(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coding_rows, "_NEWEST_IMAGES", 3)
    kept = apply_code(project, "A1", "Budgets", 0, 5)
    with project.act("coding add", "several"):
        undone = [apply_code(project, "A1", "Budgets", at, at + 5).id for at in range(10, 40, 10)]
    project.history.undo()
    assert apply_code(project, "A1", "Budgets", 10, 15).id == undone[-1] + 1
    assert project.codings.get(kept.id) == kept
