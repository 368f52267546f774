"""Codings as an Excel workbook, with the same columns as in CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.workbook import WorkbookSheet, write_workbook
from sibtui.formats.study_folder.codings_csv import LISTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTHS = {"quote": 80, "code": 40, "source": 24, "cases": 20, "memo": 40, "created": 22}
_NARROW = 12


def write_codings(rows: Iterable[Sequence[str | int]], more: Sequence[str] = ()) -> bytes:
    """Return the bytes of an Excel workbook with these rows. Each row is a result of `codings_csv.coding_row`.

    `more` are the names of additional columns. Only one row at a time is in memory. A quote of more than 32,767
    characters is cut, and its cell states this. Raises InputError for more than 1,048,575 rows.
    """
    columns = (*LISTED, *more)
    widths = tuple(_WIDTHS.get(column, _NARROW) for column in columns)
    return write_workbook([WorkbookSheet("Codings", columns, rows, widths=widths, wrapped=False)], "Codings")
