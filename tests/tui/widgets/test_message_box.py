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


async def test_a_dialog_below_another_has_the_new_size_when_it_returns(coded: Project, run):
    async with run(coded, size=(120, 36)) as pilot:
        for title in ("below", "above"):
            pilot.app.push_screen(MessageBox(title, [" ".join(WORDS)]))
            await pilot.at_rest()
        await pilot.resize_terminal(80, 24)
        pilot.app.pop_screen()
        await pilot.at_rest()
        assert pilot.app.screen.size == (80, 24)
        assert pilot.app.screen.query_one("#message-box").region.right <= 80
