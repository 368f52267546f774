"""A log of another database beside a study is refused before SQLite opens it; the study's own log is used."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import StudyFileError
from sibtui.store import foreign_logs
from sibtui.store.foreign_logs import foreign_log

if TYPE_CHECKING:
    from pathlib import Path

CRASHING = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")  # pages go to the file before the commit
if "wal" in sys.argv:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA wal_autocheckpoint = 0")
connection.execute("BEGIN")
if "schema" in sys.argv:
    connection.execute("CREATE TABLE filler (x)")
    connection.execute("INSERT INTO filler VALUES (zeroblob(300000))")
else:
    connection.execute("UPDATE history SET replaying = 1")
    for _ in range(3):  # several parts of the journal are on the disk
        connection.execute("UPDATE project SET description = description || ?", ("z" * 100_000,))
        connection.execute("UPDATE cases SET private_name = private_name || 'z'")
    connection.execute("UPDATE history SET replaying = 0")
if "wal" in sys.argv:
    connection.execute("COMMIT")
print("ready", flush=True)
if "wait" in sys.argv:
    sys.stdin.read()
    connection.execute("COMMIT")
else:
    os.kill(os.getpid(), 9)
"""


def study(path: Path, *cases: str) -> Path:
    with Project.create(path, coder="R1") as project:
        for case in cases:
            project.cases.add(case)
    return path


def crash(path: Path, *words: str) -> None:
    """Let another program die in the middle of a transaction on the file, and leave its log."""
    done = subprocess.run([sys.executable, "-c", CRASHING, path, *words], capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr


def labels(path: Path) -> list[str]:
    with Project.open(path) as project:
        return [case.label for case in project.cases.list()]


@pytest.mark.parametrize("words", [(), ("schema",)], ids=["rows", "schema"])
def test_the_journal_of_another_study_is_refused_and_nothing_changes(tmp_path: Path, words: tuple[str, ...]) -> None:
    other, mine = study(tmp_path / "other.sibtui", "X"), study(tmp_path / "mine.sibtui", *map(str, range(40)))
    crash(other, *words)
    shutil.copy(f"{other}-journal", f"{mine}-journal")
    before = mine.read_bytes()
    with pytest.raises(StudyFileError, match=r"mine\.sibtui-journal, the rollback journal of another database .* move"):
        Project.open(mine)
    assert mine.read_bytes() == before
    mine.with_name("mine.sibtui-journal").unlink()
    assert len(labels(mine)) == 40


@pytest.mark.parametrize("words", [(), ("schema",)], ids=["rows", "schema"])
def test_a_study_rolls_back_its_own_journal_after_a_crash(tmp_path: Path, words: tuple[str, ...]) -> None:
    mine = study(tmp_path / "mine.sibtui", "A", "B")
    crash(mine, *words)
    assert (tmp_path / "mine.sibtui-journal").stat().st_size > 0
    assert foreign_log(mine) == ""
    assert labels(mine) == ["A", "B"]


def test_the_journal_of_an_older_copy_is_refused(tmp_path: Path) -> None:
    """The first page, which counts the transactions, is in the journal of a transaction that changes the schema or commits."""
    mine = study(tmp_path / "mine.sibtui", "A")
    copy = tmp_path / "copy.sibtui"
    shutil.copy(mine, copy)
    crash(copy, "schema")
    with Project.open(mine) as project:
        project.cases.add("B")
        project.cases.add("C")
    shutil.copy(f"{copy}-journal", f"{mine}-journal")
    with pytest.raises(StudyFileError, match="older copy"):
        Project.open(mine)


@pytest.mark.parametrize("other_is_study", [True, False], ids=["of a study", "of a database"])
def test_the_write_ahead_log_of_another_database_is_refused(tmp_path: Path, *, other_is_study: bool) -> None:
    mine, other = study(tmp_path / "mine.sibtui", "A"), tmp_path / "other.sibtui"
    with closing(sqlite3.connect(mine)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    if other_is_study:
        crash(study(other, "X"), "wal")
    else:
        with closing(sqlite3.connect(other)) as connection:
            connection.execute("CREATE TABLE x (y)")
        crash(other, "wal", "schema")
    shutil.copy(f"{other}-wal", f"{mine}-wal")
    before = mine.read_bytes()
    with pytest.raises(StudyFileError, match="the write-ahead log of another database"):
        Project.open(mine)
    assert mine.read_bytes() == before


def test_a_study_uses_its_own_write_ahead_log_after_a_crash(tmp_path: Path) -> None:
    mine = study(tmp_path / "mine.sibtui", "A", "B")
    crash(mine, "wal")
    assert foreign_log(mine) == ""
    with Project.open(mine) as project:
        assert project.study.description == "z" * 300_000


@pytest.mark.parametrize("salts", [b"earlier!", b""], ids=["of an earlier log", "of no commit"])
def test_frames_after_the_last_commit_of_a_write_ahead_log_are_ignored(tmp_path: Path, salts: bytes) -> None:
    mine = study(tmp_path / "mine.sibtui", "A")
    crash(mine, "wal")
    log = mine.with_name("mine.sibtui-wal")
    content = log.read_bytes()
    pages = 1 if salts else 0
    log.write_bytes(content + struct.pack(">II", 1, pages) + (salts or content[16:24]) + bytes(8 + 4096))
    assert foreign_log(mine) == ""


def test_a_journal_without_pages_of_a_database_of_another_size_is_refused(tmp_path: Path) -> None:
    """SQLite would cut the study to that size."""
    mine = study(tmp_path / "mine.sibtui", "A")
    pages = mine.stat().st_size // 4096
    for size, suffix in ((pages, ""), (pages - 1, "-journal")):
        header = struct.pack(">8sIIIII", foreign_logs._JOURNAL, 0, 0, size, 512, 4096)
        mine.with_name("mine.sibtui-journal").write_bytes(header.ljust(512, b"\0"))
        assert foreign_log(mine) == suffix


def test_each_part_of_a_journal_is_read_from_the_start_of_a_sector() -> None:
    def part(*pages: int) -> bytes:
        header = struct.pack(">8sIIIII", foreign_logs._JOURNAL, len(pages), 0, 9, 512, 512).ljust(512, b"\0")
        whole = header + b"".join(struct.pack(">I", page) + bytes([page]) * 512 + bytes(4) for page in pages)
        return whole.ljust(-(-len(whole) // 512) * 512, b"\0")

    found = dict(foreign_logs._journaled(part(1, 2) + part(3), 512, 512))
    assert found == {page: bytes([page]) * 512 for page in (1, 2, 3)}


@pytest.mark.parametrize("words", [(), ("schema",)], ids=["rows", "schema"])
def test_a_study_opens_while_another_program_changes_it(tmp_path: Path, words: tuple[str, ...]) -> None:
    mine = study(tmp_path / "mine.sibtui", "A")
    with subprocess.Popen(
        [sys.executable, "-c", CRASHING, mine, "wait", *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"ready\n"
        assert (tmp_path / "mine.sibtui-journal").exists()
        assert foreign_log(mine) == ""
        writer.kill()
    assert labels(mine) == ["A"]


def test_the_check_for_foreign_logs_does_not_open_a_file_that_is_open_already(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing a file releases the locks that the process holds on it."""
    mine = study(tmp_path / "mine.sibtui", "A")
    (tmp_path / "mine.sibtui-journal").write_bytes(b"")
    monkeypatch.setattr("sibtui.store.foreign_logs.foreign_log", lambda _: "-journal")
    with pytest.raises(StudyFileError):
        Project.open(mine)
    (tmp_path / "mine.sibtui-journal").unlink()
    with Project.open(mine):
        (tmp_path / "mine.sibtui-journal").write_bytes(b"")
        with Project.open(mine) as again:
            assert again.cases.list()
    with pytest.raises(StudyFileError):
        Project.open(mine)
