"""The dialog of a summary on the matrix screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.screens.evidence import EvidenceScreen
from sibtui.tui.screens.matrix.screen import MatrixScreen
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.widgets.multiline_field import MultilineField
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.summary_dialog import SummaryDialog
from sibtui.tui.widgets.text_lines import TextLines
from tests.sweeps import SIZES, in_part

if TYPE_CHECKING:
    from sibtui.project import Project


def text(pilot) -> str:
    return pilot.app.screen.query_one(MultilineField).text


def first(project: Project) -> int:
    [cell] = project.matrices.evidence("table-1", cell=("Loss", "SIB A"))
    return cell.codings[0].id


def written(project: Project) -> list[str]:
    return [each.summary.text for each in project.summaries.list()]


async def test_the_quotes_are_on_the_left_and_equals_puts_the_link_at_the_cursor(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "m", "L", "o", "s", "t", "equals_sign", "full_stop")
        assert isinstance(pilot.app.screen, SummaryDialog)
        quotes = pilot.app.screen.query_one(RowList)
        assert [row.key for row in quotes.rows] == [str(first(tabled))]
        assert text(pilot) == f"Lost [{first(tabled)}]."
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MatrixScreen)
    assert written(tabled) == [f"Lost [{first(tabled)}]."]


async def test_the_quote_is_wrapped_again_in_a_new_size(tabled: Project, run, press):
    async with run(tabled, size=(40, 12)) as pilot:
        await press(pilot, "f3", "m")
        narrow = pilot.app.screen.query_one("#summary-quote", TextLines).text
    async with run(tabled) as pilot:
        await press(pilot, "f3", "m")
        assert pilot.app.screen.query_one("#summary-quote", TextLines).text != narrow
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        assert pilot.app.screen.query_one("#summary-quote", TextLines).text == narrow


async def test_equals_works_in_the_list_too_and_a_key_moves_through_the_quotes(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "m", "ctrl+down", "ctrl+up", "shift+tab", "equals_sign", "escape")
    assert written(tabled) == [f"[{first(tabled)}]"]


async def test_a_word_beside_a_link_has_a_space(tabled: Project, run, press):
    link = f"[{first(tabled)}]"
    async with run(tabled) as pilot:
        await press(pilot, "f3", "m", "equals_sign", "s", "o", "equals_sign", "equals_sign", "full_stop")
        assert text(pilot) == f"{link} so {link} {link}."
        await press(pilot, "home", "equals_sign", *["right"] * len(f"{link} "), "equals_sign")
        assert text(pilot) == f"{link} {link} {link} so {link} {link}."


async def test_enter_opens_the_summary_in_a_table_of_summaries_and_space_the_quotes(tabled: Project, run, press):
    tabled.summaries.set("table-1", "Loss", "SIB A", "Old.")
    async with run(tabled) as pilot:
        await press(pilot, "f3", *["v"] * 6, "enter")
        assert isinstance(pilot.app.screen, SummaryDialog)
        assert text(pilot) == "Old."
        await press(pilot, "escape", "space")
        assert isinstance(pilot.app.screen, EvidenceScreen)
        await press(pilot, "escape", "v", "enter")
        assert isinstance(pilot.app.screen, EvidenceScreen)


async def test_a_summary_is_opened_again_changed_and_removed(tabled: Project, run, press):
    tabled.summaries.set("table-1", "Loss", "SIB A", "Old.")
    async with run(tabled) as pilot:
        await press(pilot, "f3", "m")
        assert text(pilot) == "Old."
        await press(pilot, "escape")
        assert written(tabled) == ["Old."]
        await press(pilot, "m", "backspace", "escape")
        assert written(tabled) == ["Old"]
        await press(pilot, "m", "backspace", "backspace", "backspace", "escape")
        assert written(tabled) == []
        await press(pilot, "ctrl+z")
        assert written(tabled) == ["Old"]


async def test_a_link_to_another_cell_opens_the_text_again_with_the_reason(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "m", "left_square_bracket", "9", "9", "right_square_bracket", "escape")
        assert isinstance(pilot.app.screen, SummaryDialog)
        assert "there is no coding 99" in pilot.app.screen.query_one("#summary-facts", TextLines).text
        assert text(pilot) == "[99]"
        await press(pilot, "backspace", "backspace", "backspace", "backspace", "o", "escape")
    assert written(tabled) == ["o"]


async def test_changes_and_texts_of_others_are_above_the_text(tabled: Project, run, press):
    tabled.summaries.set("table-1", "Loss", "SIB A", f"Mine [{first(tabled)}].")
    me = tabled.coder
    tabled.set_coder("Zoe")
    tabled.summaries.set("table-1", "Loss", "SIB A", "Hers.")
    tabled.set_coder(me)
    tabled.codings.remove(first(tabled))
    async with run(tabled) as pilot:
        await press(pilot, "f3", "m")
        facts = pilot.app.screen.query_one("#summary-facts", TextLines).text
    assert "Changed since you wrote this: 1 quote is gone" in facts
    assert "Zoe: Hers." in facts


async def test_a_table_that_is_not_saved_has_no_summaries(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f3", "a", "m")
        assert isinstance(pilot.app.screen, MatrixScreen)


@pytest.mark.parametrize("size", in_part(SIZES))
async def test_both_sides_are_visible_at_each_size(tabled: Project, run, press, size):
    async with run(tabled, size=size) as pilot:
        await press(pilot, "f3", "m", "h", "i")
        screen = pilot.app.screen
        assert screen.query_one(RowList).size.width > 20
        assert screen.query_one(MultilineField).size.width > 20
        assert screen.query_one(MultilineField).size.height > 5


async def test_a_blind_round_refuses_the_summary_of_a_cell(tabled: Project, run, press):
    tabled.rounds.start("second", blind=True)
    async with run(tabled) as pilot:
        await press(pilot, "f3", "m")
        assert isinstance(pilot.app.screen, MatrixScreen)
        line = " ".join(pilot.app.screen.query_one(MessageBar).text.split())
        assert "needs codings that the open blind round hides: ctrl+s shows the box of the study, which ends it" in line


async def test_the_summaries_are_shown_in_the_table(tabled: Project, run, press):
    tabled.summaries.set("table-1", "Loss", "SIB A", "It was lost.")
    async with run(tabled) as pilot:
        await press(pilot, "f3", *["v"] * 6)
        assert pilot.app.screen.browser.matrix.show == "summary"
        assert pilot.app.screen.browser.matrix.rows[0].cells[0].mark == "It was lost."
