"""Undo and redo, by moving rows between what they are and what their images say they were.

An image holds the other state of its row: the state before, while its act is done; the state after, while it is undone. Moving through the
images of an act backwards (undo) or forwards (redo), each row and its image change places. So it works for every table, across
restarts and without a limit, and nothing has to know how to undo itself.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from sibtui.model.records import Act, Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.store.connection import Store

_ACT = "SELECT id, at, coder, verb, summary, state, last_image - first_image + 1 FROM acts"
_BATCH = 5_000


def acts(store: Store, *, limit: int | None = None) -> list[Act]:
    """The history, newest first."""
    rows = store.query(f"{_ACT} ORDER BY id DESC LIMIT ?", (-1 if limit is None else limit,))
    return [Act(*row) for row in rows]


def act(store: Store, number: int) -> Act | None:
    row = store.query(f"{_ACT} WHERE id = ?", (number,)).fetchone()
    return None if row is None else Act(*row)


def undo(store: Store) -> Act | None:
    """Undo the newest act that is done, and return it; None when there is none."""
    return _move(
        store, "SELECT max(id) FROM acts WHERE state = 'done' AND last_image >= first_image", "undone", backwards=True
    )


def redo(store: Store) -> Act | None:
    """Redo the oldest act that is undone, and return it; None when there is none."""
    return _move(store, "SELECT min(id) FROM acts WHERE state = 'undone'", "done", backwards=False)


def _move(store: Store, which: str, state: str, *, backwards: bool) -> Act | None:
    with store.replay():
        number = store.one(which)
        if number is None:
            return None
        first, last = store.query("SELECT first_image, last_image FROM acts WHERE id = ?", (number,)).fetchone()
        for table, op, images in list(_runs(store, first, last, backwards=backwards)):
            _swap(store, table, op, images, backwards=backwards)
        store.change("UPDATE acts SET state = ? WHERE id = ?", (state, number))
    return act(store, number)


def _runs(store: Store, first: int, last: int, *, backwards: bool) -> Iterator[tuple[str, str, list[tuple[int, int]]]]:
    """The images in the order in which to move them, those of one table and operation together: (image, row) pairs.

    A run is cut where a row comes again, since its moves depend on each other.
    """
    order = "DESC" if backwards else "ASC"
    rows = store.query(
        f"SELECT tbl, op, id, row FROM images WHERE id BETWEEN ? AND ? ORDER BY id {order}", (first, last)
    )
    for (table, op), group in groupby(rows, key=lambda row: row[:2]):
        run: list[tuple[int, int]] = []
        seen: set[int] = set()
        for _, _, image, row in group:
            if row in seen or len(run) == _BATCH:
                yield table, op, run
                run, seen = [], set()
            run.append((image, row))
            seen.add(row)
        yield table, op, run


def _swap(store: Store, table: str, op: str, images: list[tuple[int, int]], *, backwards: bool) -> None:
    """Let the rows and their images change places."""
    appears = (op == "delete") if backwards else (op == "insert")
    vanishes = (op == "insert") if backwards else (op == "delete")
    columns = _columns(store, table)
    stored = [] if vanishes else [_image(store, image) for image, _ in images]
    if appears:
        store.change_many("UPDATE images SET image = NULL WHERE id = ?", ((image,) for image, _ in images))
        names = ", ".join(f'"{name}"' for name in columns)
        marks = ", ".join("?" * len(columns))
        store.change_many(
            f"INSERT INTO {table} ({names}) VALUES ({marks})",
            ([values.get(name) for name in columns] for values in stored),
        )
        return
    whole = "json_object(" + ", ".join(f"'{name}', \"{name}\"" for name in columns) + ")"
    store.change_many(f"UPDATE images SET image = (SELECT {whole} FROM {table} WHERE id = ?2) WHERE id = ?1", images)
    if vanishes:
        store.change_many(f"DELETE FROM {table} WHERE id = ?", ((row,) for _, row in images))
        return
    sets = ", ".join(f'"{name}" = ?' for name in columns)
    store.change_many(
        f"UPDATE {table} SET {sets} WHERE id = ?",
        ([*(values.get(name) for name in columns), row] for values, (_, row) in zip(stored, images, strict=True)),
    )


def _image(store: Store, number: int) -> dict[str, Any]:
    values: dict[str, Any] = json.loads(store.one("SELECT image FROM images WHERE id = ?", (number,)))
    return values


def _columns(store: Store, table: str) -> list[str]:
    """The columns of a table, which is checked to be one: its name goes into SQL, and a file may lie about it."""
    columns = [row[0] for row in store.query("SELECT name FROM pragma_table_info(?)", (table,))]
    if not columns or not table.isidentifier():
        raise AssertionError(f"the history names a table {table!r} that does not exist")
    return columns


def changes(store: Store, number: int, *, limit: int | None = None) -> Iterator[Change]:
    """What an act changed, row by row (the first `limit` rows), with values before and after.

    An image holds one of the two; the other is the next image of the row in the direction of time in which the file lies.
    """
    found = store.query(
        "SELECT i.id, i.tbl, i.row, i.op, i.image, a.state, a.dropped_by FROM acts a "
        "JOIN images i ON i.id BETWEEN a.first_image AND a.last_image WHERE a.id = ? ORDER BY i.id LIMIT ?",
        (number, -1 if limit is None else limit),
    )
    for image, table, row, op, text, state, dropped_by in found.fetchall():
        own = None if text is None else json.loads(text)
        if state == "done":
            before, after = own, None if op == "delete" else _after(store, image, table, row)
        else:
            before, after = None if op == "insert" else _before(store, image, table, row, dropped_by), own
        yield Change(table, row, before, after)


_IMAGES = "SELECT i.image FROM images i JOIN acts a ON i.id BETWEEN a.first_image AND a.last_image WHERE i.tbl = ? AND i.row = ?"


def _after(store: Store, image: int, table: str, row: int) -> dict[str, Any] | None:
    """What a done act made of a row: what it was before it changed again, or the row as it stands."""
    later = store.one(f"{_IMAGES} AND i.id > ? AND a.state = 'done' ORDER BY i.id LIMIT 1", (table, row, image))
    return _now(store, table, row) if later is None else json.loads(later)


def _before(store: Store, image: int, table: str, row: int, dropped_by: int | None) -> dict[str, Any] | None:
    """What an undone act would change, or a dropped one changed: what the acts undone with it had made of the row.

    If they had made nothing of it, it is the row as it was when they were dropped, or as it stands.
    """
    earlier = store.one(
        f"{_IMAGES} AND i.id < ? AND a.state = ? AND a.dropped_by IS ? ORDER BY i.id DESC LIMIT 1",
        (table, row, image, "undone" if dropped_by is None else "dropped", dropped_by),
    )
    if earlier is None and dropped_by is not None:
        earlier = store.one(
            f"{_IMAGES} AND a.id >= ? AND a.state = 'done' ORDER BY i.id LIMIT 1", (table, row, dropped_by)
        )
    return _now(store, table, row) if earlier is None else json.loads(earlier)


def _now(store: Store, table: str, row: int) -> dict[str, Any] | None:
    columns = _columns(store, table)
    names = ", ".join(f'"{name}"' for name in columns)
    values = store.query(f"SELECT {names} FROM {table} WHERE id = ?", (row,)).fetchone()
    return None if values is None else dict(zip(columns, values, strict=True))
