"""A pane with lines keeps its place after a reload, and in a window of another size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project

WORDS = " ".join(f"word{number}" for number in range(300))
PANES = {
    "history": ("f7", "#changes"),
    "overview": ("f8 wait G", "#overview-detail"),
    "sources": ("f9", "#source-fields"),
    "cases": ("f12", "#case-fields"),
}


def first_words(pane: TextLines) -> str:
    return next(line for line in pane.text.split("\n")[pane.scroll_offset.y :] if line.strip()).split()[0]


@pytest.mark.parametrize("name", PANES)
async def test_the_details_keep_their_place_after_a_reload(name: str, tabled: Project, run, follow):
    keys, selector = PANES[name]
    tabled.memos.add(WORDS, on="source", of="a1")
    tabled.memos.add(WORDS, on="case", of="SIB A")
    tabled.memos.add(WORDS)
    async with run(tabled, size=(80, 24)) as pilot:
        await follow(pilot, keys)
        screen = pilot.app.screen
        pane = screen.query_one(selector, TextLines)
        pane.scroll_rows(3)
        await pilot.pause()
        at = pane.scroll_offset.y
        assert at > 0
        screen.reload()
        await pilot.at_rest()
        assert pane.scroll_offset.y == at
        top = first_words(pane)
        for size in ((40, 20), (80, 24)):
            await pilot.resize_terminal(*size)
            assert top in pane.text.split("\n")[pane.scroll_offset.y]
        await follow(pilot, "k" if name == "overview" else "j")
        assert pane.scroll_offset.y == 0


@pytest.mark.parametrize("sizes", [((120, 36), (40, 12), (120, 36)), ((40, 12), (80, 24), (40, 12))])
async def test_the_help_keeps_its_place_in_a_window_of_another_size(sizes, study: Project, run, press):
    first, *others = sizes
    async with run(study, size=first) as pilot:
        await press(pilot, "question_mark", "pagedown", "pagedown")
        pane = pilot.app.screen.query_one(TextLines)
        top = first_words(pane)
        assert pane.scroll_offset.y > 0
        for size in others:
            await pilot.resize_terminal(*size)
            assert top in pane.text.split("\n")[pane.scroll_offset.y]
        await press(pilot, "end")
        await pilot.resize_terminal(200, 50)
        assert pane.scroll_offset.y == max(0, len(pane.text.split("\n")) - pane.size.height)
