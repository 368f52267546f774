"""The upgrades from versions 8 to 11: no data is lost, the history works, and the study is whole and readable."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.store import history, seals

from .helpers import DATA, EMPTIED, rows, rows_of_file

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.store.connection import Store

TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"


@pytest.fixture(params=[8, 9, 10, 11], ids=lambda version: f"version {version}")
def old(request: pytest.FixtureRequest) -> Path:
    return DATA / f"study-v{request.param}.sibtui"


@pytest.fixture
def path(tmp_path: Path, old: Path) -> Path:
    return shutil.copyfile(old, tmp_path / "old.sibtui")


def test_all_rows_keep_their_values_in_the_columns_of_their_version(store: Store, old: Path) -> None:
    compared = 0
    for (table,) in rows_of_file(old, TABLES):
        if table not in {"images", "seals"}:
            columns = rows_of_file(old, f"SELECT name FROM pragma_table_info('{table}')")
            kept = ", ".join(f'"{name}"' for (name,) in columns if name not in EMPTIED.get(table, ()))
            query = f"SELECT {kept} FROM {table} ORDER BY id"
            assert store.query(query).fetchall() == rows_of_file(old, query), table
            compared += 1
    assert compared > 20
    assert store.scalar("PRAGMA integrity_check") == "ok"
    assert list(seals.broken(store)) == []


def test_acts_of_the_older_version_can_be_undone_and_redone_up_to_an_import(store: Store) -> None:
    before = rows(store, "codings")
    assert history.redo(store).verb in {"coding remove", "coding set"}
    states = []
    while history.next_move(store, back=True).verb != "coding import":
        states.append(rows(store, "codings"))
        history.undo(store)
    assert before in states
    imported = rows(store, "codings")
    assert history.undo(store).verb == "coding import"
    assert len(rows(store, "codings")) == len(imported) - 105
    for state in (imported, *reversed(states)):
        history.redo(store)
        assert rows(store, "codings") == state
    assert list(seals.broken(store)) == []


def test_a_study_of_an_older_version_can_be_checked_and_its_history_read(path: Path) -> None:
    with Project.open(path) as project:
        assert [finding for finding in project.check() if finding.kind == "damage"] == []
        for each in project.history.list():
            project.history.facts(each.id)
            project.history.place(each.id)
