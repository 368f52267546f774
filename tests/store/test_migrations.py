"""The schema that the migrations end in. A change of `schema.sql` is a new migration, never an edit of an old one."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from sibtui.errors import StudyFileError
from sibtui.store import connection as connections
from sibtui.store import migrations
from sibtui.store.connection import Store
from sibtui.store.schema import APPLICATION_ID, TRIGGERS_SHA256, VERSION

from .helpers import add_case, labels, raw

GOLDEN = Path(__file__).parent / "schema.sql"
HISTORY = {"acts", "images", "history"}


def schema(path: Path) -> list[tuple[str, str, str]]:
    """(type, name, sql) of everything in the file but what SQLite and sqlite-utils keep for themselves."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
            " ORDER BY type, name"
        ).fetchall()


def pragma(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_final_schema_is_the_one_that_is_pinned(store: Store) -> None:
    made = "".join(f"{sql};\n" for _, _, sql in schema(store.path))
    assert made == GOLDEN.read_text(encoding="utf-8")


def test_the_triggers_that_are_let_in_are_those_that_the_migrations_make(store: Store) -> None:
    made = [sql for kind, _, sql in schema(store.path) if kind in {"trigger", "view"}]
    assert hashlib.sha256("\n".join(made).encode()).hexdigest() == TRIGGERS_SHA256[VERSION]


def test_every_table_but_the_historys_records_insertions_updates_and_deletions(store: Store) -> None:
    found = schema(store.path)
    tables = {name for kind, name, _ in found if kind == "table"} - HISTORY
    expected = {f"{table}_{what}" for table in tables for what in ("inserted", "updated", "deleted")}
    assert {name for kind, name, _ in found if kind == "trigger"} == expected
    assert len(tables) > 15


def test_every_table_is_strict_and_has_an_id_that_the_history_can_name(store: Store) -> None:
    for kind, name, sql in schema(store.path):
        if kind == "table":
            assert "id INTEGER PRIMARY KEY" in sql, name
            assert sql.endswith("STRICT"), name


def test_a_study_is_marked_as_one_and_its_owners_alone(store: Store) -> None:
    assert pragma(store.path, "application_id") == APPLICATION_ID
    assert pragma(store.path, "user_version") == VERSION
    assert store.path.stat().st_mode & 0o777 == 0o600


def test_a_study_has_the_settings_of_a_file_that_is_never_lost(store: Store) -> None:
    assert [store.one(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store")] == [
        "delete", 2, 1, 2,
    ]  # fmt: skip


def _next_version(monkeypatch: pytest.MonkeyPatch, *, fails: bool = False) -> None:
    """Make this program one that is a migration ahead."""
    ahead = Migrations("sibtui")
    ahead()(migrations.m001_initial)

    @ahead()
    def m002_venue(db) -> None:
        db.execute("ALTER TABLE acts ADD COLUMN venue TEXT")
        if fails:
            raise RuntimeError("the migration fails")
        db.execute("PRAGMA user_version = 2")

    monkeypatch.setattr(migrations, "migrations", ahead)
    monkeypatch.setattr(migrations, "VERSION", 2)
    monkeypatch.setattr(connections, "VERSION", 2)


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(acts)")]


@pytest.fixture
def older(path: Path) -> Path:
    store = Store.create(path)
    add_case(store, "SIB A")
    store.close()
    return path


def test_an_older_study_is_brought_up_to_date_beside_a_backup(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older.read_bytes()
    _next_version(monkeypatch)
    store = Store.open(older)
    assert labels(store) == ["SIB A"]
    assert store.one("PRAGMA user_version") == 2
    store.close()
    assert "venue" in columns(older)
    backup = older.with_name("study.sibtui.v1.bak")
    assert backup.stat().st_mode & 0o777 == 0o600
    assert "venue" not in columns(backup)
    assert pragma(backup, "user_version") == 1
    assert pragma(backup, "application_id") == APPLICATION_ID
    assert len(backup.read_bytes()) == len(before)
    monkeypatch.undo()
    restored = Store.open(backup)
    assert labels(restored) == ["SIB A"]
    restored.close()


def test_a_study_that_is_up_to_date_gets_no_backup(older: Path) -> None:
    Store.open(older).close()
    assert [file.name for file in older.parent.iterdir()] == [older.name]


def test_a_migration_that_fails_leaves_the_study_as_it_was(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _next_version(monkeypatch, fails=True)
    with pytest.raises(RuntimeError, match="the migration fails"):
        Store.open(older)
    monkeypatch.undo()
    assert "venue" not in columns(older)
    store = Store.open(older)
    assert labels(store) == ["SIB A"]
    store.close()


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'codings_by_coder'", "it is damaged: nothing was changed"),
        (
            "UPDATE sqlite_schema SET sql = replace(sql, 'private_name TEXT', 'private_name TEXT NOT NULL') WHERE name = 'cases'",
            "needs an upgrade, but is damaged: repair it",
        ),
    ],
    ids=["so that it cannot be checked", "so that the check fails"],
)
def test_a_damaged_study_is_not_brought_up_to_date(
    older: Path, monkeypatch: pytest.MonkeyPatch, statement: str, why: str
) -> None:
    raw(older, "PRAGMA writable_schema = ON", statement)
    _next_version(monkeypatch)
    with pytest.raises(StudyFileError, match=why):
        Store.open(older)
    assert pragma(older, "user_version") == 1
    assert "venue" not in columns(older)
