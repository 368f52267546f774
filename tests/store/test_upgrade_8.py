"""The upgrade of a study from version 8: its codings belong to round 1, and the history works with the new columns."""

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

OLD = DATA / "study-v8.sibtui"
NEW_TABLES = ("rounds", "round_sources", "proposals", "packages", "package_sources")


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


def test_all_rows_keep_their_values_and_codings_get_round_1(store: Store) -> None:
    for (table,) in old("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"):
        if table not in {"images", "seals"}:
            known = [row[0] for row in old(f"SELECT name FROM pragma_table_info('{table}')")]
            names = ", ".join(f'"{name}"' for name in known if name not in EMPTIED.get(table, ()))
            query = f"SELECT {names} FROM {table} ORDER BY id"
            assert store.query(query).fetchall() == old(query), table
    assert store.query("SELECT DISTINCT round FROM codings").fetchall() == [(1,)]
    assert store.query("SELECT DISTINCT round FROM kept_codings").fetchall() == [(1,)]
    assert store.scalar("SELECT agreement FROM project") == ""
    assert [store.scalar(f"SELECT count(*) FROM {table}") for table in NEW_TABLES] == [0] * len(NEW_TABLES)
    assert store.scalar("PRAGMA integrity_check") == "ok"
    assert list(seals.broken(store)) == []


def test_images_of_codings_and_of_the_study_get_the_new_columns(store: Store) -> None:
    for table, column, value in (("codings", "round", 1), ("project", "agreement", "")):
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
        "INSERT INTO rounds (coder_id, number, name, started) VALUES (1, 3, 'third', 'now')",  # one open round
        "INSERT INTO rounds (coder_id, number, name, started, ended) VALUES (1, 2, 'third', 'now', 'now')",
        "INSERT INTO rounds (coder_id, number, name, started, ended) VALUES (1, 3, 'second', 'now', 'now')",
        "INSERT INTO rounds (coder_id, number, name, started, ended) VALUES (2, 0, 'none', 'now', 'now')",
        "UPDATE codings SET round = 0",
        "INSERT INTO proposals (path, coder_id, created, state) VALUES ('A', 1, 'now', 'merged')",  # not decided
        "INSERT INTO proposals (path, coder_id, created, code_id) VALUES ('A', 1, 'now', 1)",  # not merged
        "INSERT INTO packages (id, coder, act, made) VALUES (2, 'Ben', 7, 'now')",
    ],
)
def test_a_row_that_breaks_a_rule_of_the_new_tables_is_refused(store: Store, refused: str) -> None:
    with act(store):
        store.change("INSERT INTO rounds (coder_id, number, name, started) VALUES (1, 2, 'second', 'now')")
        with pytest.raises(sqlite3.IntegrityError):
            store._connection.execute(refused)


def test_a_proposal_keeps_its_decision_when_its_code_goes_and_comes_back(store: Store) -> None:
    with act(store, "code add"):
        code = store.change("INSERT INTO codes (name, position, since) VALUES ('A', 99, 'now')")
        store.change(
            "INSERT INTO proposals (path, coder_id, created, state, code_id, decided) VALUES ('A', 1, '', 'merged', ?, '')",
            (code,),
        )
    before = rows(store, "proposals"), rows(store, "codes")
    with act(store, "code remove"):
        store.change("DELETE FROM codes WHERE id = ?", (code,))
    after = rows(store, "proposals"), rows(store, "codes")
    assert store.scalar("SELECT code_id FROM proposals") is None
    for _ in range(2):
        history.undo(store)
        assert (rows(store, "proposals"), rows(store, "codes")) == before
        history.redo(store)
        assert (rows(store, "proposals"), rows(store, "codes")) == after
    assert list(seals.broken(store)) == []


def test_a_round_and_its_sources_can_be_undone(store: Store) -> None:
    with act(store, "round start"):
        number = store.change(
            "INSERT INTO rounds (coder_id, number, name, whole, started) VALUES (1, 2, 'x', 0, 'now')"
        )
        store.change("INSERT INTO round_sources (round_id, source_id) SELECT ?, min(id) FROM sources", (number,))
    before = rows(store, "rounds"), rows(store, "round_sources")
    history.undo(store)
    assert (rows(store, "rounds"), rows(store, "round_sources")) == ([], [])
    history.redo(store)
    assert (rows(store, "rounds"), rows(store, "round_sources")) == before
    assert list(seals.broken(store)) == []
