"""Commands that the study refuses. The screen shows the reason and stays open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.screens.message_bar import MessageBar

if TYPE_CHECKING:
    from sibtui.project import Project


@pytest.mark.parametrize(
    "keys", [("f3", "i"), ("f3", "J"), ("f3", "S"), ("f5",), ("f8",), ("f7",), ("ctrl+e", "enter")]
)
async def test_no_command_ends_the_app_in_a_blind_round(keys: tuple[str, ...], tabled: Project, run):
    tabled.rounds.start("second", blind=True)
    async with run(tabled) as pilot:
        for key in keys:
            await pilot.press(key)
            await pilot.at_rest()
        assert pilot.app.return_code is None


async def test_a_command_that_the_study_refuses_shows_the_reason(tabled: Project, run):
    tabled.rounds.start("second", blind=True)
    async with run(tabled) as pilot:
        await pilot.press("f3")
        await pilot.at_rest()
        await pilot.press("i")
        await pilot.at_rest()
        bar = pilot.app.screen.query_one(MessageBar)
        assert "The list of judgements needs codings" in bar.text
