"""Backups on the screen: the daily backup during typing, and the two commands of the palette."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import StudyFileError
from sibtui.project import Project
from sibtui.project.backups import daily_backup, list_backups
from sibtui.store import backups
from sibtui.tui import app as app_module
from sibtui.tui.commands import by_id
from sibtui.tui.screens.backups import start_daily_backup
from sibtui.tui.widgets.message_box import MessageBox

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _daily(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIBTUI_BACKUPS", "7")
    monkeypatch.setattr(app_module, "BACKUP_SECONDS", 0.001)


async def test_the_first_start_of_a_day_makes_one_backup(study: Project, run) -> None:
    for _ in range(2):
        async with run(study) as pilot:
            await pilot.pause(0.01)
            await pilot.at_rest()
    (made,) = list_backups(study.path)
    assert made.kind == "daily"


async def test_a_change_is_saved_while_a_backup_is_made(study: Project, run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is made in short steps. A change between two steps is saved at once, and the copy begins again."""
    verify, changes = backups.verify, iter(range(1))

    def change_between(*arguments) -> int:
        if next(changes, None) is not None:
            app.call_from_thread(lambda: study.cases.add("Saved meanwhile"))
        return verify(*arguments)

    monkeypatch.setattr(backups, "verify", change_between)
    monkeypatch.setattr(app_module, "BACKUP_SECONDS", 1000)
    async with run(study) as pilot:
        app = pilot.app
        start_daily_backup(app)
        await pilot.at_rest()
    assert study.saves == 1
    (made,) = list_backups(study.path)
    with Project.open(made.path) as copy:
        assert copy.cases.get("Saved meanwhile")


async def test_a_backup_that_cannot_be_made_is_reported(study: Project, run) -> None:
    backups.folder_of(study.path).write_text("a file in its place")
    async with run(study) as pilot:
        await pilot.pause(0.01)
        await pilot.at_rest()
        assert any("No daily backup was made." in note.message for note in pilot.app._notifications)


def test_a_daily_backup_of_a_missing_study_names_the_study(study: Project) -> None:
    path = study.path
    study.close()
    path.unlink()
    with pytest.raises(StudyFileError, match=path.name):
        daily_backup(path, lambda: None)


def test_a_daily_backup_is_due_only_after_a_change(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    path: Path = study.path
    assert daily_backup(path, lambda: None) is not None
    assert daily_backup(path, lambda: None) is None
    yesterday = list_backups(path)[0].path
    older = yesterday.with_name("20200101-000000-000-daily.sibtui")
    yesterday.rename(older)
    assert daily_backup(path, lambda: None) is not None
    list_backups(path)[0].path.unlink()
    os.utime(path, (0, 0))
    assert daily_backup(path, lambda: None) is None
    monkeypatch.setenv("SIBTUI_BACKUPS", "0")
    os.utime(path)
    assert daily_backup(path, lambda: None) is None


async def test_commands_of_the_palette_make_a_backup_and_list_the_backups(
    study: Project, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIBTUI_BACKUPS", "0")
    async with run(study) as pilot:
        by_id("study.backups").run(pilot.app.screen)
        await pilot.pause()
        assert "There is no backup yet." in pilot.app.screen._paragraphs[0]
        await pilot.press("enter")
        by_id("study.backup").run(pilot.app.screen)
        await pilot.at_rest()
        (made,) = list_backups(study.path)
        by_id("study.backups").run(pilot.app.screen)
        await pilot.pause()
        assert isinstance(pilot.app.screen, MessageBox)
        shown = "\n".join(pilot.app.screen._paragraphs)
        assert made.path.name in shown
        assert str(made.path.parent) in shown
