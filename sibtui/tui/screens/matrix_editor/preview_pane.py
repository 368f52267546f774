"""The preview in the table editor: the computed table, or a message if the table cannot be computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from sibtui.tui.widgets.matrix_grid import MatrixGrid
from sibtui.tui.widgets.text_lines import TextLines, cut

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from sibtui.model.matrix import Matrix


class PreviewPane(Vertical):
    """The pane that shows a computed table with a cursor."""

    DEFAULT_CSS = """
    PreviewPane { border-left: solid $rule; padding: 0 1; }
    PreviewPane #preview-title { height: 2; }
    PreviewPane MatrixGrid { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__(id="preview-pane")
        self.grid = MatrixGrid(id="grid")
        self.grid.shows_cursor = False
        self.matrix: Matrix | None = None
        """The table in the preview.

        The form may be newer than this table, because a new table is computed in a thread.
        """
        self._state = ""

    def compose(self) -> ComposeResult:
        yield TextLines(id="preview-title")
        yield self.grid

    def show(self, matrix: Matrix, empty: str) -> None:
        """Show a computed table. The cursor stays on the same cell. `empty` is the message for an empty table."""
        self.matrix = matrix
        self.grid.empty = empty
        self.grid.show(matrix, self.grid.row, self.grid.column)
        self.show_state("")

    def show_state(self, state: str) -> None:
        """Show the title of the table, followed by a text that states whether the preview is current."""
        self._state = state
        title = self.matrix.title if self.matrix is not None else ""
        width = max(10, self.query_one(TextLines).size.width)
        line = [(cut(title or "Preview", width - len(state) - 2), "strong"), (f"  {state}" if state else "", "quiet")]
        self.query_one(TextLines).set_lines([line])

    def on_resize(self) -> None:
        self.call_after_refresh(self._show_again)

    def _show_again(self) -> None:
        self.show_state(self._state)

    def go_to_row(self, row: int) -> None:
        """Move the cursor to the row with the index `row`, if there is such a row."""
        if self.matrix is not None and row < len(self.matrix.rows):
            self.grid.move(row - self.grid.row, 0)

    @property
    def column(self) -> str | None:
        """The label of the column under the cursor. None if the table has no columns or is not computed yet."""
        if self.matrix is None or not self.matrix.columns:
            return None
        return self.matrix.columns[min(self.grid.column, len(self.matrix.columns) - 1)]
