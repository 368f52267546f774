"""A very long note.

Only the part around the visible rows is laid out, but the screen looks as if the whole note were.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from textual import events

from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.segments import Segment
from sibtui.tui.note import widget

if TYPE_CHECKING:
    from sibtui.project import Project

TEXT = "\n\n".join(
    f"Line {number} of a long note, and what was said in it at some length, again."
    + " It went on, with 漢字 and more, for as long as they let it. So it was." * (number % 4)
    for number in range(900)
)
KEYS = [
    "j", "k", "x", "X", "l", "H", "right_curly_bracket", "left_curly_bracket", "pagedown", "pagedown", "pageup", "G", "g",
    "right_square_bracket", "left_square_bracket", "full_stop", "n", "number_sign",
]  # fmt: skip


@pytest.fixture
def long(study: Project) -> Project:
    study.sources.add([SourceDraft("long", TEXT, cases=("SIB A",))])
    chance = random.Random(1)
    starts = [chance.randrange(len(TEXT) - 9_000) for _ in range(300)]
    study.codings.import_(
        CodingDraft("long", "Outcomes", Segment(start, start + chance.choice([20, 90, 700, 8_000]))) for start in starts
    )
    return study


@pytest.fixture
def little_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(widget, "_REACH", 1_000)


def on_top(note: widget.NoteView) -> int:
    return note._layout.row(note.scroll_offset.y)[0]


def laid_out(note: widget.NoteView) -> int:
    first, last = note._layout.part
    return last - first


def page(note: widget.NoteView) -> list[str]:
    """Return the visible rows of the note."""
    return [strip.text for strip in note.draw(range(note.size.height))]


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 6))])
async def test_a_note_laid_out_in_part_looks_like_a_note_laid_out_whole(
    seed: int, long: Project, run, monkeypatch: pytest.MonkeyPatch
):
    seen = []
    for reach in (1_000, len(TEXT)):
        monkeypatch.setattr(widget, "_REACH", reach)
        chance = random.Random(seed)
        async with run(long, size=(80, 24)) as pilot:
            screen = pilot.app.screen
            screen.open_at("long")
            pages = []
            for _ in range(12):
                await pilot.press(*chance.choices(KEYS, k=6))
                pages.append((screen.workspace.selection, page(screen.note)))
                await pilot.resize_terminal(*chance.choice([(80, 24), (60, 20), (120, 36), (80, 30)]))
                pages.append((screen.workspace.selection, page(screen.note)))
            assert (laid_out(screen.note) == len(TEXT)) is (reach == len(TEXT))
        seen.append(pages)
    for little, whole in zip(*seen, strict=True):
        assert little == whole


@pytest.mark.usefixtures("little_at_a_time")
async def test_visible_rows_stay_visible_when_the_window_is_resized(long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        await pilot.press("G", *["k"] * 30)
        note, top = screen.note, on_top(screen.note)
        await pilot.resize_terminal(60, 24)
        assert laid_out(note) < len(TEXT) // 3
        start, end = note._layout.row(note.scroll_offset.y)
        assert start <= top <= end


@pytest.mark.slow
@pytest.mark.usefixtures("little_at_a_time")
async def test_the_mouse_wheel_reaches_every_row(long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        await pilot.pause()
        note, read = screen.note, []
        for _ in range(6_000):
            top = note._layout.row(note.scroll_offset.y)
            if read[-1:] != [top]:
                read.append(top)
            if note.scroll_offset.y >= note.max_scroll_y:
                break
            note.scroll_to(y=note.scroll_offset.y + 1, animate=False, immediate=True)
        rows = widget.NoteLayout(note._text, note._layout.width)
        assert read == [rows.row(at) for at in range(len(read))]
        assert len(read) == len(rows) - note.size.height + 1


@pytest.mark.usefixtures("little_at_a_time")
@pytest.mark.parametrize(
    "tenths", [0, 5, 10, *(pytest.param(n, marks=pytest.mark.slow) for n in (1, 2, 3, 4, 6, 7, 8, 9))]
)
async def test_a_click_on_the_scroll_bar_scrolls_to_about_this_position(tenths: int, long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        await pilot.pause()
        note, rail = screen.note, screen.query_one("ScrollMarkers")
        rail._go(round((rail.size.height - 1) * tenths / 10))
        await pilot.pause()
        assert on_top(note) == pytest.approx(len(TEXT) * tenths / 10, abs=len(TEXT) / 20)
        assert tenths < 10 or "Line 899" in "".join(page(note)).replace("┃", "")
        assert tenths > 0 or on_top(note) == 0
        assert sum("Line" in row.replace("┃", "") for row in page(note)) >= 3


@pytest.mark.usefixtures("little_at_a_time")
async def test_a_note_that_is_selected_whole_can_be_scrolled(long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        await pilot.press("G", *["shift+up"] * 3)
        screen.note.select(type(screen.workspace.selection)(0, len(TEXT)))
        await pilot.pause()
        assert on_top(screen.note) == 0
        screen.note.scroll_to(y=700, animate=False, immediate=True)
        await pilot.pause()
        top = on_top(screen.note)
        await pilot.resize_terminal(80, 30)
        assert on_top(screen.note) == top


@pytest.mark.slow
@pytest.mark.usefixtures("little_at_a_time")
async def test_dragging_the_mouse_selects_text_far_down_in_a_note(long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        await pilot.press("G", *["k"] * 300)
        note = screen.note
        row = note.scroll_offset.y + 3
        await pilot.mouse_down(note, offset=(note._frame.left + 2, 3))
        await pilot._post_mouse_events([events.MouseMove], note, offset=(note._frame.left + 9, 3), button=1)
        await pilot.mouse_up(note, offset=(note._frame.left + 9, 3))
        start, _ = note._layout.row(row)
        assert (screen.workspace.selection.start, screen.workspace.selection.end) == (start + 2, start + 9)


@pytest.mark.usefixtures("little_at_a_time")
async def test_a_change_of_height_does_not_change_the_rows(long: Project, run):
    async with run(long, size=(80, 24)) as pilot:
        screen = pilot.app.screen
        screen.open_at("long")
        rows = screen.note._layout
        await pilot.resize_terminal(80, 30)
        assert screen.note._layout is rows
