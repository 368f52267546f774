"""Backups are verified copies: sound, equal to the study, never over a good one, and never in the way of a change."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import StudyBusyError, StudyFileError
from sibtui.store import backups, part_files
from sibtui.store.connection import Store

from .helpers import add_case, labels, raw

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def quick_studies(request: pytest.FixtureRequest) -> None:
    """Copy empty studies, as everywhere outside of `tests/store`: these tests need no migrations."""
    from tests.conftest import quick_studies

    quick_studies.__wrapped__(request.getfixturevalue("empty_database"), request.getfixturevalue("monkeypatch"))


@pytest.fixture
def study(path: Path) -> Path:
    store = Store.create(path)
    for number in range(30):
        add_case(store, f"SIB {number}")
    store.close()
    return path


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def damage(file: Path) -> None:
    """Overwrite the last pages."""
    with file.open("r+b") as pages:
        pages.seek(-3 * 4096, os.SEEK_END)
        pages.write(b"\xff" * 3 * 4096)


def test_a_backup_is_a_study_with_the_same_rows_that_its_owner_alone_can_read(study: Path) -> None:
    made = backups.back_up(study, "manual", hold=True)
    assert made.path.parent.stat().st_mode & 0o777 == 0o700
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert files(made.path.parent) == [made.path.name]
    store = Store.open(made.path)
    assert labels(store) == [f"SIB {number}" for number in range(30)]
    store.close()
    assert backups.list_backups(study) == [made]


def test_a_damaged_study_gets_no_backup_and_the_last_good_one_stays(study: Path) -> None:
    good = backups.back_up(study, "daily", hold=True)
    damage(study)
    with pytest.raises(StudyFileError, match="is damaged"):
        backups.back_up(study, "daily", hold=True)
    assert files(good.path.parent) == [good.path.name]


def test_a_copy_that_differs_in_one_cell_is_refused(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = backups._copy

    def copy_wrongly(source, target: Path, named: Path, poll) -> None:
        copy(source, target, named, poll)
        raw(target, "UPDATE history SET replaying = 1", "UPDATE cases SET private_name = 'X' WHERE id = 17",
            "UPDATE history SET replaying = 0")  # fmt: skip

    monkeypatch.setattr(backups, "_copy", copy_wrongly)
    with pytest.raises(StudyBusyError):
        backups.back_up(study, "manual", hold=False)
    assert files(backups.folder_of(study)) == []


@pytest.mark.parametrize("statement", ["DELETE FROM cases WHERE id = 17", "UPDATE cases SET id = 99 WHERE id = 17"])
def test_a_copy_without_a_row_is_refused(study: Path, statement: str) -> None:
    made = backups.back_up(study, "manual", hold=True)
    assert backups._is_equal(study, made.path, lambda: None)
    raw(made.path, "UPDATE history SET replaying = 1", statement, "UPDATE history SET replaying = 0")
    assert not backups._is_equal(study, made.path, lambda: None)


def test_rows_are_compared_in_steps(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backups, "_ROWS", 7)
    made = backups.back_up(study, "manual", hold=True)
    raw(made.path, "UPDATE history SET replaying = 1", "UPDATE cases SET label = 'X' WHERE id = 29",
        "UPDATE history SET replaying = 0")  # fmt: skip
    assert not backups._is_equal(study, made.path, lambda: None)


def test_a_study_that_is_changed_during_the_copy_is_copied_again(study: Path) -> None:
    other = Store.open(study)
    changes = iter(range(1))

    def poll() -> None:
        if next(changes, None) is not None:
            add_case(other, "added meanwhile")

    made = backups.back_up(study, "daily", hold=False, poll=poll)
    copy = Store.open(made.path)
    assert labels(copy) == labels(other)
    assert "added meanwhile" in labels(copy)
    for store in (copy, other):
        store.close()


def test_a_study_that_is_changed_after_the_comparison_is_copied_again(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Store.open(study)
    compare = backups._is_equal

    def compare_then_change(*arguments) -> bool:
        equal = compare(*arguments)
        if "added meanwhile" not in labels(other):
            add_case(other, "added meanwhile")
        return equal

    monkeypatch.setattr(backups, "_is_equal", compare_then_change)
    copy = Store.open(backups.back_up(study, "daily", hold=False).path)
    assert "added meanwhile" in labels(copy)
    for store in (copy, other):
        store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO case_values (case_id, attribute_id, value) VALUES (99, 99, 'x')",
        "DELETE FROM _sqlite_migrations WHERE rowid = (SELECT max(rowid) FROM _sqlite_migrations)",
    ],
    ids=["a reference to no row", "a missing migration"],
)
def test_a_study_that_is_damaged_without_a_damaged_page_gets_no_backup(study: Path, statement: str) -> None:
    assert backups.is_sound(study)
    raw(study, "UPDATE history SET replaying = 1", statement, "UPDATE history SET replaying = 0")
    assert not backups.is_sound(study)
    with pytest.raises(StudyFileError, match="is damaged"):
        backups.back_up(study, "manual", hold=True)


def test_a_damaged_study_is_kept_with_its_log_for_its_owner_alone(study: Path) -> None:
    log = study.with_name(f"{study.name}-wal")
    log.write_bytes(b"log")
    log.chmod(0o644)
    made = backups.keep_damaged(study)
    kept = made.path.with_name(f"{made.path.name}-wal")
    assert (kept.read_bytes(), kept.stat().st_mode & 0o777) == (b"log", 0o600)


def test_the_next_backup_removes_an_incomplete_backup_of_an_ended_process(study: Path) -> None:
    good = backups.back_up(study, "manual", hold=True)
    left = good.path.with_name(f".backup.{part_files._machine()}-{1 << 40}-abc.part")
    left.write_text("interview text")
    assert backups.back_up(study, "manual", hold=True)
    assert not left.exists()


def test_the_open_state_is_not_kept_while_another_program_has_a_journal(study: Path) -> None:
    store = Store.open(study)
    store.path.with_name(f"{study.name}-journal").write_bytes(b"journal")
    with pytest.raises(StudyBusyError, match="Another program is changing"):
        backups.keep_open_state(store)
    assert files(backups.folder_of(study)) == []
    store.close()


def test_a_study_that_keeps_changing_is_locked_for_a_backup_only_on_request(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Store.open(study)
    other.wait_at_most(0)
    waited = []
    verify = backups.verify

    def change(*arguments) -> int:
        try:
            add_case(other, f"added {len(labels(other))}")
        except StudyBusyError:
            waited.append(1)
        return verify(*arguments)

    monkeypatch.setattr(backups, "verify", change)
    with pytest.raises(StudyBusyError, match="was changed while it was copied"):
        backups.back_up(study, "daily", hold=False)
    assert not waited
    made = backups.back_up(study, "manual", hold=True)
    assert waited == [1]
    copy = Store.open(made.path)
    assert labels(copy) == labels(other)
    for store in (copy, other):
        store.close()


def test_a_cancelled_backup_leaves_no_file(study: Path) -> None:
    def cancel() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backups.back_up(study, "manual", hold=True, poll=cancel)
    assert files(backups.folder_of(study)) == []


def test_a_backup_can_be_cancelled_in_every_step(study: Path) -> None:
    steps = itertools.count()
    backups.back_up(study, "manual", hold=True, poll=lambda: next(steps))

    def cancel_at(last: int) -> Callable[[], None]:
        step = itertools.count()

        def poll() -> None:
            if next(step) == last:
                raise KeyboardInterrupt

        return poll

    for last in range(0, next(steps), 7):
        with pytest.raises(KeyboardInterrupt):
            backups.back_up(study, "daily", hold=True, poll=cancel_at(last))
    assert [made.kind for made in backups.list_backups(study)] == ["manual"]
    assert len(files(backups.folder_of(study))) == 1


def test_an_old_backup_is_removed_only_if_newer_backups_of_its_kind_exist(study: Path) -> None:
    made = [backups.back_up(study, kind, hold=True) for kind in ("daily", "daily", "manual", "daily")]
    assert backups.rotate(study, "daily", 2) == [made[0]]
    assert backups.list_backups(study) == [made[3], made[2], made[1]]


def test_backups_within_one_millisecond_have_different_names(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import datetime as dt

    class Frozen(dt.datetime):
        @classmethod
        def now(cls, tz=None):
            return cls(2026, 11, 29, 1, 2, 3, 4000, tzinfo=tz)

    monkeypatch.setattr(backups.dt, "datetime", Frozen)
    names = [backups.back_up(study, "manual", hold=True).path.name for _ in range(2)]
    assert names == ["20261129-010203-004-manual.sibtui", "20261129-010203-005-manual.sibtui"]


def test_backups_of_earlier_versions_of_sibtui_are_listed(study: Path) -> None:
    shutil.copy(study, study.with_name("study.sibtui.v1.bak"))
    made = backups.back_up(study, "manual", hold=True)
    old = backups.list_backups(study)
    assert [(backup.path.name, backup.kind, backup.made) for backup in old] == [
        (made.path.name, "manual", made.made), ("study.sibtui.v1.bak", "upgrade", ""),
    ]  # fmt: skip


def test_a_study_without_backups_has_an_empty_list(study: Path) -> None:
    assert backups.list_backups(study) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_backup_folder_that_cannot_be_written_is_reported(study: Path) -> None:
    study.parent.chmod(0o500)
    try:
        with pytest.raises(StudyFileError, match="no backup can be written"):
            backups.back_up(study, "manual", hold=True)
    finally:
        study.parent.chmod(0o700)


def test_a_file_with_the_name_of_the_backup_folder_is_reported(study: Path) -> None:
    backups.folder_of(study).write_text("not a folder")
    with pytest.raises(StudyFileError, match=r"no backup can be written to .*study\.sibtui\.backups: "):
        backups.back_up(study, "manual", hold=True)


def test_a_study_with_rows_of_other_programs_gets_a_backup(study: Path) -> None:
    with closing(sqlite3.connect(study)) as connection:
        connection.execute("ANALYZE")
    made = backups.back_up(study, "manual", hold=True)
    assert backups.verify(made.path, made.path) == backups.opening.VERSION
