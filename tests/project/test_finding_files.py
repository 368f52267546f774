"""Which files of a folder an import finds, and in which order."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError
from sibtui.project.importing.files import find_files

if TYPE_CHECKING:
    from pathlib import Path

FILES = (
    "b.txt",
    "B.md",
    "a/z.txt",
    "a/b/c.txt",
    "a.b/x.txt",
    "c/1.txt",
    ".hidden.txt",
    ".git/x.txt",
    "~$b.txt",
    "picture.jpg",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        file = tmp_path / "notes" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("Words.\n", encoding="utf-8")
    return tmp_path / "notes"


def names(folder: Path) -> list[str]:
    return [file.relative_to(folder).as_posix() for file in find_files(folder).files]


def test_files_come_in_the_order_of_their_names_before_those_of_subfolders(folder: Path) -> None:
    assert names(folder) == ["B.md", "b.txt", "a/z.txt", "a/b/c.txt", "a.b/x.txt", "c/1.txt"]
    assert find_files(folder).messages == (f"1 other file in {folder} left alone (.jpg).",)


def test_only_links_to_files_in_the_folder_are_found(folder: Path) -> None:
    (folder.parent / "secret.txt").write_text("Not for the study.\n", encoding="utf-8")
    for link, target in (
        ("d-outside.txt", folder.parent / "secret.txt"), ("d-nowhere.txt", "nowhere.txt"), ("d-itself.txt", "d-itself.txt"),
        ("d-folder", folder.parent), ("d-folder.txt", "a"), ("d-inside.txt", "a/z.txt"),
    ):  # fmt: skip
        (folder / link).symlink_to(target)
    assert names(folder) == ["B.md", "b.txt", "d-inside.txt", "a/z.txt", "a/b/c.txt", "a.b/x.txt", "c/1.txt"]
    assert find_files(folder).messages == (f"4 other files in {folder} left alone (.jpg and .txt).",)


def test_a_subfolder_that_cannot_be_listed_is_named(folder: Path) -> None:
    looks = iter((None, folder / "a"))

    def look() -> None:
        if (removed := next(looks)) is not None:
            shutil.rmtree(removed)

    with pytest.raises(InputError, match=r"Cannot read .*notes/a: No such file or directory\.$"):
        find_files(folder, look)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root can list each folder")
def test_a_folder_without_permission_is_named(folder: Path) -> None:
    (folder / "a").chmod(0)
    try:
        with pytest.raises(InputError, match="Permission denied"):
            find_files(folder)
    finally:
        (folder / "a").chmod(0o700)
