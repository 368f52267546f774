"""Partial drawing. After any keys, the terminal shows the same as a screen that is drawn in full."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual._compositor import Compositor, LayoutUpdate
from textual.strip import Strip

from sibtui.model.drafts import SourceDraft
from sibtui.tui.note import widget as note_widget

if TYPE_CHECKING:
    from textual._compositor import CompositorUpdate

    from sibtui.project import Project
    from sibtui.tui.app import SibtuiApp

KEYS = [
    "down", "up", "x", "X", "l", "h", "right_curly_bracket", "left_curly_bracket", "pagedown", "pageup", "G", "g", "space", "u", "d", "minus",
    "tilde", "right_square_bracket", "o", "W", "n", "full_stop", "tab", "question_mark", "escape", "enter", "escape", "f2", "escape", "f3", "q",
    "f4", "q",
]  # fmt: skip
LONG = "\n\n".join(
    f"Line {n} of a long note, with 漢字 and e\u0301. What came of it? Nothing yet, they said." for n in range(60)
)

_PARTS = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[([\d;]*)m|(\n)|([^\x1b\n]+)")


class Glass:
    """Return the contents of a terminal after a text was written to it: the character and the style of each cell."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], tuple[str, str]] = {}

    def write(self, sequence: str) -> None:
        x = y = 0
        style = ""
        for row, column, sgr, newline, text in _PARTS.findall(sequence):
            if row:
                y, x = int(row) - 1, int(column) - 1
            elif newline:
                x, y = 0, y + 1
            elif text:
                for sign in text:
                    width = cell_len(sign)
                    if width:
                        self.cells[y, x] = (sign, style)
                        for covered in range(x + 1, x + width):
                            self.cells.pop((y, covered), None)
                        x += width
            else:
                style = sgr.strip("0;") and sgr


def full_drawing(app: SibtuiApp) -> Glass:
    """Return the screen as drawn by Textual's own compositor, without anything cached from before."""
    compositor = app.screen._compositor
    for widget in compositor.visible_widgets:
        widget.notify_style_update()
        widget._styles_cache.clear()
    chops = Compositor._render_chops(compositor, app.size.region, lambda _: True)
    glass = Glass()
    glass.write(LayoutUpdate([row.values() for row in chops], app.size.region).render_segments(app.console))
    return glass


@pytest.mark.parametrize("in_parts", [False, True], ids=["whole", "in parts"])
@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 4))])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_terminal_shows_the_same_as_after_a_full_drawing(
    seed: int, size: tuple[int, int], in_parts: bool, coded: Project, run, monkeypatch: pytest.MonkeyPatch
):
    if in_parts:  # as if the note were a very long one
        monkeypatch.setattr(note_widget, "_REACH", 0)
        monkeypatch.setattr(note_widget, "REGION", 100)
    coded.sources.add([SourceDraft("long", LONG, cases=("SIB A",))])
    chance = random.Random(seed)
    glass = Glass()
    async with run(coded, size=size) as pilot:
        app = pilot.app

        def display(_screen: object, update: CompositorUpdate | None) -> None:
            if update is not None:
                glass.write(update.render_segments(app.console))

        app._display = display  # type: ignore[method-assign]
        app.screen_stack[0].open_at("long" if seed % 2 else "a1")
        app.refresh()
        for _ in range(6):
            await pilot.press(*chance.choices(KEYS, k=8))
            await pilot.resize_terminal(*chance.choice([size, (100, 30), (160, 40)]))
            await pilot.pause()
            await pilot.at_rest()
            await pilot.pause()
            full = full_drawing(app).cells
            width, height = app.size
            seen = {at: cell for at, cell in glass.cells.items() if at[0] < height and at[1] < width}
            different = sorted(at for at in full.keys() | seen.keys() if full.get(at) != seen.get(at))
            assert not different, [(at, seen.get(at), full.get(at)) for at in different[:3]]


@pytest.mark.parametrize("behind", [False, True], ids=["it alone", "all that is behind it too"])
async def test_a_widget_without_a_size_yet_is_not_drawn(
    behind: bool, coded: Project, run, monkeypatch: pytest.MonkeyPatch
):
    """A field that has just opened is laid out before it gets its size. Until then it has nothing to draw."""
    async with run(coded, size=(80, 24)) as pilot:
        app, screen = pilot.app, pilot.app.screen
        await pilot.press("slash")
        field = screen.query_one("#find")
        assert field.region.width == 80
        for widget in screen._compositor.visible_widgets if behind else [field]:
            monkeypatch.setattr(widget, "render_lines", lambda crop: [Strip.blank(0)] * crop.height)
        glass = Glass()
        glass.write(screen._compositor.render_full_update().render_segments(app.console))
        assert glass.cells[field.region.y, 40][0] == " "
        screen._compositor._dirty_regions.add(field.region)
        update = screen._compositor.render_partial_update()
        assert update is not None
        update.render_segments(app.console)
