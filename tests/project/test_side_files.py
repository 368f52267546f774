"""Left-over side files of another database do not reach a new one; a write-ahead log is written back or refused."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from sibtui import Project, cli
from sibtui.errors import ConflictError, StudyFileError
from sibtui.project.exporting.safe_write import whole_file, write_file
from sibtui.project.importing.study_folder_reader import read_folder, sample_folder

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "an interview of another study"


def leave(kind: str, name: Path) -> None:
    """Leave the side files of a study with `WORDS` in it beside `name`, as a crash leaves them."""
    old = name.with_name("old.sibtui")
    with Project.create(old) as study:
        study.cases.add("old")
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        if kind == "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN")
        connection.execute("CREATE TABLE filler AS SELECT zeroblob(100000) AS x")
        connection.execute("UPDATE history SET replaying = 1")
        connection.execute(f"UPDATE project SET name = 'old', description = '{WORDS}'")
        if kind == "wal":
            connection.execute("COMMIT")
        for ending in ("-journal", "-wal", "-shm"):
            side = old.with_name(old.name + ending)
            if side.exists() and side.stat().st_size:
                shutil.copy(side, name.with_name(name.name + ending))
    old.unlink()
    assert name.with_name(f"{name.name}-{kind}").stat().st_size > 4096


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir() if path.stem in file.name)


@pytest.mark.parametrize("kind", ["wal", "journal"])
@pytest.mark.parametrize("force", [False, True], ids=["new", "over an older study"])
@pytest.mark.parametrize(
    "command", ["new", *(pytest.param(each, marks=pytest.mark.slow) for each in ("new --from", "demo --into"))]
)
def test_a_new_study_ignores_the_side_files_of_another(
    tmp_path: Path, command: str, kind: str, *, force: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    name = tmp_path / "fresh.sibtui"
    if force:
        Project.create(name).close()
    leave(kind, name)
    words = {
        "new": ["new", name],
        "new --from": ["new", name, "--from", sample_folder()],
        "demo --into": ["demo", "--into", name],
    }
    status = cli.run([str(word) for word in (*words[command], *(["--force"] if force else []))])
    assert status == 0, capsys.readouterr().err
    assert beside(name) == ["fresh.sibtui"]
    assert WORDS.encode() not in name.read_bytes()
    with Project.open(name) as study:
        assert not [finding for finding in study.check() if finding.kind == "damage"]
        assert bool(study.sources.list()) == (command != "new")


@pytest.mark.parametrize("kind", ["wal", "journal"])
@pytest.mark.parametrize("force", [False, True])
def test_a_new_study_in_python_ignores_the_side_files_of_another(tmp_path: Path, kind: str, *, force: bool) -> None:
    name = tmp_path / "fresh.sibtui"
    if force:
        Project.create(name).close()
    leave(kind, name)
    with Project.create(name, name="mine", force=force) as study:
        assert study.study.name == "mine"
        assert study.sources.list() == []
        assert study.check() == []
    assert beside(name) == ["fresh.sibtui"]


def test_a_new_study_through_a_link_ignores_the_side_files_of_another(tmp_path: Path) -> None:
    name, link = tmp_path / "fresh.sibtui", tmp_path / "link.sibtui"
    Project.create(name).close()
    link.symlink_to(name)
    leave("wal", name)
    with Project.create(link, name="mine", force=True) as study:
        assert study.sources.list() == []
    assert beside(name) == ["fresh.sibtui"]


@pytest.mark.parametrize("kind", ["wal", "journal"])
def test_an_export_of_flat_tables_ignores_the_side_files_of_another_database(tmp_path: Path, kind: str) -> None:
    name = tmp_path / "flat.sqlite"
    leave(kind, name)
    with Project.create(tmp_path / "fresh.sibtui", draft=read_folder(sample_folder())) as study:
        study.exports.sqlite(name)
    assert beside(name) == ["flat.sqlite"]
    with closing(sqlite3.connect(name)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM sources").fetchone()[0] > 10


def test_an_export_of_another_format_leaves_files_whose_names_end_like_side_files(tmp_path: Path) -> None:
    (tmp_path / "out.csv-journal").write_text("mine")
    write_file(tmp_path / "out.csv", ["a"])
    assert beside(tmp_path / "out.csv") == ["out.csv", "out.csv-journal"]


def test_side_files_are_restored_if_the_new_file_cannot_get_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = tmp_path / "fresh.sibtui"
    leave("journal", name)
    left = name.with_name("fresh.sibtui-journal").read_bytes()

    def taken(*_: object) -> None:
        raise FileExistsError

    with monkeypatch.context() as patched:
        patched.setattr("os.link", taken)
        with pytest.raises(ConflictError, match="already exists"):
            Project.create(name)
    assert beside(tmp_path / "fresh") == ["fresh.sibtui-journal"]
    assert name.with_name("fresh.sibtui-journal").read_bytes() == left


def test_the_journal_of_a_study_that_appears_meanwhile_is_not_removed(tmp_path: Path) -> None:
    name = tmp_path / "fresh.sibtui"

    def meanwhile() -> None:
        with whole_file(name) as aside:
            with closing(sqlite3.connect(aside)) as connection:
                connection.execute("CREATE TABLE t (x)")
            name.write_text("theirs")
            name.with_name("fresh.sibtui-journal").write_text("theirs")

    with pytest.raises(ConflictError, match="already exists"):
        meanwhile()
    assert beside(name) == ["fresh.sibtui", "fresh.sibtui-journal"]


def to_log(path: Path) -> sqlite3.Connection:
    """Put a study in write-ahead mode with SQLite alone; a row of it is in the log only."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(
        "INSERT INTO acts (at, coder, verb, summary, first_image, last_image) VALUES ('', '', '', 'logged', 1, 0)"
    )
    return connection


def test_a_study_in_write_ahead_mode_becomes_one_file_again(project: Project) -> None:
    path = project.path
    project.close()
    connection = to_log(path)
    shutil.copy(path, path.with_name("copy.sibtui"))
    shutil.copy(f"{path}-wal", path.with_name("copy.sibtui-wal"))
    connection.close()
    with Project.open(path.with_name("copy.sibtui")) as study:
        assert study.read_only == ""
        assert study.history.list()[0].summary == "logged"
        study.cases.add("one more")
        assert beside(path.with_name("copy.sibtui")) == ["copy.sibtui"]
    assert path.with_name("copy.sibtui").read_bytes()[18:20] == b"\1\1"


def test_a_study_whose_log_another_program_holds_can_be_read_but_not_changed(project: Project) -> None:
    path = project.path
    project.close()
    with closing(to_log(path)):
        with Project.open(path) as study:
            assert study.history.list()[0].summary == "logged"
            for change in (lambda: study.cases.add("one more"), study.history.undo):
                with pytest.raises(
                    StudyFileError, match="in SQLite's write-ahead mode and another program has it open"
                ):
                    change()
        listed, added = (
            subprocess.run(
                [sys.executable, "-m", "sibtui", "-p", path, *words],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
            for words in (["case", "list"], ["case", "add", "one more"])
        )
    assert (listed.returncode, added.returncode) == (0, 1)
    assert (
        listed.stderr.count(b"can be read but not changed") == added.stderr.count(b"can be read but not changed") == 1
    )
    with Project.open(path) as study:
        study.cases.add("one more")


def test_a_foreign_log_beside_a_study_is_refused_and_kept(tmp_path: Path) -> None:
    name = tmp_path / "fresh.sibtui"
    leave("wal", name)
    logs = {path: path.read_bytes() for path in tmp_path.iterdir()}
    with Project.create(tmp_path / "other.sibtui", name="restored"):
        shutil.copy(tmp_path / "other.sibtui", name)
    with pytest.raises(
        StudyFileError, match=r"Beside .*fresh.sibtui is fresh.sibtui-wal, the write-ahead log of another database"
    ):
        Project.open(name)
    assert {path: path.read_bytes() for path in logs} == logs
    name.with_name("fresh.sibtui-wal").unlink()
    with Project.open(name) as study:
        assert study.study.name == "restored"
