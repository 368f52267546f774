"""Replacement of the study file by another program while the screen is open.

No unsaved change is shown as saved, and no typed text is lost.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.widgets import TextArea

from sibtui.project import Project
from sibtui.project.backups import list_backups
from sibtui.tui import run as run_module
from sibtui.tui.widgets.letter_menu import LetterMenu
from sibtui.tui.widgets.memo_editor import MemoEditor
from sibtui.tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def newer(study: Project) -> Path:
    """Return the study file of another computer, which has one more case."""
    file = study.path.with_name("newer.db")
    shutil.copy(study.path, file)
    with Project.open(file) as theirs:
        theirs.cases.add("Theirs")
    return file


def replace(study: Project, newer: Path) -> None:
    newer.replace(study.path)


async def test_a_key_after_the_replacement_offers_to_open_the_new_file(
    study: Project, newer: Path, run, press, follow
) -> None:
    study.cases.add("Ours")
    async with run(study) as pilot:
        replace(study, newer)
        before = study.codings.count()
        await press(pilot, "W")
        assert isinstance(pilot.app.screen, LetterMenu)
        assert pilot.app.unsaved.startswith("NOT SAVED")
        await press(pilot, "o")
        reopening = pilot.app.reopening
    assert study.codings.count() == before
    assert reopening.path == study.path
    (kept,) = list_backups(study.path)
    assert kept.kind == "replaced"
    assert kept.path.name in reopening.message
    with Project.open(kept.path) as state:
        assert state.cases.get("Ours")
    with Project.open(study.path) as again:
        async with run(again, reopened=reopening) as pilot:
            assert pilot.app.project.cases.get("Theirs")
            assert pilot.app.unsaved == ""


async def test_the_screen_notices_a_replacement_without_a_key(study: Project, newer: Path, run) -> None:
    async with run(study) as pilot:
        replace(study, newer)
        for _ in range(2):
            assert not isinstance(pilot.app.screen, LetterMenu)
            pilot.app._look_for_changes()
        await pilot.pause()
        assert isinstance(pilot.app.screen, LetterMenu)
        await pilot.press("escape")
        pilot.app._look_for_changes()
        await pilot.pause()
        assert not isinstance(pilot.app.screen, LetterMenu)
        assert "no change can be saved" in pilot.app.unsaved


async def test_the_user_can_continue_with_a_copy(study: Project, newer: Path, run, press) -> None:
    study.cases.add("Ours")
    async with run(study) as pilot:
        replace(study, newer)
        await press(pilot, "W", "c")
        assert isinstance(pilot.app.screen, Prompt)
        await press(pilot, "enter")
        reopening = pilot.app.reopening
    assert reopening.path == study.path.with_name("study-2.sibtui")
    with Project.open(reopening.path) as copy:
        assert copy.cases.get("Ours")


async def test_an_unsaved_text_is_shown_again_after_reopening(
    study: Project, newer: Path, run, press, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with run(study) as pilot:
        screen = pilot.app.screen
        screen.edit_text(
            "A memo", "", "", lambda text: screen.attempt(lambda: str(study.memos.add(text, on="project")))
        )
        await pilot.pause()
        await press(pilot, *"Typed")
        replace(study, newer)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, LetterMenu)
        await press(pilot, "o")
        reopening = pilot.app.reopening
    with Project.open(study.path) as again:
        async with run(again, reopened=reopening) as pilot:
            pilot.app.push_screen(MemoEditor("A memo", "", ""))
            await pilot.pause()
            assert pilot.app.screen.query_one(TextArea).text == "Typed"


def test_the_program_opens_the_file_again(study: Project, newer: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from sibtui.tui.study_app import Reopening

    opened = []

    def end(self: App[None]) -> None:
        opened.append(self.project.path)
        if len(opened) == 1:
            self.reopening = Reopening(newer, "This is the new state.", {})

    monkeypatch.setattr(App, "run", end)
    assert run_module.open_study(study.path) == 0
    assert opened == [study.path, newer]
