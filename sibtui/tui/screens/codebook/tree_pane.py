"""The pane with the tree of codes, and a field that filters it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from sibtui.tui.commands.keys import bindings
from sibtui.tui.views.code_rows import tree_rows
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.row_list import RowList
from sibtui.workspace.codebook_view import CodebookView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class CodebookTree(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook")]


class TreePane(Vertical):
    """Lists the codes that have the words of the filter. Emits `Filtered`; the tree emits `RowList.Moved`."""

    DEFAULT_CSS = """
    TreePane { width: 52; }
    TreePane CodebookTree { height: 1fr; padding: 0 1; }
    TreePane #codes-filter { height: 1; border: none; padding: 0 1; background: $surface; }
    """

    class Filtered(Message):
        """The filter lists other codes, or its field was closed."""

    def __init__(self, colour_of: Callable[[str], str | None]) -> None:
        """`colour_of` returns the colour of a code, given its path."""
        super().__init__(id="tree-pane")
        self.rows = CodebookTree(id="tree")
        self.empty = ""
        """The message without codes."""
        self.filtered = ""
        """The words of the filter; without words, all codes are listed."""
        self._colour_of = colour_of
        self._view = CodebookView(())
        self._cut_id: int | None = None

    def compose(self) -> ComposeResult:
        yield self.rows

    def show(self, view: CodebookView, cut_id: int | None) -> None:
        """Show the codebook. `cut_id` is the code taken to be moved, which gets a mark."""
        self._view, self._cut_id = view, cut_id
        self.rows.empty = "No code has these words." if self.filtered and view.codes else self.empty
        self.rows.set_rows(tree_rows(view, self._colour_of, self.filtered, cut_id))

    def go(self, path: str) -> None:
        """Put the cursor on a code, and remove a filter that hides it."""
        if not self.rows.go(path) and self.filtered:
            self._filter("")
            self.rows.go(path)

    def open_filter(self) -> None:
        """Open the field of the filter, and give it the focus."""
        if not self.query("#codes-filter"):
            field = Field(self.filtered, placeholder="words of a name or definition", id="codes-filter", compact=True)
            self.mount(field, before=self.rows)
        self.screen.set_focus(self.query_one("#codes-filter"))

    def close_filter(self) -> bool:
        """List all codes again. Return whether the field of the filter was open."""
        field = self.query("#codes-filter")
        if not field:
            return False
        field.remove()
        self._filter("")
        self.screen.set_focus(self.rows)
        return True

    def _filter(self, words: str) -> None:
        self.filtered = words
        self.show(self._view, self._cut_id)
        self.post_message(self.Filtered())

    @on(Input.Changed, "#codes-filter")
    def _field_edited(self, event: Input.Changed) -> None:
        event.stop()
        self._filter(event.value.strip())
        self.rows.go_to_named(self.filtered)

    @on(Input.Submitted, "#codes-filter")
    def _field_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.filtered:
            self.query("#codes-filter").remove()
        self.screen.set_focus(self.rows)
