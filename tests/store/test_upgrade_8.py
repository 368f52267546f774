"""The upgrade of a study from version 8: its codings belong to round 1, and the history works with the new columns."""

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

OLD = DATA / "study-v8.sibtui"
NEW_TABLES = ("rounds", "round_sources", "proposals", "packages", "package_sources")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return shutil.copyfile(OLD, tmp_path / "old.sibtui")


def old(sql: str) -> list[tuple]:
    return rows_of_file(OLD, sql)


def test_codings_get_round_1(store: Store) -> None:
    assert store.query("SELECT DISTINCT round FROM codings").fetchall() == [(1,)]
    assert store.query("SELECT DISTINCT round FROM kept_codings").fetchall() == [(1,)]
    assert store.scalar("SELECT agreement FROM project") == ""
    assert [store.scalar(f"SELECT count(*) FROM {table}") for table in NEW_TABLES] == [0] * len(NEW_TABLES)


def test_images_of_codings_and_of_the_study_get_the_new_columns(store: Store) -> None:
    for table, column, value in (("codings", "round", 1), ("project", "agreement", "")):
        assert_images_have(store, OLD, table, column, value)


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
