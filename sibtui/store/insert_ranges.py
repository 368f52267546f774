"""Ranges: one stored image for many rows that a change of the study inserted.

An image is a recorded state of a row. Undo and redo need the images. The image of a single row holds its values as
JSON. A range is one image for many inserted rows. It holds no values, because the rows are in their table. Undo moves
the rows to a table of kept rows, and redo moves them back.

A row of a range has two ids:

- the row id, which is the id of the row in its own table;
- the image id, which is its id in the table of images.

The rows of a range get consecutive image ids, but only one image is stored: that of the last row. For example, a change
inserts the rows 7, 8 and 9, and the next image id is 101. Then the rows have the image ids 101, 102 and 103, the range
is stored as the image 103, and the next image gets the id 104.

In a table of kept rows, the id of a row is its image id. Row ids are not used there, because rows of several undone
changes may have had the same row id.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.store.connection import Store

KEPT = {"codings": "kept_codings", "coding_cases": "kept_coding_cases"}
"""A map: table → table that keeps its inserted rows after an undo. Only these tables have ranges.

A table comes before the tables that refer to it.
"""
_BATCH = 1_000
"""The number of rows that one statement moves.

Each batch uses the pages that the previous batch has freed, so that the file does not grow.
"""
_MANY = 10_000
"""The least number of moved rows for which the indexes of a table are dropped and created again.

A second condition is that the table has at most half as many other rows. If both conditions are met, sorting all rows
once is faster than changing an index in a random order, above all if the index is larger than the page cache.
"""


class InsertRange(NamedTuple):
    """A range of inserted rows. `first` and `last` are the row ids of its first and its last row.

    `image` is the id that the last row has in the table of images (recorded states of rows).
    """

    image: int
    table: str
    first: int
    last: int

    @property
    def shift(self) -> int:
        """The image id of a row minus its row id: the same number for all rows of the range."""
        return self.image - self.last

    @property
    def among(self) -> dict[str, Any]:
        """The table, first id and last id of the range, as named parameters for an SQL query."""
        return {"table": self.table, "first": self.first, "last": self.last}

    def __len__(self) -> int:
        return self.last - self.first + 1


def record(store: Store, table: str, after: int) -> None:
    """Record in the history that all rows of a table with an id above `after` were inserted.

    The record belongs to the change in progress.
    """
    count, first, last = store.query(
        f"SELECT count(*), min(id), max(id) FROM {table} WHERE id > ?", (after,)
    ).fetchone()
    if not count:
        return
    if table in KEPT and count == last - first + 1:
        store.change(
            "INSERT INTO images (id, act, tbl, row, last_row, op)"
            " SELECT (SELECT coalesce(max(id), 0) FROM images) + ?, act, ?, ?, ?, 'insert' FROM history",
            (count, table, first, last),
        )
        return
    store.change(
        "INSERT INTO images (act, tbl, row, op) SELECT h.act, ?, t.id, 'insert'"
        f" FROM history h CROSS JOIN {table} t WHERE t.id > ? ORDER BY t.id",
        (table, after),
    )


def move(store: Store, ranges: list[InsertRange], *, backwards: bool) -> bool:
    """Move the rows of ranges for an undo or a redo. Return False when a row is missing.

    With `backwards` (undo), the rows are moved to the tables of kept rows. Otherwise (redo), they are moved back. No
    row may be in two of the ranges.
    """
    if not all(moved.table in KEPT for moved in ranges):
        return False
    counts: Counter[str] = Counter()
    for moved in ranges:
        counts[moved.table] += len(moved)
    with ExitStack() as stack:
        for table, count in counts.items():
            if count > _BATCH:
                stack.enter_context(store.without("trigger", table))
            if count >= _MANY and count >= 2 * _others(store, table, count if backwards else 0):
                stack.enter_context(store.without("index", table))
        return all(
            _move(store, moved, store.columns(moved.table), backwards=backwards)
            for moved in sorted(ranges, key=lambda moved: _order(moved, backwards=backwards))
        )


def _order(moved: InsertRange, *, backwards: bool) -> tuple[int, int]:
    """Return the sort key of a range, for the order in which undo or redo moves several ranges.

    When SQLite deletes a coding, it also deletes the cases of the coding. So an undo moves cases before codings, and
    a redo moves codings before cases. Within one table, the order of the rows is kept, because SQLite appends rows
    fastest.
    """
    place = list(KEPT).index(moved.table)
    return -place if backwards else place, moved.image


def _others(store: Store, table: str, moved: int) -> int:
    """Return the number of rows in a table, minus `moved` rows that will be moved out of it."""
    return int(store.scalar(f"SELECT count(*) FROM {table}")) - moved


def _move(store: Store, moved: InsertRange, columns: list[str], *, backwards: bool) -> bool:
    names = ", ".join(f'"{name}"' for name in columns if name != "id")
    tables, shift = (moved.table, KEPT[moved.table]), moved.shift
    at = 0
    if not backwards:
        tables, shift, at = tables[::-1], -shift, moved.shift
    for first in range(moved.first + at, moved.last + at + 1, _BATCH):
        last = min(first + _BATCH - 1, moved.last + at)
        store.change(
            f"INSERT INTO {tables[1]} (id, {names}) SELECT id + ?, {names} FROM {tables[0]} WHERE id BETWEEN ? AND ?",
            (shift, first, last),
        )
        gone = store.change_many(f"DELETE FROM {tables[0]} WHERE id BETWEEN ? AND ?", [(first, last)])
        if gone != last - first + 1:
            return False
    return True


def kept_rows(store: Store, moved: InsertRange, columns: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a range whose insertion was undone, ordered by id. Each row is a map: column name → value.

    Each row has the id that it had before the undo.
    """
    names = ", ".join(f'"{name}"' for name in columns if name != "id")
    others = [name for name in columns if name != "id"]
    for number, *values in store.query(
        f"SELECT id - ?, {names} FROM {KEPT[moved.table]} WHERE id BETWEEN ? AND ? ORDER BY id",
        (moved.shift, moved.first + moved.shift, moved.last + moved.shift),
    ):
        yield {"id": number, **dict(zip(others, values, strict=True))}
