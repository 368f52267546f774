"""The editor of memos and other texts.

Leaving the editor saves the text, so that a wrong key loses nothing. Undo restores the old text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content

from sibtui.tui.widgets.dialog import show_keys
from sibtui.tui.widgets.multiline_field import MultilineField
from sibtui.tui.widgets.saved_text_dialog import SavedTextDialog
from sibtui.tui.widgets.text_lines import TextLines, cut, wrapped

if TYPE_CHECKING:
    from textual.app import ComposeResult

_FRAME_CELLS = 4


class MemoEditor(SavedTextDialog):
    """The editor of a memo or another text. It closes with the text, or with None if the text is unchanged."""

    DEFAULT_CSS = """
    MemoEditor { background: $background 60%; align: center middle; }
    MemoEditor:ansi { background: transparent; }
    MemoEditor #memo { width: 84; max-width: 100%; height: 70%; max-height: 24; border: round $border; background: $surface; padding: 0 1; }
    MemoEditor TextLines { height: auto; max-height: 6; background: $surface; }
    MemoEditor TextArea { height: 1fr; border: none; padding: 0; background: $surface; scrollbar-background: $surface; scrollbar-color: $rule; }
    """

    def __init__(self, title: str, about: str, text: str, *, refused: str = "") -> None:
        """`about` describes the item. `refused` is the reason why this text could not be saved, or empty."""
        super().__init__(title, text, refused)
        self._about = about

    def compose(self) -> ComposeResult:
        with Vertical(id="memo"):
            yield TextLines()
            yield MultilineField(self._text, soft_wrap=True, show_line_numbers=False, compact=True)

    def on_mount(self) -> None:
        box = self.query_one("#memo")
        box.border_title = Content(cut(self._title, 74))
        self.focus_text()

    def fit_window(self) -> None:
        """Show the keys, and break the description into rows of the width that the terminal allows now."""
        again = "ctrl+s tries again · Esc closes · the text is kept for the next time"
        saves = "Esc saves and closes · an empty text removes it"
        show_keys(self.query_one("#memo"), again if self._refused else saves)
        note = f"Not saved: {self._refused}" if self._refused else self._about
        rows = [row for row in wrapped(note, min(76, self.app.size.width - _FRAME_CELLS)) if row][:5]
        about = self.query_one(TextLines)
        about.styles.height = len(rows) + 1 if rows else 0
        about.set_lines([*([(row, "warning" if self._refused else "quiet")] for row in rows), []])
