"""Study folders: the file of codings is read in parts, because it can be larger than all texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui import Project
from sibtui.formats.study_folder.folder import CODINGS
from sibtui.project.importing.study_folder_reader import FolderFiles, read_folder

from .study import apply_code, opened, small_study

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


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
