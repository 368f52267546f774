"""Codings as an Excel workbook: the columns of the CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codings_csv import COLUMNS
from sibtui.formats.workbook import Sheet, write_workbook

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTHS = {"quote": 80, "code": 40, "source": 24, "cases": 20, "memo": 40, "created": 22}
_NARROW = 12


def write_codings(rows: Iterable[Sequence[str | int]]) -> bytes:
    """The rows of `codings_csv.coding_row` or `draft_row`, taken as they are needed.

    InputError when there are more than a sheet holds (1,048,575); a quote of more than 32,767 characters is cut, and says so.
    """
    widths = tuple(_WIDTHS.get(column, _NARROW) for column in COLUMNS)
    return write_workbook([Sheet("Codings", COLUMNS, rows, widths=widths, wrapped=False)], "Codings")
