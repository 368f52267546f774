"""Studies that are damaged or hostile: `check` names each kind and never fails itself."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing, suppress
from time import monotonic
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import SibtuiError, StudyFileError
from sibtui.store.sound_copy import sound_copy
from tests.damaging import KINDS, damage, make_study

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with pytest.MonkeyPatch.context():
        return make_study(tmp_path_factory.mktemp("damage") / "sound.sibtui")


@pytest.fixture
def file(sound_file: Path, tmp_path: Path) -> Path:
    return shutil.copy(sound_file, tmp_path / "study.sibtui")


def damage_of(file: Path) -> list[str]:
    with Project.open(file) as study:
        return [f"{finding.where} {finding.message}" for finding in study.check() if finding.kind == "damage"]


def test_a_study_without_damage_is_reported_as_sound(file: Path) -> None:
    assert damage_of(file) == []
    damage(file, "UPDATE codes SET name = name")
    assert damage_of(file) == []


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_damage_is_reported_by_a_check(file: Path, kind: str) -> None:
    statement, words = KINDS[kind]
    damage(file, statement)
    found = damage_of(file)
    assert any(words in each for each in found), found


def test_there_are_more_than_50_kinds_of_damage() -> None:
    assert len(KINDS) > 50


@pytest.mark.parametrize(
    ("statement", "part"),
    [
        (
            "ALTER TABLE codings ADD COLUMN heavy TEXT AS (hex(zeroblob(100000000)))",
            "the table codings differs from that of a study",
        ),
        ("ALTER TABLE cases ADD COLUMN more TEXT", "the table cases differs from that of a study"),
        ("CREATE VIEW everything AS SELECT * FROM codings", "the view everything is not part of a study"),
        (
            "CREATE TRIGGER t AFTER INSERT ON codings BEGIN DELETE FROM cases; END",
            "the trigger t is not part of a study",
        ),
    ],
)
def test_a_study_with_a_foreign_schema_is_refused_at_once_with_its_part(file: Path, statement: str, part: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
    start = monotonic()
    with pytest.raises(StudyFileError) as refused:
        Project.open(file)
    assert part in str(refused.value)
    assert monotonic() - start < 2


def test_a_view_in_the_place_of_a_table_is_refused(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DROP TABLE undecided")
        endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n"
        connection.execute(f"CREATE VIEW undecided AS {endless}")
    with pytest.raises(StudyFileError, match="the table undecided is missing; the trigger"):
        Project.open(file)


def test_a_study_of_utf_16_is_read_like_any_other(sound_file: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(sound_file)) as old, closing(sqlite3.connect(tmp_path / "wide.sibtui")) as new:
        new.execute("PRAGMA encoding = 'UTF-16le'")
        new.executescript("".join(f"{line}\n" for line in old.iterdump() if "sqlite_schema" not in line))
        for pragma in ("application_id", "user_version"):
            new.execute(f"PRAGMA {pragma} = {old.execute(f'PRAGMA {pragma}').fetchone()[0]}")
    assert damage_of(tmp_path / "wide.sibtui") == []


def test_the_sound_copy_of_a_damaged_study_cannot_be_changed(file: Path) -> None:
    damage(file, "DELETE FROM codes WHERE id = 4")
    store, (lost,) = sound_copy(file)
    assert (lost.table, lost.rows) == ("codings", 2)
    with pytest.raises(StudyFileError, match="but not changed"), store.act("x", "x", coder="x", at="x"):
        pass
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.change("DELETE FROM cases")
    assert store.scalar("SELECT count(*) FROM cases") == 2
    store.close()


def test_a_check_of_a_name_with_a_million_characters_is_fast(file: Path) -> None:
    damage(file, "UPDATE sources SET name = ? WHERE id = 1", values=("n" * 1_000_000,))
    start = monotonic()
    (altered,) = damage_of(file)
    assert altered.startswith("act 3 does not fit its seal")
    with Project.open(file) as study, pytest.raises(SibtuiError) as error:
        study.sources.get("a1")
    assert len(str(error.value)) < 10_000
    assert monotonic() - start < 10


@pytest.mark.parametrize("seed", range(5))
def test_a_check_of_mutated_rows_and_bytes_ends_with_sentences(file: Path, seed: int) -> None:
    mutate(file, random.Random(seed))
    with suppress(StudyFileError), Project.open(file) as study:
        for finding in study.check():
            assert finding.message.endswith(".")
            assert isinstance(finding.where, str)


def mutate(file: Path, drawn: random.Random) -> None:
    """Give some random cells random values, and flip some random bytes of the file."""
    values = (None, "", "x", -1, 0, 2**63 - 1, 1.5, b"\xff\x00", "\0", "\x1b[2J", "n" * 5_000)
    with closing(sqlite3.connect(file)) as connection:
        cells = [
            (table, column[1])
            for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            for column in connection.execute(f"PRAGMA table_info({table})")
        ]
    for table, column in drawn.sample(cells, 3):
        with suppress(sqlite3.Error):
            damage(file, f'UPDATE {table} SET "{column}" = ?', values=(drawn.choice(values),))
    if drawn.random() < 0.5:
        data = bytearray(file.read_bytes())
        for _ in range(drawn.choice((1, 5, 50))):
            data[drawn.randrange(100, len(data))] = drawn.randrange(256)
        file.write_bytes(data)
