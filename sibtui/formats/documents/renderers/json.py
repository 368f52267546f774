"""The renderer of JSON. It writes only the tables of a document. Texts are not changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.formats.codec.json_text import dumps
from sibtui.formats.documents.model import TableCell
from sibtui.model.table import different_names

if TYPE_CHECKING:
    from sibtui.formats.documents.model import Document, TableBlock
    from sibtui.model.table import Value


def render(document: Document) -> str:
    """Return the tables of a document as JSON.

    A table becomes the value that its function `data` returns. If it has no such function, it becomes a list with one
    object per row. If the document has several tables, the result is a list with the value of each table.
    """
    values = [_value(table) for table in document.main_tables]
    return dumps(values[0] if len(values) == 1 else values)


def _value(table: TableBlock) -> Any:
    if table.data is not None:
        return table.data()
    names = different_names(table.columns)
    return [dict(zip(names, map(_plain, row), strict=True)) for row in table.rows]


def _plain(value: Value | TableCell) -> Value:
    return value.value if isinstance(value, TableCell) else value
