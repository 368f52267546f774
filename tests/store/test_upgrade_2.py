"""The upgrade of a study from version 1 to version 2: no data is lost, and the history works."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sibtui.store import history, seals
from sibtui.store.backups import list_backups
from sibtui.store.connection import Store

from .helpers import EMPTIED

DATA = Path(__file__).parents[1] / "data"
OLD = DATA / "study-v1.sibtui"
CONTENT = (
    "project", "coders", "attributes", "cases", "case_values", "sources", "texts", "source_values", "source_cases", "readings",
    "codes", "lineage", "codings", "coding_cases", "memos", "topics", "matrices", "matrix_marks", "matrix_columns",
    "matrix_rows", "matrix_row_codes", "matrix_notes", "judgements",
)  # fmt: skip


def upgraded(folder: Path, name: str = "old.sibtui", *changes: str) -> Store:
    """Copy the old file, change it while it is of version 1, and open it."""
    path = folder / name
    shutil.copyfile(OLD, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for change in changes:
            connection.execute(change)
    return Store.open(path)


def old(sql: str) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{OLD}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def content(store: Store) -> dict[str, list[tuple]]:
    return {table: store.query(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in CONTENT}


def older_content(path: Path) -> dict[str, list[tuple]]:
    """Return the content of a file of version 2 to 8, as an upgrade leaves it.

    The columns that versions 9 to 11 added have their defaults. The columns that version 12 empties are empty, except
    in undecided codings.
    """
    added: dict[str, tuple] = {"codings": (1, 0, ""), "project": ("",), "matrix_rows": (None,)}
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return {
            table: [
                (*row, *added.get(table, ()))
                for row in connection.execute(f"SELECT {_after_upgrade(connection, table)} FROM {table} ORDER BY id")
            ]
            for table in CONTENT
        }


def _after_upgrade(connection: sqlite3.Connection, table: str) -> str:
    """Return the SQL for the columns of a table; for the columns that version 12 empties, the SQL for their new values."""
    has_undecided = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'undecided'").fetchone()
    undecided = "id IN (SELECT coding_id FROM undecided)" if has_undecided else "0"
    return ", ".join(
        f"CASE WHEN {undecided} THEN {name} ELSE '' END" if name in EMPTIED.get(table, ()) else f'"{name}"'
        for (name,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,)).fetchall()
    )


@pytest.fixture
def store(tmp_path: Path):
    store = upgraded(tmp_path)
    yield store
    store.close()


def test_all_rows_keep_their_values_in_the_upgrade(store: Store) -> None:
    for table in set(CONTENT) - {"readings", "topics", "sources"}:
        names = [row[0] for row in old(f"SELECT name FROM pragma_table_info('{table}')")]
        listed = ", ".join(f'"{name}"' for name in names if name not in EMPTIED.get(table, ()))
        query = f"SELECT {listed} FROM {table} ORDER BY id"
        assert store.query(query).fetchall() == old(query), table
    query = "SELECT id, name, title, kind, fidelity, added, position FROM sources ORDER BY id"
    assert store.query(query).fetchall() == old(query)
    assert store.query("SELECT id, source_id, code_id, state FROM topics").fetchall() == old(
        "SELECT id, source_id, code_id, state FROM coverage"
    )
    assert store.query("PRAGMA foreign_key_check").fetchall() == []
    assert store.scalar("PRAGMA integrity_check") == "ok"


def test_every_row_gets_a_unique_lasting_id(store: Store) -> None:
    for table in ("attributes", "cases", "sources", "codes", "codings", "memos", "matrices"):
        uids = [row[0] for row in store.query(f"SELECT uid FROM {table}")]
        assert len(set(uids)) == len(uids) > 0
        assert all(len(uid) == 32 and set(uid) <= set("0123456789abcdef") for uid in uids)


def test_two_copies_upgraded_separately_have_the_same_ids(store: Store, tmp_path: Path) -> None:
    other = upgraded(tmp_path, "other.sibtui")
    assert content(other) == content(store)
    other.close()


def test_a_rename_before_the_upgrade_does_not_change_an_id(store: Store, tmp_path: Path) -> None:
    # Trust was named Faith, Groups was below another theme: their ids come from the first facts
    other = upgraded(tmp_path, "other.sibtui")
    while history.undo(other):
        pass
    uids = dict(other.query("SELECT id, uid FROM codes").fetchall())
    for number, uid in store.query("SELECT id, uid FROM codes"):
        assert uids.get(number, uid) == uid
    other.close()


def test_a_reading_belongs_to_the_coder_of_the_act_that_set_it(store: Store) -> None:
    found = store.query(
        "SELECT s.name, r.name, g.code_id, g.round, g.at FROM readings g JOIN sources s ON s.id = g.source_id"
        " JOIN coders r ON r.id = g.coder_id ORDER BY s.name"
    ).fetchall()
    times = dict(old("SELECT name, read_at FROM sources WHERE reading = 'read'"))
    assert found == [("both", "Ana", None, 1, times["both"]), ("n1", "Ana", None, 1, times["n1"])]


def test_a_loaded_reading_belongs_to_all_coders_of_the_source(tmp_path: Path) -> None:
    store = upgraded(
        tmp_path, "loaded.sibtui", "DELETE FROM images", "DELETE FROM acts", "UPDATE history SET act = NULL"
    )
    found = store.query(
        "SELECT s.name, r.name FROM readings g JOIN sources s ON s.id = g.source_id JOIN coders r ON r.id = g.coder_id"
        " ORDER BY 1, 2"
    ).fetchall()
    coded = old(
        "SELECT DISTINCT s.name, r.name FROM codings c JOIN sources s ON s.id = c.source_id JOIN coders r ON r.id = c.coder_id"
        " WHERE s.reading = 'read' ORDER BY 1, 2"
    )
    assert found == coded
    store.close()


def test_a_source_in_progress_stays_in_progress(store: Store) -> None:
    assert store.scalar("SELECT started FROM sources WHERE name = 's1'") == 1
    assert store.scalar("SELECT started FROM sources WHERE name = 'report'") == 0


def test_a_merge_has_the_creation_time_of_the_merged_code(store: Store) -> None:
    rows = store.query("SELECT path, since FROM lineage WHERE event = 'merged' ORDER BY id").fetchall()
    assert rows == [("People/Coaching", "2026-05-14T10:00:25.001Z"), ("People/Distrust", "2026-05-14T10:00:26.001Z")]


def test_cases_get_letters_from_their_distinguishing_words(store: Store) -> None:
    assert store.query("SELECT label, letter FROM cases ORDER BY position").fetchall() == [
        ("North", "n"),
        ("South", "s"),
    ]


def test_all_acts_from_before_the_upgrade_can_be_undone_and_redone(store: Store) -> None:
    seen = [content(store)]
    undone = []
    while (act := history.undo(store)) is not None:
        undone.append(act.id)
        assert store.query("PRAGMA foreign_key_check").fetchall() == []
        seen.append(content(store))
    assert len(undone) > 50
    assert not any(seen[-1][table] for table in CONTENT if table not in {"project", "coders"})
    assert list(seals.broken(store)) == []
    for state in reversed(seen[:-1]):
        assert history.redo(store) is not None
        assert content(store) == state
    assert list(seals.broken(store)) == []


def test_undo_of_marking_a_source_as_read_removes_its_reading(store: Store) -> None:
    read = next(act.id for act in history.acts(store) if act.verb == "source set" and _reads(store, act.id, "n1"))
    while history.undo(store).id != read:
        assert _readings(store, "n1") == 1
    assert _readings(store, "n1") == 0
    history.redo(store)
    assert _readings(store, "n1") == 1


def _reads(store: Store, act: int, name: str) -> bool:
    return (
        store.scalar(
            "SELECT 1 FROM images i JOIN readings g ON g.id = i.row JOIN sources s ON s.id = g.source_id"
            " WHERE i.act = ? AND i.tbl = 'readings' AND s.name = ?",
            (act, name),
        )
        is not None
    )


def _readings(store: Store, name: str) -> int:
    return store.scalar(
        "SELECT count(*) FROM readings g JOIN sources s ON s.id = g.source_id WHERE s.name = ?", (name,)
    )


@pytest.mark.parametrize("reading", ["read", "unread", "in progress"])
def test_undo_restores_a_title_and_a_reading_changed_together(tmp_path: Path, reading: str) -> None:
    """Such an act has one image of the source and needs a second one, so all later images get higher numbers."""
    at = "'2026-06-01T10:00:00.001Z'" if reading == "read" else "NULL"
    store = upgraded(
        tmp_path,
        "more.sibtui",
        "UPDATE acts SET state = 'dropped', dropped_by = 61 WHERE state = 'undone'",
        "INSERT INTO acts (id, at, coder, verb, summary, first_image, last_image) VALUES"
        " (61, '2026-06-01T10:00:00.001Z', 'Ben', 'source set', 'source both', 1 + (SELECT max(id) FROM images), 0)",
        "UPDATE history SET act = 61",
        f"UPDATE sources SET title = 'Both', reading = '{reading}', read_at = {at} WHERE name = 'both'",
        "UPDATE acts SET last_image = (SELECT max(id) FROM images) WHERE id = 61",
        "INSERT INTO acts (id, at, coder, verb, summary, first_image, last_image) VALUES"
        " (62, '2026-06-01T10:00:01.001Z', 'Ben', 'source set', 'source n1', 1 + (SELECT max(id) FROM images), 0)",
        "UPDATE history SET act = 62",
        "UPDATE sources SET title = 'Later' WHERE name = 'n1'",
        "UPDATE acts SET last_image = (SELECT max(id) FROM images) WHERE id = 62",
        "UPDATE history SET act = NULL",
    )
    readers = "SELECT r.name FROM readings g JOIN coders r ON r.id = g.coder_id WHERE g.source_id = 3 ORDER BY 1"
    after = {"read": [("Ana",), ("Ben",)], "unread": [], "in progress": []}[reading]
    assert store.query(readers).fetchall() == after
    now = content(store)
    assert history.undo(store).id == 62
    assert store.scalar("SELECT title FROM sources WHERE id = 1") == "Link worker"
    assert history.undo(store).id == 61
    assert store.scalar("SELECT title FROM sources WHERE id = 3") == "Fund manager"
    assert store.query(readers).fetchall() == [("Ana",)]
    assert [history.redo(store).id, history.redo(store).id] == [61, 62]
    assert content(store) == now
    while history.undo(store) is not None:
        pass
    store.close()


def test_the_backup_is_of_version_1(store: Store) -> None:
    (backup,) = list_backups(store.path)
    with closing(sqlite3.connect(backup.path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
