"""What our scrolling widgets share: rows drawn one by one, which move without anything around them being laid out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.filter import ANSIToTruecolor
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Sheet(ScrollView, can_focus=False, inherit_bindings=False):
    """A widget that draws its own rows, and scrolls through them."""

    ALLOW_SELECT = False

    def fit(self, rows: int) -> None:
        """Let so many rows be reached. Textual's setter of the size does it too, and lays out the whole screen anew."""
        size = Size(self.size.width, rows)
        if size == self.virtual_size:
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.styles.overflow_y == "auto":
            self.show_vertical_scrollbar = rows > self.size.height
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = rows

    @property
    def allow_vertical_scroll(self) -> bool:
        """Whether it scrolls, which it does without a bar too: a bar that nobody sees is one more widget to make, style and lay out."""
        return True

    def draw(self, rows: range) -> list[Strip]:
        """The strips of these rows, counted from the first that is in sight."""
        return [self.render_line(y) for y in rows]

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows as they go to the screen.

        Without a border and padding a row is drawn as it is. Textual would put each into a strip of its own first, and with that one forget, for
        every row that comes into sight again, the escape sequences that it was written with.
        """
        if any(self.styles.gutter):
            return super().render_lines(crop)
        strips = self.draw(range(crop.y, crop.bottom))
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            if isinstance(line_filter, ANSIToTruecolor):
                continue  # a theme of true colours, so that there are no others to be translated
            strips = [strip.apply_filter(line_filter, background) for strip in strips]
        return (
            strips if crop.column_span == (0, self.size.width) else [strip.crop(*crop.column_span) for strip in strips]
        )
