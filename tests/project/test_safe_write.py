"""Files are written whole or not at all, and never over another unless forced."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError
from sibtui.project import Project
from sibtui.project.exporting import whole_folder
from sibtui.project.exporting.safe_write import private_folder, whole_file, write_file
from sibtui.project.exporting.whole_folder import refuse_unfinished, write_folder
from sibtui.store import part_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class StopError(Exception):
    """An error while a file is written."""


def broken() -> Iterator[str]:
    yield "half"
    raise StopError


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_is_written_whole_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    write_file(tmp_path / "out.csv", ["é\ud800", "b"])
    assert (tmp_path / "out.csv").read_bytes() == "é".encode() + b"\xed\xa0\x80b"
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o600
    assert names(tmp_path) == ["out.csv"]


def test_an_existing_file_is_overwritten_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old")
    with pytest.raises(ConflictError, match="already exists"):
        write_file(path, ["new"])
    assert path.read_text() == "old"
    write_file(path, [b"new"], force=True)
    assert path.read_text() == "new"


def test_a_file_that_appears_meanwhile_is_left(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"

    def chunks() -> Iterator[str]:
        path.write_text("theirs")
        yield "ours"

    with pytest.raises(ConflictError, match="already exists"):
        write_file(path, chunks())
    assert (path.read_text(), names(tmp_path)) == ("theirs", ["out.csv"])


def test_a_file_is_written_where_there_are_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    write_file(tmp_path / "out.csv", ["text"])
    assert names(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("force", [False, True])
def test_a_write_that_fails_half_way_keeps_the_old_file(tmp_path: Path, force: bool) -> None:
    path = tmp_path / "out.csv"
    if force:
        path.write_text("old")
    with pytest.raises(StopError):
        write_file(path, broken(), force=force)
    assert names(tmp_path) == (["out.csv"] if force else [])
    assert not force or path.read_text() == "old"


def test_a_file_is_not_written_over_a_folder_or_into_a_missing_one(tmp_path: Path) -> None:
    with pytest.raises(ConflictError, match="is a folder"):
        write_file(tmp_path, ["x"], force=True)
    with pytest.raises(InputError, match="there is no folder"), whole_file(tmp_path / "a" / "b"):
        pass


def test_folder_in_a_missing_folder_is_refused_like_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no folder"):
        write_folder(tmp_path / "a" / "b", [("study.toml", b"a")], ())
    assert not (tmp_path / "a").exists()


def test_only_the_owner_can_read_a_written_folder_and_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "study"
    assert write_folder(folder, [("study.toml", b"a"), ("notes/1.md", b"b")], ()) == 2
    assert names(folder) == ["notes/1.md", "study.toml"]
    assert (folder / "notes/1.md").stat().st_mode & 0o777 == 0o600
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_folder_with_contents_needs_force_and_keeps_foreign_files(tmp_path: Path) -> None:
    write_folder(tmp_path / "s", [("notes/1.md", b"1"), ("notes/2.md", b"2")], ())
    (tmp_path / "s" / "README.md").write_text("mine")
    with pytest.raises(ConflictError, match="already exists"):
        write_folder(tmp_path / "s", [("notes/1.md", b"x")], ("notes/*",))
    write_folder(tmp_path / "s", [("notes/1.md", b"x")], ("notes/*",), force=True)
    assert names(tmp_path / "s") == ["README.md", "notes/1.md"]
    assert (tmp_path / "s" / "notes/1.md").read_bytes() == b"x"


def test_a_folder_that_fails_half_way_keeps_its_old_files(tmp_path: Path) -> None:
    write_folder(tmp_path / "s", [("a", b"old")], ())

    def files() -> Iterator[tuple[str, bytes]]:
        yield "a", b"new"
        raise StopError

    with pytest.raises(StopError):
        write_folder(tmp_path / "s", files(), ("*",), force=True)
    assert names(tmp_path / "s") == ["a"]
    assert (tmp_path / "s" / "a").read_bytes() == b"old"


def test_a_folder_is_not_written_over_a_file(tmp_path: Path) -> None:
    (tmp_path / "s").write_text("a file")
    with pytest.raises(ConflictError, match="already exists"):
        write_folder(tmp_path / "s", [], ())
    with pytest.raises(InputError, match="Cannot write"):
        write_folder(tmp_path / "s", [], (), force=True)


def test_a_study_is_not_overwritten_by_an_export_even_by_force(tmp_path: Path) -> None:
    path = tmp_path / "study.sibtui"
    Project.create(path).close()
    before = path.read_bytes()
    with pytest.raises(ConflictError, match="is a study"):
        write_file(path, ["row,SIB A\n"], force=True)
    assert path.read_bytes() == before
    Project.create(path, force=True).close()


def test_a_link_is_followed_and_a_file_that_is_replaced_keeps_who_may_read_it(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    target.chmod(0o640)
    link.symlink_to(target)
    write_file(link, ["new"], force=True)
    assert link.is_symlink()
    assert target.read_text() == "new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_writing_to_a_device_does_not_replace_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_file(pipe, ["some", "thing"])
        assert os.read(reader, 100) == b"something"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_file_has_no_name_while_it_is_written(tmp_path: Path) -> None:
    seen: list[list[str]] = []

    def chunks() -> Iterator[str]:
        yield "interview text"
        seen.append(names(tmp_path))

    write_file(tmp_path / "a.csv", chunks())
    write_file(tmp_path / "a.csv", chunks(), force=True)
    assert seen == [[], ["a.csv"]]
    assert names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize("force", [False, True])
def test_a_file_gets_its_name_where_unnamed_files_cannot_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
) -> None:
    link = os.link

    def refuse(source: object, target: object) -> None:
        if str(source).startswith("/proc"):
            raise FileNotFoundError
        link(source, target)

    monkeypatch.setattr(os, "link", refuse)
    write_file(tmp_path / "a.csv", ["text"], force=force)
    assert (names(tmp_path), (tmp_path / "a.csv").read_text()) == (["a.csv"], "text")
    assert (tmp_path / "a.csv").stat().st_mode & 0o777 == 0o600


def test_a_file_is_written_where_the_system_has_no_unnamed_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(os, "O_TMPFILE")
    write_file(tmp_path / "a.csv", ["text"])
    assert (names(tmp_path), (tmp_path / "a.csv").read_text()) == (["a.csv"], "text")


def ended_process() -> int:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    return gone.pid


def test_incomplete_files_of_ended_processes_are_removed(tmp_path: Path) -> None:
    gone, here, other = ended_process(), part_files._machine(), "0123abcd"
    left = {
        f".a.csv.{here}-{gone}-abc.part": False,
        f".a.csv.{here}-{gone}-abc.part-journal": False,
        f".b.csv.{here}-{gone}-abc.part": False,  # of another file
        f".a.csv.{here}-{os.getpid()}-abc.part": True,  # its process runs
        f".a.csv.{other}-{os.getpid()}-old.part": False,  # of another machine, abandoned
        f".a.csv.{other}-{gone}-new.part": True,  # another machine may be writing it
        f"a.csv.{here}-{gone}-abc.part": True,  # of another program
        f".{here}-{gone}-abc.part": True,
    }
    for name in left:
        (tmp_path / name).write_text("interview text")
        if "new" not in name:
            os.utime(tmp_path / name, (0, 0))
    (tmp_path / f".s.{here}-{gone}-abc.part").mkdir()
    (tmp_path / f".s.{here}-{gone}-abc.part" / "a.md").write_text("interview text")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a.md").write_text("kept")
    link = tmp_path / f".l.{here}-{gone}-abc.part"
    link.symlink_to(tmp_path / "folder")
    write_file(tmp_path / "a.csv", ["a"])
    assert {name: (tmp_path / name).exists() for name in left} == left
    assert not link.is_symlink()
    assert (tmp_path / "folder" / "a.md").exists()
    assert not (tmp_path / f".s.{here}-{gone}-abc.part").exists()


def test_opening_and_checking_a_study_remove_incomplete_files(tmp_path: Path) -> None:
    gone, here = ended_process(), part_files._machine()
    path = tmp_path / "study.sibtui"
    Project.create(path).close()
    left, inside = (
        folder / f".a.csv.{here}-{gone}-abc.part" for folder in (tmp_path, tmp_path / "study.sibtui.backups")
    )
    inside.parent.mkdir()
    for part in (left, inside):
        part.write_text("interview text")
    with Project.open(path) as study:
        assert (left.exists(), inside.exists()) == (False, True)
        study.check()
    assert not inside.exists()


def test_only_a_few_entries_of_a_large_folder_are_checked_on_opening(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[object] = []
    monkeypatch.setattr(part_files, "_remove_abandoned", lambda *part: looked.append(part))
    for number in range(20):
        (tmp_path / f".a.csv.0123abcd-{number}-abc.part").touch()
    part_files.sweep(tmp_path, 7)
    assert len(looked) == 7


def test_a_sweep_for_one_name_keeps_the_incomplete_files_of_longer_names(tmp_path: Path) -> None:
    for name in ("sibtui", "sibtui.csv", "sibtui.0123abcd-1-b"):
        part = tmp_path / f".{name}.0123abcd-1-abc.part"
        part.touch()
        os.utime(part, (0, 0))
    part_files.sweep(tmp_path, of="sibtui")
    kept = [".sibtui.0123abcd-1-b.0123abcd-1-abc.part", ".sibtui.csv.0123abcd-1-abc.part"]
    assert sorted(path.name for path in tmp_path.iterdir()) == kept
    part_files.sweep(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_long_name_has_an_incomplete_file_too(tmp_path: Path) -> None:
    with whole_file(tmp_path / ("ж" * 125 + ".txt")) as aside:
        assert len(aside.name.encode()) < 255


def test_a_folder_with_only_written_files_is_replaced_as_a_whole(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    write_folder(folder, [("notes/1.md", b"1"), ("a.toml", b"1")], ("notes/*", "a.toml"))
    folder.chmod(0o750)
    before = folder.stat().st_ino
    write_folder(folder, [("notes/2.md", b"2")], ("notes/*", "a.toml"), force=True)
    assert names(folder) == ["notes/2.md"]
    assert folder.stat().st_ino != before
    assert folder.stat().st_mode & 0o777 == 0o750
    assert [path.name for path in tmp_path.iterdir()] == ["s"]


def test_a_folder_is_replaced_where_names_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_folder, "_exchange", lambda *_: False)
    write_folder(tmp_path / "s", [("notes/1.md", b"1")], ("notes/*",))
    write_folder(tmp_path / "s", [("notes/2.md", b"2")], ("notes/*",), force=True)
    assert names(tmp_path) == ["s/notes/2.md"]


@pytest.mark.parametrize("foreign", [".git/config", "notes/more/a.md", "README.md"])
def test_a_folder_with_other_files_is_not_replaced(tmp_path: Path, foreign: str) -> None:
    folder = tmp_path / "s"
    write_folder(folder, [("notes/1.md", b"1")], ("notes/*",))
    (folder / foreign).parent.mkdir(exist_ok=True)
    (folder / foreign).write_text("theirs")
    before = folder.stat().st_ino
    write_folder(folder, [("notes/2.md", b"2")], ("notes/*",), force=True)
    assert names(folder) == sorted([foreign, "notes/2.md"])
    assert folder.stat().st_ino == before


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_a_folder_whose_files_were_replaced_in_part_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: int
) -> None:
    folder, files = tmp_path / "s", [("notes/1.md", b"new"), ("notes/2.md", b"new")]
    write_folder(folder, [("notes/1.md", b"old"), ("notes/2.md", b"old"), ("notes/3.md", b"old")], ("notes/*",))
    (folder / "README.md").write_text("theirs")
    refuse_unfinished(folder)
    moves = iter([*range(moved)])

    def move(path: Path, target: Path) -> None:
        if next(moves, None) is None:
            raise StopError
        os.rename(path, target)  # noqa: PTH104 - `Path.replace` is patched

    with monkeypatch.context() as patched:
        patched.setattr(type(folder), "replace", move)
        patched.setattr(type(folder), "glob", lambda path, _pattern: move(path, path))
        with pytest.raises(StopError):
            write_folder(folder, files, ("notes/*",), force=True)
    if moved:
        message = "did not end, so old and new files are mixed in it: export the study again"
        with pytest.raises(InputError, match=message):
            refuse_unfinished(folder)
    else:
        refuse_unfinished(folder)
    write_folder(folder, files, ("notes/*",), force=True)
    refuse_unfinished(folder)
    assert names(folder) == ["README.md", "notes/1.md", "notes/2.md"]
    assert {path.read_bytes() for path in (folder / "notes").iterdir()} == {b"new"}


def test_a_folder_that_is_the_current_folder_of_the_process_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "s"
    write_folder(folder, [("notes/1.md", b"1")], ("notes/*",))
    monkeypatch.chdir(folder / "notes")
    before = folder.stat().st_ino
    write_folder(folder, [("notes/2.md", b"2")], ("notes/*",), force=True)
    assert (folder.stat().st_ino, names(folder)) == (before, ["notes/2.md"])


def test_an_interrupted_folder_leaves_nothing_and_can_be_written_again(tmp_path: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield "notes/1.md", b"1"
        assert not (tmp_path / "s").exists()
        raise StopError

    with pytest.raises(StopError):
        write_folder(tmp_path / "s", files(), ("notes/*",))
    assert names(tmp_path) == []
    assert write_folder(tmp_path / "s", [("notes/1.md", b"1")], ("notes/*",)) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from sibtui.project.exporting.safe_write import write_file
from sibtui.project.exporting.whole_folder import refuse_unfinished, write_folder

def killed(kind, after):
    for number in range(10):
        if number == after:
            os.kill(os.getpid(), signal.SIGKILL)
        yield f"interview text {number}" if kind == "file" else (f"notes/{number}.md", b"interview text")

kind, after, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
if kind == "file":
    write_file(folder / "a.csv", killed(kind, after), force=True)
else:
    write_folder(folder / "s", killed(kind, after), ("notes/*",), force=True)
"""


@pytest.mark.slow
@pytest.mark.parametrize("after", [0, 1, 5, 9])
@pytest.mark.parametrize("kind", ["file", "folder"])
@pytest.mark.parametrize("existing", [False, True])
def test_a_killed_export_leaves_the_old_state_and_no_interview_text(
    tmp_path: Path, kind: str, after: int, existing: bool
) -> None:
    if existing:
        write_file(tmp_path / "a.csv", ["old"])
        write_folder(tmp_path / "s", [("notes/old.md", b"old")], ("notes/*",))
    before = names(tmp_path)
    done = subprocess.run([sys.executable, "-c", KILLED, kind, str(after), str(tmp_path)], check=False)
    assert done.returncode == -9
    assert kind == "folder" or names(tmp_path) == before
    part_files.sweep(tmp_path)
    assert names(tmp_path) == before
    if kind == "folder":
        write_folder(tmp_path / "s", [("notes/1.md", b"1")], ("notes/*",), force=existing)
        assert names(tmp_path / "s") == ["notes/1.md"]


_KILLED = """
import os, signal
from sibtui.project.exporting.safe_write import private_folder
with private_folder() as folder:
    (folder / "notes").write_text("They never asked.")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_temporary_folder_of_a_killed_process_is_removed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "notes.txt").write_text("Of another program.")
    subprocess.run([sys.executable, "-c", _KILLED], env=os.environ | {"TMPDIR": str(tmp_path)}, check=False)
    assert len(names(tmp_path)) == 2
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with private_folder() as folder, private_folder() as other:
        assert folder.stat().st_mode & 0o777 == 0o700
        assert {folder, other} < set(tmp_path.iterdir())
        assert names(tmp_path) == ["notes.txt"]
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
