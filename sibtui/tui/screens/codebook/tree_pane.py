"""The pane with the tree of codes, and a text field that filters the tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sibtui.tui.commands.keys import bindings
from sibtui.tui.views.code_rows import tree_rows
from sibtui.tui.widgets.filtered_pane import FilteredPane
from sibtui.tui.widgets.row_list import RowList
from sibtui.workspace.codebook_view import CodebookView

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


class CodebookTree(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook")]


class TreePane(FilteredPane):
    """The pane that lists the codes as a tree. A filter limits the tree to codes with the words of the filter.

    The list sends `RowList.Moved` when the cursor moves.
    """

    DEFAULT_CSS = """
    TreePane { width: 52; }
    TreePane CodebookTree { height: 1fr; padding: 0 1; }
    """

    PLACEHOLDER = "words of a name or definition"
    rows: CodebookTree

    def __init__(self, colour_of: Callable[[str], str | None]) -> None:
        """`colour_of` returns the colour of a code, given its path."""
        super().__init__(id="tree-pane")
        self.rows = CodebookTree(id="tree")
        self.empty = ""
        """The message shown if there are no codes."""
        self._colour_of = colour_of
        self._view = CodebookView(())
        self._cut_id: int | None = None

    def compose(self) -> ComposeResult:
        yield self.rows

    def show(self, view: CodebookView, cut_id: int | None) -> None:
        """Show the codebook. `cut_id` is the id of the code that the user is moving; this code gets a mark."""
        self._view, self._cut_id = view, cut_id
        self.rows.empty = "No code has these words." if self.filtered and view.codes else self.empty
        self.rows.set_rows(tree_rows(view, self._colour_of, self.filtered, cut_id))

    def go(self, path: str) -> None:
        """Move the cursor to the code with this path. If the filter hides the code, the filter is removed."""
        if not self.rows.go(path) and self.filtered:
            self.set_filter("")
            self.rows.go(path)

    def show_filtered(self) -> None:
        self.show(self._view, self._cut_id)
        if self.filtered:
            self.rows.go_to_named(self.filtered)
