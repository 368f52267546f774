"""The upgrade of a study from version 9: no quote is chosen for the paper, and the history works with the new columns."""

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

OLD = DATA / "study-v9.sibtui"
NEW_TABLES = ("queries", "source_sets", "set_sources", "summaries")


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
    assert store.query("SELECT DISTINCT for_paper FROM codings").fetchall() == [(0,)]
    assert store.query("SELECT DISTINCT for_paper FROM kept_codings").fetchall() == [(0,)]
    assert store.query("SELECT DISTINCT query_id FROM matrix_rows").fetchall() == [(None,)]
    assert [store.scalar(f"SELECT count(*) FROM {table}") for table in NEW_TABLES] == [0] * len(NEW_TABLES)
    assert store.scalar("PRAGMA integrity_check") == "ok"
    assert list(seals.broken(store)) == []


def test_images_of_codings_and_of_rows_get_the_new_columns(store: Store) -> None:
    for table, column, value in (("codings", "for_paper", 0), ("matrix_rows", "query_id", None)):
        images = store.query("SELECT image FROM images WHERE tbl = ? AND image <> '{}'", (table,)).fetchall()
        found = [
            store.scalar("SELECT group_concat(key) FROM (SELECT key FROM json_each(?))", image) for image in images
        ]
        assert found
        assert set(found) == {",".join(store.columns(table))}
        assert {store.scalar(f"SELECT json_extract(?, '$.{column}')", image) for image in images} == {value}
    erased = old("SELECT count(*) FROM images WHERE tbl = 'codings' AND image = '{}'")
    assert store.query("SELECT count(*) FROM images WHERE tbl = 'codings' AND image = '{}'").fetchall() == erased


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
        "INSERT INTO queries (name, expression, position) VALUES ('x', 'judged', 2)",  # the name is in use
        "INSERT INTO queries (name, expression, position) VALUES ('y', '', 2)",
        "INSERT INTO source_sets (name, position) VALUES ('', 1)",
        "UPDATE codings SET for_paper = 2",
        "INSERT INTO summaries (coder_id, text, at) VALUES (1, 'Text', 'now')",  # on nothing
        "INSERT INTO summaries (row_id, coder_id, text, at) VALUES (1, 1, 'Text', 'now')",  # without a column
        "INSERT INTO summaries (code_id, case_id, coder_id, text, at) VALUES (1, 1, 1, '', 'now')",
        "INSERT INTO summaries (row_id, column_id, code_id, case_id, coder_id, text, at) VALUES (1, 1, 1, 1, 1, 'Text', 'now')",
    ],
)
def test_a_row_that_breaks_a_rule_of_the_new_tables_is_refused(store: Store, refused: str) -> None:
    with act(store):
        store.change("INSERT INTO queries (name, expression, position) VALUES ('x', 'waiting', 1)")
        with pytest.raises(sqlite3.IntegrityError):
            store._connection.execute(refused)


def test_the_new_rows_can_be_undone(store: Store) -> None:
    with act(store, "query save"):
        query = store.change("INSERT INTO queries (name, expression, position) VALUES ('x', 'waiting', 1)")
        made = store.change("INSERT INTO source_sets (name, position) VALUES ('pilot', 1)")
        store.change("INSERT INTO set_sources (set_id, source_id) SELECT ?, min(id) FROM sources", (made,))
        store.change(
            "INSERT INTO summaries (row_id, column_id, coder_id, text, at)"
            " SELECT min(r.id), min(c.id), 1, 'Text', 'now' FROM matrix_rows r JOIN matrix_columns c ON c.matrix_id = r.matrix_id"
        )
        store.change("UPDATE matrix_rows SET query_id = ? WHERE id = (SELECT min(id) FROM matrix_rows)", (query,))
        store.change("UPDATE codings SET for_paper = 1 WHERE id = (SELECT min(id) FROM codings)")
    before = [rows(store, table) for table in (*NEW_TABLES, "matrix_rows", "codings")]
    history.undo(store)
    assert [rows(store, table) for table in NEW_TABLES] == [[], [], [], []]
    assert store.scalar("SELECT max(for_paper) FROM codings") == 0
    history.redo(store)
    assert [rows(store, table) for table in (*NEW_TABLES, "matrix_rows", "codings")] == before
    assert list(seals.broken(store)) == []
