"""The progress dialog below other screens."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.widgets.command_palette import StudyPalette
from sibtui.tui.widgets.progress_dialog import ProgressDialog, TaskResult

if TYPE_CHECKING:
    from sibtui.project import Project


@pytest.mark.parametrize("stop", [False, True])
async def test_a_dialog_whose_action_ended_below_the_palette_closes_after_it(coded: Project, run, stop: bool):
    go_on, results = threading.Event(), []

    def action(progress) -> str:
        go_on.wait(120)
        return "done"

    async with run(coded) as pilot:
        pilot.app.push_screen(ProgressDialog("Working", action, stop_at_once=stop), results.append)
        await pilot.press("ctrl+p")
        assert isinstance(pilot.app.screen, StudyPalette)
        go_on.set()
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CodingScreen)
        assert results == [TaskResult("done")]


@pytest.mark.parametrize(("opened", "resized", "keys"), [((14, 6), (80, 24), "Esc stops"), ((80, 24), (14, 6), "")])
async def test_the_keys_of_the_dialog_follow_the_width(opened, resized, keys: str, coded: Project, run):
    go_on = threading.Event()
    async with run(coded, size=opened) as pilot:
        pilot.app.push_screen(ProgressDialog("Working", lambda progress: go_on.wait(120)))
        await pilot.pause()
        await pilot.resize_terminal(*resized)
        assert pilot.app.screen.query_one("#progress").border_subtitle == keys
        go_on.set()
        await pilot.at_rest()
