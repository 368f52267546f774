"""Opening a study file, and what is refused, each with a sentence that says what to do."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, StudyFileError
from sibtui.store import connection as connections
from sibtui.store.connection import Store

from .helpers import act, add_case, labels, raw

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def study(path: Path) -> Path:
    store = Store.create(path)
    for number in range(50):
        add_case(store, f"case {number}")
    store.close()
    return path


@pytest.mark.parametrize("name", ["plain.sibtui", "what?mode=ro&x=%20#1.sibtui", "étude à deux.sibtui"])
def test_a_study_opens_whatever_its_name(tmp_path: Path, name: str) -> None:
    made = Store.create(tmp_path / name)
    add_case(made, "SIB A")
    made.close()
    again = Store.open(tmp_path / name)
    assert labels(again) == ["SIB A"]
    again.close()
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_missing_study_is_refused_with_the_way_to_make_one(path: Path) -> None:
    with pytest.raises(StudyFileError, match=r"There is no study at .*: make one with `sibtui new"):
        Store.open(path)
    assert not path.exists()


def test_a_folder_is_no_study(tmp_path: Path) -> None:
    with pytest.raises(StudyFileError, match="There is no study"):
        Store.open(tmp_path)


def test_a_study_is_not_made_over_a_file(study: Path) -> None:
    with pytest.raises(ConflictError, match="exists already"):
        Store.create(study)
    store = Store.open(study)
    assert len(labels(store)) == 50
    store.close()


def test_a_study_is_not_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StudyFileError, match="Cannot make"):
        Store.create(tmp_path / "nowhere" / "s.sibtui")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"# Interview 1\n" * 100, "is not a sibtui study, or it is damaged: nothing was changed"),
        (b"", "is a database, but not a sibtui study: nothing was changed"),
    ],
    ids=["a note", "an empty file"],
)
def test_another_file_is_refused_and_left_as_it_is(path: Path, content: bytes, why: str) -> None:
    path.write_bytes(content)
    with pytest.raises(StudyFileError, match=why):
        Store.open(path)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused_and_left_as_it_is(path: Path) -> None:
    raw(path, "CREATE TABLE t (x)", "PRAGMA application_id = 7")
    content = path.read_bytes()
    with pytest.raises(StudyFileError, match="is a database, but not a sibtui study"):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_newer_programs_study_is_refused_and_left_as_it_is(study: Path) -> None:
    raw(study, "PRAGMA user_version = 99")
    content = study.read_bytes()
    with pytest.raises(StudyFileError, match="was made by a newer sibtui: upgrade sibtui to open it"):
        Store.open(study)
    assert study.read_bytes() == content


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER harmless AFTER INSERT ON cases BEGIN DELETE FROM codings; END",
        "CREATE VIEW everything AS SELECT * FROM texts",
        "DROP TRIGGER codings_deleted",
        "CREATE TRIGGER IF NOT EXISTS zz AFTER UPDATE ON history BEGIN SELECT 1; END",
    ],
)
def test_triggers_and_views_that_are_not_our_own_are_not_let_in(study: Path, statement: str) -> None:
    raw(study, statement)
    with pytest.raises(StudyFileError, match="has triggers or views that sibtui did not make"):
        Store.open(study)


def damage(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * length)


@pytest.mark.parametrize(
    "broken",
    [lambda path: damage(path, 100, 3000), lambda path: path.write_bytes(path.read_bytes()[:4096])],
    ids=["its schema overwritten", "cut off"],
)
def test_a_damaged_study_is_refused_in_a_sentence(study: Path, broken) -> None:
    broken(study)
    with pytest.raises(StudyFileError, match="it is damaged"):
        Store.open(study)


def test_a_locked_study_is_refused_in_a_sentence(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(study, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StudyFileError, match="is being changed by another program: try again"):
            Store.open(study)
        other.execute("ROLLBACK")
    Store.open(study).close()


def test_a_change_while_another_program_changes_is_refused_in_a_sentence(
    study: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_SECONDS", 0.05)
    store = Store.open(study)
    with closing(sqlite3.connect(study, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(labels(store)) == 50
        with pytest.raises(StudyFileError, match="is being changed by another program"):
            add_case(store, "one more")
        other.execute("ROLLBACK")
    add_case(store, "one more")
    assert len(labels(store)) == 51
    store.close()


def test_a_study_that_cannot_be_written_says_so(store: Store) -> None:
    add_case(store, "SIB A")
    store.query("PRAGMA query_only = ON")
    with pytest.raises(StudyFileError, match="cannot be written: check its permissions and its folder's"):
        add_case(store, "SIB B")
    assert labels(store) == ["SIB A"]


def test_a_full_disk_says_so_and_nothing_is_changed(store: Store) -> None:
    add_case(store, "SIB A")
    store.query(f"PRAGMA max_page_count = {store.one('PRAGMA page_count')}")
    many = [(f"{number} {'x' * 200}",) for number in range(10_000)]
    with pytest.raises(StudyFileError, match="There is no room left on the disk"), act(store):
        store.change_many("INSERT INTO cases (label, position) VALUES (?, 1)", many)
    assert labels(store) == ["SIB A"]


def test_what_is_no_fault_of_the_file_is_not_worded_away(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.query("SELECT * FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"), act(store):
        store.change_many("INSERT INTO cases (label, position) VALUES (?, 1)", [("SIB A",), ("SIB A",)])
    assert labels(store) == []
