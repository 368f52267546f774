"""Full disks, errors of a disk, second writers and left logs: the study stays sound, and a sentence names the reason."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import traceback
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import SibtuiError, StudyFileError

from .commands import CHANGES, EXPORTS, STEPS, fork, in_child, make_scene, problems, run_command, state

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .figures import Figures

pytestmark = pytest.mark.slow
PAGE = 4096


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_scene(tmp_path_factory.mktemp("disk") / "scene").folder


@pytest.fixture(scope="module")
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A disk of 3 MB in memory. Only root can mount one."""
    disk = tmp_path_factory.mktemp("small-disk")
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def filled(scene: Path, disk: Path, free: int) -> Path:
    """Copy the scene to the disk and leave this many bytes free."""
    for item in disk.iterdir():
        shutil.rmtree(item) if item.is_dir() else item.unlink()
    folder = shutil.copytree(scene, disk / "scene")
    space = os.statvfs(disk)
    rest = space.f_bavail * space.f_frsize - free
    with (disk / "filler").open("wb") as filler:
        filler.write(bytes(max(0, rest)))
    return folder


@pytest.mark.parametrize("command", [*CHANGES, *EXPORTS])
def test_a_full_disk_loses_nothing_at_any_step(scene: Path, small_disk: Path, command: str, figures: Figures) -> None:
    before = state(scene / "study.sibtui")
    after = None
    for pages in (*range(0, 24, 2), 32, 48, 64, 96, 128, 192, 256):
        folder = filled(scene, small_disk, pages * PAGE)
        ended = in_child(folder, lambda _: run_command(command))
        found = state(folder / "study.sibtui")
        assert problems(folder / "study.sibtui") == []
        assert "Traceback" not in ended.message
        assert "unexpected error" not in ended.message, (pages, ended.message)
        if ended.status == 0:
            if command in CHANGES:
                assert found != before
            assert after in (None, found)
            after = found
            continue
        assert ended.status == 1
        assert any(words in ended.message for words in ("no room left", "No space left", "disk I/O")), ended.message
        assert found == before, pages
        figures.add("full disks")
    assert after is not None, ended.message


@pytest.mark.parametrize("command", [*CHANGES, *EXPORTS])
def test_a_file_that_cannot_grow_loses_nothing(scene: Path, tmp_path: Path, command: str, figures: Figures) -> None:
    before = state(scene / "study.sibtui")
    size = (scene / "study.sibtui").stat().st_size
    for number, limit in enumerate((0, PAGE, 5 * PAGE, size - PAGE, size, size + PAGE, size + 4 * PAGE)):
        folder = shutil.copytree(scene, tmp_path / str(number))

        def limited(_: Callable[[int], None], limit: int = limit) -> int:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            return run_command(command)

        ended = in_child(folder, limited)
        assert problems(folder / "study.sibtui") == []
        assert "unexpected error" not in ended.message, (limit, ended.message)
        assert ended.status in (0, 1)
        if ended.status:
            assert state(folder / "study.sibtui") == before
            assert ended.message.startswith("sibtui: ")
            figures.add("errors of the disk")
        shutil.rmtree(folder)


@pytest.mark.parametrize("command", EXPORTS)
def test_an_error_of_the_disk_ends_an_export_with_a_sentence(
    scene: Path, tmp_path: Path, command: str, figures: Figures
) -> None:
    study = (scene / "study.sibtui").read_bytes()
    for step in range(1, 12):
        folder = shutil.copytree(scene, tmp_path / str(step))

        def failing(_: Callable[[int], None], step: int = step, folder: Path = folder) -> int:
            fail_at(step, folder)
            return run_command(command)

        ended = in_child(folder, failing)
        assert ended.status in (0, 1), ended.message
        assert "unexpected error" not in ended.message, ended.message
        assert (folder / "study.sibtui").read_bytes() == study
        figures.add("errors of the disk")
        shutil.rmtree(folder)


def fail_at(step: int, folder: Path) -> None:
    """Let the change of the file system with this number in the folder fail, from now on in this process."""
    counted = Counter[str]()

    def audited(event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and any(str(argument).startswith((str(folder), "out", "again")) for argument in arguments):
            counted["all"] += 1
            if counted["all"] == step:
                raise OSError(errno.EIO, os.strerror(errno.EIO), str(arguments[0]))

    sys.addaudithook(audited)


def test_two_writers_lose_no_change_that_was_acknowledged(scene: Path, tmp_path: Path, figures: Figures) -> None:
    folder = shutil.copytree(scene, tmp_path / "scene")
    with Project.open(folder / "study.sibtui") as study:
        there = len(study.history.list())
    writers = [writer(folder, name, 150) for name in "abc"]
    os.kill(writers[2], signal.SIGKILL)
    for pid in writers:
        os.waitpid(pid, 0)
    acknowledged = {name: (folder / name).read_text().split() for name in "abc" if (folder / name).exists()}
    assert len(acknowledged["a"]) == len(acknowledged["b"]) == 150
    with Project.open(folder / "study.sibtui") as study:
        labels = {case.label for case in study.cases.list()}
        acts = len(study.history.list())
        assert [finding for finding in study.check() if finding.kind == "damage"] == []
    assert labels >= {label for written in acknowledged.values() for label in written}
    assert there + 300 <= acts <= there + 450
    assert problems(folder / "study.sibtui") == []
    figures.add("changes of two writers", acts - there)


def writer(folder: Path, name: str, changes: int) -> int:
    """Fork a process that makes many changes, and notes each one when it has returned."""
    child = fork()
    if child:
        return child
    status = 1
    try:
        with Project.open(folder / "study.sibtui", coder=name) as study, (folder / name).open("w") as written:
            study.wait_at_most(60)
            for number in range(changes):
                study.cases.add(f"{name}{number}")
                written.write(f"{name}{number}\n")
                written.flush()
        status = 0
    except SibtuiError:
        traceback.print_exc()
    finally:
        os._exit(status)


WAL = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("BEGIN")
connection.execute("UPDATE history SET replaying = 1")
connection.execute("UPDATE sources SET title = 'By another program' WHERE name = 'a1'")
connection.execute("UPDATE history SET replaying = 0")
connection.execute("COMMIT")
os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("damage", ["none", "cut", "flipped", "emptied", "no index"])
def test_a_log_that_another_program_left_is_taken_in_or_refused(scene: Path, tmp_path: Path, damage: str) -> None:
    folder = shutil.copytree(scene, tmp_path / "scene")
    path = folder / "study.sibtui"
    assert subprocess.run([sys.executable, "-c", WAL, str(path)], check=False).returncode == -9
    log = folder / "study.sibtui-wal"
    data = log.read_bytes()
    assert data
    if damage == "cut":
        log.write_bytes(data[: len(data) // 2])
    elif damage == "flipped":
        log.write_bytes(bytes(byte ^ (number % 97 == 0) for number, byte in enumerate(data)))
    elif damage == "emptied":
        log.write_bytes(b"")
    elif damage == "no index":
        (folder / "study.sibtui-shm").unlink(missing_ok=True)
    titles = {"By another program"} | ({"Investor"} if damage in ("cut", "flipped", "emptied") else set())
    with suppress(StudyFileError), Project.open(path) as study:
        assert study.sources.get("a1").title in titles
        damage_found = [finding for finding in study.check() if finding.kind == "damage" and finding.what != "history"]
        assert damage_found == []  # the seals of the history show that another program changed a row
        study.cases.add("Later")
        assert not log.exists()
        return
    assert damage in ("cut", "flipped", "emptied")


def test_every_changed_part_of_a_schema_is_refused_with_a_sentence(
    scene: Path, tmp_path: Path, figures: Figures
) -> None:
    """A hostile schema could run SQL of its own at the next change."""
    with sqlite3.connect(scene / "study.sibtui") as connection:
        parts = connection.execute("SELECT rowid, name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    connection.close()
    for row, name, sql in parts:
        path = Path(shutil.copy(scene / "study.sibtui", tmp_path / "hostile.sibtui"))
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA writable_schema = ON")
        changed = (
            sql.replace(" BEGIN ", " BEGIN DELETE FROM codings; ", 1) if " BEGIN " in sql else sql + " -- and more"
        )
        connection.execute("UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", (changed, row))
        connection.close()
        if name.startswith(("_sqlite", "sqlite_")):
            continue
        with pytest.raises(SibtuiError) as refused:
            Project.open(path)
        assert str(refused.value).endswith("."), name
        figures.add("hostile schemas")
