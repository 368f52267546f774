"""The form of a table: one line for each property of the table, such as its title, and then one line for each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.tui.widgets.row_list import ListRow, RowList
from sibtui.workspace.table_form import row_index, row_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.workspace.table_form import FormLine

_NAME_CELLS = 10
_ROOM_FOR_CODES = 64
"""The least width at which the codes of a row are shown beside its label."""


class TableForm(RowList):
    """The list of the lines of the form.

    It sends `RowList.Moved` when the cursor moves, and `RowList.Chosen` when the user clicks a line.
    """

    DEFAULT_CSS = """
    TableForm { padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="form")
        self._lines: Sequence[FormLine] = ()

    def show(self, lines: Sequence[FormLine]) -> None:
        """Show the lines of the form. If there is room, the line of a table row also shows the codes of this row."""
        self._lines = lines
        digits = len(str(max(1, sum(row_index(line.key) is not None for line in lines))))
        self.set_rows([_list_row(line, digits, with_codes=self.size.width >= _ROOM_FOR_CODES) for line in lines])

    def on_resize(self) -> None:
        super().on_resize()
        self.show(self._lines)

    @property
    def row(self) -> int | None:
        """The index of the table row under the cursor. None if the cursor is on another line of the form."""
        return row_index(self.key)

    def go_to_row(self, at: int) -> None:
        self.go(row_key(at))


def _list_row(line: FormLine, digits: int, *, with_codes: bool) -> ListRow:
    if row_index(line.key) is None:
        return ListRow(line.key, line.value, mark=f"{line.name:<{_NAME_CELLS}}", strong=line.key == "rows")
    right = " · ".join(part for part in (line.codes if with_codes else "", line.more) if part)
    return ListRow(line.key, line.value, mark=f"{line.name:>{digits}}  ", right=right)
