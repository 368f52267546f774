"""A dialog in which the user chooses one row of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content

from sibtui.tui.textual_overrides.dialog import FrugalDialog
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import cells_of, cut

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.tui.widgets.row_list import ListRow


class _Choices(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "screen.take", show=False)]


class Chooser(FrugalDialog[str | None]):
    """A dialog that closes with the key (identifier) of the chosen row, or with None if the user cancels."""

    CSS = """
    Chooser { background: $background 60%; align: center middle; }
    Chooser:ansi { background: transparent; }
    #chooser { width: auto; min-width: 36; max-width: 100%; height: auto; max-height: 90%; border: round $border; background: $surface; padding: 0 1; }
    #chooser RowList { background: $surface; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q", "dismiss", "close")]

    def __init__(self, title: str, rows: Sequence[ListRow], at: str | None = None, *, room: int | None = None) -> None:
        """`at` is the key (identifier) of the row on which the cursor begins. `room` is the width of the dialog.

        Without `room`, the width fits the rows. Pass `room` if the rows may get longer while the dialog is open.
        """
        super().__init__()
        self._room = room
        self._title = title
        self._rows = rows
        self._first = at

    def compose(self) -> ComposeResult:
        with Vertical(id="chooser"):
            yield _Choices()

    def on_mount(self) -> None:
        box, listed = self.query_one("#chooser"), self.query_one(RowList)
        box.border_title = Content(cut(self._title, 70))
        box.border_subtitle = "Enter chooses · Esc closes"
        widest = max((cells_of([(row.mark + row.text + row.right, "")]) for row in self._rows), default=0)
        box.styles.width = min(widest + 8 if self._room is None else self._room, self.app.size.width)
        listed.styles.height = min(len(self._rows), max(3, self.app.size.height - 6))
        listed.set_rows(self._rows)
        listed.go(self._first)
        listed.focus()

    def update_rows(self, rows: Sequence[ListRow]) -> None:
        """Show new rows, which have the same keys (identifiers) as the old rows."""
        self._rows = rows
        if self.is_mounted:
            self.query_one(RowList).set_rows(rows)

    @on(RowList.Chosen)
    def action_take(self) -> None:
        self.dismiss(self.query_one(RowList).key)
