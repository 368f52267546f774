"""Merged cases: everything about the first case is about the other one, and values that differ are reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, NotFoundError
from sibtui.model.drafts import MemoDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.matrix_definition import RowDefinition
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows

from .study import add_source, apply_code, dump, matrix

if TYPE_CHECKING:
    from sibtui.project import Project


def collide(project: Project, label: str) -> None:
    """Make a case as older versions did, which refused only exactly equal names."""
    with project.act("case add", "as before"):
        case_rows.add_case(project._session.store, label, None)


def test_a_merge_of_cases_moves_everything_in_one_act_that_can_be_undone(coded: Project) -> None:
    rows = (
        RowDefinition("Brokering", ("Brokering",), notes={"SIB A": "first.", "SIB B": "second."}),
        RowDefinition("Budgets", ("Budgets",), notes={"SIB B": "alone."}),
    )
    coded.matrices.define(matrix("cases", *rows, only=("SIB B",)))
    coded.matrices.judge("t", "Budgets", "SIB B", "present", "seen")
    coded.cases.set("SIB A", attributes={"Town": "Leeds"})
    coded.cases.set("SIB B", private_name="Real", attributes={"Town": "York", "Start": "2017"})
    coded.memos.add(MemoDraft("case", "SIB B", "", "a memo"))
    waiting = apply_code(coded, "AB", "Groups", 20, 30, cases=())
    before, acts = dump(coded.path), len(coded.history.list())
    merged = coded.cases.merge("SIB B", into="sib a")
    assert (merged.case.label, merged.merged) == ("SIB A", ("SIB B",))
    assert merged.conflicts == (
        "SIB B into SIB A: “Town”: “Leeds” stays, “York” was left out.",
        "SIB B into SIB A: “note of t, Brokering”: “first.” stays, “second.” was left out.",
    )
    (case,) = coded.cases.list()
    assert (case.private_name, case.attributes) == ("Real", {"Town": "Leeds", "Start": "2017"})
    assert {source.cases for source in coded.sources.list()} == {("SIB A",)}
    assert coded.codings.get(waiting.id).cases == ("SIB A",)
    assert coded.codings.count(CodingFilter(cases=("SIB A",))) == 4
    definition = coded.matrices.get("t")
    assert definition.only == ("SIB A",)
    assert [row.notes for row in definition.rows] == [{"SIB A": "first."}, {"SIB A": "alone."}]
    assert [(j.row, j.column, j.verdict) for j in definition.judgements] == [("Budgets", "SIB A", "present")]
    memos = {memo.title: memo.text for memo in coded.memos.list()}
    assert memos[""] == "a memo"
    assert "York" in memos["SIB B merged"]
    assert len(coded.history.list()) == acts + 1
    coded.history.undo()
    assert dump(coded.path) == before


def test_a_merge_of_cases_reports_cells_with_two_judgements(coded: Project) -> None:
    coded.matrices.define(matrix())
    for column, verdict in (("SIB A", "present"), ("SIB B", "absent")):
        coded.matrices.judge("t", "Budgets", column, verdict, "seen")
    (conflict,) = coded.cases.merge("SIB B", into="SIB A").conflicts
    assert "“judgement of t, Budgets”: “present: seen” stays, “absent: seen” was left out" in conflict


def test_identical_cases_are_joined_by_one_name(project: Project) -> None:
    collide(project, "sib\u00a0a")
    collide(project, "SIB  A")
    merged = project.cases.merge("SIB A", into="SIB A")
    assert merged.merged == ("sib\u00a0a", "SIB  A")
    assert [case.label for case in project.cases.list()] == ["SIB A", "SIB B"]


def test_a_case_cannot_be_merged_into_itself_or_a_missing_case(project: Project) -> None:
    with pytest.raises(ConflictError, match="into itself"):
        project.cases.merge("SIB A", into="sib a")
    with pytest.raises(NotFoundError):
        project.cases.merge("SIB A", into="SIB C")
    with pytest.raises(NotFoundError):
        project.cases.merge("SIB C", into="SIB A")


def test_topics_of_both_cases_are_compared(project: Project) -> None:
    add_source(project, "x", "SIB A", "SIB B")
    project.sources.set_topic("x", "Budgets", "asked", case="SIB A")
    project.sources.set_topic("x", "Budgets", "not asked", case="SIB B")
    (conflict,) = project.cases.merge("SIB B", into="SIB A").conflicts
    assert "“topic Budgets in x”: “asked” stays, “not asked” was left out" in conflict


def test_topics_asked_of_one_of_two_merged_cases_stay_asked(project: Project) -> None:
    for name in "xyz":
        add_source(project, name, "SIB A", "SIB B")
    set_topic = project.sources.set_topic
    set_topic("x", "Budgets", "asked")
    set_topic("x", "Budgets", "not asked", case="SIB B")
    set_topic("y", "Budgets", "not asked", case="SIB A")
    set_topic("y", "Budgets", "volunteered", case="SIB B")
    set_topic("z", "Budgets", "not asked")
    merged = project.cases.merge("SIB B", into="SIB A")
    assert [(record.source, record.case, record.state) for record in project.sources.topics()] == [
        ("x", "", "asked"),
        ("y", "SIB A", "volunteered"),
        ("z", "", "not asked"),
    ]
    assert [line.removeprefix("SIB B into SIB A: ") for line in merged.conflicts] == [
        "“topic Budgets in x”: “asked” stays, “not asked” was left out.",
        "“topic Budgets in y”: “volunteered” stays, “not asked” was left out.",
    ]


def test_names_that_read_the_same_are_listed_and_codes_joined(coded: Project) -> None:
    collide(coded, "sib\u00a0a")
    store = coded._session.store
    budgets = coded.codes.get("Budgets")
    with coded.act("code add", "as before"):
        store.change(
            "INSERT INTO codes (parent_id, name, position, since, uid) VALUES (?, 'BUDGETS', 9, ?, 'x')",
            (budgets.parent, budgets.since),
        )
    found = [(finding.what, finding.message) for finding in coded.check() if finding.what.endswith(" name")]
    assert found == [
        ("case name", "“SIB A” and “sib\u00a0a” read the same: merge them.".replace("\u00a0", " ")),
        ("code name", "“Strengths/Budgets” and “Strengths/BUDGETS” read the same: merge them."),
    ]
    assert coded.codes.merge("Strengths/Budgets", into="Strengths/Budgets").codings == 1
    assert code_rows.find(store, ("Strengths", "BUDGETS")) is None
    coded.cases.merge("SIB A", into="SIB A")
    assert not [finding for finding in coded.check() if finding.what.endswith(" name")]
