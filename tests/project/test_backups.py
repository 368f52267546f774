"""Backups of an open study that another program has replaced."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from .study import add_code

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project


def test_no_backup_is_removed_after_another_file_replaced_the_study(project: Project, tmp_path: Path) -> None:
    manual = [project.backups.make(), project.backups.make()]
    other = tmp_path / "other.sibtui"
    shutil.copy(project.path, other)
    add_code(project, "New")
    other.replace(project.path)
    saved = [project.backups.make(keep=1), project.backups.make(keep=1)]
    assert [each.kind for each in saved] == ["replaced", "replaced"]
    assert {each.path for each in project.backups.list()} == {each.path for each in (*manual, *saved)}
