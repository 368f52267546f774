"""Bulk inserts are recorded by one statement instead of a trigger per row; the history is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import StudyFileError
from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.records import Study
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.store import insert_ranges
from sibtui.store.codings import MANY
from sibtui.store.connection import HISTORY_TABLES, Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOMENT = "2026-05-07T09:00:00.001Z"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    draft = StudyDraft(
        study=Study("Study", "guid", "", MOMENT, 1),
        cases=(CaseDraft("SIB A"), CaseDraft("SIB B")),
        sources=(SourceDraft("a1", "word " * 200, cases=("SIB A",)), SourceDraft("ab", "word " * 200, cases=("SIB A", "SIB B"))),
        codes=(CodeDraft("Theme/Code"),),
    )  # fmt: skip
    with Project.create(tmp_path / "study.sibtui", draft=draft, coder="Ada") as project:
        yield project


def drafts(count: int) -> list[CodingDraft]:
    sources = ("a1", "ab")
    return [
        CodingDraft(
            sources[at % 2], "Theme/Code", Segment(at, at + 3), cases=("SIB A", "SIB B") if at % 4 == 1 else None
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("count", [MANY - 1, MANY, 3 * MANY])
def test_an_import_of_any_size_is_undone_and_redone_row_by_row(project: Project, count: int) -> None:
    assert project.codings.import_(drafts(count)).added == count
    there = list(project.codings.list())
    [act, *_] = project.history.list()
    assert act.changes == 1 + count + sum(len(coding.cases) for coding in there)  # one more for the new coder
    changed = {(change.table, change.row) for change in project.history.changes(act.id)}
    assert {row for table, row in changed if table == "codings"} == {coding.id for coding in there}
    project.history.undo()
    assert list(project.codings.list()) == []
    project.history.redo()
    assert list(project.codings.list()) == there


def test_single_changes_after_a_bulk_insert_are_recorded_again(project: Project) -> None:
    with project.act("two", "an import and one more"):
        project.codings.import_(drafts(MANY))
        project.codings.remove(1)
    project.history.undo()
    assert project.codings.count() == 0
    project.history.redo()
    assert project.codings.count() == MANY - 1


def lines_of_a_broken_file() -> Iterator[tuple[str]]:
    yield ("SIB C",)
    raise StudyFileError("the rest cannot be read")


def test_a_bulk_insert_outside_an_act_is_refused(project: Project) -> None:
    store = project._session.store
    with pytest.raises(AssertionError), store.record_inserts_after("codings"):
        pass
    assert store.scalar("SELECT replaying FROM history") == 0


def test_rows_inserted_before_an_error_are_undone_with_their_act(project: Project) -> None:
    store = project._session.store
    with project.act("case add", "cases"):
        with pytest.raises(StudyFileError), store.record_inserts_after("cases"):
            store.change_many("INSERT INTO cases (label, position) VALUES (?, 3)", lines_of_a_broken_file())
        project.cases.add("SIB D")
    project.history.undo()
    assert [case.label for case in project.cases.list()] == ["SIB A", "SIB B"]


def test_an_interrupted_bulk_insert_leaves_no_rows(project: Project) -> None:
    def interrupted() -> Iterator[CodingDraft]:
        yield from drafts(MANY)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        project.codings.import_(interrupted())
    path = project.path
    with Project.open(path) as again:
        assert again.codings.count() == 0
    store = Store.open(path)
    assert store.scalar("SELECT replaying FROM history") == 0
    store.close()


def test_the_tables_of_kept_rows_belong_to_the_history() -> None:
    assert set(insert_ranges.KEPT.values()) < HISTORY_TABLES
