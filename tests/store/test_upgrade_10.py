"""The upgrade of a study from version 10: all codings were made while reading, and the history works with the new columns."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.store import history, seals
from sibtui.store.connection import Store

from .helpers import EMPTIED, act
from .test_upgrade_2 import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLD = DATA / "study-v10.sibtui"
NEW_TABLES = ("claims", "method_answers")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return shutil.copyfile(OLD, tmp_path / "old.sibtui")


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    store = Store.open(path)
    yield store
    store.close()


def old(sql: str) -> list[tuple]:
    with closing(sqlite3.connect(f"file:{OLD}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def rows(store: Store, table: str) -> list[tuple]:
    return store.query(f"SELECT * FROM {table} ORDER BY id").fetchall()


def test_all_rows_keep_their_values_and_new_columns_are_empty(store: Store) -> None:
    for (table,) in old("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"):
        if table not in {"images", "seals"}:
            known = [row[0] for row in old(f"SELECT name FROM pragma_table_info('{table}')")]
            names = ", ".join(f'"{name}"' for name in known if name not in EMPTIED.get(table, ()))
            query = f"SELECT {names} FROM {table} ORDER BY id"
            assert store.query(query).fetchall() == old(query), table
    assert [store.scalar(f"SELECT count(*) FROM {table}") for table in ("queries", "set_sources", "summaries")] == [
        1,
        1,
        1,
    ]
    assert store.query("SELECT DISTINCT how FROM codings").fetchall() == [("",)]
    assert store.query("SELECT DISTINCT how FROM kept_codings").fetchall() == [("",)]
    assert [store.scalar(f"SELECT count(*) FROM {table}") for table in NEW_TABLES] == [0, 0]
    (kept,) = store.query("SELECT group_concat(name) FROM pragma_table_info('kept_codings')").fetchone()
    assert kept.split(",") == store.columns("codings")
    assert store.scalar("PRAGMA integrity_check") == "ok"
    assert list(seals.broken(store)) == []


def test_images_of_codings_get_the_new_column(store: Store) -> None:
    images = store.query("SELECT image FROM images WHERE tbl = 'codings' AND image <> '{}'").fetchall()
    keys = [store.scalar("SELECT group_concat(key) FROM (SELECT key FROM json_each(?))", image) for image in images]
    assert set(keys) == {",".join(store.columns("codings"))}
    assert {store.scalar("SELECT json_extract(?, '$.how')", image) for image in images} == {""}
    erased = "SELECT count(*) FROM images WHERE tbl = 'codings' AND image = '{}'"
    assert store.query(erased).fetchall() == old(erased)


def test_undo_and_redo_work_over_acts_of_the_older_version(store: Store) -> None:
    before = rows(store, "codings")
    assert history.redo(store).verb == "coding remove"
    undone = 0
    while (done := history.undo(store)).verb != "coding import":
        undone += 1
    assert (done.verb, undone) == ("coding import", 3)
    assert len(rows(store, "codings")) == len(before) - 104
    for _ in range(3):
        history.redo(store)
    assert rows(store, "codings") == before
    assert list(seals.broken(store)) == []


def test_a_study_of_the_older_version_can_be_checked_and_read_as_it_was(path: Path) -> None:
    with Project.open(path) as project:
        assert [finding for finding in project.check() if finding.kind == "damage"] == []
        for each in project.history.list():
            project.history.facts(each.id)
            project.history.place(each.id)


@pytest.mark.parametrize(
    "refused",
    [
        "INSERT INTO claims (key, text, position) VALUES ('C1', 'Other words.', 2)",  # the key is in use
        "INSERT INTO claims (key, text, position) VALUES ('', 'Words.', 2)",
        "INSERT INTO claims (key, text, position) VALUES ('C2', '', 2)",
        "INSERT INTO method_answers (item, text, position) VALUES ('sampling', 'Other words.', 2)",
        "INSERT INTO method_answers (item, text, position) VALUES ('setting', '', 2)",
        "UPDATE codings SET how = NULL",
    ],
)
def test_a_row_that_breaks_a_rule_of_the_new_tables_is_refused(store: Store, refused: str) -> None:
    with act(store):
        store.change("INSERT INTO claims (key, text, position) VALUES ('C1', 'Most do.', 1)")
        store.change("INSERT INTO method_answers (item, text, position) VALUES ('sampling', 'Purposive.', 1)")
        with pytest.raises(sqlite3.IntegrityError):
            store._connection.execute(refused)


def test_the_new_rows_can_be_undone(store: Store) -> None:
    with act(store, "claim add"):
        store.change(
            "INSERT INTO claims (key, text, place, facts, human, position) VALUES ('C1', 'Most do.', 'p. 3', '{}', '', 1)"
        )
        store.change("INSERT INTO method_answers (item, text, position) VALUES ('sampling', 'Purposive.', 1)")
        store.change("UPDATE codings SET how = 'search' WHERE id = (SELECT min(id) FROM codings)")
    before = [rows(store, table) for table in (*NEW_TABLES, "codings")]
    history.undo(store)
    assert [rows(store, table) for table in NEW_TABLES] == [[], []]
    assert store.query("SELECT DISTINCT how FROM codings").fetchall() == [("",)]
    history.redo(store)
    assert [rows(store, table) for table in (*NEW_TABLES, "codings")] == before
    assert list(seals.broken(store)) == []


def test_a_row_with_codes_and_a_query_counts_its_codes_as_before(path: Path) -> None:
    with Project.open(path) as project:
        assert [row.query for table in project.matrices.list() for row in table.rows if row.query] == []
        assert all(project.matrices.show(table.name).rows for table in project.matrices.list())
