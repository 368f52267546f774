"""CSV of the one table of a document. Notes are in columns of their own, so that the names of columns are stable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.csv_out import write_csv
from sibtui.formats.documents.model import as_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.documents.model import Document, TableBlock


def render(document: Document) -> str:
    """Return the CSV. Raises InputError for a document with several tables or none."""
    tables = document.tables
    if len(tables) != 1:
        raise InputError(f"CSV holds one table, and this document has {len(tables)}.")
    table = tables[0]
    names = table.columns
    if table.style != "list":
        names = (table.columns[0] or "row", *table.columns[1:])
        names += tuple(f"{name} note" for name in names)
    return "".join(write_csv(names, _rows(table)))


def _rows(table: TableBlock) -> Iterator[tuple[str | int, ...]]:
    for row in table.rows:
        cells = [as_cell(value) for value in row]
        notes = () if table.style == "list" else (table.notes.get(cell.note or 0, "") for cell in cells)
        yield (*(cell.value for cell in cells), *notes)
