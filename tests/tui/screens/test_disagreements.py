"""The screen of disagreements: both codings side by side, decisions by keys, and other coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.screens.disagreements import DisagreementsScreen
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines
from tests.sweeps import SIZES, in_part
from tests.tui.trials_disagreements import coded_twice, with_long_memos

if TYPE_CHECKING:
    from sibtui.project import Project


def shown(pilot, name: str) -> str:
    assert isinstance(pilot.app.screen, DisagreementsScreen)
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def rows(pilot) -> list[tuple[str, str, str]]:
    return [(row.mark.strip(), row.text, row.right) for row in pilot.app.screen.query_one(RowList).rows if row.key]


def consensus(study: Project) -> list[tuple[str, str, str]]:
    return [(each.code, each.stance, each.memo) for each in study.codings.list() if each.coder == "consensus"]


@pytest.mark.parametrize("size", in_part(SIZES))
async def test_both_codings_are_side_by_side_with_the_sentence_around(size, tabled: Project, run, follow):
    coded_twice(tabled)
    async with run(tabled, size=size) as pilot:
        await follow(pilot, "f4 D wait")
        assert "Disagreements of R1 and R2" in shown(pilot, "heading")
        assert "2 passages, 0 decided" in shown(pilot, "heading")
        assert [row[2] for row in rows(pilot)] == ["other stance", "only R1"]
        assert shown(pilot, "first").startswith("1 R1\nMoney / Who carries the loss\nSIB A")
        assert shown(pilot, "second").startswith("2 R2\nMoney / Who carries the loss\ncounter-evidence, SIB A")
        assert "Memo: Not so." in shown(pilot, "second")
        assert "The loss falls on the fund." in shown(pilot, "around")
        await follow(pilot, "down")
        assert "no coding here" in shown(pilot, "second")
        assert "until March." in shown(pilot, "around")


async def test_a_decision_marks_the_line_and_goes_on_to_the_next(tabled: Project, run, follow):
    coded_twice(tabled)
    async with run(tabled) as pilot:
        await follow(pilot, "f4 D wait 2")
        assert [row[::2] for row in rows(pilot)] == [("✓", "as R2"), ("", "only R1")]
        assert "Who carries the loss: as R2 (u undoes it)" in shown(pilot, "status-bar")
        assert consensus(tabled) == [("Money/Who carries the loss", "counters", "")]
        assert pilot.app.screen.passage.kinds == ("only A",)
        await follow(pilot, "0")
        assert "2 passages, 2 decided" in shown(pilot, "heading")
        assert len(consensus(tabled)) == 1
        await follow(pilot, "u wait")
        assert "2 passages, 1 decided" in shown(pilot, "heading")
        await follow(pilot, "u wait")
        assert [row[::2] for row in rows(pilot)] == [("", "other stance"), ("", "only R1")]
        assert consensus(tabled) == []


async def test_the_reason_belongs_to_the_next_decision_and_can_be_changed_after_it(tabled: Project, run, follow):
    coded_twice(tabled)
    async with run(tabled) as pilot:
        await follow(pilot, "f4 D wait m h i escape 1")
        assert consensus(tabled) == [("Money/Who carries the loss", "supports", "hi")]
        await follow(pilot, "up m ! escape")
        assert consensus(tabled) == [("Money/Who carries the loss", "supports", "hi!")]
        assert "only" not in shown(pilot, "status-bar")
        assert "other stance · decided: as R1: hi!" in shown(pilot, "status-bar")


async def test_both_of_two_opposite_codings_are_refused_with_the_reason(tabled: Project, run, follow):
    coded_twice(tabled)
    async with run(tabled) as pilot:
        await follow(pilot, "f4 D wait b")
        assert "Both cannot hold" in shown(pilot, "status-bar")
        assert consensus(tabled) == []


async def test_without_common_readings_the_screen_shows_what_to_do(tabled: Project, run, follow):
    async with run(tabled) as pilot:
        await follow(pilot, "f4 D wait")
        assert "No two coders have read the same source" in pilot.app.screen.query_one(RowList).empty
        await follow(pilot, "1")
        assert "There is no disagreement to decide" in shown(pilot, "status-bar")
        await follow(pilot, "c m")
        assert isinstance(pilot.app.screen, DisagreementsScreen)
        await follow(pilot, "escape")
        assert type(pilot.app.screen).__name__ == "EvidenceScreen"


async def test_coders_who_agree_have_an_empty_list(tabled: Project, run, follow):
    for coder in ("R3", "R4"):
        tabled.readings.add("a1", coder=coder)
    async with run(tabled) as pilot:
        await follow(pilot, "f4 D wait")
        assert "alike" in pilot.app.screen.query_one(RowList).empty


async def test_a_change_of_coders_is_remembered_with_the_line(tabled: Project, run, follow):
    coded_twice(tabled)
    async with run(tabled) as pilot:
        await follow(pilot, "f4 D wait c down down enter wait down")
        assert pilot.app.screen.browser.coders == ("R2", "R3")
        number = pilot.app.screen.passage.number
        await follow(pilot, "q D wait")
        assert pilot.app.screen.browser.coders == ("R2", "R3")
        assert pilot.app.screen.passage.number == number


@pytest.mark.parametrize("size", in_part(SIZES))
async def test_a_long_memo_is_read_to_its_end_by_a_key(size, tabled: Project, run, follow, press):
    with_long_memos(tabled)
    async with run(tabled, size=size) as pilot:
        await follow(pilot, "f4 D wait")
        pane = pilot.app.screen.query_one("#second", TextLines)
        assert shown(pilot, "second").endswith("Its end.")
        seen = 0
        while pane.has_more:
            assert seen < 200
            await press(pilot, "space")
            assert pane.scroll_offset.y >= seen
            seen = max(pane.scroll_offset.y, seen + 1)
        assert pane.show_vertical_scrollbar
        await press(pilot, "space")
        assert pane.scroll_offset.y == 0
        await press(pilot, "space", "down")
        assert pane.scroll_offset.y == 0
