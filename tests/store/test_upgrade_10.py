"""The upgrade of a study from version 10: all codings were made while reading, and the history works with the new columns."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.store import history, seals

from .helpers import DATA, act, assert_images_have, rows, rows_of_file

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.store.connection import Store

OLD = DATA / "study-v10.sibtui"
NEW_TABLES = ("claims", "method_answers")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return shutil.copyfile(OLD, tmp_path / "old.sibtui")


def old(sql: str) -> list[tuple]:
    return rows_of_file(OLD, sql)


def test_the_new_columns_are_empty(store: Store) -> None:
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


def test_images_of_codings_get_the_new_column(store: Store) -> None:
    assert_images_have(store, OLD, "codings", "how", "")


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
