"""Texts that are longer than a line at 80 columns are shown whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.app import App

from sibtui.model.backups import Backup
from sibtui.project.backups import Backups
from sibtui.project.shared.validation import Validation
from sibtui.tui.screens.reopening import TITLE
from sibtui.tui.widgets.letter_menu import LetterMenu
from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.prompt import Prompt
from sibtui.tui.widgets.text_lines import TextLines
from tests.tui.screens.test_looks import text_of

if TYPE_CHECKING:
    from sibtui.project import Project

NARROW = (80, 24)
FOLDER = "/home/researcher/projects/deworming/interviews of the second year/2026/backups"


@pytest.mark.parametrize(
    "title", [TITLE, "Which of the two cases of this very long passage is it that the coding belongs to?"]
)
async def test_the_title_of_a_menu_of_letters_is_not_cut(title: str, study: Project, run) -> None:
    async with run(study, size=NARROW) as pilot:
        pilot.app.push_screen(LetterMenu(title, {"o": "Open", "c": "Copy"}))
        await pilot.pause()
        assert title in " ".join(text_of(pilot).replace("│", " ").split())


async def test_a_notice_breaks_a_path_after_a_slash(study: Project, run, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(App, "notify", lambda _, message, **__: shown.append(message))
    path = f"{FOLDER.replace(' ', '-')}/study-2026-11-29-141133.sibtui"
    async with run(study, size=NARROW) as pilot:
        pilot.app.notify(f"The state before is {path}.", markup=False)
    rows = shown[0].splitlines()
    assert "".join(rows) == f"The state before is{path}."
    assert all(len(row) <= 68 for row in rows)
    assert [row[-1] for row in rows] == ["s", "/", "."]


async def test_the_message_of_an_empty_screen_is_not_cut(study: Project, run, press) -> None:
    async with run(study, size=NARROW) as pilot:
        await press(pilot, "ctrl+l")
        await pilot.at_rest()
        assert "look for it in everything that was written." in " ".join(text_of(pilot).split())


@pytest.mark.parametrize(("folder", "boxed"), [("/home/r", False), (FOLDER, True)])
async def test_the_message_after_a_backup_is_not_cut(
    folder: str, boxed: bool, study: Project, run, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Backup(Path(folder, "study-2026-11-29T14-11-33-by-command.sibtui"), "manual", "", 9)
    monkeypatch.setattr(Backups, "make", lambda *_, **__: made)
    async with run(study, size=NARROW) as pilot:
        pilot.app.back_up(pilot.app.screen)
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, MessageBox) == boxed
        text = " ".join(text_of(pilot).replace("│", " ").split())
        assert f"{made.path.name} in {folder}" in text


async def test_lines_below_a_prompt_that_do_not_fit_are_scrolled_to(study: Project, run, press) -> None:
    lines = [f"loss {at}" for at in range(30)]
    async with run(study, size=NARROW) as pilot:
        pilot.app.push_screen(Prompt("Export", "x", lambda _: Validation(""), about=lines))
        await pilot.pause()
        assert "PgUp PgDn scroll" in text_of(pilot)
        assert "loss 29" not in text_of(pilot)
        await press(pilot, "pagedown", "pagedown")
        assert "loss 29" in text_of(pilot)
        await press(pilot, "pageup", "pageup")
        assert "loss 0" in text_of(pilot)
        assert pilot.app.screen.query_one("#prompt-about", TextLines).text.count("\n") == 29
