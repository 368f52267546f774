"""The command palette and the list of colour themes, which look like our dialogs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.widgets.command_palette import StudyPalette

if TYPE_CHECKING:
    from sibtui.project import Project


async def test_the_list_of_themes_looks_like_the_palette(coded: Project, run) -> None:
    async with run(coded, size=(120, 36)) as pilot:
        pilot.app.action_change_theme()
        await pilot.at_rest()
        assert isinstance(pilot.app.screen, StudyPalette)
        assert pilot.app.screen.query_one("#--input").outer_size.width == 84


async def test_no_palette_opens_above_the_list_of_themes(coded: Project, run) -> None:
    async with run(coded, size=(120, 36)) as pilot:
        pilot.app.action_change_theme()
        await pilot.at_rest()
        shown = pilot.app.screen
        await pilot.press("ctrl+p")
        await pilot.at_rest()
        assert pilot.app.screen is shown
