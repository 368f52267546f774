"""A pane with a list, above which a field for words can be opened that filters the list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from sibtui.tui.widgets.fields import Field

if TYPE_CHECKING:
    from sibtui.tui.widgets.row_list import RowList


class FilteredPane(Vertical):
    """Emits `Filtered` when the filter changes. A subclass has `rows` and fills them in `show_filtered`."""

    PLACEHOLDER: ClassVar[str] = ""
    rows: RowList

    class Filtered(Message):
        """The filter lists other items, or its field was closed."""

    DEFAULT_CSS = """
    FilteredPane .filter { height: 1; border: none; padding: 0 1; background: $surface; }
    """
    filtered = ""
    """The words of the filter; without words, all items are listed."""

    def show_filtered(self) -> None:
        """List the items that have the words of the filter."""
        raise NotImplementedError

    def open_filter(self) -> None:
        """Open the field of the filter, and give it the focus."""
        if not self.query(".filter"):
            field = Field(self.filtered, placeholder=self.PLACEHOLDER, classes="filter", compact=True)
            self.mount(field, before=self.children[0])
        self.screen.set_focus(self.query_one(".filter"))

    def close_filter(self) -> bool:
        """List all items again. Return whether the field of the filter was open."""
        field = self.query(".filter")
        if not field:
            return False
        field.remove()
        self.set_filter("")
        self.screen.set_focus(self.rows)
        return True

    def set_filter(self, words: str) -> None:
        """List the items that have these words; all items without words."""
        self.filtered = words
        self.show_filtered()
        self.post_message(self.Filtered())

    @on(Input.Changed, ".filter")
    def _field_edited(self, event: Input.Changed) -> None:
        event.stop()
        self.set_filter(event.value.strip())

    @on(Input.Submitted, ".filter")
    def _field_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.filtered:
            self.query(".filter").remove()
        self.screen.set_focus(self.rows)
