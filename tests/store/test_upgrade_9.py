"""The upgrade of a study from version 9: no quote is chosen for the paper, and the history works with the new columns."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from sibtui.store import history, seals

from .helpers import DATA, act, assert_images_have, rows, rows_of_file

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.store.connection import Store

OLD = DATA / "study-v9.sibtui"
NEW_TABLES = ("queries", "source_sets", "set_sources", "summaries")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return shutil.copyfile(OLD, tmp_path / "old.sibtui")


def old(sql: str) -> list[tuple]:
    return rows_of_file(OLD, sql)


def test_the_new_columns_are_empty(store: Store) -> None:
    assert store.query("SELECT DISTINCT for_paper FROM codings").fetchall() == [(0,)]
    assert store.query("SELECT DISTINCT for_paper FROM kept_codings").fetchall() == [(0,)]
    assert store.query("SELECT DISTINCT query_id FROM matrix_rows").fetchall() == [(None,)]
    assert [store.scalar(f"SELECT count(*) FROM {table}") for table in NEW_TABLES] == [0] * len(NEW_TABLES)


def test_images_of_codings_and_of_rows_get_the_new_columns(store: Store) -> None:
    for table, column, value in (("codings", "for_paper", 0), ("matrix_rows", "query_id", None)):
        assert_images_have(store, OLD, table, column, value)


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
