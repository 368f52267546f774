"""A very long note, whose width changes: what is in sight comes first, all of it a moment later, and nobody can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import SourceDraft
from sibtui.tui.note import widget

if TYPE_CHECKING:
    from sibtui.project import Project

TEXT = "\n\n".join(
    f"Line {number} of a long note, and what was said in it at some length, again." for number in range(900)
)


@pytest.fixture
def long(study: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr(widget, "LONG", 1_000)
    monkeypatch.setattr(widget, "_REACH", 4_000)
    study.sources.add([SourceDraft("long", TEXT, cases=("SIB A",))])
    return study


def on_top(note: widget.NoteView) -> int:
    return note._layout.row(note.scroll_offset.y)[0]


async def test_what_was_in_sight_stays_in_sight(long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        await pilot.press("G", *["k"] * 30)
        note, top = screen.note, on_top(screen.note)
        rows = note.rows
        await pilot.resize_terminal(60, 24)
        assert note._in_part
        assert len(note._layout) < rows
        assert on_top(note) == top
        note._later.stop()
        note._complete()
        await pilot.pause()
        assert len(note._layout) >= rows
        assert on_top(note) == top


async def test_a_key_that_comes_at_once_does_what_it_would_have_done(long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        await pilot.press("G", *["k"] * 30)
        before = screen.desk.selection
        await pilot.resize_terminal(100, 30)
        assert screen.note._in_part
        await pilot.press("g")
        assert not screen.note._in_part
        assert screen.note.scroll_offset.y == 0
        await pilot.press("G", *["k"] * 30)
        assert screen.desk.selection == before
        assert on_top(screen.note) <= before.start


async def test_it_is_whole_again_by_itself(long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        await pilot.press("G")
        await pilot.resize_terminal(100, 30)
        assert screen.note._later is not None
        await screen.note._later._task  # the timer's end
        assert not screen.note._in_part


async def test_another_height_needs_no_other_rows(long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        rows = screen.note._layout
        await pilot.resize_terminal(80, 40)
        assert screen.note._layout is rows
