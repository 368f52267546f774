"""The base class of dialogs that show lines to read."""

from __future__ import annotations

from typing import TypeVar

from sibtui.tui.widgets.dialog import Dialog
from sibtui.tui.widgets.text_lines import TextLines

T = TypeVar("T")


class ReadingDialog(Dialog[T]):
    """The base class of a dialog that shows lines to read. A subclass binds keys to `scroll(rows)` and `page(rows)`."""

    def action_scroll(self, rows: int) -> None:
        self.query_one(TextLines).scroll_rows(rows)

    def action_page(self, rows: int) -> None:
        """Scroll down by `rows`, or up if `rows` is negative. At least one line of the previous page stays visible."""
        lines = self.query_one(TextLines)
        most = max(1, lines.size.height - 1)
        lines.scroll_rows(max(-most, min(rows, most)))
