"""Files are written whole or not at all, and never over another unless forced."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError
from sibtui.project import Project
from sibtui.project.exporting.safe_write import whole_file, write_file, write_folder

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
    with pytest.raises(InputError, match="There is no folder"), whole_file(tmp_path / "a" / "b"):
        pass


def test_folder_in_a_missing_folder_is_refused_like_a_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="There is no folder"):
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


def test_incomplete_files_of_a_killed_process_are_removed_by_the_next_write(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = [
        tmp_path / f".a.csv.{gone.pid}-abc.part",  # removed
        tmp_path / f".a.csv.{gone.pid}-abc.part-journal",  # removed
        tmp_path / f".a.csv.{os.getpid()}-abc.part",  # its process runs
        tmp_path / f".b.csv.{gone.pid}-abc.part",  # of another file, removed too
        tmp_path / f".a.csv.{gone.pid}-new.part",  # written to just now, by another machine perhaps
    ]
    for path in left:
        path.write_text("interview text")
        if "new" not in path.name:
            os.utime(path, (0, 0))
    write_file(tmp_path / "a.csv", ["a"])
    assert [path.exists() for path in left] == [False, False, True, False, True]
