"""The yardstick of the keys: a bare Textual app that shows a text, marks a line of it, and scrolls by pages. It codes nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

if TYPE_CHECKING:
    from textual.binding import BindingType

WIDTH = 80


class Text(ScrollView, can_focus=True):
    """Lines of one width, one of them marked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        ("down", "move(1)"), ("up", "move(-1)"), ("pagedown", "turn(1)"), ("pageup", "turn(-1)"), ("q", "app.quit"),
    ]  # fmt: skip

    def __init__(self, text: str) -> None:
        super().__init__()
        flat = text.replace("\n", " ")
        self.rows = [flat[at : at + WIDTH] for at in range(0, len(flat), WIDTH)]
        self.at = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(WIDTH, len(self.rows))

    def render_line(self, y: int) -> Strip:
        at = self.scroll_offset.y + y
        style = self.rich_style + Style(reverse=at == self.at)
        return Strip([Segment(self.rows[at] if at < len(self.rows) else "", style)]).adjust_cell_length(
            self.size.width, self.rich_style
        )

    def action_move(self, step: int) -> None:
        before, self.at = self.at, min(max(self.at + step, 0), len(self.rows) - 1)
        top, page = self.scroll_offset.y, self.size.height
        if not top <= self.at < top + page:
            self.scroll_to(y=self.at - page // 2, animate=False, immediate=True)
        self.refresh(*(Region(0, at - self.scroll_offset.y, self.size.width, 1) for at in (before, self.at)))

    def action_turn(self, pages: int) -> None:
        self.action_move(pages * self.size.height)


class Bare(App[None]):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def compose(self) -> ComposeResult:
        yield Text(self.text)

    def on_mount(self) -> None:
        self.animation_level = "none"


class Empty(App[None]):
    """An app with nothing in it: what a first paint costs at the least."""


if __name__ == "__main__":
    app = Bare(Path(sys.argv[1]).read_text("utf-8")) if len(sys.argv) > 1 else Empty()
    app.run()
