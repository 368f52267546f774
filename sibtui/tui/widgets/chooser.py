"""A dialog in which the user chooses one row of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from sibtui.tui.widgets.dialog import Dialog, show_keys
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import cells_of, cut

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.tui.widgets.row_list import ListRow

    RowsOfChooser = Sequence[ListRow] | Callable[[int], Sequence[ListRow]]


class _Choices(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "screen.take", show=False)]


class Chooser(Dialog[str | None]):
    """A dialog that closes with the key (identifier) of the chosen row, or with None if the user cancels."""

    CSS = """
    Chooser { background: $background 60%; align: center middle; }
    Chooser:ansi { background: transparent; }
    #chooser { width: auto; min-width: 36; max-width: 100%; height: auto; max-height: 90%; border: round $border; background: $surface; padding: 0 1; }
    #chooser RowList { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "close")]

    def __init__(self, title: str, rows: RowsOfChooser, at: str | None = None, *, is_wide: bool = False) -> None:
        """`rows` are the rows, or a function: width of the window → the rows. Their keys do not depend on the width.

        `at` is the key (identifier) of the row on which the cursor begins.

        The width of the dialog fits the rows. Set `is_wide` if the rows may get longer while the dialog is open: the
        dialog then has the width of the window.
        """
        super().__init__()
        self._is_wide = is_wide
        self._title = title
        self._rows_of: Callable[[int], Sequence[ListRow]] = rows if callable(rows) else lambda _width: rows
        self._rows: Sequence[ListRow] = ()
        self._first = at

    def compose(self) -> ComposeResult:
        with Vertical(id="chooser"):
            yield _Choices()

    def on_mount(self) -> None:
        self.query_one("#chooser").border_title = Content(cut(self._title, 70))
        self.query_one(RowList).focus()

    def fit_window(self) -> None:
        box, listed, window = self.query_one("#chooser"), self.query_one(RowList), self.app.size
        self._rows = self._rows_of(window.width)
        listed.set_rows(self._rows)
        listed.go(self._first)
        self._first = None  # later, the cursor stays on its row
        widest = max((cells_of([(row.mark + row.text + row.right, "")]) for row in self._rows), default=0)
        box.styles.width = window.width if self._is_wide else min(widest + 8, window.width)
        listed.styles.height = min(len(self._rows), max(3, window.height - 6))
        show_keys(box, "Enter chooses · Esc closes")

    def update_rows(self, rows: Sequence[ListRow]) -> None:
        """Show new rows, which have the same keys (identifiers) as the old rows."""
        self._rows_of = lambda _width: rows
        if self.is_mounted:
            self.query_one(RowList).set_rows(rows)

    @on(RowList.Chosen)
    def action_take(self) -> None:
        self.dismiss(self.query_one(RowList).key)
