"""Windows of few rows and columns: each list shows a row, and long texts are wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.geometry import Region
from textual.widgets._toast import Toast

from sibtui.model.drafts import SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.views.hint_lines import key_hints, whole_hints
from sibtui.tui.widgets.matrix_grid import MatrixGrid
from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.tui.widgets.text_lines import TextLines
from tests.tui.trials import TRIALS
from tests.tui.trials_elsewhere import ELSEWHERE

if TYPE_CHECKING:
    from sibtui.project import Project

SMALL = [(40, 12), (60, 16)]
LISTS = {
    "codebook": "f2", "quotes": "f4", "matches": "f5 n o b o d y wait down", "history": "f7", "overview": "f8 wait",
    "sources": "f9", "filtered sources": "f9 slash a", "pseudonyms": "ctrl+l wait", "cases": "f12", "table editor": "f3 e wait",
}  # fmt: skip


def text_of(pilot) -> str:
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(piece.text for piece in strip).rstrip() for strip in strips)


def assert_row_is_shown(pilot) -> None:
    """Assert that the row under the cursor is on the screen, and all of each pane with lines."""
    screen = pilot.app.screen
    rows, on_screen = screen.query_one(RowList), screen._compositor.visible_widgets
    assert rows.key is not None
    at = next(at for at, row in enumerate(rows.rows) if row.key == rows.key)
    region, clip = on_screen[rows]
    assert region.intersection(clip).contains(region.x, region.y + rows.styles.gutter.top + at - rows.scroll_offset.y)
    for pane in screen.query(TextLines):
        region, clip = on_screen.get(pane, (Region(), Region()))
        assert region.intersection(clip) == region, pane
    assert screen.query_one(MessageBar) in on_screen


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize("name", LISTS)
async def test_a_list_shows_the_row_under_the_cursor(name: str, size: tuple[int, int], tabled: Project, run, follow):
    tabled.sources.add([SourceDraft(f"b{number}", "A note.", "A title " * 20) for number in range(9)])
    if name == "pseudonyms":
        tabled.pseudonyms.add("They", "Folk")
    async with run(tabled, size=size) as pilot:
        await follow(pilot, LISTS[name])
        if name == "quotes":
            assert "The loss falls" in text_of(pilot)
            return
        assert_row_is_shown(pilot)


@pytest.mark.parametrize("size", SMALL)
@pytest.mark.parametrize(("area", "command"), [("disagreements", "disagreement.more"), ("merge", "merge.both")])
async def test_a_list_above_two_sides_shows_a_row(
    area: str, command: str, size: tuple[int, int], tabled: Project, run, follow, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    trial = {**TRIALS, **ELSEWHERE}[area][command]
    trial.arrange(tabled, None)
    async with run(tabled, size=size) as pilot:
        await follow(pilot, trial.before)
        assert_row_is_shown(pilot)
        await follow(pilot, "down up")
        assert_row_is_shown(pilot)


@pytest.mark.parametrize("title", ["What is there", "What is there in each of the cases " * 6])
@pytest.mark.parametrize("size", SMALL)
async def test_a_table_shows_a_row(size: tuple[int, int], title: str, tabled: Project, run, press):
    rows = [RowDefinition(f"Row {number} of the table", ("Money",)) for number in range(9)]
    tabled.matrices.define(MatrixDefinition("table-1", title, tuple(rows)))
    async with run(tabled, size=size) as pilot:
        await press(pilot, "f3")
        grid = pilot.app.screen.query_one(MatrixGrid)
        drawn = [line for line in text_of(pilot).split("\n")[grid.region.y : grid.region.bottom] if "Row" in line]
        assert drawn[0].strip().startswith("Row 0")
        assert pilot.app.screen.query_one(MessageBar).region.bottom == size[1]


@pytest.mark.parametrize("keys", ["f3", "ctrl+l wait"])
async def test_a_cut_heading_is_whole_after_the_window_has_grown(keys: str, tabled: Project, run, follow):
    tabled.matrices.define(MatrixDefinition("table-1", "A title " * 20, (RowDefinition("Loss", ("Money",)),)))
    async with run(tabled, size=(40, 12)) as pilot:
        await follow(pilot, keys)
        heading = pilot.app.screen.query_one("#heading", TextLines)
        assert heading.text.endswith("…")
        await pilot.resize_terminal(40, 40)
        assert not heading.text.endswith("…")
        assert heading.text.endswith("\n")


async def test_a_list_of_one_row_shows_the_cursor_and_not_its_heading(study: Project, run, press):
    async with run(study, size=(120, 36)) as pilot:
        await press(pilot, "f9")
        rows = pilot.app.screen.rows
        rows.styles.height = 1
        await pilot.pause()
        rows.set_rows([ListRow(None, "Heading"), ListRow("a", "A"), ListRow(None, "Heading"), ListRow("b", "B")])
        for key, at in (("a", 1), ("b", 3), ("a", 1), ("a", 1)):
            rows.go(key)
            assert rows.scroll_offset.y == at


@pytest.mark.parametrize("size", [*SMALL, (80, 24)])
async def test_the_help_wraps_its_lines_and_shows_all_of_them_by_pages(size: tuple[int, int], study: Project, run):
    async with run(study, size=size) as pilot:
        await pilot.press("question_mark")
        pane = pilot.app.screen.query_one(TextLines)
        lines = pane.text.split("\n")
        assert max(map(len, lines)) < pane.size.width
        words = " ".join(pane.text.split())
        assert "Select the first sentence of the previous paragraph." in words
        assert "its other rows; ║ counter-evidence, ╎ tentative, ┊ both" in words
        seen = set()
        while pane.has_more:
            seen |= set(range(pane.scroll_offset.y, pane.scroll_offset.y + pane.size.height))
            await pilot.press("pagedown")
        assert seen | set(range(pane.scroll_offset.y, len(lines))) == set(range(len(lines)))
        await pilot.resize_terminal(44, 20)
        assert max(map(len, pane.text.split("\n"))) < pane.size.width < 44


@pytest.mark.parametrize("width", [40, 44, 60, 76, 79, 80, 85, 86, 87, 88, 100])
async def test_a_row_of_a_notice_fits_in_its_box(width: int, study: Project, run):
    async with run(study, size=(width, 24), notices=True) as pilot:
        pilot.app.notify("x" * 200, timeout=60)
        await pilot.pause(0.1)
        box = pilot.app.screen.query(Toast).first()
        rows = box.render().plain.split("\n")
        assert len(rows[0]) in {box.content_size.width, 72}
        assert box.content_size.height == len(rows)
        assert box.region.right <= width


async def test_a_message_in_the_bar_is_broken_at_the_width_of_the_bar(study: Project, run, press):
    async with run(study, size=(40, 12)) as pilot:
        await press(pilot, "f9")
        pilot.app.screen.report("x" * 39)
        await pilot.pause()
        assert "".join(text_of(pilot).split("\n")[-2:]).count("x") == 39


@pytest.mark.parametrize("size", [(5, 6), (6, 3), (40, 6)])
async def test_the_layout_of_a_dialog_comes_to_rest_in_a_tiny_window(
    size: tuple[int, int], study: Project, run, press, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("tests.tui.pilot._PATIENCE", 5.0)
    async with run(study, size=size) as pilot:
        await press(pilot, "at")
        box = pilot.app.screen.query_one("#prompt")
        assert box.region.height <= size[1]
        await pilot.resize_terminal(80, 24)
        await pilot.resize_terminal(*size)


@pytest.mark.parametrize(
    "keys", ["", "f2", "f3", "f3 e wait", "f4", "f5", "slash", "f6", "f9", "f9 slash", "f12", "ctrl+l wait", "plus"]
)
async def test_a_hint_is_not_cut(keys: str, tabled: Project, run, follow):
    async with run(tabled, size=(80, 24)) as pilot:
        await follow(pilot, keys)
        await pilot.resize_terminal(40, 12)
        await pilot.pause()
        last = text_of(pilot).rstrip().split("\n")[-1].strip("│ ╰─╯")
        assert "…" not in last
        if keys in {"", "f2", "f3", "f9"}:
            assert "? help  q" in last


def test_the_last_hints_are_left_out_if_a_line_is_too_long():
    line = key_hints("Enter", "filters", "Tab", "completes", "Esc", "closes")
    texts = ["".join(text for text, _ in whole_hints(line, cells)) for cells in (40, 39, 28, 27, 1)]
    assert (
        texts
        == ["Enter filters  Tab completes  Esc closes"] + ["Enter filters  Tab completes"] * 2 + ["Enter filters"] * 2
    )
