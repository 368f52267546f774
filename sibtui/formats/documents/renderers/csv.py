"""The renderer of CSV, for documents with exactly one main table.

The footnotes of a column are in a separate column, such as `SIB A note`. The numbers of opposing quotes are in a
column such as `SIB A against`. If such a name is already used for another column, a number is added to the name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.csv_out import write_csv
from sibtui.formats.documents.model import as_cell
from sibtui.model.table import different_names, free_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.documents.model import Document, TableBlock, TableCell
    from sibtui.model.table import Value


def render(document: Document) -> str:
    """Return the main table of a document as CSV. Raises InputError if there is not exactly one main table.

    Tables with `extra` set only explain the main table. They are left out.
    """
    tables = document.main_tables
    if len(tables) != 1:
        raise InputError(f"CSV holds one table, and this document has {len(tables)}.")
    table = tables[0]
    names = table.with_sides_apart().columns
    if table.style == "list":
        names = different_names(names)
    else:
        label, taken = table.columns[0] or "row", set(names)
        names = (
            table.columns[0] or free_name(label, taken),
            *names[1:],
            *(free_name(f"{name} note", taken) for name in (label, *table.columns[1:])),
        )
    return "".join(write_csv(names, _rows(table)))


def _rows(table: TableBlock) -> Iterator[tuple[str | float, ...]]:
    for row, apart in zip(table.rows, table.with_sides_apart().rows, strict=True):
        notes = () if table.style == "list" else (table.notes.get(as_cell(value).note or 0, "") for value in row)
        yield (*map(_whole, apart), *notes)


def _whole(given: Value | TableCell) -> str | float:
    value = as_cell(given).value
    return float(value) if isinstance(value, float) else value
