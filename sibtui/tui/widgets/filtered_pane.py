"""A pane with a list, and a text field above it that filters the list by words."""

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
    """The base class of panes with a list and a filter. The pane sends `Filtered` when the filter changes.

    A subclass sets `rows` to its list, and fills this list in `show_filtered`.
    """

    PLACEHOLDER: ClassVar[str] = ""
    rows: RowList

    class Filtered(Message):
        """Sent when the words of the filter have changed, or when the text field of the filter was closed."""

    DEFAULT_CSS = """
    FilteredPane .filter { height: 1; border: none; padding: 0 1; background: $surface; }
    """
    filtered = ""
    """The words of the filter. If the text is empty, all items are listed."""

    def show_filtered(self) -> None:
        """List the items that match the filter. A subclass overrides this method."""
        raise NotImplementedError

    def open_filter(self) -> None:
        if not self.query(".filter"):
            field = Field(self.filtered, placeholder=self.PLACEHOLDER, classes="filter", compact=True)
            self.mount(field, before=self.children[0])
        self.screen.set_focus(self.query_one(".filter"))

    def close_filter(self) -> bool:
        """Close the text field of the filter, and list all items. Return whether the field was open."""
        field = self.query(".filter")
        if not field:
            return False
        field.remove()
        self.set_filter("")
        self.screen.set_focus(self.rows)
        return True

    def set_filter(self, words: str) -> None:
        """List only the items that contain these words. If `words` is empty, list all items."""
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
