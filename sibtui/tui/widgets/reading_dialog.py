"""The base class of dialogs that show lines to read."""

from __future__ import annotations

from typing import TypeVar

from sibtui.tui.textual_overrides.dialog import FrugalDialog
from sibtui.tui.widgets.text_lines import TextLines

T = TypeVar("T")


class ReadingDialog(FrugalDialog[T]):
    """The base class of a dialog that shows lines to read. A subclass binds keys to the action `scroll(rows)`."""

    def action_scroll(self, rows: int) -> None:
        self.query_one(TextLines).scroll_rows(rows)
