"""Sources and codes that were removed: their names, and the part of the history in which they existed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from sibtui.model.codebook import join_path
from sibtui.store.changes import image_values
from sibtui.store.codes import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.store.connection import Store


class RemovedItem(NamedTuple):
    """A source or code that was removed.

    `name` is its name at the time of the removal; for a code, its path in the codebook. All images of this item
    (recorded states in the history) have ids from `first` to `last`. These limits are needed because SQLite may give
    the `id` of a removed row to a new row.
    """

    id: int
    name: str
    first: int
    last: int


def removed_items(store: Store, table: Literal["sources", "codes"]) -> Sequence[RemovedItem]:
    """Return the sources or codes that were removed, oldest removal first. Items with erased values are left out."""
    images = store.query(
        "SELECT i.id, i.row, i.op, i.image, a.last_image FROM images i JOIN acts a ON a.id = i.act AND a.state = 'done'"
        " WHERE i.tbl = ? AND i.op <> 'update' ORDER BY i.id",
        (table,),
    )
    first: dict[int, int] = {}
    found: list[tuple[RemovedItem, int | None]] = []
    for image, number, operation, content, last in images:
        if operation == "insert":
            first[number] = image
        elif name := image_values(store, content).get("name"):
            parent = image_values(store, content).get("parent_id")
            found.append((RemovedItem(number, name, first.get(number, 0), last), parent))
    if table == "sources":
        return [item for item, _ in found]
    present = {row[0]: row[1:] for row in store.query("SELECT id, name, parent_id FROM codes")}
    return [item._replace(name=_path(item, parent, found, present)) for item, parent in found]


def _path(
    item: RemovedItem,
    parent: int | None,
    removed: Sequence[tuple[RemovedItem, int | None]],
    present: dict[int, tuple[str, int | None]],
) -> str:
    """Return the path of a removed code. Each code above it may be removed or present."""
    names = [item.name]
    while parent is not None and len(names) < DEEPEST:
        above = next(
            (each for each in removed if each[0].id == parent and each[0].first <= item.last <= each[0].last), None
        )
        name, parent = (above[0].name, above[1]) if above else present.get(parent, ("", None))
        names.append(name)
    return join_path(filter(None, reversed(names)))
