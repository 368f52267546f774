"""The pseudonyms screen, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.screens.pseudonyms import PseudonymsScreen
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project


def shown(pilot, name: str) -> str:
    assert isinstance(pilot.app.screen, PseudonymsScreen)
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def rows(pilot) -> list[str]:
    return [row.text for row in pilot.app.screen.query_one(RowList).rows]


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_a_name_is_added_found_replaced_and_restored_by_undo(tabled: Project, run, follow, press, size):
    async with run(tabled, size=size) as pilot:
        await follow(pilot, "ctrl+l wait")
        assert "0 names in the key, 0 places" in shown(pilot, "heading")
        await press(pilot, "a", *"They", "enter", *"Folk", "enter")
        await follow(pilot, "wait")
        assert rows(pilot)[:2] == ["The key", "They → Folk"]
        assert any("They came for the money" in row for row in rows(pilot))
        before = list(tabled.codings.list())
        await press(pilot, "p", "escape")
        assert list(tabled.codings.list()) == before
        await press(pilot, "p", "enter")
        await follow(pilot, "wait")
        assert "Folk came for the money." in tabled.sources.text("a1")
        assert not any("They came" in row for row in rows(pilot))
        await press(pilot, "u")
        await follow(pilot, "wait")
        assert list(tabled.codings.list()) == before
        assert any("They came" in row for row in rows(pilot))


async def test_a_similar_word_is_proposed_for_the_key(tabled: Project, run, follow, press):
    tabled.pseudonyms.add("Theya", "Folk")
    async with run(tabled) as pilot:
        await follow(pilot, "ctrl+l wait @at:0")
        assert "similar: Theya → Folk" in shown(pilot, "status-bar")
        await press(pilot, "a", "enter", "enter")
        assert [each.real for each in tabled.pseudonyms.list()] == ["Theya", "They"]


async def test_the_search_is_refused_in_a_blind_round(tabled: Project, run, follow):
    tabled.pseudonyms.add("They", "Folk")
    tabled.rounds.start("second", blind=True)
    async with run(tabled) as pilot:
        await follow(pilot, "ctrl+l wait")
        assert "The search for names needs codings that the open blind round hides" in shown(pilot, "heading")
        assert rows(pilot)[:2] == ["The key", "They → Folk"]


async def test_a_key_that_others_can_read_is_reported(tabled: Project, run, follow):
    tabled.pseudonyms.add("They", "Folk")
    tabled.pseudonyms.key_file.chmod(0o644)
    async with run(tabled) as pilot:
        await follow(pilot, "ctrl+l wait")
        assert "Other people can read" in shown(pilot, "heading")
