"""A dialog with lines to read, such as the report of an import."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from sibtui.tui.widgets.dialog import show_keys
from sibtui.tui.widgets.reading_dialog import ReadingDialog
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType


class MessageBox(ReadingDialog[None]):
    """A dialog that shows lines to read, such as a report. The first line is drawn strong."""

    CSS = """
    MessageBox { background: $background 60%; align: center middle; }
    MessageBox:ansi { background: transparent; }
    #message-box { width: 94; max-width: 100%; height: auto; max-height: 90%; border: round $border; background: $surface; padding: 0 1; }
    #message-box TextLines {
        background: $surface; overflow-y: auto; scrollbar-size-vertical: 1; scrollbar-background: $surface; scrollbar-color: $rule;
    }
    """
    WIDEST = 94
    """The largest width of the box in columns."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "dismiss", "close"),
        Binding("down,j", "scroll(1)"),
        Binding("up,k", "scroll(-1)"),
        Binding("pagedown,space", "page(12)"),
        Binding("pageup,backspace", "page(-12)"),
    ]

    def __init__(self, title: str, message: Sequence[str], *, enter: str = "closes") -> None:
        super().__init__()
        self._title = title
        self._paragraphs = message
        self._keys = f"↑ ↓ PgUp PgDn · Enter {enter}"

    def compose(self) -> ComposeResult:
        with Vertical(id="message-box"):
            yield TextLines()

    def on_mount(self) -> None:
        box = self.query_one("#message-box")
        box.border_title = Content(cut(self._title, 80))

    def fit_window(self) -> None:
        """Show the keys, and break the lines into rows of the width that the terminal allows now."""
        show_keys(self.query_one("#message-box"), self._keys)
        lines = self.query_one(TextLines)
        rows = self.rows_of(min(self.WIDEST, self.app.size.width) - 6)
        lines.styles.height = min(len(rows), max(3, self.app.size.height * 9 // 10 - 3))
        lines.set_rewrapped(rows)

    def rows_of(self, width: int) -> list[Line]:
        return [
            [(row, "text" if at else "strong")]
            for at, text in enumerate(self._paragraphs)
            for row in wrapped(text, width)
        ]
