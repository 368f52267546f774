"""The screen of a damaged study. It shows the readable parts, or ends with one sentence."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.errors import StudyFileError
from sibtui.tui.app import SibtuiApp
from sibtui.workspace.session_state import SessionState
from tests.damaging import KINDS, damage, make_study

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        (KINDS["a cycle among codes"][0], KeyError(4)),
        (
            KINDS["a source name that is not UTF-8"][0],
            sqlite3.OperationalError("Could not decode to UTF-8 column 'name' with text 'A'"),
        ),
    ],
)
def test_the_message_on_an_error_caused_by_damage_names_the_damage(
    tmp_path: Path, statement: str, error: Exception
) -> None:
    study = make_study(tmp_path / "s.sibtui")
    damage(study, statement)
    with Project.open(study) as project:
        app = SibtuiApp(project, memory=SessionState.load(tmp_path / "state.json"))
        app.record_error(error)
    assert app.fault == "sibtui: s.sibtui is damaged; all codings are saved. `sibtui check` lists the damage."


def test_an_error_in_a_sound_study_is_reported_as_unexpected(tmp_path: Path) -> None:
    with Project.open(make_study(tmp_path / "s.sibtui")) as project:
        app = SibtuiApp(project, memory=SessionState.load(tmp_path / "state.json"))
        app.record_error(KeyError(4))
    assert app.fault.startswith("sibtui: unexpected error (KeyError)")


async def test_a_study_without_its_properties_is_refused(run, tmp_path: Path) -> None:
    study = make_study(tmp_path / "s.sibtui")
    damage(study, "DELETE FROM project")
    with Project.open(study) as project, pytest.raises(StudyFileError, match="the row with the facts of the study is"):
        async with run(project):
            pass
