"""Texts being typed. They survive a change by another program, and the end of the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.widgets.memo_editor import MemoEditor
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project


def refused(pilot) -> str:
    return " ".join(pilot.app.screen.query_one(TextLines).text.split())


async def test_a_memo_on_a_removed_coding_is_shown_again_and_can_be_saved_later(coded: Project, run, press):
    coding = next(iter(coded.codings.list()))
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket", "m", write="dear words")
        coded.codings.remove(coding.id)  # like another program
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MemoEditor)
        assert f"Not saved: There is no coding {coding.id}" in refused(pilot)
        assert pilot.app.screen.edited_text == "dear words"
        coded.history.undo()
        await press(pilot, "ctrl+s")
        assert isinstance(pilot.app.screen, CodingScreen)
    assert coded.codings.get(coding.id).memo == "dear words"


async def test_a_memo_that_cannot_be_saved_can_be_discarded(coded: Project, run, press):
    async with run(coded) as pilot:
        await press(pilot, "right_square_bracket", "m", write="dear words")
        coded.codings.remove(next(iter(coded.codings.list())).id)
        await press(pilot, "escape", "escape")
        assert isinstance(pilot.app.screen, CodingScreen)
        assert coded.memos.list() == []


@pytest.mark.parametrize(
    ("way", "of"),
    [
        (("right_square_bracket", "m"), lambda study: next(iter(study.codings.list())).memo),
        (("f2", "m"), lambda study: study.memos.list(on="code")[0].text),
        (("f4", "m"), lambda study: next(iter(study.codings.list())).memo),
        (("f2", "D"), lambda study: study.codes.get("Money").definition.removeprefix("What things cost.")),
    ],
)
async def test_a_text_in_the_editor_is_saved_when_the_program_ends(
    way: tuple[str, ...], of, coded: Project, run, press
):
    async with run(coded) as pilot:
        await press(pilot, *way, write="half a se")
        pilot.app._leave_on_signal(15)
    assert of(coded) == "half a se"
