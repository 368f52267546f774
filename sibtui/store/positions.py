"""The order of sources, cases, attributes and codes in their lists. The first position is 1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.store.connection import Store


Ordered = Literal["sources", "cases", "attributes", "codes"]


def put_at(store: Store, table: Ordered, siblings: Iterable[int], item: int, position: int) -> None:
    """Move the row `item` of a table to a position among its siblings.

    `siblings` are the ids of all siblings in order. If the position is too large, the row is moved to the end.
    """
    order = [sibling for sibling in siblings if sibling != item]
    order.insert(position - 1, item)
    set_order(store, table, order)


def set_order(store: Store, table: Ordered, ids: Iterable[int]) -> None:
    """Store the order of the rows of a table. `ids` are their ids in this order."""
    store.change_many(
        f"UPDATE {table} SET position = ? WHERE id = ? AND position <> ?",
        [(at, number, at) for at, number in enumerate(ids, 1)],
    )
