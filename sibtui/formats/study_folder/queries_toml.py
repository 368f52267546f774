"""The file queries.toml of a study folder: the saved queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.toml_tables import document, load, table
from sibtui.model.drafts import QueryDraft

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.formats.codec.toml_tables import Fields


def read_queries(name: str, data: bytes) -> tuple[QueryDraft, ...]:
    """Return the saved queries in a file. Raises InputError, which names the file and the faulty entry."""
    fields = load(name, data)
    queries = tuple(_query(each) for each in fields.tables("query"))
    fields.done()
    return queries


def write_queries(queries: Iterable[QueryDraft]) -> bytes:
    return document([table("[[query]]", {"name": q.name, "expression": q.expression, "id": q.uid}) for q in queries])


def _query(fields: Fields) -> QueryDraft:
    query = QueryDraft(fields.needed("name"), fields.needed("expression"), fields.text("id"))
    fields.done()
    return query
