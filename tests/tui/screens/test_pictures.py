"""Boxes with pictures on the sources screen and the overview, and the heat map that the matrix screen writes."""

from __future__ import annotations

import pytest

from sibtui.project import Project
from sibtui.tui.widgets.picture_box import PictureBox
from sibtui.tui.widgets.text_lines import TextLines


def lines(pilot) -> list[str]:
    return pilot.app.screen.query_one(TextLines).text.splitlines()


@pytest.mark.parametrize("size", [(80, 24), (200, 50)])
async def test_the_portrait_of_the_marked_sources_fits_the_screen(tabled: Project, run, press, size):
    async with run(tabled, size=size) as pilot:
        await press(pilot, "f9", "a", "l")
        assert isinstance(pilot.app.screen, PictureBox)
        shown = lines(pilot)
        assert shown[0] == "Where the themes are in each source"
        assert any("▀" in line or "▄" in line for line in shown)
        assert max(map(len, shown)) <= min(124, size[0]) - 6
        await press(pilot, "escape")
        assert not isinstance(pilot.app.screen, PictureBox)


async def test_the_saturation_is_on_the_overview(tabled: Project, run, press):
    async with run(tabled) as pilot:
        await press(pilot, "f8", "s")
        assert isinstance(pilot.app.screen, PictureBox)
        assert lines(pilot)[0] == "Saturation"


async def test_nothing_to_draw_is_a_message(tmp_path, run, press):
    with Project.create(tmp_path / "empty.sibtui", coder="R1") as empty:
        async with run(empty) as pilot:
            await press(pilot, "f8", "s")
            assert not isinstance(pilot.app.screen, PictureBox)
            assert "There are no interviews" in pilot.app.screen.query_one("#status-bar", TextLines).text


async def test_the_matrix_screen_writes_a_heat_map(tabled: Project, run, press):
    pytest.importorskip("matplotlib", reason="matplotlib is an optional extra")
    async with run(tabled) as pilot:
        await press(pilot, "f3", "E")
        pilot.app.screen.query_one("Input").value = str(tabled.path.parent / "t.svg")
        await press(pilot, "enter")
        assert "a heat map in SVG" in " ".join(pilot.app.screen.query_one("#status-bar", TextLines).text.split())
    assert (tabled.path.parent / "t.svg").read_text(encoding="utf-8").startswith("<?xml")
