"""Opening a study file. Each refusal has a sentence with the next step."""

from __future__ import annotations

import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from time import sleep
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, StudyFileError
from sibtui.store import opening
from sibtui.store.connection import Store

from .helpers import act, add_case, labels, raw

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def study(path: Path) -> Path:
    store = Store.create(path)
    for number in range(50):
        add_case(store, f"case {number}")
    store.close()
    return path


@pytest.mark.parametrize("name", ["plain.sibtui", "what?mode=ro&x=%20#1.sibtui", "étude à deux.sibtui"])
def test_a_study_with_an_unusual_name_opens(tmp_path: Path, name: str) -> None:
    made = Store.create(tmp_path / name)
    add_case(made, "SIB A")
    made.close()
    again = Store.open(tmp_path / name)
    assert labels(again) == ["SIB A"]
    again.close()
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_missing_study_is_refused_with_a_hint_how_to_make_a_study(path: Path) -> None:
    with pytest.raises(StudyFileError, match=r"There is no study at .*\.$") as refused:
        Store.open(path)
    assert refused.value.hint == "new-study"
    assert not path.exists()


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyFileError, match="There is no study"):
        Store.open(tmp_path)


def test_a_study_does_not_overwrite_a_file(study: Path) -> None:
    with pytest.raises(ConflictError, match="already exists"):
        Store.create(study)
    store = Store.open(study)
    assert len(labels(store)) == 50
    store.close()


def test_a_study_in_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyFileError, match="Cannot create"):
        Store.create(tmp_path / "nowhere" / "s.sibtui")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"# Interview 1\n" * 100, "is not a sibtui study, or it is damaged: nothing was changed"),
        (b"", "is empty, or was cut off at its beginning: it holds no study"),
    ],
    ids=["a note", "an empty file"],
)
def test_another_file_is_refused_and_not_changed(path: Path, content: bytes, why: str) -> None:
    path.write_bytes(content)
    with pytest.raises(StudyFileError, match=why):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_not_changed(path: Path) -> None:
    raw(path, "CREATE TABLE t (x)", "PRAGMA application_id = 7")
    content = path.read_bytes()
    with pytest.raises(StudyFileError, match="is a database, but not a sibtui study"):
        Store.open(path)
    assert path.read_bytes() == content


def test_a_study_of_a_newer_program_is_refused_and_not_changed(study: Path) -> None:
    raw(study, "PRAGMA user_version = 99")
    content = study.read_bytes()
    with pytest.raises(StudyFileError, match="was made by a newer sibtui: upgrade sibtui to open it"):
        Store.open(study)
    assert study.read_bytes() == content


WRITABLE = "PRAGMA writable_schema = ON"
EVIL = "CREATE TRIGGER evil AFTER INSERT ON codings BEGIN DELETE FROM memos; END"
REWRITTEN = "UPDATE sqlite_schema SET sql = replace(sql, {old!r}, {new!r}) WHERE name = {name!r}"


@pytest.mark.parametrize(
    ("statements", "named"),
    [
        (
            ["CREATE TRIGGER harmless AFTER INSERT ON cases BEGIN DELETE FROM codings; END"],
            "trigger harmless is not part",
        ),
        (["CREATE VIEW everything AS SELECT * FROM texts"], "view everything is not part of a study"),
        (["DROP TRIGGER codings_deleted"], "trigger codings_deleted is missing"),
        ([EVIL.replace("codings", "_sqlite_migrations")], "trigger evil is not part of a study"),
        ([EVIL, WRITABLE, "UPDATE sqlite_schema SET type = 'Trigger' WHERE name = 'evil'"], "Trigger evil is not part"),
        ([WRITABLE, "UPDATE sqlite_schema SET type = 'Table' WHERE name = 'memos'"], "the table memos is missing"),
        (["CREATE TABLE spy (x)"], "the table spy is not part of a study"),
        (["CREATE VIRTUAL TABLE spy USING fts5(x)"], "the table spy is not part of a study"),
        (["CREATE INDEX more ON codings (abs(start))"], "the index more is not part of a study"),
        (["DROP INDEX codings_by_source"], "the index codings_by_source is missing"),
        (["ALTER TABLE acts ADD COLUMN venue TEXT"], "the table acts differs from that of a study"),
        (
            [WRITABLE, REWRITTEN.format(old="label <> ''", new="label <> '' OR randomblob(9)", name="cases")],
            "the table cases differs from that of a study",
        ),
        (["ALTER TABLE _sqlite_migrations ADD COLUMN x INT AS (abs(id))"], "table _sqlite_migrations is not part"),
        (["ALTER TABLE _sqlite_migrations ADD COLUMN x TEXT DEFAULT 'x'"], "table _sqlite_migrations is not part"),
        (["CREATE INDEX x ON _sqlite_migrations (abs(id))"], "the index x is not part of a study"),
    ],
)
def test_a_schema_of_another_program_is_refused_with_its_differences(
    study: Path, statements: list[str], named: str
) -> None:
    raw(study, *statements)
    content = study.read_bytes()
    with pytest.raises(StudyFileError, match=f"has a schema that sibtui did not make .*{named}.*: it is not opened"):
        Store.open(study)
    assert study.read_bytes() == content


@pytest.mark.parametrize(
    "lie",
    [
        "type = 'TRIGGER'",
        "type = 'index'",
        "type = x'00'",
        "type = NULL",
        "type = 'table', tbl_name = '_sqlite_migrations'",
        "type = 'table', name = 'sqlite_stat1', tbl_name = 'sqlite_stat1'",
        "type = 'index', name = 'sqlite_autoindex_x'",
        "name = x'00'",
        "sql = sql || '; SELECT 1'",
        "sql = CAST(sql AS BLOB)",
        "sql = replace(sql, 'CREATE', '/**/CREATE')",
    ],
)
def test_a_trigger_that_pretends_to_be_of_another_type_is_refused(study: Path, lie: str) -> None:
    raw(study, EVIL, WRITABLE, f"UPDATE sqlite_schema SET {lie} WHERE name = 'evil'")
    with pytest.raises(
        StudyFileError,
        match=r"has a schema that sibtui did not make|is damaged, or a part of it is missing: nothing was changed",
    ):
        Store.open(study)


@pytest.mark.parametrize(
    "statements",
    [
        ["ANALYZE"],
        ["VACUUM"],
        ["CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)", "INSERT INTO t VALUES (1)", "DROP TABLE t"],
        [
            "DROP TABLE _sqlite_migrations",
            "CREATE TABLE [_sqlite_migrations] (\n   [migration_set] TEXT,\n   [name] TEXT,\n   PRIMARY KEY ([migration_set], [name])\n)",
        ],
    ],
    ids=["its statistics", "vacuumed", "a sequence", "the migrations of another sqlite-utils"],
)
def test_tables_of_sqlite_and_sqlite_utils_are_accepted(study: Path, statements: list[str]) -> None:
    raw(study, *statements)
    store = Store.open(study)
    assert len(labels(store)) == 50
    store.close()


def trusts_json() -> bool:
    """Return whether this SQLite allows json_object in a trigger of an untrusted schema."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "PRAGMA trusted_schema = OFF; CREATE TABLE t (x);"
            "CREATE TRIGGER a AFTER INSERT ON t BEGIN SELECT json_object('x', NEW.x); END"
        )
        try:
            connection.execute("INSERT INTO t VALUES (1)")
        except sqlite3.OperationalError:
            return False
    return True


@pytest.mark.parametrize("opened", [Store.open, lambda path: Store.create(path.with_name("new.sibtui"))])
def test_a_study_is_opened_with_all_defences_of_sqlite(study: Path, opened: Callable[[Path], Store]) -> None:
    store = opened(study)
    assert store.scalar("PRAGMA trusted_schema") == (0 if trusts_json() else 1)
    assert store.scalar("PRAGMA cell_size_check") == 1
    if sys.version_info >= (3, 12):
        assert store._connection.getconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE)
    with pytest.raises(StudyFileError, match="a text of more than 256 MB"):
        store.query("SELECT length(zeroblob(300000000))")
    store.close()


def damage(path: Path, start: int, length: int) -> None:
    with path.open("r+b") as file:
        file.seek(start)
        file.write(b"\xff" * length)


@pytest.mark.parametrize(
    "broken",
    [lambda path: damage(path, 100, 3000), lambda path: path.write_bytes(path.read_bytes()[:4096])],
    ids=["its schema overwritten", "cut off"],
)
def test_a_damaged_study_is_refused_with_a_sentence(study: Path, broken) -> None:
    broken(study)
    with pytest.raises(StudyFileError, match="is damaged, or a part of it is missing"):
        Store.open(study)


def test_a_locked_study_is_refused_with_a_sentence(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(study, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StudyFileError, match="Another program is changing"):
            Store.open(study)
        other.execute("ROLLBACK")
    Store.open(study).close()


def test_a_change_gets_its_turn_beside_a_program_that_changes_the_study_without_pause(study: Path) -> None:
    store, begun, ended = Store.open(study), Event(), Event()

    def change_without_pause() -> None:
        with closing(sqlite3.connect(study, isolation_level=None)) as other:
            while not ended.is_set():
                other.execute("BEGIN IMMEDIATE")
                begun.set()
                ended.wait(0.3)
                other.execute("COMMIT")
                sleep(0.001)  # the time in which the study is free

    with ThreadPoolExecutor() as pool:
        busy = pool.submit(change_without_pause)
        try:
            store.wait_at_most(10)
            for number in range(4):
                begun.clear()
                begun.wait()
                add_case(store, f"waiting {number}")
        finally:
            ended.set()
        busy.result()
    assert labels(store)[-4:] == [f"waiting {number}" for number in range(4)]
    assert store.scalar("PRAGMA busy_timeout") == 10_000
    store.close()


def test_a_change_during_the_change_of_another_program_is_refused(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.05)
    store = Store.open(study)
    with closing(sqlite3.connect(study, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(labels(store)) == 50
        with pytest.raises(StudyFileError, match="Another program is changing"):
            add_case(store, "one more")
        other.execute("ROLLBACK")
    add_case(store, "one more")
    assert len(labels(store)) == 51
    store.close()


def test_a_write_protected_study_is_reported(store: Store) -> None:
    add_case(store, "SIB A")
    store.query("PRAGMA query_only = ON")
    with pytest.raises(StudyFileError, match="cannot be written: check the permissions of the file and its folder"):
        add_case(store, "SIB B")
    assert labels(store) == ["SIB A"]


def replaced(path: Path) -> None:
    newer = Store.create(path.with_name("newer.sibtui"))
    newer.close()
    newer.path.replace(path)


@pytest.mark.parametrize(
    "gone",
    [Path.unlink, lambda path: path.rename(path.with_name("else.sibtui")), replaced],
    ids=["deleted", "moved", "replaced"],
)
def test_a_removed_study_is_reported_and_leaves_no_journal(store: Store, gone) -> None:
    add_case(store, "SIB A")
    gone(store.path)
    with pytest.raises(
        StudyFileError, match="was moved, deleted or replaced by another program, so the change was not saved"
    ):
        add_case(store, "SIB B")
    assert not [file for file in store.path.parent.iterdir() if file.name.endswith("-journal")]


def test_a_full_disk_is_reported_and_nothing_is_changed(store: Store) -> None:
    add_case(store, "SIB A")
    store.query(f"PRAGMA max_page_count = {store.scalar('PRAGMA page_count')}")
    many = [(f"{number} {'x' * 200}",) for number in range(10_000)]
    with pytest.raises(StudyFileError, match="There is no room left on the disk"), act(store):
        store.change_many("INSERT INTO cases (label, position) VALUES (?, 1)", many)
    assert labels(store) == ["SIB A"]


def test_errors_of_sqlite_that_are_not_about_the_file_are_raised_unchanged(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        store.query("SELECT * FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"), act(store):
        store.change_many("INSERT INTO cases (label, position) VALUES (?, 1)", [("SIB A",), ("SIB A",)])
    assert labels(store) == []


def test_rows_that_are_left_unread_can_be_dropped_after_the_study_is_closed(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "study.sibtui")
    rows = store.stream("SELECT 1 UNION ALL SELECT 2")
    assert next(rows) == (1,)
    store.close()
    rows.close()
