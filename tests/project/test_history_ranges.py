"""Imports recorded as ranges: the same history as row by row, in a file that does not grow."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import SibtuiError, StudyFileError
from sibtui.model.drafts import CodingDraft
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.store import codings as coding_rows
from sibtui.store import insert_ranges, seals
from sibtui.store.connection import Store
from tests.examples import examples

from .random_acts import Acts
from .study import dump, opened, small_study, tampered

if TYPE_CHECKING:
    from collections.abc import Iterator

VERBS = [
    "coding_import",
    "coding_import",
    "coding_set",
    "coding_remove",
    "source_remove",
    "undo",
    "undo",
    "redo",
    "reopen",
]
steps = st.lists(st.tuples(st.sampled_from(VERBS), st.integers(0, 2**16)), max_size=8)


@pytest.fixture(scope="module")
def template(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("template") / "study.sibtui"
    Project.create(path, coder="Ana").close()
    with opened(path) as project:
        small_study(project)
    return path


@pytest.fixture
def ranges() -> Iterator[None]:
    """Record each import as ranges, and move their rows one by one."""
    with patch.object(coding_rows, "MANY", 1), patch.object(insert_ranges, "_BATCH", 1):
        yield


def copied(template: Path, to: Path) -> Path:
    return Path(shutil.copy(template, to))


def drafts(count: int, at: int = 0) -> list[CodingDraft]:
    return [CodingDraft("A1", "Brokering", Segment(at + n, at + n + 3)) for n in range(count)]


def played(path: Path, steps: list[tuple[str, int]]) -> list[Any]:
    """Return the states of a study after each step: its rows, and the changes of each act."""
    states = []
    project = opened(path)
    for verb, seed in steps:
        if verb == "reopen":
            project.close()
            project = opened(path)
        elif verb == "redo":
            project.history.redo(1 + seed % 2)
        elif verb == "undo":
            made = [act for act in project.history.list() if act.id > 6 and act.state == "done"]
            project.history.undo(min(len(made), 1 + seed % 2))
        else:
            with suppress(SibtuiError):
                getattr(Acts(project, Random(seed)), verb)()
        acts = [replace(act, digest="") for act in project.history.list()]
        changes = {act.id: [_comparable(change) for change in project.history.changes(act.id)] for act in acts}
        some = [project.history.changes(act.id, limit=2) for act in acts]
        assert [len(each) for each in some] == [min(2, act.changes) for act in acts]
        rows = {table: [_plain(row) for row in found] for table, found in dump(path).items()}
        touched = [act.id for act in project.history.list(code="Brokering")]
        states.append((acts, changes, rows, touched))
    assert [finding for finding in project.check() if finding.kind == "damage"] == []
    project.close()
    return states


def _comparable(change: Any) -> tuple[Any, ...]:
    return change.table, change.row, *({**(side or {}), "uid": ""} for side in (change.before, change.after))


def _plain(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return a row without its lasting id, which is random."""
    return tuple(value for value in row if not (isinstance(value, str) and len(value) == 32))


@examples(2)
@given(steps=steps)
@example(steps=[("coding_import", 0), ("source_remove", 0), ("coding_import", 0)])  # the second import reuses row ids
def test_a_history_of_ranges_equals_a_history_of_single_images(steps: list, template: Path, tmp_path: Path) -> None:
    same_history(steps, template, tmp_path)


@pytest.mark.slow
@examples(150)
@given(steps=steps)
def test_a_long_history_of_ranges_equals_a_history_of_single_images(
    steps: list, template: Path, tmp_path: Path
) -> None:
    same_history(steps, template, tmp_path)


def same_history(steps: list, template: Path, tmp_path: Path) -> None:
    copies = [copied(template, tmp_path / name) for name in ("ranges.sibtui", "single.sibtui")]
    with (
        patch.object(coding_rows, "MANY", 1),
        patch.object(insert_ranges, "_BATCH", 2),
        patch.object(insert_ranges, "_MANY", 2),
    ):
        as_ranges = played(copies[0], steps)
    assert as_ranges == played(copies[1], steps)


def schema(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2").fetchall()


@pytest.mark.parametrize(("before", "dropped"), [(2, {"codings", "coding_cases"}), (7, set())])
def test_only_an_import_of_most_codings_is_undone_and_redone_without_indexes(
    template: Path, tmp_path: Path, before: int, dropped: set[str]
) -> None:
    path = copied(template, tmp_path)
    without, calls = Store.without, []

    def watched(store: Store, kind: Any, table: str | None = None) -> Any:
        calls.append((kind, table))
        return without(store, kind, table)

    with (
        patch.object(coding_rows, "MANY", 1),
        patch.object(coding_rows, "BATCH", 3),
        patch.object(insert_ranges, "_BATCH", 2),
        patch.object(insert_ranges, "_MANY", 10),
        opened(path) as project,
    ):
        project.codings.remove([coding.id for coding in project.codings.list()])
        project.codings.import_(drafts(before, 60))
        project.codings.import_(drafts(11))
        expected = dump(path)["codings"], dump(path)["coding_cases"], schema(path)
        with patch.object(Store, "without", watched):
            project.history.undo()
            assert {table for kind, table in calls if kind == "index"} == dropped
            assert (len(dump(path)["codings"]), schema(path)) == (before, expected[2])
            project.history.redo()
        assert len([1 for kind, _ in calls if kind == "index"]) == 2 * len(dropped)
        assert (dump(path)["codings"], dump(path)["coding_cases"], schema(path)) == expected
        assert [finding for finding in project.check() if finding.kind == "damage"] == []


def test_rows_of_several_dropped_acts_are_kept_apart(template: Path, tmp_path: Path, ranges: None) -> None:
    with opened(copied(template, tmp_path)) as project:
        for at in (0, 20, 40):  # the codings of all three have the same ids
            project.codings.import_(drafts(3, at))
            project.history.undo()
        project.codings.import_(drafts(2, 60))
        acts = [act for act in project.history.list() if act.verb == "coding import"]
        starts = [
            [change.after["start"] for change in project.history.changes(act.id) if change.table == "codings"]
            for act in acts
        ]
        assert starts == [[60, 61], [40, 41, 42], [20, 21, 22], [0, 1, 2]]
        assert [act.changes for act in acts] == [4, 6, 6, 6]


def test_a_file_does_not_grow_by_undo_and_redo(template: Path, tmp_path: Path) -> None:
    path = copied(template, tmp_path)
    with opened(path) as project:
        project.sources.correct("A1", project.sources.text("A1") + "word " * 1500)
        project.codings.import_(drafts(5000))
        before, rows = path.stat().st_size, dump(path)
        assert project._session.store.scalar("SELECT count(*) FROM images WHERE tbl = 'codings'") == 1
        for _ in range(2):
            project.history.undo()
            assert path.stat().st_size <= 1.1 * before
            project.history.redo()
        assert path.stat().st_size <= 1.1 * before
        assert dump(path) == rows


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM kept_codings WHERE start = 1",
        "UPDATE kept_codings SET id = id + 9 WHERE start = 2",
        "UPDATE images SET last_row = last_row + 1 WHERE tbl = 'codings' AND last_row IS NOT NULL",
        "UPDATE images SET last_row = 9223372036854775807 WHERE tbl = 'codings' AND last_row IS NOT NULL",
    ],
)
def test_an_act_with_a_missing_row_in_its_range_is_not_redone(
    template: Path, tmp_path: Path, ranges: None, statement: str
) -> None:
    path = copied(template, tmp_path)
    with opened(path) as project:
        project.codings.import_(drafts(3))
        project.history.undo()
        tampered(path, "UPDATE history SET replaying = 1", statement, "UPDATE history SET replaying = 0")
        before = dump(path)
        with pytest.raises(StudyFileError, match="part of the history of this act is missing or wrong"):
            project.history.redo()
        assert dump(path) == before
        assert any("act 7" in finding.message for finding in project.check())
        assert len(project.history.changes(7)) <= 6


def test_a_range_in_a_table_without_kept_rows_is_not_replayed(template: Path, tmp_path: Path, ranges: None) -> None:
    path = copied(template, tmp_path)
    with opened(path) as project:
        project.codings.import_(drafts(3))
        tampered(path, "UPDATE images SET tbl = 'memos' WHERE tbl = 'codings' AND last_row IS NOT NULL")
        with pytest.raises(StudyFileError, match="part of the history"):
            project.history.undo()
        assert project.codings.count() == 3


@pytest.mark.parametrize("joined", [1, 3, 9, 10, 1000])
def test_seals_of_a_range_do_not_depend_on_the_number_of_rows_that_are_joined(
    joined: int, template: Path, tmp_path: Path, ranges: None
) -> None:
    """The rows of a range are joined in parts. The seal of a study made with other parts stays valid."""
    path = copied(template, tmp_path / "study.sibtui")
    with patch.object(seals, "_JOINED", 4), opened(path) as project:
        project.codings.import_(drafts(10))
    with patch.object(seals, "_JOINED", joined):
        for change in ("undo", "redo"):
            with opened(path) as project:
                assert list(seals.broken(project._session.store)) == []
                getattr(project.history, change)()
        with opened(path) as project:
            assert list(seals.broken(project._session.store)) == []
            last = project.history.list(limit=1)[0].id
        for number, statement in enumerate(
            (
                "UPDATE codings SET memo = 'x' WHERE id = 10",
                "UPDATE codings SET memo = 'x' WHERE id = 4",
                "DELETE FROM codings WHERE id = 5",
            )
        ):
            altered = copied(path, tmp_path / f"altered-{number}.sibtui")
            tampered(altered, statement)
            with opened(altered) as project:
                assert list(seals.broken(project._session.store)) == [last]
