"""The history: acts, undo and redo.

An image is the stored other state of a row. While an act is done, its images hold the states before the act; while it is undone, the states
after the act. Undo goes through the images of an act backwards, redo forwards. Each step swaps a row and its image, or moves the rows of a
range. This works for every table, after a restart and without a limit, and no command needs its own code for undo.
"""

from __future__ import annotations

import json
from itertools import groupby, islice
from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError
from sibtui.model.records import Act, Change
from sibtui.model.text import plural
from sibtui.store import erasure, insert_ranges
from sibtui.store.insert_ranges import InsertRange

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.errors import StudyFileError
    from sibtui.store.connection import Store

_ACT = (
    "SELECT id, at, coder, verb, summary, state, last_image - first_image + 1,"
    " coalesce((SELECT lower(hex(digest)) FROM seals WHERE seals.id = acts.id), '') FROM acts"
)
_BATCH = 5_000
_Run = list[tuple[int, int]] | InsertRange
"""A run of images: pairs (id of the image, id of the row), or a range of inserted rows."""


def acts(
    store: Store,
    *,
    limit: int | None = None,
    coder: str | None = None,
    verb: str | None = None,
    source: int | None = None,
    code: int | None = None,
) -> list[Act]:
    """Return the acts of the history, newest first. `verb` is a noun (`code`) or a noun and a verb (`code merge`).

    With `source` or `code` (ids), only acts that changed this source or code are returned.
    """
    where, values = ["1"], list[Any]()
    if coder is not None:
        where, values = [*where, "coder = ?"], [*values, coder]
    if verb is not None:
        where, values = [*where, "(verb = ? OR verb LIKE ? || ' %')"], [*values, verb, verb]
    for table, number in (("sources", source), ("codes", code)):
        if number is not None:
            found, parameters = _touching(table, number)
            where, values = [*where, f"id IN ({found})"], [*values, *parameters]
    rows = store.query(
        f"{_ACT} WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?", (*values, -1 if limit is None else limit)
    )
    return [Act(*row) for row in rows]


_PARTS = {
    "sources": ("source_id", ("texts", "source_values", "source_cases", "codings", "readings", "topics", "memos")),
    "codes": ("code_id", ("codings", "readings", "topics", "memos", "lineage", "matrix_row_codes")),
}
"""A map from the table of an item to the column that refers to the item, and the tables of its parts, which have this column."""


def _touching(table: str, number: int) -> tuple[str, list[Any]]:
    """Return an SQL query and its parameters, for the acts that changed an item, its parts, or the cases of its codings."""
    column, tables = _PARTS[table]
    listed = ", ".join(f"'{part}'" for part in tables)
    rows = [f"SELECT '{table}', ?", *(f"SELECT '{part}', id FROM {part} WHERE {column} = ?" for part in tables)]
    rows.append(f"SELECT tbl, row FROM images WHERE tbl IN ({listed}) AND json_extract(image, '$.{column}') = ?")
    rows.append(
        "SELECT 'codings', k.id - i.id + i.last_row FROM images i"
        " JOIN kept_codings k ON k.id BETWEEN i.id - i.last_row + i.row AND i.id"
        f" WHERE i.tbl = 'codings' AND i.last_row IS NOT NULL AND k.{column} = ?"
    )
    cases = (
        "SELECT 'coding_cases', id FROM coding_cases WHERE coding_id IN (SELECT row FROM found WHERE tbl = 'codings')"
        " UNION SELECT tbl, row FROM images WHERE tbl = 'coding_cases'"
        " AND json_extract(image, '$.coding_id') IN (SELECT row FROM found WHERE tbl = 'codings')"
    )
    query = (
        f"WITH found (tbl, row) AS ({' UNION '.join(rows)}), touched (tbl, row) AS (SELECT * FROM found UNION {cases})"
        " SELECT act FROM images WHERE last_row IS NULL AND (tbl, row) IN (SELECT tbl, row FROM touched)"
        " UNION SELECT i.act FROM images i WHERE i.last_row IS NOT NULL"
        " AND EXISTS (SELECT 1 FROM touched t WHERE t.tbl = i.tbl AND t.row BETWEEN i.row AND i.last_row)"
    )
    return query, [number] * len(rows)


def kinds(store: Store) -> tuple[list[str], list[str]]:
    """Return the coders and the verbs of all acts, each once."""
    coders = store.query("SELECT DISTINCT coder FROM acts ORDER BY coder").fetchall()
    verbs = store.query("SELECT DISTINCT verb FROM acts ORDER BY verb").fetchall()
    return [row[0] for row in coders], [row[0] for row in verbs]


def makers_of_codes(store: Store) -> dict[str, str]:
    """Return the coders who added codes, by the lasting id of the code. Codes of a study that was loaded whole are left out."""
    rows = store.query(
        "SELECT c.uid, a.coder FROM images i JOIN acts a ON a.id = i.act JOIN codes c ON c.id = i.row"
        " WHERE i.tbl = 'codes' AND i.op = 'insert' AND a.state = 'done' ORDER BY i.id"
    )
    return dict(rows.fetchall())


def act(store: Store, number: int) -> Act | None:
    row = store.query(f"{_ACT} WHERE id = ?", (number,)).fetchone()
    return None if row is None else Act(*row)


def undo(store: Store) -> Act | None:
    """Undo the newest done act and return it; None when there is none.

    Raises ConflictError when this act is an erasure or older than an erasure, StudyFileError when its images are damaged.
    """
    return _move(
        store, "SELECT max(id) FROM acts WHERE state = 'done' AND last_image >= first_image", "undone", backwards=True
    )


def redo(store: Store) -> Act | None:
    """Redo the oldest undone act and return it; None when there is none. Raises StudyFileError when its images are damaged."""
    return _move(store, "SELECT min(id) FROM acts WHERE state = 'undone'", "done", backwards=False)


def _move(store: Store, which: str, state: str, *, backwards: bool) -> Act | None:
    with store.replaying():
        number = store.scalar(which)
        if backwards:
            refuse_before_erasure(store, 1)
        if number is None:
            return None
        first, last = store.query("SELECT first_image, last_image FROM acts WHERE id = ?", (number,)).fetchone()
        runs = list(_runs(store, first, last, backwards=backwards))
        if sum(len(images) for _, _, images in runs) != last - first + 1:
            raise _damaged(store)
        for table, op, images in runs:
            if not isinstance(images, InsertRange):
                _swap(store, table, op, images, backwards=backwards)
            elif not insert_ranges.move(store, images, store.columns(table), backwards=backwards):
                raise _damaged(store)
        store.change("UPDATE acts SET state = ? WHERE id = ?", (state, number))
    store.saves += 1
    return act(store, number)


def refuse_before_erasure(store: Store, steps: int) -> None:
    """Raise ConflictError when undoing this number of acts would reach an erasure. The images of the erasure and of earlier acts are lost."""
    erased = erasure.last_act(store)
    if erased is None or not steps:
        return
    later = int(
        store.scalar(
            "SELECT count(*) FROM acts WHERE state = 'done' AND last_image >= first_image AND id > ?", (erased,)
        )
    )
    if steps > later:
        rest = f"; {plural(later, 'later act')} can" if later else ""
        raise ConflictError(f"Act {erased} erased texts for good: neither it nor an act before it can be undone{rest}.")


def _runs(store: Store, first: int, last: int, *, backwards: bool) -> Iterator[tuple[str, str, _Run]]:
    """Yield the images of an act in runs of one table and operation, as (table, operation, run), in the order for undo or redo.

    A run ends before a row occurs for the second time, because swaps of one row depend on each other. A range is a separate run.
    """
    order = "DESC" if backwards else "ASC"
    rows = store.query(
        f"SELECT tbl, op, last_row IS NOT NULL, id, row, last_row FROM images WHERE id BETWEEN ? AND ? ORDER BY id {order}",
        (first, last),
    )
    for (table, op, is_range), group in groupby(rows, key=lambda row: row[:3]):
        if is_range:
            yield from ((table, op, InsertRange(image, table, row, last_row)) for *_, image, row, last_row in group)
            continue
        run: list[tuple[int, int]] = []
        seen: set[int] = set()
        for *_, image, row, _ in group:
            if row in seen or len(run) == _BATCH:
                yield table, op, run
                run, seen = [], set()
            run.append((image, row))
            seen.add(row)
        yield table, op, run


def _swap(store: Store, table: str, op: str, images: list[tuple[int, int]], *, backwards: bool) -> None:
    """Exchange the values of rows with the values in their images. Raises StudyFileError when a row is missing."""
    appears = (op == "delete") if backwards else (op == "insert")
    vanishes = (op == "insert") if backwards else (op == "delete")
    columns = store.columns(table)
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
    store.change_many(
        f"UPDATE images SET image = (SELECT {whole} FROM {table} WHERE id = ?) WHERE id = ?",
        ((row, image) for image, row in images),
    )
    if vanishes:
        changed = store.change_many(f"DELETE FROM {table} WHERE id = ?", ((row,) for _, row in images))
    else:
        sets = ", ".join(f'"{name}" = ?' for name in columns)
        changed = store.change_many(
            f"UPDATE {table} SET {sets} WHERE id = ?",
            ([*(values.get(name) for name in columns), row] for values, (_, row) in zip(stored, images, strict=True)),
        )
    if changed != len(images):
        raise _damaged(store)


def _image(store: Store, number: int) -> dict[str, Any]:
    return _values(store, store.scalar("SELECT image FROM images WHERE id = ?", (number,)))


def _values(store: Store, image: str | None) -> dict[str, Any]:
    """Return the values in an image by column. Raises StudyFileError when the image is not valid."""
    try:
        values = json.loads(image or "null")
    except ValueError:
        values = None
    if not isinstance(values, dict):
        raise _damaged(store)
    return values


def _damaged(store: Store) -> StudyFileError:
    return store.damaged("part of the history of this act is missing or wrong, so nothing was changed")


def changes(store: Store, number: int, *, limit: int | None = None) -> Iterator[Change]:
    """Yield the rows that an act changed, or the first `limit` of them, with their values before and after the act.

    An image holds one of the two states. The other state is in the next image of the same row, or in the row itself. A change whose
    values were erased is left out.
    """
    act = store.query("SELECT state, dropped_by FROM acts WHERE id = ?", (number,)).fetchone()
    if act is None:
        return
    state, dropped_by = act
    batch = _BATCH if limit is None else max(1, min(limit, _BATCH))
    yield from islice(_changes(store, number, state, dropped_by, batch), limit)


def _changes(store: Store, number: int, state: str, dropped_by: int | None, batch: int) -> Iterator[Change]:
    images = store.query(
        "SELECT i.tbl, i.op, i.last_row, i.id, i.row, i.image FROM acts a JOIN images i ON i.id BETWEEN a.first_image AND a.last_image"
        " WHERE a.id = ? ORDER BY i.id",
        (number,),
    )
    for (table, op, last_row), run in groupby(images, key=lambda image: image[:3]):
        if last_row is not None:
            for *_, image, row, _ in run:
                yield from _changes_of_range(store, InsertRange(image, table, row, last_row), state, batch)
            continue
        if state == "done" and op == "insert":
            while rows := [(image, row) for *_, image, row, _ in islice(run, batch)]:
                yield from _inserted(store, table, rows)
            continue
        for *_, image, row, text in run:
            stored = None if text is None else _values(store, text)
            if stored is not None and _is_erased(stored):
                continue
            if state == "done":
                change = Change(table, row, stored, None if op == "delete" else _after(store, image, table, row))
            else:
                before = None if op == "insert" else _before(store, image, table, row, dropped_by)
                change = Change(table, row, before, stored)
            if change.before is not None or change.after is not None:
                yield change


def _changes_of_range(store: Store, inserted: InsertRange, state: str, batch: int) -> Iterator[Change]:
    """Yield the changes of a range of inserted rows. Only rows that exist are read, because a damaged file may have a wrong length here."""
    columns, table = store.columns(inserted.table), inserted.table
    if state != "done":
        yield from (Change(table, row["id"], None, row) for row in insert_ranges.kept_rows(store, inserted, columns))
        return
    among = {"first": inserted.first, "last": inserted.last, "table": table}
    if store.query(f"{_IMAGES_AMONG} LIMIT 1", among).fetchone() is None:  # an import that nothing changed
        names = ", ".join(f'"{name}"' for name in columns)
        at = columns.index("id")
        for values in store.query(
            f"SELECT {names} FROM {table} WHERE id BETWEEN ? AND ? ORDER BY id", (inserted.first, inserted.last)
        ):
            yield Change(table, values[at], None, dict(zip(columns, values, strict=True)))
        return
    while rows := store.query(
        f"SELECT id FROM {table} WHERE id BETWEEN :first AND :last UNION {_IMAGES_AMONG} ORDER BY 1 LIMIT :batch",
        {**among, "batch": batch},
    ).fetchall():
        yield from _inserted(store, table, [(row + inserted.shift, row) for (row,) in rows])
        among["first"] = rows[-1][0] + 1


_IMAGES_AMONG = "SELECT row FROM images WHERE tbl = :table AND row BETWEEN :first AND :last AND image IS NOT NULL"


def _inserted(store: Store, table: str, images: list[tuple[int, int]]) -> Iterator[Change]:
    """Yield the changes by the inserts of a done act. `images` are (image, row).

    Rows that no later act changed are read together, because an import has many of them.
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
    """Return whether these values come from an erased image. Such values have no id; a migration may have added columns without values."""
    return values.get("id") is None


def _rows_between(store: Store, table: str, first: int, last: int) -> dict[int, dict[str, Any]]:
    """Return the present rows of a table with ids from `first` to `last`, by id."""
    columns = store.columns(table)
    names = ", ".join(f'"{name}"' for name in columns)
    at = columns.index("id")
    rows = store.query(f"SELECT {names} FROM {table} WHERE id BETWEEN ? AND ?", (first, last))
    return {values[at]: dict(zip(columns, values, strict=True)) for values in rows}


_OF_ROW = "FROM images i CROSS JOIN acts a ON i.id BETWEEN a.first_image AND a.last_image WHERE i.tbl = ? AND i.row = ?"
_IMAGES = f"SELECT i.image {_OF_ROW} AND i.image IS NOT NULL"


def _after(store: Store, image: int, table: str, row: int) -> dict[str, Any] | None:
    """Return the values of a row after a done act: the values before its next change, or the present values. None when they were erased."""
    later = store.scalar(f"{_IMAGES} AND i.id > ? AND a.state = 'done' ORDER BY i.id LIMIT 1", (table, row, image))
    return _now(store, table, row) if later is None else _known(store, later)


def _known(store: Store, image: str | None) -> dict[str, Any] | None:
    """Return the values of an image; None when they were erased."""
    values = _values(store, image)
    return None if _is_erased(values) else values


def _before(store: Store, image: int, table: str, row: int, dropped_by: int | None) -> dict[str, Any] | None:
    """Return the values of a row before an undone or dropped act.

    They are the values after the last earlier change by the acts that were undone together with this act. Without such a change, they are
    the values at the time when these acts were dropped, or the present values. None when they were erased.
    """
    undone = "undone" if dropped_by is None else "dropped"
    found = store.query(
        f"SELECT i.id, i.image {_OF_ROW} AND i.image IS NOT NULL AND i.id < ? AND a.state = ? AND a.dropped_by IS ? ORDER BY i.id DESC",
        (table, row, image, undone, dropped_by),
    ).fetchone()
    earlier = None if found is None else found[1]
    kept = _kept(store, table, row, (0 if found is None else found[0], image), undone, dropped_by)
    if kept is not None:
        return kept
    if earlier is None and dropped_by is not None:
        earlier = store.scalar(
            f"{_IMAGES} AND a.id >= ? AND a.state = 'done' ORDER BY i.id LIMIT 1", (table, row, dropped_by)
        )
    return _now(store, table, row) if earlier is None else _known(store, earlier)


def _kept(
    store: Store, table: str, row: int, between: tuple[int, int], state: str, dropped_by: int | None
) -> dict[str, Any] | None:
    """Return the values that an undone or dropped act keeps for a row, from the newest range between two images; None without a range."""
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


def _now(store: Store, table: str, row: int) -> dict[str, Any] | None:
    columns = store.columns(table)
    names = ", ".join(f'"{name}"' for name in columns)
    values = store.query(f"SELECT {names} FROM {table} WHERE id = ?", (row,)).fetchone()
    return None if values is None else dict(zip(columns, values, strict=True))
