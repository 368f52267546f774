"""The dialog with lines to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.widgets.message_box import MessageBox
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project

WORDS = [f"word{number}" for number in range(40)]


async def test_the_lines_are_broken_again_when_the_size_changes(coded: Project, run):
    async with run(coded, size=(120, 36)) as pilot:
        pilot.app.push_screen(MessageBox("Report", ["Title", " ".join(WORDS)]))
        await pilot.at_rest()
        for width in (120, 60, 100):
            await pilot.resize_terminal(width, 36)
            await pilot.at_rest()
            lines = pilot.app.screen.query_one(TextLines)
            drawn = [strip.text.strip() for strip in lines.draw(range(lines.size.height))]
            assert " ".join(drawn).split() == ["Title", *WORDS]
