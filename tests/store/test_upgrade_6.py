"""The upgrade of a study from version 5: the images of its imports become ranges, and the history is the same."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from sqlite_utils import Database

from sibtui.project import Project
from sibtui.store import history, migrations, pinned_schema, seals
from sibtui.store.changes import changes as changes_of
from sibtui.store.connection import Store
from sibtui.store.insert_ranges import KEPT
from sibtui.store.schema import SCHEMA_SHA256

from .test_upgrade_2 import DATA, content, older_content

if TYPE_CHECKING:
    from pathlib import Path

COUNT = 150


def import_codings(connection: sqlite3.Connection, at: int) -> None:
    """Import codings with a case each as version 5 did, one image per row."""
    first = 1 + connection.execute("SELECT max(id) FROM images").fetchone()[0]
    act = connection.execute(
        "INSERT INTO acts (at, coder, verb, summary, first_image, last_image) VALUES ('', 'Ana', 'coding import', '', ?, 0)",
        (first,),
    ).lastrowid
    connection.execute("UPDATE acts SET state = 'dropped', dropped_by = ? WHERE state = 'undone'", (act,))
    connection.execute("UPDATE history SET act = ?", (act,))
    low = connection.execute("SELECT max(id) FROM codings").fetchone()[0]
    connection.executemany(
        'INSERT INTO codings (source_id, code_id, coder_id, start, "end", quote, before, after, created)'
        " SELECT source_id, code_id, coder_id, ?, ?, quote, before, after, created FROM codings LIMIT 1",
        [(at + n, at + n + 5) for n in range(COUNT)],
    )
    connection.execute(
        "INSERT INTO coding_cases (coding_id, case_id) SELECT id, (SELECT min(id) FROM cases) FROM codings WHERE id > ?", (low,)
    )  # fmt: skip
    connection.execute("UPDATE acts SET last_image = (SELECT max(id) FROM images) WHERE id = ?", (act,))
    connection.execute("UPDATE history SET act = NULL")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of version 5 with two imports: the kept file of version 4 upgraded by the fifth migration alone."""
    path = tmp_path / "old.sibtui"
    shutil.copyfile(DATA / "study-v4.sibtui", path)
    with closing(sqlite3.connect(path)) as connection:
        migrations.m005_images_by_row(Database(connection))
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('sibtui', 'm005_images_by_row', '')"
        )
        import_codings(connection, 0)
        import_codings(connection, 1000)
        connection.commit()
        assert pinned_schema.digest(pinned_schema.parts(connection)) == SCHEMA_SHA256[5]
    return path


def changes(store: Store) -> dict[int, list[Any]]:
    """Return the changes of all acts that are not dropped."""
    return {act.id: list(changes_of(store, act.id)) for act in history.acts(store) if act.state != "dropped"}


def test_the_images_of_an_import_become_ranges_and_its_changes_are_the_same(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        images = connection.execute("SELECT count(*) FROM images").fetchone()[0]
        acts = connection.execute("SELECT id, last_image - first_image + 1 FROM acts ORDER BY id DESC").fetchall()
    store = Store.open(path)
    assert store.scalar("SELECT count(*) FROM images") == images - 4 * (COUNT - 1)
    assert [(act.id, act.changes) for act in history.acts(store)] == acts
    assert all(len(found) == dict(acts)[number] for number, found in changes(store).items())
    [first, *_, last] = changes_of(store, acts[0][0])
    assert (first.before, first.after["start"]) == (None, 1000)
    assert (last.table, last.after["coding_id"] - first.row) == ("coding_cases", COUNT - 1)
    store.close()


def test_imports_from_before_the_upgrade_can_be_undone_and_redone(path: Path) -> None:
    store = Store.open(path)
    seen, found = [content(store)], changes(store)
    while history.undo(store) is not None:
        seen.append(content(store))
    assert len(seen) > 50
    assert changes(store) == found
    assert list(seals.broken(store)) == []
    for state in reversed(seen[:-1]):
        assert history.redo(store) is not None
        assert content(store) == state
    assert list(seals.broken(store)) == []
    assert changes(store) == found
    assert [store.scalar(f"SELECT count(*) FROM {kept}") for kept in KEPT.values()] == [0, 0]
    store.close()


def test_an_import_that_was_undone_before_the_upgrade_can_be_redone(path: Path) -> None:
    before = older_content(path)["codings"]
    with closing(sqlite3.connect(path)) as connection:
        act, first, last = connection.execute(
            "SELECT id, first_image, last_image FROM acts ORDER BY id DESC"
        ).fetchone()
        columns = [row[1] for row in connection.execute("PRAGMA table_info(codings)")]
        whole = "json_object(" + ", ".join(f"'{name}', \"{name}\"" for name in columns) + ")"
        connection.execute("UPDATE history SET replaying = 1")
        connection.execute(
            f"UPDATE images SET image = (SELECT {whole} FROM codings c WHERE c.id = row) WHERE act = ? AND tbl = 'codings'", (act,)
        )  # fmt: skip
        connection.execute(
            "UPDATE images SET image = (SELECT json_object('id', id, 'coding_id', coding_id, 'case_id', case_id)"
            " FROM coding_cases c WHERE c.id = row) WHERE act = ? AND tbl = 'coding_cases'",
            (act,),
        )
        for table in ("coding_cases", "codings"):
            connection.execute(
                f"DELETE FROM {table} WHERE id IN (SELECT row FROM images WHERE act = ? AND tbl = ?)", (act, table)
            )
        connection.execute("UPDATE acts SET state = 'undone' WHERE id = ?", (act,))
        connection.execute("UPDATE history SET replaying = 0")
        connection.commit()
    store = Store.open(path)
    assert history.redo(store).changes == last - first + 1
    assert store.query("SELECT * FROM codings ORDER BY id").fetchall() == before
    store.close()
    with Project.open(path) as project:
        assert [finding for finding in project.check() if finding.what == "file"] == []


def test_each_table_of_kept_rows_has_the_columns_of_its_table(path: Path) -> None:
    store = Store.open(path)
    for table, kept in KEPT.items():
        columns = [store.query("SELECT name FROM pragma_table_info(?)", (name,)).fetchall() for name in (table, kept)]
        assert columns[0] == columns[1]
    store.close()
