"""The form of a table: a line for each part, then one for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.workspace.table_form import row_index, row_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.workspace.table_form import FormLine

_NAME_CELLS = 10
_ROOM_FOR_CODES = 64
"""The least width at which rows are shown with their codes beside the label."""


class TableForm(RowList):
    """Lists the lines of the form. Emits `RowList.Moved` and `RowList.Chosen`."""

    DEFAULT_CSS = """
    TableForm { padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="form")
        self._lines: Sequence[FormLine] = ()

    def show(self, lines: Sequence[FormLine]) -> None:
        """Show the lines of the form. Where there is room, rows are shown with their codes."""
        self._lines = lines
        digits = len(str(max(1, sum(row_index(line.key) is not None for line in lines))))
        self.set_rows([_list_row(line, digits, with_codes=self.size.width >= _ROOM_FOR_CODES) for line in lines])

    def on_resize(self) -> None:
        super().on_resize()
        self.show(self._lines)

    @property
    def row(self) -> int | None:
        """Return the index of the table row under the cursor; None on another part."""
        return row_index(self.key)

    def go_to_row(self, at: int) -> None:
        """Put the cursor on a row of the table."""
        self.go(row_key(at))


def _list_row(line: FormLine, digits: int, *, with_codes: bool) -> ListRow:
    if row_index(line.key) is None:
        return ListRow(line.key, line.value, mark=f"{line.name:<{_NAME_CELLS}}", strong=line.key == "rows")
    right = " · ".join(part for part in (line.codes if with_codes else "", line.more) if part)
    return ListRow(line.key, line.value, mark=f"{line.name:>{digits}}  ", right=right)
