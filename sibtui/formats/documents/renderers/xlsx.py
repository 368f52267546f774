"""The renderer of Excel workbooks. Each table of a document gets a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.workbook import Linked, Suffixed, WorkbookSheet, write_workbook
from sibtui.formats.documents.model import TableCell, as_cell
from sibtui.model.text import line_in_file, superscript

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.formats.documents.model import Document, TableBlock
    from sibtui.model.table import SingleValue, Value

    SheetValue = SingleValue | Suffixed | Linked

_NARROWEST, _WIDEST = 8, 60
_LABEL = 44
_WIDTHS = {"marks": 12, "texts": 36}


def render(document: Document) -> bytes:
    """Return the document as an Excel workbook, with a sheet for each table.

    A table of the style `list` has no title above its column names, so that programs can read it easily.
    """
    places = {
        cell.anchor: (number, at)
        for number, table in enumerate(document.tables)
        for at, row in enumerate(table.rows)
        for cell in row
        if isinstance(cell, TableCell) and cell.anchor
    }
    return write_workbook([_sheet(table, places) for table in document.tables], document.title)


def _sheet(table: TableBlock, places: Mapping[str, tuple[int, int]]) -> WorkbookSheet:
    """Return a table as a sheet of the workbook.

    `places` is a map: anchor (name for links) → (sheet, row). If the text of a cell has several links, only the first
    is used, because Excel allows one link per cell.
    """
    table = table.with_sides_apart()
    is_list = table.style == "list"
    notes = (f"{superscript(number)} {line_in_file(text)}" for number, text in table.notes.items())
    columns = tuple(map(line_in_file, table.noted_columns))
    rows = [[_value(value, places, label=not (is_list or at)) for at, value in enumerate(row)] for row in table.rows]
    return WorkbookSheet(
        name=table.name or table.title or "Table",
        columns=columns,
        rows=rows,
        above=(line_in_file(table.title),) if table.title.strip() and not is_list else (),
        below=(*notes, *map(line_in_file, table.below)),
        widths=_list_widths(columns, rows) if is_list else (_LABEL, *[_WIDTHS[table.style]] * (len(columns) - 1)),
        centred=table.style == "marks",
    )


def _list_widths(columns: Sequence[str], rows: Sequence[Sequence[SheetValue]]) -> tuple[int, ...]:
    longest = (
        max(len(line) for value in column for line in str(value).split("\n"))
        for column in zip(columns, *rows, strict=True)
    )
    return tuple(min(max(length + 2, _NARROWEST), _WIDEST) for length in longest)


def _value(given: Value | TableCell, places: Mapping[str, tuple[int, int]], *, label: bool) -> SheetValue:
    """Return the value of a cell for Excel, with a link if the cell has one.

    `places` is a map: anchor (name for links) → (sheet, row). `label` is set if the cell is the label of a row.
    """
    cell = as_cell(given)
    if cell.links and cell.note is None and cell.links[0][2] in places:
        return Linked(cell.text, *places[cell.links[0][2]])
    value = line_in_file(cell.text) if label else cell.value
    suffix = ("" if label else cell.suffix) + ("" if cell.note is None else superscript(cell.note))
    return Suffixed(value, suffix) if suffix else value
