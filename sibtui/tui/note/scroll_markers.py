"""The scroll bar of the note, which is one column wide.

The bar repaints only cells that change. Most steps in a long note change no cell of the bar.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment as Piece
from textual.geometry import Region
from textual.strip import Strip

from sibtui.tui.textual_overrides.containers import Unscrolled

if TYPE_CHECKING:
    from textual import events

    from sibtui.tui.note.widget import NoteView


class ScrollMarkers(Unscrolled):
    """A scroll bar that shows which part of a note is visible.

    A click on the bar, or a drag along it, scrolls the note.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "ScrollMarkers { width: 1; background: $background; color: $rule; }"

    def __init__(self, view: NoteView) -> None:
        super().__init__()
        self._view = view
        self._thumb = (0, 0)

    def on_mount(self) -> None:
        self.watch(self._view, "scroll_y", self._follow, init=False)
        self._view.layout_changed = self._follow

    def on_resize(self) -> None:
        self._follow()

    def _follow(self) -> None:
        height, total = self.size.height, self._view.virtual_size.height
        if height <= 0:
            return
        length = height if total <= height else max(1, height * height // total)
        room, most = height - length, max(1, total - height)
        first = min(room, round(self._view.scroll_y * room / most))
        before, self._thumb = self._thumb, (first, 0 if total <= height else first + length)
        changed = set(range(*before)) ^ set(range(*self._thumb))
        if changed:
            self.refresh(*(Region(0, row, 1, 1) for row in changed))

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return the rows in the region `crop` as strips.

        At most two rows are drawn: all rows of the thumb (the part that shows the position) look the same, and so do
        all other rows.
        """
        rows: dict[bool, Strip] = {}
        for y in crop.line_range:
            if self._is_thumb(y) not in rows:
                rows[self._is_thumb(y)] = super().render_lines(Region(crop.x, y, crop.width, 1))[0]
        return [rows[self._is_thumb(y)] for y in crop.line_range]

    def render_line(self, y: int) -> Strip:
        return Strip([Piece("▐" if self._is_thumb(y) else " ", self.rich_style)], 1)

    def _is_thumb(self, y: int) -> bool:
        return self._thumb[0] <= y < self._thumb[1]

    def _go(self, y: int) -> None:
        room = max(1, self.size.height - 1)
        self._view.scroll_to(y=y * self._view.max_scroll_y / room, animate=False)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self.capture_mouse()
        self._go(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self.app.mouse_captured is self:
            self._go(event.y)

    def on_mouse_up(self) -> None:
        self.release_mouse()
