"""The review of codings whose place in a corrected text is uncertain, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.screens.review import ReviewScreen
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project


def shown(pilot, name: str) -> str:
    assert isinstance(pilot.app.screen, ReviewScreen)
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_old_and_new_text_are_shown_and_the_passage_is_accepted(tabled: Project, run, press, size):
    coding = next(coding for coding in tabled.codings.list() if coding.source == "a1")
    tabled.sources.correct("a1", tabled.sources.text("a1").replace(coding.quote, "Somebody else pays now."))
    async with run(tabled, size=size) as pilot:
        await press(pilot, "ctrl+g")
        assert "Where is it now?  1 of 1 coding" in shown(pilot, "heading")
        assert coding.quote.split()[0] in shown(pilot, "old-text")
        assert "Somebody else pays now." in shown(pilot, "new-text")
        await press(pilot, "left", "right", "down")
        assert "This is the last coding of the review" in shown(pilot, "status-bar")
        await press(pilot, "enter")
        assert "Every coding has a certain place" in shown(pilot, "heading")
        assert tabled.codings.get(coding.id).quote == "Somebody else pays now."
        await press(pilot, "u")
        assert "1 of 1 coding" in shown(pilot, "heading")
        await press(pilot, "slash", *"Somebody else", "enter", "enter")
        assert tabled.codings.get(coding.id).quote == "Somebody else"


@pytest.mark.slow
async def test_enter_in_the_overview_opens_the_review(tabled: Project, run, press):
    coding = next(coding for coding in tabled.codings.list() if coding.source == "a1")
    tabled.sources.correct("a1", tabled.sources.text("a1").replace(coding.quote, "Somebody else pays now."))
    async with run(tabled) as pilot:
        await press(pilot, "f8")
        for _ in range(50):
            await pilot.pause(0.02)
            if "certain place" in pilot.app.export_screenshot():
                break
        pilot.app.screen.rows.go("review")
        await press(pilot, "enter")
        assert "1 of 1 coding" in shown(pilot, "heading")
