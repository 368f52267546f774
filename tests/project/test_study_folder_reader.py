"""Study folders: the file of codings is read in parts, because it can be larger than all texts."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import InputError
from sibtui.formats.study_folder.folder import CODINGS
from sibtui.project.importing.study_folder_reader import FolderFiles, read_folder

from .study import apply_code, opened, small_study

if TYPE_CHECKING:
    from pathlib import Path


def test_the_codings_of_a_folder_are_never_in_memory_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Project.create(tmp_path / "study.sibtui", coder="Ana").close()
    with opened(tmp_path / "study.sibtui") as project:
        small_study(project)
        apply_code(project, "A1", "Brokering")
        project.exports.folder(tmp_path / "folder")
        expected = project.codings.count()
    whole = FolderFiles.__getitem__
    read: list[str] = []
    monkeypatch.setattr(FolderFiles, "__getitem__", lambda self, name: read.append(name) or whole(self, name))
    assert len(read_folder(tmp_path / "folder").codings) == expected > 0
    assert CODINGS not in read
    assert "study.toml" in read


def test_a_folder_whose_export_did_not_end_becomes_no_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "folder"
    Project.create(tmp_path / "study.sibtui", coder="Ana").close()
    with opened(tmp_path / "study.sibtui") as project:
        small_study(project)
        project.exports.folder(folder)
        (folder / "README.md").write_text("About the study.")

        def move(path: Path, target: Path) -> None:
            if path.name == "codings.csv":
                raise OSError(errno.ENOSPC, "No space left on device")
            os.rename(path, target)  # noqa: PTH104 - `Path.replace` is patched

        with monkeypatch.context() as patched:
            patched.setattr(type(folder), "replace", move)
            with pytest.raises(InputError, match="Some of its files were replaced: export again, or it is not read"):
                project.exports.folder(folder, force=True)
        with pytest.raises(InputError, match="folder did not end, so old and new files are mixed"):
            read_folder(folder)
        project.exports.folder(folder, force=True)
    assert len(read_folder(folder).sources) == 3
