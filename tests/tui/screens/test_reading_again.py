"""Marking sources as read, and reading them again for a newer code: in the note and in the overview."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import CodeDraft
from sibtui.tui.screens.coding import CodingScreen
from sibtui.tui.widgets.text_lines import TextLines

if TYPE_CHECKING:
    from sibtui.project import Project

NEW = "People/Peer roles"
NEWER = "the code is newer than the reading"


def shown(pilot, name: str) -> str:
    return pilot.app.screen.query_one(f"#{name}", TextLines).text


def opened(pilot) -> str:
    assert isinstance(pilot.app.screen, CodingScreen)
    return pilot.app.screen.workspace.source.name


def due(project: Project) -> list[tuple[str, str]]:
    return [(each.source, each.code) for each in project.readings.due()]


@pytest.fixture
def aged(study: Project) -> Project:
    """Return the study after R2 has read every source and a new code was added later."""
    for name in study.sources.names():
        study.readings.add(name, coder="R2")
    return add_later(study)


def add_later(study: Project) -> Project:
    """Add a code at a time after the readings. Two events in the same millisecond would have no order."""
    time.sleep(0.003)
    study.codes.add(CodeDraft(NEW))
    return study


async def test_a_note_is_marked_as_read_for_the_current_coder_and_other_coders_are_named(study: Project, run, press):
    study.readings.add("a1", coder="R2")
    async with run(study) as pilot:
        pilot.app.screen.open_at("a1")
        await press(pilot, "M")
        assert study.sources.get("a1").read_by == ("R1", "R2")
        assert "a1: read, as by R2" in shown(pilot, "status")
        await press(pilot, "M")
        assert study.sources.get("a1").read_by == ("R2",)
        assert "a1: not read to the end by R1, still read by R2" in shown(pilot, "status")
        await press(pilot, "u")
        assert study.sources.get("a1").read_by == ("R1", "R2")


async def test_an_outdated_reading_is_renewed_and_not_removed(study: Project, run, press):
    study.readings.add("a1")
    add_later(study)
    async with run(study) as pilot:
        pilot.app.screen.open_at("a1")
        await press(pilot, "M")
        assert "a1: read again, for all codes" in shown(pilot, "status")
        assert (study.sources.get("a1").read_by, due(study)) == (("R1",), [])
        await press(pilot, "M")
        assert study.sources.get("a1").read_by == ()


async def test_comma_and_full_stop_go_through_the_sources_to_read_again(aged: Project, run, press):
    async with run(aged) as pilot:
        await press(pilot, "comma")
        assert opened(pilot) == "a1"
        assert "Read again for Peer roles (3 sources): M when read (c this code, a all), . next, Esc ends" in shown(
            pilot, "status"
        )
        await press(pilot, "down")
        assert "Space: Peer roles (read again for it)" in shown(pilot, "status")
        await press(pilot, "space", "full_stop")
        assert opened(pilot) == "m1"
        await press(pilot, "M")
        await press(pilot, "c")
        assert "m1: read for Peer roles; 2 sources left for it" in shown(pilot, "status")
        assert due(aged) == [("a1", NEW), ("x1", NEW)]
        await press(pilot, "full_stop", "full_stop")  # round the end
        assert opened(pilot) == "a1"
        await press(pilot, "M", "a", "full_stop", "M", "c")
        assert opened(pilot) == "x1"
        assert "x1: read for Peer roles; nothing is left for it" in shown(pilot, "status")
        await press(pilot, "full_stop")
        assert "No source is left for Peer roles." in shown(pilot, "status")
        await press(pilot, "comma")
        assert "No source must be read again." in shown(pilot, "status")
    assert [coding.code for coding in aged.codings.list()] == [NEW]
    assert due(aged) == []
    assert [(r.source, r.coder, r.code) for r in aged.readings.list(coder="R1")] == [
        ("a1", "R1", None), ("m1", "R1", NEW), ("x1", "R1", NEW),
    ]  # fmt: skip


async def test_a_capital_letter_in_the_menu_works_like_its_small_letter(aged: Project, run, press):
    async with run(aged) as pilot:
        await press(pilot, "comma", "M", "C")
        assert "a1: read for Peer roles" in shown(pilot, "status")
    assert aged.readings.list(coder="R1")[0].code == NEW


async def test_escape_ends_reading_again_and_full_stop_finds_uncoded_sentences(aged: Project, run, press):
    async with run(aged) as pilot:
        await press(pilot, "comma", "escape")
        assert "Reading again for Peer roles has ended." in shown(pilot, "status")
        await press(pilot, "full_stop")
        assert opened(pilot) == "a1"
        assert "Peer roles again" in shown(pilot, "status")
        await press(pilot, "M")
        assert aged.sources.get("a1").read_by == ("R1", "R2")


async def test_the_overview_lists_readings_due_and_enter_opens_the_source(aged: Project, run, press):
    async with run(aged) as pilot:
        await press(pilot, "f8")
        await pilot.at_rest()
        await pilot.pause()
        rows = pilot.app.screen.rows
        assert "To be read again: 3" in [row.text for row in rows.rows]
        assert [(row.text, row.right) for row in rows.rows if (row.key or "").startswith("due:")] == [
            (f"{name}  {NEW}", NEWER) for name in ("a1", "m1", "x1")
        ]
        assert not [row for row in rows.rows if (row.key or "").startswith("finding:") or row.key == "fine"]
        assert "3 to be read again" in shown(pilot, "status-bar")
        rows.go("due:1")
        await pilot.pause()
        words = " ".join(shown(pilot, "overview-detail").split())
        assert f"m1 must be read again for {NEW}" in words
        assert f"Because {NEWER}." in words
        await press(pilot, "enter")
        assert opened(pilot) == "m1"
        await press(pilot, "down")
        assert "Space: Peer roles (read again for it)" in shown(pilot, "status")


async def test_a_source_is_marked_read_again_in_the_overview(aged: Project, run, press):
    async with run(aged) as pilot:
        await press(pilot, "f8")
        await pilot.at_rest()
        await pilot.pause()
        pilot.app.screen.rows.go("due:1")
        await press(pilot, "M")
        await pilot.at_rest()
        await pilot.pause()
        assert due(aged) == [("a1", NEW), ("x1", NEW)]
        assert "To be read again: 2" in [row.text for row in pilot.app.screen.rows.rows]


async def test_all_readings_due_are_counted_and_only_some_are_listed(aged: Project, run, press, monkeypatch):
    monkeypatch.setattr("sibtui.tui.views.progress.DUE_SHOWN", 2)
    async with run(aged) as pilot:
        await press(pilot, "f8")
        await pilot.at_rest()
        await pilot.pause()
        texts = [row.text for row in pilot.app.screen.rows.rows]
        assert texts[texts.index("To be read again: 3") + 3] == "and 1 more"
