"""Lists and reports as a page that stands alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.html_page import DOCUMENT_STYLE, page, table

if TYPE_CHECKING:
    from sibtui.model.table import Table


def render(*tables: Table) -> str:
    """A table after the other, each under its title."""
    title = tables[0].title.strip() if len(tables) == 1 else ""
    return page(title or "Tables", [line for given in tables for line in table(given)], DOCUMENT_STYLE)
