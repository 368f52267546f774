"""The upgrade of a study from version 11: the stored contexts of codings are removed, and the codings keep their values."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import StudyFileError
from sibtui.store import history, opening, past, seals
from sibtui.store.connection import Store

from .helpers import DATA, rows, rows_of_file

if TYPE_CHECKING:
    from pathlib import Path

OLD = DATA / "study-v11.sibtui"
UNDECIDED = "id IN (SELECT coding_id FROM undecided)"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return shutil.copyfile(OLD, tmp_path / "old.sibtui")


def old(sql: str) -> list[tuple]:
    return rows_of_file(OLD, sql)


def with_wrong_context(store: Store) -> list[tuple]:
    """Return the rows of codings that have a stored context although their place is certain, or the reverse."""
    return store.query(f"SELECT * FROM codings WHERE (before || after = '') = ({UNDECIDED})").fetchall()


def test_the_contexts_of_undecided_codings_are_kept(store: Store) -> None:
    undecided = f"SELECT id, before, after FROM codings WHERE {UNDECIDED}"
    assert store.query(undecided).fetchall() == old(undecided) != []
    assert with_wrong_context(store) == []
    assert store.scalar("SELECT count(*) FROM kept_codings WHERE before || after <> ''") == 0


def test_the_codings_have_the_same_contexts_as_before(path: Path) -> None:
    with Project.open(path) as project:
        found = sorted((coding.id, coding.before, coding.after) for coding in project.codings.list())
        assert found == old("SELECT id, before, after FROM codings ORDER BY id")
        assert project.codings.get(found[0][0]).before == found[0][1]
        assert [finding for finding in project.check() if finding.kind == "damage"] == []


def test_images_keep_the_contexts_of_undecided_codings_only(store: Store) -> None:
    empty = "json_extract(image, '$.before') || json_extract(image, '$.after') = ''"
    kept = store.query(
        f"SELECT id, image FROM images WHERE tbl = 'codings' AND image <> '{{}}' AND NOT {empty}"
    ).fetchall()
    assert kept == [row for row in old("SELECT id, image FROM images") if row[0] in dict(kept)] != []
    others = "SELECT id, json_remove(image, '$.before', '$.after') FROM images ORDER BY id"
    assert store.query(others).fetchall() == old(others)


def test_undo_and_redo_keep_contexts_of_undecided_codings_only(store: Store) -> None:
    before = rows(store, "codings")
    assert history.redo(store).verb == "coding set"
    assert with_wrong_context(store) == []
    states = []
    while history.next_move(store, back=True).verb != "coding import":
        states.append((rows(store, "codings"), rows(store, "undecided")))
        history.undo(store)
        assert with_wrong_context(store) == []
    assert states[1][0] == before
    for state in reversed(states):
        history.redo(store)
        assert (rows(store, "codings"), rows(store, "undecided")) == state
    assert list(seals.broken(store)) == []


def test_the_states_between_acts_have_the_contexts_of_then(path: Path) -> None:
    with Project.open(path) as project:
        store = project._session.store
        acts = [act.id for act in project.history.list() if act.state == "done"]
        for act in acts[:8]:
            with store.snapshot(), past.at_act(store, act):
                for coding in project.codings.list():
                    text = project.sources.text(coding.source)
                    assert coding.undecided or (coding.before, coding.after) == coding.segment.context(text)
                    assert coding.undecided or coding.quote == coding.segment.quote(text)


def test_the_upgraded_file_has_no_free_pages_and_is_smaller(path: Path) -> None:
    Store.open(path).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
    assert path.stat().st_size < OLD.stat().st_size


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that compact an upgraded file."""
    usual, run = opening._compact, []

    def compact(path: Path, connection: sqlite3.Connection) -> None:
        connection.set_trace_callback(run.append)
        usual(path, connection)
        connection.set_trace_callback(None)

    monkeypatch.setattr(opening, "_compact", compact)
    return run


def can_put_temporary_files() -> bool:
    with closing(sqlite3.connect(":memory:")) as connection:
        return ("OMIT_DEPRECATED",) not in connection.execute("PRAGMA compile_options").fetchall()


@pytest.mark.skipif(not can_put_temporary_files(), reason="this SQLite has no temp_store_directory")
def test_the_file_is_compacted_with_a_temporary_file_beside_it(path: Path, statements: list[str]) -> None:
    Store.open(path).close()
    folder = f"PRAGMA temp_store_directory = '{path.parent}'"
    steps = [statements.index(step) for step in (folder, "PRAGMA temp_store = FILE", "VACUUM")]
    assert steps == sorted(steps)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA temp_store_directory").fetchone() is None
    assert not [file for file in path.parent.iterdir() if "etilqs" in file.name]


def test_the_file_is_compacted_in_memory_if_the_folder_of_temporary_files_cannot_be_set(
    path: Path, statements: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = opening._put_temporary_files
    monkeypatch.setattr(
        opening, "_put_temporary_files", lambda connection, folder: usual(connection, folder and f"{folder}/missing")
    )
    Store.open(path).close()
    assert statements.index("PRAGMA temp_store = MEMORY") < statements.index("VACUUM")


@pytest.mark.skipif(not can_put_temporary_files(), reason="this SQLite has no temp_store_directory")
@pytest.mark.parametrize("name", ["it's here", "Ü 語"])
def test_temporary_files_are_put_into_a_folder_with_any_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with closing(sqlite3.connect(":memory:")) as connection:
        assert opening._put_temporary_files(connection, str(tmp_path / name))
        assert not opening._put_temporary_files(connection, "a name that is not UTF-8: \udc80")
        opening._put_temporary_files(connection, "")
        assert connection.execute("PRAGMA temp_store_directory").fetchone() is None


def test_an_upgrade_that_cannot_compact_the_file_is_complete(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usual = opening._compact

    def compact_beside_a_reader(path: Path, connection: sqlite3.Connection) -> None:
        reading = connection.execute("SELECT id FROM codings")
        reading.fetchone()  # VACUUM fails while a statement reads
        usual(path, connection)
        reading.close()

    monkeypatch.setattr(opening, "_compact", compact_beside_a_reader)
    with Project.open(path) as project:
        assert [finding for finding in project.check() if finding.kind == "damage"] == []
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (12,)


def test_a_failed_upgrade_leaves_the_file_as_it_was(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE codings SET before = ''")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("sibtui.store.schema_12.remove_contexts", full)
    with pytest.raises(StudyFileError, match="There is no room left on the disk"):
        Store.open(path)
    assert path.read_bytes() == OLD.read_bytes()
