"""Writing the saved queries that a merge has changed, and updating the names of items in all saved queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.drafts import QueryDraft
from sibtui.project.merging.referring_items import QUERY_TABLES
from sibtui.project.retrieval.query_names import with_present_names
from sibtui.store import queries as query_rows

if TYPE_CHECKING:
    from sibtui.project.merging.merged_changes import MergedChanges


def write_queries(changes: MergedChanges) -> None:
    """Write the queries that the merge adds or changes.

    A query from the other study still has the names that items have in the other study. `name_items_in_queries`
    updates these names later. A removed query only gets a temporary name and text here. `merged_rows` removes it
    later.
    """
    store, ids = changes.store, changes.ids("queries")
    for key, (name, _) in changes.removed("query"):  # `merged_rows` removes it, after no row of a matrix refers to it
        query_rows.set_query(store, ids[key], f"{key} {name}", "-")
    for key in changes.freed("query"):
        if key in changes.after.kinds["query"]:
            query_rows.set_query(store, ids[key], f"{key} {changes.before.kinds['query'][key][0]}", "-")
    for key, (name, query) in changes.changed("query"):
        query_rows.set_query(store, ids[key], name, query.words)
    for key, (name, query) in changes.added("query"):
        query_rows.add_query(store, QueryDraft(name, query.words, key))


def name_items_in_queries(changes: MergedChanges) -> None:
    """Replace the names of items in the saved queries by the names that these items have after the merge.

    Call this after all items have their names.
    """
    queries = changes.after.kinds["query"]
    if not any(text.refs for _, text in queries.values()):
        return
    of_kind = {kind: changes.ids(table) for kind, table in set(QUERY_TABLES.values())}
    ids = changes.ids("queries")
    for key, (_, text) in queries.items():
        items: dict[int, tuple[int, ...]] = {}
        for at, (kind, of) in text.refs:
            number = of_kind[kind].get(of)
            items[at] = items.get(at, ()) + (() if number is None else (number,))
        query_rows.set_expression(changes.store, ids[key], with_present_names(changes.session, text.words, items))
