"""A dialog in a window with another size looks as if it had been opened in this size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.tui.widgets.dialog import fitting_keys
from sibtui.tui.widgets.row_list import RowList
from tests.tui.screens.test_clicks import click_edge
from tests.tui.screens.test_small_windows import text_of

if TYPE_CHECKING:
    from sibtui.project import Project

SMALL, LARGE = (40, 12), (120, 36)
DIALOGS = {
    "list of tables": "f3 o", "several kinds": "f3 f", "menu of fields": "f9 e", "menu with a long title": "greater_than_sign right_square_bracket equals_sign",
    "cases by name": "f6 slash", "line": "at", "code": "enter", "memo": "m", "verdict": "f3 J", "summary": "f3 m",
    "correction": "f9 x", "codings of a correction": "f9 x a ctrl+s", "backups": "ctrl+p b a c k u p s enter",
}  # fmt: skip


@pytest.mark.parametrize(("opened", "resized"), [(SMALL, LARGE), (LARGE, SMALL)])
@pytest.mark.parametrize("name", DIALOGS)
async def test_a_dialog_fits_the_new_size(name: str, opened, resized, tabled: Project, run, follow):
    async with run(tabled, size=resized) as pilot:
        await follow(pilot, DIALOGS[name])
        box = pilot.app.screen.children[0]
        expected = box.region, box.border_title, box.border_subtitle
    async with run(tabled, size=opened) as pilot:
        await follow(pilot, DIALOGS[name])
        await pilot.resize_terminal(*resized)
        box = pilot.app.screen.children[0]
        assert (box.region, box.border_title, box.border_subtitle) == expected


@pytest.mark.parametrize(
    "size", [SMALL, *(pytest.param(size, marks=pytest.mark.slow) for size in ((80, 24), LARGE, (200, 50)))]
)
@pytest.mark.parametrize("name", DIALOGS)
async def test_the_line_of_keys_is_not_cut(name: str, size: tuple[int, int], tabled: Project, run, follow):
    async with run(tabled, size=size) as pilot:
        await follow(pilot, DIALOGS[name])
        box = pilot.app.screen.children[0]
        last = text_of(pilot).split("\n")[box.region.bottom - 1]
        assert f"─ {box.border_subtitle} ─╯" in last
        assert any(key in str(box.border_subtitle) for key in ("Esc", "Enter", "/"))


@pytest.mark.parametrize(
    ("cells", "line"),
    [(43, "Space marks · Enter takes them · Esc closes"), (42, "Enter takes them · Esc closes"), (29, "Enter takes them · Esc closes"),
     (28, "Space marks · Esc closes"), (23, "Esc closes"), (9, ""), (0, "")],
)  # fmt: skip
def test_keys_without_room_are_left_out_as_a_whole(cells: int, line: str):
    assert fitting_keys("Space marks · Enter takes them · Esc closes", cells) == line


async def test_a_key_of_a_short_line_can_be_clicked(tabled: Project, run, follow):
    async with run(tabled, size=SMALL) as pilot:
        await follow(pilot, "at")
        box = pilot.app.screen.children[0]
        assert box.border_subtitle == "Enter saves · Esc closes"
        await click_edge(pilot, box, "Esc closes")
        assert pilot.app.screen is pilot.app.screen_stack[0]


@pytest.mark.parametrize(("opened", "resized"), [(SMALL, LARGE), (LARGE, SMALL)])
async def test_cut_names_in_a_list_follow_the_width(opened, resized, study: Project, run, follow):
    for theme in ("Money", "People"):
        study.codes.add(f"{theme}/The service charge that tenants pay in advance")
    async with run(study, size=resized) as pilot:
        await follow(pilot, "f2 S wait")
        expected = [row.text for row in pilot.app.screen.query_one(RowList).rows]
    async with run(study, size=opened) as pilot:
        await follow(pilot, "f2 S wait")
        await pilot.resize_terminal(*resized)
        assert [row.text for row in pilot.app.screen.query_one(RowList).rows] == expected


async def test_the_keys_of_the_help_follow_the_width(tabled: Project, run, press):
    async with run(tabled, size=LARGE) as pilot:
        await press(pilot, "question_mark")
        box = pilot.app.screen.query_one("#help")
        assert box.border_subtitle == "↑ ↓ PgUp PgDn · Esc closes"
        await pilot.resize_terminal(25, 12)
        assert box.border_subtitle == "Esc closes"
