"""The final schema of the migrations. A change of `schema.sql` needs a new migration, never an edit of an old one."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Migrations

from sibtui.errors import StudyFileError
from sibtui.store import migrations, opening, pinned_schema
from sibtui.store.backups import list_backups
from sibtui.store.connection import Store
from sibtui.store.schema import APPLICATION_ID, SCHEMA_SHA256, USUAL_SHA256, VERSION

from .helpers import add_case, labels, raw

GOLDEN = Path(__file__).parent / "schema.sql"
NEXT = VERSION + 1
HISTORY = {"acts", "images", "history", "erasures", "seals", "kept_codings", "kept_coding_cases"}


def schema(path: Path) -> list[tuple[str, str, str]]:
    """Return (type, name, sql) of the schema, without the tables of SQLite and sqlite-utils."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE '\\_sqlite%' ESCAPE '\\'"
            " ORDER BY type, name"
        ).fetchall()


def pragma(path: Path, name: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_final_schema_equals_the_pinned_one(store: Store) -> None:
    made = "".join(f"{sql};\n" for _, _, sql in schema(store.path))
    assert made == GOLDEN.read_text(encoding="utf-8")


def test_the_accepted_schema_is_that_of_the_migrations(store: Store) -> None:
    assert {VERSION: pinned_schema.digest(store.schema())} == {max(SCHEMA_SHA256): SCHEMA_SHA256[VERSION]}
    assert pinned_schema.usual_digest(store.schema()) == USUAL_SHA256
    assert pinned_schema.is_pinned(store.schema(), VERSION)
    assert not pinned_schema.is_pinned(store.schema(), VERSION - 1)


def test_all_tables_except_the_history_are_recorded(store: Store) -> None:
    found = schema(store.path)
    tables = {name for kind, name, _ in found if kind == "table"} - HISTORY
    expected = {f"{table}_{what}" for table in tables for what in ("inserted", "updated", "deleted")}
    assert {name for kind, name, _ in found if kind == "trigger"} == expected
    assert len(tables) > 15


def test_every_table_is_strict_and_has_an_id(store: Store) -> None:
    for kind, name, sql in schema(store.path):
        if kind == "table":
            assert "id INTEGER PRIMARY KEY" in sql, name
            assert sql.endswith("STRICT"), name


def test_a_study_has_its_marker_and_only_its_owner_can_read_it(store: Store) -> None:
    assert pragma(store.path, "application_id") == APPLICATION_ID
    assert pragma(store.path, "user_version") == VERSION
    assert store.path.stat().st_mode & 0o777 == 0o600


def test_a_study_has_safe_settings(store: Store) -> None:
    assert [store.scalar(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store")] == [
        "delete", 2, 1, 2,
    ]  # fmt: skip


def _next_version(monkeypatch: pytest.MonkeyPatch, *, fails: bool = False) -> None:
    """Add a migration to this program, which may fail."""
    ahead = Migrations("sibtui")
    ahead()(migrations.m001_initial)
    ahead()(migrations.m002_readings_topics_lasting_ids)
    ahead()(migrations.m003_undecided_codings)
    ahead()(migrations.m004_evidence_of_matrices)
    ahead()(migrations.m005_images_by_row)
    ahead()(migrations.m006_ranges)
    ahead()(migrations.m007_erasures)
    ahead()(migrations.m008_seals)
    ahead()(migrations.m009_rounds_proposals_packages)
    ahead()(migrations.m010_queries_sets_summaries)
    ahead()(migrations.m011_origins_claims)
    ahead()(migrations.m012_computed_contexts)

    @ahead()
    def m013_venue(db) -> None:
        db.execute("ALTER TABLE acts ADD COLUMN venue TEXT")
        if fails:
            raise RuntimeError("the migration fails")
        db.execute(f"PRAGMA user_version = {NEXT}")

    monkeypatch.setattr(migrations, "migrations", ahead)
    monkeypatch.setattr(migrations, "VERSION", NEXT)
    monkeypatch.setattr(opening, "VERSION", NEXT)


def columns(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(acts)")]


@pytest.fixture
def older(path: Path) -> Path:
    store = Store.create(path)
    add_case(store, "SIB A")
    store.close()
    return path


def test_an_older_study_is_upgraded_after_a_backup(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = older.read_bytes()
    _next_version(monkeypatch)
    store = Store.open(older)
    assert labels(store) == ["SIB A"]
    assert store.scalar("PRAGMA user_version") == NEXT
    store.close()
    assert "venue" in columns(older)
    (made,) = list_backups(older)
    backup = made.path
    assert made.kind == "upgrade"
    assert backup.stat().st_mode & 0o777 == 0o600
    assert "venue" not in columns(backup)
    assert pragma(backup, "user_version") == VERSION
    assert pragma(backup, "application_id") == APPLICATION_ID
    assert len(backup.read_bytes()) == len(before)
    monkeypatch.undo()
    restored = Store.open(backup)
    assert labels(restored) == ["SIB A"]
    restored.close()


def test_a_current_study_gets_no_backup(older: Path) -> None:
    Store.open(older).close()
    assert [file.name for file in older.parent.iterdir()] == [older.name]


def test_a_failed_migration_leaves_the_study_unchanged(older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _next_version(monkeypatch, fails=True)
    with pytest.raises(RuntimeError, match="the migration fails"):
        Store.open(older)
    monkeypatch.undo()
    assert "venue" not in columns(older)
    store = Store.open(older)
    assert labels(store) == ["SIB A"]
    store.close()


@pytest.mark.parametrize(
    ("pragma_on", "statement", "why"),
    [
        (
            "writable_schema",
            "UPDATE sqlite_schema SET rootpage = 2 WHERE name = 'codings_by_source'",
            "needs an upgrade, which begins with a backup, but the file is damaged",
        ),
        (
            "ignore_check_constraints",
            "UPDATE acts SET state = 'lost'",
            "needs an upgrade, which begins with a backup, but the file is damaged",
        ),
        (
            "foreign_keys",
            "DELETE FROM _sqlite_migrations",
            "needs an upgrade, which begins with a backup, but the file is damaged",
        ),
        (
            "foreign_keys",
            "DROP TABLE _sqlite_migrations",
            "needs an upgrade, which begins with a backup, but the file is damaged",
        ),
    ],
    ids=["so that it cannot be checked", "so that the check fails", "without its migrations", "without their table"],
)
def test_a_damaged_study_is_not_upgraded(
    older: Path, monkeypatch: pytest.MonkeyPatch, pragma_on: str, statement: str, why: str
) -> None:
    raw(older, f"PRAGMA {pragma_on} = ON", statement)
    _next_version(monkeypatch)
    with pytest.raises(StudyFileError, match=why):
        Store.open(older)
    assert pragma(older, "user_version") == VERSION
    assert "venue" not in columns(older)
