"""The upgrade of a study from version 3: no data is lost, the history works, and a matrix can count part of the evidence."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlite_utils import Database

from sibtui import Project
from sibtui.store import history, migrations, pinned_schema
from sibtui.store.connection import Store
from sibtui.store.schema import SCHEMA_SHA256

from .test_upgrade_2 import DATA, content, older_content

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of version 3: the kept file of version 2, upgraded by the third migration alone."""
    path = tmp_path / "old.sibtui"
    shutil.copyfile(DATA / "study-v2.sibtui", path)
    with closing(sqlite3.connect(path)) as connection:
        migrations.m003_undecided_codings(Database(connection))
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('sibtui', 'm003_undecided_codings', '')"
        )
        connection.commit()
        assert pinned_schema.digest(pinned_schema.parts(connection)) == SCHEMA_SHA256[3]
    return path


def test_all_rows_keep_their_values_in_the_upgrade(path: Path) -> None:
    before = older_content(path)
    store = Store.open(path)
    assert content(store) == before
    assert store.query("SELECT * FROM matrix_evidence").fetchall() == []
    assert store.scalar("PRAGMA user_version") >= 4
    assert store.scalar("PRAGMA integrity_check") == "ok"
    store.close()


def test_all_acts_from_before_the_upgrade_can_be_undone_and_redone(path: Path) -> None:
    store = Store.open(path)
    seen = [content(store)]
    while history.undo(store) is not None:
        seen.append(content(store))
    assert len(seen) > 50
    for state in reversed(seen[:-1]):
        assert history.redo(store) is not None
        assert content(store) == state
    store.close()


def test_a_matrix_of_an_upgraded_study_can_count_part_of_the_evidence(path: Path) -> None:
    with Project.open(path) as project:
        before = project.matrices.list()
        table = before[0]
        changed = project.matrices.define(replace(table, kinds=("report",), coders=("Ben", "Ana"), judgements=()))
        assert (changed.kinds, changed.coders) == (("report",), ("Ben", "Ana"))
        project.history.undo()
        assert project.matrices.list() == before
        project.history.redo()
        assert project.matrices.get(table.name) == changed
        project.matrices.remove(table.name)
        assert [finding for finding in project.check() if finding.kind == "damage"] == []
