"""The renderer of tables as lines with tabs between the cells.

If the lines are pasted into a word processor or spreadsheet, they become a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.csv_out import neutral
from sibtui.formats.documents.model import as_cell
from sibtui.model.text import one_line, superscript

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.formats.documents.model import Document, TableBlock, TableCell


def render(document: Document) -> str:
    """Return the tables of a document as lines with tabs, with their titles, footnotes and legends.

    An apostrophe is put before a text that a spreadsheet would take for a formula.
    """
    return "\n".join("".join(f"{line}\n" for line in _lines(table)) for table in document.tables)


def _lines(table: TableBlock) -> Iterator[str]:
    if table.title.strip():
        yield one_line(table.title)
    yield _line(table.noted_columns)
    for heading, row in table.after_headings():
        if heading:
            yield _line([heading])
        yield _line(_shown(as_cell(value)) for value in row)
    for number, text in table.notes.items():
        yield _line([f"{superscript(number)} {text}"])
    for line in table.below:
        yield _line([line])


def _shown(cell: TableCell) -> str:
    return cell.text if cell.note is None else cell.text + superscript(cell.note)


def _line(cells: Iterable[str]) -> str:
    return "\t".join(neutral(one_line(cell)) for cell in cells)
