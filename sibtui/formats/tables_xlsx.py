"""Lists and reports as an Excel workbook, a sheet each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.workbook import Sheet, write_workbook

if TYPE_CHECKING:
    from sibtui.model.table import Table

_NARROWEST, _WIDEST = 8, 60


def render(*tables: Table) -> bytes:
    """The columns' names stand in the first row, and nothing below the last: other programs read such sheets as data."""
    return write_workbook([_sheet(table) for table in tables], tables[0].title if len(tables) == 1 else "")


def _sheet(table: Table) -> Sheet:
    longest = (
        max(len(line) for value in (name, *column) for line in str(value).split("\n"))
        for name, *column in zip(table.columns, *table.rows, strict=True)
    )
    widths = tuple(min(max(length + 2, _NARROWEST), _WIDEST) for length in longest)
    return Sheet(table.title or "Table", table.columns, table.rows, widths=widths)
