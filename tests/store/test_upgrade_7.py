"""The upgrade of a study from version 7, which has an erased source: what is left is whole, and nothing comes back."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import ConflictError

from .test_upgrade_2 import DATA

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return shutil.copyfile(DATA / "study-v7.sibtui", tmp_path / "old.sibtui")


def test_an_upgraded_study_with_an_erasure_is_sound_and_its_history_readable(path: Path) -> None:
    with Project.open(path) as project:
        assert [finding for finding in project.check() if finding.kind == "damage"] == []
        facts = [project.history.fact(act) for act in project.history.list()]
        assert facts[1].endswith("withdrawn")
        for act in project.history.list():
            project.history.facts(act.id)
            project.history.place(act.id)
        assert [act.verb for act in project.history.redo()] == ["coding import"]  # its codings get ids of erased ones
        assert [finding for finding in project.check() if finding.kind == "damage"] == []
        assert len(project.history.changes(69)) == 0
        assert len(project.history.changes(73)) == 220
        assert [act.verb for act in project.history.undo()] == ["coding import"]
        with pytest.raises(ConflictError, match="erased texts for good"):
            project.history.undo()
