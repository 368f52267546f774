"""Clicks on the names of keys in hints, in lists of choices and on the border of a dialog. They press these keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.text_width import width_of
from sibtui.tui.commands import catalogue
from sibtui.tui.commands.keys import key_from_label, key_label
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.screens.matrix.screen import MatrixScreen
from sibtui.tui.widgets.code_picker import CodePicker
from sibtui.tui.widgets.letter_menu import LetterMenu
from sibtui.tui.widgets.memo_editor import MemoEditor
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from textual.widget import Widget

    from sibtui.project import Project

LOSS = "Money/Who carries the loss"


async def click_words(pilot, lines: TextLines, words: str) -> None:
    """Click on the last occurrence of these words in the lines."""
    row = max(at for at, line in enumerate(lines.text.splitlines()) if words in line)
    before = lines.text.splitlines()[row].partition(words)[0]
    gutter = lines.styles.gutter
    x = gutter.left + lines._inset + width_of(before) + width_of(words) // 2
    await pilot.click(lines, offset=(x, gutter.top + row))
    await pilot.pause()


async def click_edge(pilot, box: Widget, words: str) -> None:
    """Click on words in the lower border of a dialog."""
    subtitle = str(box.border_subtitle)
    x = box.region.width - 3 - width_of(subtitle) + width_of(subtitle.partition(words)[0])
    await pilot.click(box, offset=(x, box.region.height - 1))
    await pilot.pause()


def lines_of(pilot, selector: str) -> TextLines:
    return pilot.app.screen.query_one(selector, TextLines)


@pytest.mark.parametrize("key", sorted({key for command in catalogue() for key in command.keys}))
def test_a_key_is_recognised_by_its_label(key: str):
    assert key_from_label(key_label(key)) == key


async def test_a_code_can_be_applied_and_a_memo_written_with_clicks_alone(study: Project, run, press):
    async with run(study) as pilot:
        await click_words(pilot, lines_of(pilot, "#status"), "↓ sentence")
        await click_words(pilot, lines_of(pilot, "#status"), "Enter")
        assert isinstance(pilot.app.screen, CodePicker)
        await click_edge(pilot, pilot.app.screen.query_one("#picker"), "Esc closes")
        assert isinstance(pilot.app.screen, CodingScreen)
        await press(pilot, "W")
        await click_words(pilot, lines_of(pilot, "#status"), "counters")
        await click_words(pilot, lines_of(pilot, "#status"), "memo")
        assert isinstance(pilot.app.screen, MemoEditor)
        await press(pilot, write="odd")
        await click_edge(pilot, pilot.app.screen.query_one("#memo"), "Esc saves")
    coding = next(iter(study.codings.list()))
    assert (coding.quote, coding.stance, coding.memo) == ("They came for the money.", "counters", "odd")


async def test_a_case_is_chosen_by_a_click(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "greater_than_sign", "W", "equals_sign")
        assert isinstance(pilot.app.screen, LetterMenu)
        await click_words(pilot, lines_of(pilot, "TextLines"), "SIB B")
    assert next(iter(study.codings.list())).cases == ("SIB B",)


async def test_a_click_on_one_of_two_adjacent_keys_presses_that_key(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "slash", write="the")
        await press(pilot, "enter")
        first = pilot.app.screen.workspace.selection
        await click_words(pilot, lines_of(pilot, "#status"), "n")
        second = pilot.app.screen.workspace.selection
        assert second.start > first.start
        await click_words(pilot, lines_of(pilot, "#status"), "N")
        assert pilot.app.screen.workspace.selection == first


async def test_a_click_on_a_message_presses_no_key(study: Project, run, press):
    async with run(study) as pilot:
        await press(pilot, "down", "W")
        before = study.history.list()
        await click_words(pilot, lines_of(pilot, "#status"), "✓")
        await click_words(pilot, lines_of(pilot, "#title"), "Investor")
        assert study.history.list() == before


async def test_a_double_click_on_a_code_applies_the_code(study: Project, run):
    async with run(study) as pilot:
        codes = pilot.app.screen.codes
        await pilot.click(codes, offset=(6, 1))
        assert study.codings.count() == 0
        await pilot.pause()
        await pilot.double_click(codes, offset=(6, 1))
        await pilot.pause()
    assert {coding.code for coding in study.codings.list()} == {LOSS}


async def test_a_click_on_the_hint_back_goes_back(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3")
        assert isinstance(pilot.app.screen, MatrixScreen)
        await click_words(pilot, lines_of(pilot, "#status-bar"), "back")
        assert isinstance(pilot.app.screen, CodingScreen)
