"""A change is reported as saved only when it is in the file that the path names."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import StudyReplacedError
from sibtui.store import backups, cases
from sibtui.store.connection import Store

from .helpers import act, add_case, labels

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def copy(store: Store, path: Path) -> Path:
    """A copy of the study on another computer, with a later change there."""
    add_case(store, "SIB A")
    other = path.with_name("elsewhere.sibtui")
    shutil.copy(path, other)
    theirs = Store.open(other)
    with theirs.act("case add", "theirs", coder="you", at="2020-05-14T10:00:09.001Z"):
        cases.add_case(theirs, "theirs", None)
    theirs.close()
    return other


def test_a_replaced_file_is_noticed_before_a_change(store: Store, path: Path, copy: Path) -> None:
    copy.replace(path)
    assert store.is_replaced
    assert store.is_detached
    with pytest.raises(StudyReplacedError, match="so the change was not saved"):
        add_case(store, "SIB B")
    assert store.saves == 1


def test_a_file_replaced_during_a_change_is_noticed_before_it_counts_as_saved(
    store: Store, path: Path, copy: Path
) -> None:
    def change() -> None:
        with act(store):
            cases.add_case(store, "SIB B", None)
            copy.replace(path)

    with pytest.raises(StudyReplacedError):
        change()
    assert store.saves == 1
    there = Store.open(path)
    assert labels(there) == ["SIB A", "theirs"]
    there.close()


def test_a_file_that_is_overwritten_with_another_state_is_noticed(store: Store, path: Path, copy: Path) -> None:
    """A sync program may overwrite the file. Here both sides have made one change since, so that SQLite itself notices nothing."""
    add_case(store, "ours")
    shutil.copyfile(copy, path)
    assert store.is_replaced
    with pytest.raises(StudyReplacedError):
        add_case(store, "SIB B")
    assert not store.is_detached


def test_a_file_that_is_overwritten_with_an_older_state_is_noticed(store: Store, path: Path, copy: Path) -> None:
    for number in range(3):
        with store.act("case add", "ours", coder="me", at=f"2020-05-15T10:00:0{number}.001Z"):
            cases.add_case(store, f"ours {number}", None)
    shutil.copyfile(copy, path)
    with pytest.raises(StudyReplacedError):
        add_case(store, "SIB B")


def test_a_state_with_another_act_of_the_same_number_is_noticed(store: Store, path: Path, copy: Path) -> None:
    """The state that is written into the file has more acts than ours, so that SQLite reports a change of another program."""
    add_case(store, "ours")
    theirs = Store.open(copy)
    add_case(theirs, "theirs 2")
    theirs.close()
    shutil.copyfile(copy, path)
    assert store.is_replaced


def test_a_change_by_another_program_does_not_count_as_a_replacement_of_the_file(store: Store, path: Path) -> None:
    other = Store.open(path)
    for number in range(3):
        add_case(other, f"theirs {number}")
        add_case(store, f"ours {number}")
    assert not store.is_replaced
    assert not other.is_replaced
    assert len(labels(store)) == 6
    other.close()


def test_a_file_written_without_sqlite_after_a_change_of_another_program_is_noticed(store: Store, path: Path) -> None:
    add_case(store, "ours")
    other = Store.open(path)
    add_case(other, "theirs")
    other.close()
    assert not store.is_replaced
    content = path.read_bytes()
    path.write_bytes(content)
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 1_000_000))
    assert store.is_replaced


def test_a_change_that_is_rolled_back_does_not_count_as_a_replacement_of_the_file(store: Store, path: Path) -> None:
    store.query("PRAGMA cache_size = 1")  # so that the change reaches the file before its end

    def change() -> None:
        with act(store):
            for number in range(300):
                cases.add_case(store, f"{number} {'x' * 300}", None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    add_case(store, "SIB A")
    assert labels(store) == ["SIB A"]


def test_a_missing_file_is_noticed(store: Store, path: Path) -> None:
    path.rename(path.with_name("moved.sibtui"))
    assert store.is_replaced
    with pytest.raises(StudyReplacedError):
        add_case(store, "SIB A")


def test_a_link_with_another_target_is_noticed(path: Path, copy: Path) -> None:
    link = path.with_name("link.sibtui")
    link.symlink_to(path)
    store = Store.open(link)
    link.unlink()
    link.symlink_to(copy)
    with pytest.raises(StudyReplacedError):
        add_case(store, "SIB B")
    store.close()


def test_the_open_state_of_a_replaced_study_is_kept(store: Store, path: Path, copy: Path) -> None:
    add_case(store, "ours")
    copy.replace(path)
    made = backups.keep_open_state(store)
    assert made.kind == "replaced"
    kept = Store.open(made.path)
    assert labels(kept) == ["SIB A", "ours"]
    kept.close()


def test_compacting_a_study_does_not_count_as_a_replacement_of_the_file(store: Store) -> None:
    add_case(store, "SIB A")
    store.compact()
    assert not store.is_replaced
    add_case(store, "SIB B")
