"""The history of a study: its entries (acts), undo and redo.

An act is one change of the study by a command, such as "apply a code". For each row that an act changed, the history
stores an image. It holds the row before the act; after undo, it holds the row after the act (see `changes.py`). One
image may also represent a whole range of inserted rows (see `insert_ranges.py`).

Undo reads the images of an act from the last to the first. Redo reads them from the first to the last. Each step
exchanges a row with its image, or moves the rows of a range. So no command needs its own implementation of undo.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError
from sibtui.model.records import Act
from sibtui.model.text import plural
from sibtui.store import erasure, insert_ranges
from sibtui.store.changes import damaged_history, image_values
from sibtui.store.insert_ranges import InsertRange

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.store.connection import Store
    from sibtui.store.removed_items import RemovedItem

_ACT = (
    "SELECT id, at, coder, verb, summary, state, last_image - first_image + 1,"
    " coalesce((SELECT lower(hex(digest)) FROM seals WHERE seals.id = acts.id), '') FROM acts"
)
_UNDOABLE = "state = 'done' AND (last_image >= first_image OR verb = 'study merge')"
"""A condition for the acts that can be undone. A merge may have only decided conflicts, without a change of a row."""
_NEXT_UNDONE = f"SELECT max(id) FROM acts WHERE {_UNDOABLE}"
_NEXT_REDONE = "SELECT min(id) FROM acts WHERE state = 'undone'"
_BATCH = 5_000
_Run = list[tuple[int, int]] | InsertRange
"""A run of images (recorded states of rows): a list of (id of the image, id of the row), or one range of inserted rows."""


def acts(
    store: Store,
    *,
    limit: int | None = None,
    coder: str | None = None,
    verb: str | None = None,
    source: int | Sequence[RemovedItem] | None = None,
    code: int | Sequence[RemovedItem] | None = None,
    since: str = "",
) -> list[Act]:
    """Return the entries of the history, newest first.

    `limit` is the largest number of entries. `verb` is a kind of change, such as `code merge`, or only its first word:
    `code` selects all changes of codes. `since` is the earliest time.

    `source` is the id of a source: only entries that changed it are returned. For a removed source, pass `RemovedItem`s
    instead: entries that changed at least one of them are returned. `code` works in the same way.
    """
    where, values = ["at >= ?"], list[Any]([since])
    if coder is not None:
        where, values = [*where, "coder = ?"], [*values, coder]
    if verb is not None:
        where, values = [*where, "(verb = ? OR verb LIKE ? || ' %')"], [*values, verb, verb]
    for table, item in (("sources", source), ("codes", code)):
        if isinstance(item, int):
            found, parameters = _touching(table, item)
            where, values = [*where, f"id IN ({found})"], [*values, *parameters]
        elif item is not None:
            of_removed = [_touching_removed(table, each) for each in item]
            where = [*where, f"({' OR '.join(f'id IN ({found})' for found, _ in of_removed)})"]
            values += [value for _, parameters in of_removed for value in parameters]
    rows = store.query(
        f"{_ACT} WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?", (*values, -1 if limit is None else limit)
    )
    return [Act(*row) for row in rows]


_PARTS = {
    "sources": ("source_id", ("texts", "source_values", "source_cases", "codings", "readings", "topics", "memos")),
    "codes": ("code_id", ("codings", "readings", "topics", "memos", "lineage", "matrix_row_codes")),
}
"""A map: table of items → (column that refers to an item, tables of the parts of an item).

Each table of parts has this column.
"""


def _touching(table: str, number: int) -> tuple[str, list[Any]]:
    """Return (SQL query, its parameters). The query finds the ids of the history entries that changed a source or code.

    `table` is "sources" or "codes". An entry is found if it changed the source or code itself, a row that refers to
    it (such as a text or coding), or the cases of such a coding. SQLite may give the id of a removed row to a new
    row, so entries from before the insertion of the present row are left out.
    """
    column, tables = _PARTS[table]
    listed = ", ".join(f"'{part}'" for part in tables)
    parts = [f"SELECT '{table}', ?", *(f"SELECT '{part}', id FROM {part} WHERE {column} = ?" for part in tables)]
    in_image = f"SELECT tbl, row, id FROM images WHERE tbl IN ({listed}) AND json_extract(image, '$.{column}') = ?"
    in_range = (
        "SELECT 'codings', k.id - i.id + i.last_row, i.id FROM images i"
        " JOIN kept_codings k ON k.id BETWEEN i.id - i.last_row + i.row AND i.id"
        f" WHERE i.tbl = 'codings' AND i.last_row IS NOT NULL AND k.{column} = ?"
    )
    query = (
        f"WITH parts (tbl, row) AS ({' UNION '.join(parts)}), gone (tbl, row, last) AS ({in_image}"
        f" AND (op <> 'update' OR (tbl, row) NOT IN (SELECT * FROM parts)) UNION {in_range}), {_ROWS_AND_ADDITIONS}"
        f" SELECT act FROM ({_ACTS_OF_ROWS}) WHERE act >= coalesce((SELECT act FROM images"
        f" WHERE id = (SELECT id FROM added WHERE tbl = '{table}' AND row = ?)), 0)"
        f" AND act NOT IN (SELECT act FROM of_others WHERE tbl = '{table}' AND row = ?)"
    )
    return query, [number] * (len(parts) + 4)


def _touching_removed(table: str, item: RemovedItem) -> tuple[str, list[Any]]:
    """Return (SQL query, its parameters). The query finds the ids of the history entries that changed a removed item.

    The item is a source or code. `_touching` explains which entries are found. Only entries from the time at which
    the item existed are included.
    """
    column, tables = _PARTS[table]
    listed = ", ".join(f"'{part}'" for part in tables)
    query = (
        f"WITH parts (tbl, row) AS (SELECT '', 0 WHERE 0), gone (tbl, row, last) AS (SELECT '{table}', ?, ?"
        f" UNION SELECT tbl, row, id FROM images WHERE tbl IN ({listed}) AND json_extract(image, '$.{column}') = ?"
        " AND id BETWEEN ? AND ?"
        " UNION SELECT 'codings', k.id - i.id + i.last_row, i.id FROM images i"
        " JOIN kept_codings k ON k.id BETWEEN i.id - i.last_row + i.row AND i.id"
        f" WHERE i.tbl = 'codings' AND i.last_row IS NOT NULL AND k.{column} = ? AND i.id BETWEEN ? AND ?),"
        f" {_ROWS_AND_ADDITIONS} {_ACTS_OF_ROWS}"
    )
    place = (item.id, item.first, item.last)
    return query, [item.id, item.last, *place, *place]


_ROWS_AND_ADDITIONS = """
    present (tbl, row) AS (
        SELECT * FROM parts UNION ALL
        SELECT 'coding_cases', id FROM coding_cases WHERE coding_id IN (SELECT row FROM parts WHERE tbl = 'codings')
    ),
    added (tbl, row, id) AS MATERIALIZED (
        SELECT tbl, row, max(id) FROM (
            SELECT i.tbl, i.row, i.id FROM images i JOIN acts a ON a.id = i.act AND a.state = 'done'
            WHERE i.op = 'insert' AND i.last_row IS NULL AND (i.tbl, i.row) IN (SELECT * FROM present)
            UNION ALL
            SELECT p.tbl, p.row, i.id FROM images i JOIN acts a ON a.id = i.act AND a.state = 'done'
            JOIN present p ON p.tbl = i.tbl AND p.row BETWEEN i.row AND i.last_row WHERE i.last_row IS NOT NULL
        ) GROUP BY tbl, row
    ),
    reused (tbl, row, dropped_by, act) AS (
        SELECT t.tbl, t.row, coalesce(a.dropped_by, 0), min(a.id) FROM (
            SELECT tbl, row, act FROM images WHERE op = 'insert' AND last_row IS NULL AND (tbl, row) IN (SELECT * FROM present)
            UNION ALL
            SELECT p.tbl, p.row, i.act FROM images i JOIN present p ON p.tbl = i.tbl AND p.row BETWEEN i.row AND i.last_row
            WHERE i.last_row IS NOT NULL
        ) t JOIN acts a ON a.id = t.act AND a.state <> 'done'
        LEFT JOIN added d ON d.tbl = t.tbl AND d.row = t.row
        WHERE a.first_image > coalesce(d.id, 0) GROUP BY t.tbl, t.row, coalesce(a.dropped_by, 0)
    ),
    of_others (tbl, row, act) AS MATERIALIZED (
        SELECT r.tbl, r.row, a.id FROM reused r
        JOIN acts a ON a.state <> 'done' AND coalesce(a.dropped_by, 0) = r.dropped_by AND a.id >= r.act
    ),
    made (row, id) AS MATERIALIZED (
        SELECT row, id FROM images WHERE tbl = 'codings' AND op = 'insert' AND last_row IS NULL
            AND row IN (SELECT row FROM gone WHERE tbl = 'codings')
        UNION
        SELECT g.row, i.id - i.last_row + g.row FROM images i JOIN gone g ON g.tbl = i.tbl AND g.row BETWEEN i.row AND i.last_row
        WHERE i.tbl = 'codings' AND i.last_row IS NOT NULL
    ),
    lives (row, first, last) AS MATERIALIZED (
        SELECT row, coalesce((SELECT act FROM images WHERE id >= first ORDER BY id LIMIT 1), 0),
            (SELECT act FROM images WHERE id >= last ORDER BY id LIMIT 1)
        FROM (
            SELECT g.row, max(m.id) AS first, g.last FROM gone g LEFT JOIN made m ON m.row = g.row AND m.id <= g.last
            WHERE g.tbl = 'codings' GROUP BY g.row, g.last
        )
        UNION
        SELECT p.row, coalesce((SELECT act FROM images WHERE id = d.id), 0), NULL
        FROM parts p LEFT JOIN added d ON d.tbl = p.tbl AND d.row = p.row WHERE p.tbl = 'codings'
    ),
    earlier (tbl, row, last) AS MATERIALIZED (
        SELECT * FROM gone UNION
        SELECT c.tbl, c.row, c.id FROM images c CROSS JOIN lives l ON l.row = json_extract(c.image, '$.coding_id')
        WHERE c.tbl = 'coding_cases' AND c.act >= l.first AND c.act <= coalesce(l.last, c.act)
            AND (l.last IS NOT NULL OR ('codings', l.row, c.act) NOT IN (SELECT * FROM of_others))
    ),
    inserts (tbl, row, id) AS MATERIALIZED (
        SELECT tbl, row, id FROM images WHERE op = 'insert' AND last_row IS NULL AND (tbl, row) IN (SELECT tbl, row FROM earlier)
        UNION
        SELECT e.tbl, e.row, i.id - i.last_row + e.row FROM images i
        JOIN earlier e ON e.tbl = i.tbl AND e.row BETWEEN i.row AND i.last_row WHERE i.last_row IS NOT NULL
    ),
    since (tbl, row, first, last) AS MATERIALIZED (
        SELECT e.tbl, e.row, coalesce(max(n.id), 0), e.last
        FROM earlier e LEFT JOIN inserts n ON n.tbl = e.tbl AND n.row = e.row AND n.id <= e.last GROUP BY e.tbl, e.row, e.last
    )"""
"""The SQL for the rows of an item and of its parts, and for their images (recorded states of rows).

`present` has the present rows. `added` has the images that recorded the addition of these rows. `lives` has the
codings, each with the acts that added and removed it, because another coding may have the same id before or after it.
`earlier` has the removed rows, each with its last image. `since` has the removed rows, each with its last image and
with the image that recorded its addition. `of_others` has the undone acts in which the id of a present row belonged to
a later row.
"""
_ACTS_OF_ROWS = """
    SELECT i.act FROM images i CROSS JOIN since s ON s.tbl = i.tbl AND s.row = i.row AND i.id BETWEEN s.first AND s.last
    WHERE i.last_row IS NULL
    UNION
    SELECT i.act FROM images i LEFT JOIN added d ON d.tbl = i.tbl AND d.row = i.row
    WHERE i.last_row IS NULL AND (i.tbl, i.row) IN (SELECT * FROM present) AND i.id >= coalesce(d.id, 0)
        AND (i.tbl, i.row, i.act) NOT IN (SELECT * FROM of_others)
    UNION
    SELECT i.act FROM images i WHERE i.last_row IS NOT NULL AND (EXISTS (
        SELECT 1 FROM since s WHERE s.tbl = i.tbl AND s.row BETWEEN i.row AND i.last_row
            AND i.id - i.last_row + s.row BETWEEN s.first AND s.last
    ) OR EXISTS (
        SELECT 1 FROM present p LEFT JOIN added d ON d.tbl = p.tbl AND d.row = p.row
        WHERE p.tbl = i.tbl AND p.row BETWEEN i.row AND i.last_row AND i.id >= coalesce(d.id, 0)
            AND (p.tbl, p.row, i.act) NOT IN (SELECT * FROM of_others)
    ))"""


def kinds(store: Store) -> tuple[list[str], list[str]]:
    """Return (coders, verbs): all names of coders and all verbs (such as `code merge`) that occur in the history."""
    coders = store.query("SELECT DISTINCT coder FROM acts ORDER BY coder").fetchall()
    verbs = store.query("SELECT DISTINCT verb FROM acts ORDER BY verb").fetchall()
    return [row[0] for row in coders], [row[0] for row in verbs]


def makers_of_codes(store: Store) -> dict[str, tuple[str, str]]:
    """Return a map: lasting id of a code → (coder who added the code, time).

    Codes that were copied from another study (in a merge, or when this file was made) are left out.
    """
    rows = store.query(
        "SELECT c.uid, a.coder, a.at FROM images i JOIN acts a ON a.id = i.act JOIN codes c ON c.id = i.row"
        " WHERE i.tbl = 'codes' AND i.op = 'insert' AND a.state = 'done' AND a.verb <> 'study merge' ORDER BY i.id"
    )
    return {uid: (coder, at) for uid, coder, at in rows}


def act(store: Store, number: int) -> Act | None:
    row = store.query(f"{_ACT} WHERE id = ?", (number,)).fetchone()
    return None if row is None else Act(*row)


def undo(store: Store) -> Act | None:
    """Undo the newest change in the history that is not undone yet.

    Return the entry of this change; None when there is nothing to undo. Raises ConflictError when the entry is an
    erasure or older than an erasure. Raises StudyFileError when the stored states of the changed rows are damaged.
    """
    return _move(store, _NEXT_UNDONE, "undone", backwards=True)


def redo(store: Store) -> Act | None:
    """Redo the oldest undone change in the history.

    Return the entry of this change; None when there is nothing to redo. Raises StudyFileError when the stored states
    of the changed rows are damaged.
    """
    return _move(store, _NEXT_REDONE, "done", backwards=False)


def next_move(store: Store, *, back: bool) -> Act | None:
    """Return the entry to undo next (with `back`) or to redo next; None if there is none."""
    number = store.scalar(_NEXT_UNDONE if back else _NEXT_REDONE)
    return None if number is None else act(store, number)


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
            raise damaged_history(store)
        for _, group in groupby(runs, key=lambda run: isinstance(run[2], InsertRange)):
            ranges: list[InsertRange] = []
            for table, op, images in group:
                if isinstance(images, InsertRange):
                    ranges.append(images)
                else:
                    _swap(store, table, op, images, backwards=backwards)
            if not insert_ranges.move(store, ranges, backwards=backwards):
                raise damaged_history(store)
        store.change("UPDATE acts SET state = ? WHERE id = ?", (state, number))
    store.saves += 1
    return act(store, number)


def refuse_before_erasure(store: Store, steps: int) -> None:
    """Raise ConflictError when one of the last `steps` changes is an erasure, or older than an erasure."""
    erased = erasure.last_act(store)
    if erased is None or not steps:
        return
    later = int(store.scalar(f"SELECT count(*) FROM acts WHERE {_UNDOABLE} AND id > ?", (erased,)))
    if steps > later:
        rest = f"; {plural(later, 'later act')} can" if later else ""
        raise ConflictError(f"Act {erased} erased texts for good: neither it nor an act before it can be undone{rest}.")


def _runs(store: Store, first: int, last: int, *, backwards: bool) -> Iterator[tuple[str, str, _Run]]:
    """Yield (table, operation, run) for the images (recorded states of rows) with ids from `first` to `last`.

    The images of a run are exchanged with their rows in one step, so they have the same table and operation. A run has
    at most one image of each row: several images of one row must be exchanged one after the other. If an image
    represents a range of inserted rows, the run is this range.

    With `backwards`, the order is that of undo (last image first), otherwise that of redo.
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
    """Undo (with `backwards`) or redo changes of rows. The values in rows and in their images are exchanged.

    `images` are pairs (id of the image, id of the row). `op` is the recorded operation: insert, update or delete.
    Raises StudyFileError when a row is missing.
    """
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
        raise damaged_history(store)


def _image(store: Store, number: int) -> dict[str, Any]:
    return image_values(store, store.scalar("SELECT image FROM images WHERE id = ?", (number,)))
