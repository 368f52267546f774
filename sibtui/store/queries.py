"""Rows of saved queries: searches for codings that the researcher has stored under a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import SavedQuery

if TYPE_CHECKING:
    from sibtui.model.drafts import QueryDraft
    from sibtui.store.connection import Store


def queries(store: Store) -> list[SavedQuery]:
    """Return all saved queries in the order of the list of queries."""
    rows = store.query("SELECT id, name, expression, uid FROM queries ORDER BY position, id")
    return [SavedQuery(*row) for row in rows]


def add_query(store: Store, draft: QueryDraft) -> int:
    """Add a saved query at the end of the list, and return its id."""
    return store.change(
        "INSERT INTO queries (name, expression, uid, position) VALUES (?, ?,"
        " coalesce(nullif(?, ''), lower(hex(randomblob(16)))), 1 + (SELECT coalesce(max(position), 0) FROM queries))",
        (draft.name, draft.expression, draft.uid),
    )


def set_expression(store: Store, query: int, expression: str) -> None:
    store.change("UPDATE queries SET expression = ? WHERE id = ? AND expression <> ?", (expression, query, expression))


def set_query(store: Store, query: int, name: str, expression: str) -> None:
    store.change("UPDATE queries SET name = ?, expression = ? WHERE id = ?", (name, expression, query))


def remove_query(store: Store, query: int) -> None:
    store.change("DELETE FROM queries WHERE id = ?", (query,))
