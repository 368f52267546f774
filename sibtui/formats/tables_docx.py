"""Lists and reports as a Word document: real tables, ruled as papers have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.word import Document, Run
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.model.table import Table

_MANY_COLUMNS = 5


def render(*tables: Table) -> bytes:
    """A table after the other, each under its title."""
    wide = any(len(table.columns) > _MANY_COLUMNS for table in tables)
    document = Document(tables[0].title if len(tables) == 1 else "", landscape=wide)
    for table in tables:
        if table.title.strip():
            document.paragraph([Run(one_line(table.title), bold=True)], style="Caption")
        head = [(Run(one_line(column), bold=True),) for column in table.columns]
        document.table([head, *([(Run(str(value)),) for value in row] for row in table.rows)])
        document.paragraph([])
    return document.save()
