"""A name that reads like an existing name is that name, wherever it comes from."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError
from sibtui.model.drafts import AttributeDraft, CaseDraft, CodeDraft, CodingDraft, MemoDraft, SourceDraft, StudyDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.identical_names import join_identical, renamed
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.records import Reading, Study, TopicRecord
from sibtui.model.segments import Segment
from sibtui.project import Project

from .study import add_source, apply_code, matrix

if TYPE_CHECKING:
    from pathlib import Path

COMPOSED, DECOMPOSED = "München", "Mu\u0308nchen"


def labels(project: Project) -> list[str]:
    return [case.label for case in project.cases.list()]


def test_cases_composed_and_decomposed_are_one_case_and_one_column(empty: Project) -> None:
    add_source(empty, "nfc", COMPOSED)
    add_source(empty, "nfd", DECOMPOSED)
    add_source(empty, "both", f" {DECOMPOSED.upper()} ", "Köln")
    assert labels(empty) == [COMPOSED, "Köln"]
    empty.codes.add(CodeDraft("Theme/Code"))
    shown = empty.matrices.show(empty.matrices.ad_hoc())
    assert shown.columns == (COMPOSED, "Köln")


def test_a_preview_does_not_report_an_identical_case_as_new(project: Project) -> None:
    drafts = [SourceDraft("x", "x", cases=("sib\u00a0a", "SIB C", "sib c")), SourceDraft("a1", "x")]
    first, second = project.sources.foresee(drafts)
    assert first.new_cases == ("SIB C",)
    assert (second.outcome, second.why) == ("refused", "There is already a source “A1”.")
    report = project.sources.add(drafts)
    assert [added.outcome for added in report] == ["added", "refused"]
    assert report[0].new_cases == ("SIB C",)
    assert project.sources.get("x").cases == ("SIB A", "SIB C")


def test_sources_of_one_import_are_compared_with_each_other(project: Project) -> None:
    report = project.sources.add([SourceDraft("New ‘one’", "x"), SourceDraft("new 'one'", "y")])
    assert [added.outcome for added in report] == ["added", "refused"]


def test_case_and_attribute_cannot_be_added_or_renamed_to_an_identical_name(project: Project) -> None:
    project.attributes.add("case", "Start–date")
    for change in (
        lambda: project.cases.add("sib  a"),
        lambda: project.cases.set("SIB B", new_label="sib a"),
        lambda: project.attributes.add("case", "start-date"),
    ):
        with pytest.raises(ConflictError, match=r"There is already an? (case|attribute of cases) “(SIB A|Start–date)”"):
            change()
    assert project.cases.set("SIB B", new_label="sib b").label == "sib b"
    project.cases.set("SIB A", attributes={"START-DATE": "2017"})
    assert project.cases.get("SIB A").attributes == {"Start–date": "2017"}


def test_codings_filters_matrices_and_judgements_take_identical_names(coded: Project) -> None:
    coding = CodingDraft("ab\u00a0", "STRENGTHS/groups", Segment(0, 5), cases=("sib\u00a0b",))
    report = coded.codings.import_([replace(coding, code="strengths/budgets")], new_codes=True)
    assert (report.added, report.new_codes) == (1, ())
    wanted = CodingFilter(cases=("sib b",), sources=("ab",), codes=("budgets",))
    assert coded.codings.count(wanted) == 1
    definition = replace(matrix(), name="Table ’1’", only=("sib\u00a0b",))
    assert coded.matrices.define(definition).only == ("SIB B",)
    assert coded.matrices.define(replace(definition, name="table '1'", title="Other")).name == "Table ’1’"
    assert coded.matrices.judge("table '1'", "BROKERING", "Sib B", "absent", "as read").judgement.column == "SIB B"


def test_a_new_code_is_added_below_an_identical_theme(coded: Project) -> None:
    coded.codings.import_([CodingDraft("A1", "strengths/Trust", Segment(0, 5))], new_codes=True)
    assert coded.codes.get("Trust").path == "Strengths/Trust"


def colliding() -> StudyDraft:
    row = RowDefinition("Row", ("Theme/Trust",), notes={"SIB A": "one.", "sib a": "two."})
    verdict = Judgement("Row", "sib a", "present", "because", "R1", "2026-05-07T09:00:00.001Z")
    return StudyDraft(
        study=Study("Study", "guid", "", "2026-05-07T09:00:00.001Z", 1),
        coders=("R1",),
        attributes=(AttributeDraft("case", "Town", "text"), AttributeDraft("case", "town", "number")),
        cases=(CaseDraft("SIB A", None, {"Town": "Leeds"}), CaseDraft("sib a", "real name", {"town": "York"})),
        sources=(SourceDraft("a", "first text", cases=("SIB A",)), SourceDraft("A", "other text", cases=("sib a",))),
        codes=(CodeDraft("Theme/Trust", definition="first"), CodeDraft("theme/trust", definition="second")),
        codings=(
            CodingDraft("a", "Theme/Trust", Segment(0, 5), "first", cases=("SIB A",)),
            CodingDraft("A", "theme/trust", Segment(0, 5), "other", cases=("sib a",)),
        ),
        topics=(TopicRecord("A", "theme/trust", "asked"),),
        readings=(Reading("A", "R1", "2026-05-07T09:00:00.001Z"),),
        memos=(MemoDraft("source", "A", "", "on the second"), MemoDraft("case", "sib a", "", "on the case")),
        matrices=(
            MatrixDefinition("t", "", (row,), only=("SIB A", "sib a"), judgements=(verdict,)),
            MatrixDefinition("T", "", (replace(row, notes={}),), columns="sources", only=("A",)),
        ),
    )


def test_a_study_with_identical_names_is_joined_with_messages(tmp_path: Path) -> None:
    draft, messages = join_identical(colliding())
    assert join_identical(draft) == (draft, ())
    for part in (
        "sources “A”: one of them is “A (2)” now",
        "“SIB A” and “sib a” are one",
        "“Leeds” stays, “York” was left",
    ):
        assert any(part in line for line in messages), part
    with Project.create(tmp_path / "s.sibtui", draft=colliding(), coder="R1") as project:
        assert project.sources.names() == ("a", "A (2)")
        assert [(c.source, c.code, c.quote, c.cases) for c in project.codings.list()] == [
            ("a", "Theme/Trust", "first", ("SIB A",)),
            ("A (2)", "Theme/Trust", "other", ("SIB A",)),
        ]
        (case,) = project.cases.list()
        assert (case.label, case.private_name, case.attributes) == ("SIB A", "real name", {"Town": "Leeds"})
        first, second = project.matrices.list()
        assert (first.only, first.rows[0].notes) == (("SIB A",), {"SIB A": "one. two."})
        assert [judgement.column for judgement in first.judgements] == ["SIB A"]
        assert (second.name, second.only) == ("T (2)", ("A (2)",))
        assert [event.definition for event in project.codes.lineage("Theme/Trust")] == ["second"]
        assert {(memo.on, memo.of) for memo in project.memos.list()} == {("source", "A (2)"), ("case", "SIB A")}
        assert [record.source for record in project.sources.topics()] == ["A (2)"]
        assert project.sources.get("A (2)").reading == "read"


def test_a_new_name_differs_from_all_other_names() -> None:
    assert renamed(["a", "A", "a (2)", "a\u00a0"]) == {"A": "A (3)", "a\u00a0": "a\u00a0 (4)"}


def test_the_case_of_a_new_coding_is_found_by_a_name_that_reads_the_same(project: Project) -> None:
    assert apply_code(project, "AB", "Budgets", cases=("sib\u00a0a",)).cases == ("SIB A",)
