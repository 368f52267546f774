"""Writing a memo. Leaving keeps it: there is undo, and nothing written is lost by a wrong key."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen

from sibtui.tui.widgets.fields import Area
from sibtui.tui.widgets.lines import Lines, cut, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class MemoEditor(ModalScreen[str | None]):
    """Dismissed with the text, or None when it is as it was."""

    DEFAULT_CSS = """
    MemoEditor { background: $background 60%; align: center middle; }
    MemoEditor:ansi { background: transparent; }
    MemoEditor #memo { width: 84; max-width: 100%; height: 70%; max-height: 24; border: round $border; background: $surface; padding: 0 1; }
    MemoEditor Lines { height: auto; max-height: 6; background: $surface; }
    MemoEditor TextArea { height: 1fr; border: none; padding: 0; background: $surface; scrollbar-background: $surface; scrollbar-color: $rule; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # no priority: it would overtake what was typed just before
        Binding("escape", "leave", "keep and close"),
        Binding("ctrl+s", "keep", "keep and close"),
    ]

    def __init__(self, title: str, about: str, text: str, *, refused: str = "") -> None:
        """`about` is what the memo is on: shown above it. `refused` says why it could not be kept just before: it is open again for that."""
        super().__init__()
        self._title = title
        self._about = about
        self._text = text
        self._refused = refused

    def compose(self) -> ComposeResult:
        with Vertical(id="memo"):
            yield Lines()
            yield Area(self._text, soft_wrap=True, show_line_numbers=False, compact=True)

    def on_mount(self) -> None:
        box = self.query_one("#memo")
        box.border_title = Content(cut(self._title, 74))
        box.border_subtitle = (
            "ctrl+s tries again · Esc lets it go" if self._refused else "Esc keeps it and closes · empty takes it away"
        )
        told = f"It was not kept: {self._refused}" if self._refused else self._about
        rows = [row for row in wrapped(told, 76) if row][:5]
        about = self.query_one(Lines)
        about.styles.height = len(rows) + 1 if rows else 0
        about.set_lines([*([(row, "warning" if self._refused else "quiet")] for row in rows), []])
        area = self.query_one(Area)
        area.move_cursor(area.document.end)
        self.set_focus(area)

    def action_leave(self) -> None:
        if self._refused:
            self.dismiss(None)
        else:
            self.action_keep()

    def action_keep(self) -> None:
        self.dismiss(self.written)

    @property
    def written(self) -> str | None:
        """The text, or None when it is as it was, and kept."""
        text = self.query_one(Area).written_over(self._text)
        return None if text == self._text and not self._refused else text
