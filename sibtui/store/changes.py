"""Changes: the rows that one entry of the history changed, with their values before and after this entry.

An entry of the history is called an act. The state of an act is done, undone or dropped. An undone act can be
redone. When a new act is made, all undone acts are dropped: they can no longer be redone.

For each row that an act changed, the history holds an image. The image of a done act holds the values of the row
before the act. The values after the act are in the next image of the row, or in the row itself. For an undone or
dropped act, it is the reverse: the image holds the values after the act.
"""

from __future__ import annotations

import json
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any

from sibtui.model.records import Change
from sibtui.store import insert_ranges
from sibtui.store.insert_ranges import InsertRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.errors import StudyFileError
    from sibtui.store.connection import Store

_BATCH = 5_000


def changes(store: Store, number: int, *, limit: int | None = None) -> Iterator[Change]:
    """Yield the rows that one entry of the history changed, with their values before and after this entry.

    `number` is the id of the entry, and `limit` the largest number of rows. A row whose values were erased is left out.
    """
    batch = _BATCH if limit is None else max(1, min(limit, _BATCH))
    parts = change_parts(store, number, batch)
    changed = (_present(store, part) if isinstance(part, InsertRange) else part for part in parts)
    yield from islice(chain.from_iterable(changed), limit)


def change_parts(store: Store, number: int, batch: int = _BATCH) -> Iterator[InsertRange | Iterator[Change]]:
    """Yield the changes of one entry of the history, in parts. `number` is the id of the entry.

    Each part is of one of two types. An InsertRange is a range of inserted rows that no later entry has changed. An
    iterator yields single changes; the caller must read it to its end before it takes the next part. `batch` is the
    number of inserted rows that are read together.
    """
    act = store.query("SELECT state, dropped_by FROM acts WHERE id = ?", (number,)).fetchone()
    if act is None:
        return
    state, _ = act
    images = store.query(
        "SELECT i.tbl, i.op, i.last_row, i.id, i.row, i.image FROM acts a JOIN images i ON i.id BETWEEN a.first_image AND a.last_image"
        " WHERE a.id = ? ORDER BY i.id",
        (number,),
    )
    for (table, op, last_row), run in groupby(images, key=lambda image: image[:3]):
        if last_row is not None:
            for *_, image, row, _ in run:
                inserted = InsertRange(image, table, row, last_row)
                if state != "done":
                    yield _kept_changes(store, inserted)
                elif store.query(f"{_IMAGES_AMONG} LIMIT 1", inserted.among).fetchone() is None:
                    yield inserted
                else:
                    yield _changes_of_range(store, inserted, batch)
        elif state == "done" and op == "insert":
            while rows := [(image, row) for *_, image, row, _ in islice(run, batch)]:
                yield _inserted(store, table, rows)
        else:
            yield _single_changes(store, ((image, row, text) for *_, image, row, text in run), (table, op), act)


def present_texts(store: Store, inserted: InsertRange, least: int | None = None) -> Iterator[tuple[int, str]]:
    """Yield (row id, values as JSON) for each row in the range `inserted`.

    The values are the present values, not those at the time of the insertion. The JSON is an object in the form of
    `json.dumps`, such as `{"id": 7, "name": "Ada"}`.

    With `least`, the JSON may be cut after a column, to save time. It then still has more than `least` characters,
    even if several spaces in a row count as one.
    """
    whole = set(_whole_numbers(store, inserted.table))
    form, values = "", list[str]()
    for name in store.columns(inserted.table):
        if least is not None and len(form) - len(values) > least:
            break
        form += f'{", " if values else "{"}"{name}": %s'
        values.append(f'"{name}"' if name in whole else f'json_quote("{name}")')
    else:
        form += "}"
    return store.query(
        f"SELECT id, printf('{form}', {', '.join(values)}) FROM {inserted.table} WHERE id BETWEEN ? AND ? ORDER BY id",
        (inserted.first, inserted.last),
    )


def _whole_numbers(store: Store, table: str) -> Iterator[str]:
    """Yield the columns of a table that always hold a whole number, and so do not need `json_quote`."""
    for name, kind, is_required, key in store.query(
        'SELECT name, type, "notnull", pk FROM pragma_table_info(?)', (table,)
    ):
        if kind == "INTEGER" and (is_required or key):
            yield name


def image_values(store: Store, image: str | None) -> dict[str, Any]:
    """Return an image (recorded state of a row) as column → value.

    Raises StudyFileError if `image` is not a JSON object.
    """
    try:
        values = json.loads(image or "null")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise damaged_history(store)
    return values


def damaged_history(store: Store) -> StudyFileError:
    return store.damaged("part of the history of this act is missing or wrong, so nothing was changed")


def _single_changes(
    store: Store, run: Iterator[tuple[int, int, str | None]], kind: tuple[str, str], act: tuple[str, int | None]
) -> Iterator[Change]:
    """Yield one change for each image in `run`. All images belong to one entry of the history.

    - `run` has (id of the image, id of the row, values as JSON) for each image.
    - `kind` is (table, operation).
    - `act` is (state of the entry, id of the newer entry that has dropped it). The id is None for an entry that is not
      dropped.
    """
    (table, op), (state, dropped_by) = kind, act
    for image, row, text in run:
        stored = None if text is None else image_values(store, text)
        if stored is not None and _is_erased(stored):
            continue
        if state == "done":
            change = Change(table, row, stored, None if op == "delete" else _after(store, image, table, row))
        else:
            before = None if op == "insert" else _before(store, image, table, row, dropped_by)
            change = Change(table, row, before, stored)
        if change.before is not None or change.after is not None:
            yield change


def _present(store: Store, inserted: InsertRange) -> Iterator[Change]:
    """Yield a change for each row of a range of inserted rows. The rows must be unchanged since their insertion."""
    columns, table = store.columns(inserted.table), inserted.table
    names = ", ".join(f'"{name}"' for name in columns)
    at = columns.index("id")
    for values in store.query(
        f"SELECT {names} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id", (inserted.first, inserted.last)
    ):
        yield Change(table, values[at], None, dict(zip(columns, values, strict=True)))


def _kept_changes(store: Store, inserted: InsertRange) -> Iterator[Change]:
    for row in insert_ranges.kept_rows(store, inserted, store.columns(inserted.table)):
        yield Change(inserted.table, row["id"], None, row)


def _changes_of_range(store: Store, inserted: InsertRange, batch: int) -> Iterator[Change]:
    """Yield a change for each row in a range of inserted rows. Rows changed after the insertion are included."""
    table, among = inserted.table, inserted.among
    while rows := store.query(
        f"SELECT id FROM {table} WHERE id BETWEEN :first AND :last UNION {_IMAGES_AMONG} ORDER BY 1 LIMIT :batch",
        {**among, "batch": batch},
    ).fetchall():
        yield from _inserted(store, table, [(row + inserted.shift, row) for (row,) in rows])
        among["first"] = rows[-1][0] + 1


_IMAGES_AMONG = "SELECT row FROM images WHERE tbl = :table AND row BETWEEN :first AND :last AND image IS NOT NULL"


def _inserted(store: Store, table: str, images: list[tuple[int, int]]) -> Iterator[Change]:
    """Yield a change for each row that an entry of the history has inserted.

    Call this only for an entry that is not undone. `images` are pairs (id of the image, id of the row).
    """
    low, high = min(row for _, row in images), max(row for _, row in images)
    present = _rows_between(store, table, low, high)
    changed = {
        row
        for (row,) in store.query(
            "SELECT row FROM images WHERE tbl = ? AND row BETWEEN ? AND ? AND image IS NOT NULL", (table, low, high)
        )
    }
    for image, row in images:
        after = _after(store, image, table, row) if row in changed else present.get(row)
        if after is not None:
            yield Change(table, row, None, after)


def _is_erased(values: dict[str, Any]) -> bool:
    """Return whether `values` come from an erased image.

    Erased values have no id. They are not always empty: an upgrade of the file may have added columns to them.
    """
    return values.get("id") is None


def _rows_between(store: Store, table: str, first: int, last: int) -> dict[int, dict[str, Any]]:
    """Return a map: id → values by column name, for the rows of a table with ids from `first` to `last`."""
    columns = store.columns(table)
    names = ", ".join(f'"{name}"' for name in columns)
    at = columns.index("id")
    rows = store.query(f"SELECT {names} FROM {table} WHERE id BETWEEN ? AND ?", (first, last))
    return {values[at]: dict(zip(columns, values, strict=True)) for values in rows}


_OF_ROW = "FROM images i CROSS JOIN acts a ON i.id BETWEEN a.first_image AND a.last_image WHERE i.tbl = ? AND i.row = ?"
_IMAGES = f"SELECT i.image {_OF_ROW} AND i.image IS NOT NULL"


def _after(store: Store, image: int, table: str, row: int) -> dict[str, Any] | None:
    """Return the values that a row had directly after a history entry; None when the values were erased.

    `image` is the id of the image that the entry has for the row. The entry must not be undone.
    """
    later = store.scalar(f"{_IMAGES} AND i.id > ? AND a.state = 'done' ORDER BY i.id LIMIT 1", (table, row, image))
    return _present_values(store, table, row) if later is None else _values_unless_erased(store, later)


def _values_unless_erased(store: Store, image: str | None) -> dict[str, Any] | None:
    """Return the values of an image (recorded state of a row); None when the values were erased."""
    values = image_values(store, image)
    return None if _is_erased(values) else values


def _before(store: Store, image: int, table: str, row: int, dropped_by: int | None) -> dict[str, Any] | None:
    """Return the values of a row before an undone or dropped entry of the history; None when the values were erased.

    `image` is the id of the image that the entry has for the row. `dropped_by` is the id of the newer entry that has
    dropped this entry; None if this entry is undone.

    These are the values after the latest earlier entry about the row that is also undone, or was dropped by the same
    entry. Without such an entry, they are the present values if this entry is undone. If it is dropped, they are the
    values directly before `dropped_by`.
    """
    undone = "undone" if dropped_by is None else "dropped"
    found = store.query(
        f"SELECT i.id, i.image {_OF_ROW} AND i.image IS NOT NULL AND i.id < ? AND a.state = ? AND a.dropped_by IS ? ORDER BY i.id DESC",
        (table, row, image, undone, dropped_by),
    ).fetchone()
    earlier = None if found is None else found[1]
    kept = _kept_values(store, table, row, (0 if found is None else found[0], image), undone, dropped_by)
    if kept is not None:
        return kept
    if earlier is None and dropped_by is not None:
        earlier = store.scalar(
            f"{_IMAGES} AND a.id >= ? AND a.state = 'done' ORDER BY i.id LIMIT 1", (table, row, dropped_by)
        )
    return _present_values(store, table, row) if earlier is None else _values_unless_erased(store, earlier)


def _kept_values(
    store: Store, table: str, row: int, between: tuple[int, int], state: str, dropped_by: int | None
) -> dict[str, Any] | None:
    """Return the values of a row that an undone or dropped import has inserted as part of a range of rows.

    `state` is "undone" or "dropped". `dropped_by` is the id of the newer act that has dropped the import; None for
    an undone import. Only images between the two ids in `between` are searched, newest first. The result is None
    when no values are stored.
    """
    if table not in insert_ranges.KEPT:
        return None
    found = store.query(
        "SELECT i.id, i.row, i.last_row FROM images i CROSS JOIN acts a ON i.id BETWEEN a.first_image AND a.last_image"
        " WHERE i.tbl = ? AND i.last_row IS NOT NULL AND ? BETWEEN i.row AND i.last_row AND i.id - i.last_row + ? > ? AND"
        " i.id - i.last_row + ? < ? AND a.state = ? AND a.dropped_by IS ? ORDER BY i.id DESC",
        (table, row, row, between[0], row, between[1], state, dropped_by),
    ).fetchone()
    if found is None:
        return None
    one = InsertRange(found[0] - found[2] + row, table, row, row)
    return next(insert_ranges.kept_rows(store, one, store.columns(table)), None)


def _present_values(store: Store, table: str, row: int) -> dict[str, Any] | None:
    columns = store.columns(table)
    names = ", ".join(f'"{name}"' for name in columns)
    values = store.query(f"SELECT {names} FROM {table} WHERE id = ?", (row,)).fetchone()
    return None if values is None else dict(zip(columns, values, strict=True))
