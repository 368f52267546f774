"""Documents made from tables of values, such as lists and reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.documents.model import Document, TableBlock

if TYPE_CHECKING:
    from sibtui.model.table import Table


def list_document(*tables: Table) -> Document:
    """Return a document with these tables, each under its title.

    If there is only one table, the document gets the title of this table.
    """
    return Document(tables[0].title.strip() if len(tables) == 1 else "", tuple(map(list_table, tables)))


def list_table(table: Table) -> TableBlock:
    data = (lambda: list(table.objects)) if table.objects else None
    return TableBlock(table.columns, table.rows, table.title, below=table.below, data=data)
