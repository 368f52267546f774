"""The rows that an erasure removes: for each of them, the history records an image without values.

An image is a recorded state of a row. SQLite may give the id of an erased row to a new row. The image of the removal
shows where the history of the erased row ends. Without it, earlier entries of the history would list the values of the
new row, and the digests of these entries would be wrong.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sibtui.store.insert_ranges import KEPT

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from sibtui.store.connection import Store

ERASED = "{}"
"""The content of an image (recorded state of a row) whose values were erased."""
_RECORDED = "SELECT DISTINCT tbl_name FROM main.sqlite_schema WHERE type = 'trigger'"
"""The SQL for the names of the tables whose changes the triggers record."""
_Row = tuple[str, int]
"""A row, as (table, id)."""


@contextmanager
def recording_removals(store: Store, act: int) -> Iterator[None]:
    """Record which rows the `with` block removes, in the entry of the history with the id `act`.

    The values of the rows are not recorded. The records are added after the block, so searches in the block do not
    find them. The entry must be the newest, and the usual recording of changes must be turned off.
    """
    store.change("CREATE TEMP TABLE removed (tbl TEXT, row INTEGER)")
    tables = [row[0] for row in store.query(_RECORDED)]
    for table in tables:
        store.change(
            f"CREATE TEMP TRIGGER {table}_removed AFTER DELETE ON main.{table}"
            f" BEGIN INSERT INTO removed VALUES ('{table}', OLD.id); END"
        )
    yield
    store.change(
        "INSERT INTO images (act, tbl, row, op, image) SELECT ?, tbl, row, 'delete', ? FROM removed ORDER BY rowid",
        (act, ERASED),
    )
    for table in tables:
        store.change(f"DROP TRIGGER temp.{table}_removed")
    store.change("DROP TABLE temp.removed")


def record_earlier_removals(connection: sqlite3.Connection) -> None:
    """Record the rows that erasures have removed, if an older version of sibtui has not recorded them.

    The records are put into the middle of the history. So the ids of all later images (recorded states of rows) increase.
    """
    erasures = connection.execute(
        "SELECT a.id, a.first_image FROM acts a WHERE a.id IN (SELECT act FROM erasures) AND a.last_image < a.first_image"
        " ORDER BY a.id"
    ).fetchall()
    removed: dict[int, list[_Row]] = defaultdict(list)
    for row, after, before in _gaps(connection) if erasures else ():
        between = [act for act, first in erasures if after < first and (before is None or first <= before)]
        if between:
            removed[between[-1]].append(row)
    for act, _ in reversed(erasures):
        if removed[act]:
            _insert(connection, act, sorted(removed[act]))


def _gaps(connection: sqlite3.Connection) -> Iterator[tuple[_Row, int, int | None]]:
    """Yield (row, last image, next image) for each removed row whose removal the history does not record.

    The images (recorded states) are given by their ids. If a new row got the id of the removed row, the next image is the
    first image of the new row. Otherwise, it is None.
    """
    alive: dict[_Row, int] = {}
    hidden: set[tuple[_Row, int | None]] = (
        set()
    )  # rows that dropped acts removed, which may insert another one with the id
    for image, table, first, last, op, is_done, dropped_by in connection.execute(
        "SELECT i.id, i.tbl, i.row, coalesce(i.last_row, i.row), i.op, a.state = 'done', a.dropped_by FROM images i"
        " JOIN acts a ON a.id = i.act ORDER BY i.id"
    ):
        for row in [(table, number) for number in range(first, last + 1)]:
            place = image - last + row[1]
            if op == "insert" and row in alive and (row, dropped_by) not in hidden:
                yield row, alive.pop(row), place
            if is_done and op == "delete":
                alive.pop(row, None)
            elif is_done:
                alive[row] = place
            elif op == "delete":
                hidden.add((row, dropped_by))
    present = {table: _ids(connection, table) for (table,) in connection.execute(_RECORDED).fetchall()}
    yield from ((row, image, None) for row, image in alive.items() if row[1] not in present.get(row[0], {row[1]}))


def _ids(connection: sqlite3.Connection, table: str) -> set[int]:
    return {row[0] for row in connection.execute(f'SELECT id FROM "{table}"')}


def _insert(connection: sqlite3.Connection, act: int, rows: Sequence[_Row]) -> None:
    """For each of these rows, add an image without values to the history entry with the id `act`.

    The entry must not have other images.
    """
    (first,) = connection.execute("SELECT first_image FROM acts WHERE id = ?", (act,)).fetchone()
    for table in ("images", *KEPT.values()):
        connection.execute(f"UPDATE {table} SET id = -(id + ?) WHERE id >= ?", (len(rows), first))
        connection.execute(f"UPDATE {table} SET id = -id WHERE id < 0")
    connection.execute(
        "UPDATE acts SET first_image = first_image + :n, last_image = last_image + :n WHERE first_image >= :first AND id > :act",
        {"n": len(rows), "first": first, "act": act},
    )
    connection.executemany(
        "INSERT INTO images (id, act, tbl, row, op, image) VALUES (?, ?, ?, ?, 'delete', ?)",
        [(first + at, act, table, row, ERASED) for at, (table, row) in enumerate(rows)],
    )
    connection.execute("UPDATE acts SET last_image = first_image - 1 + ? WHERE id = ?", (len(rows), act))
