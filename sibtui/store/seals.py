"""Seals: a chain of digests over the acts (entries) of the history. It shows whether a program bypassed the history.

The history stores an image (one state of the row) for each row that an act changed. The seal of an act has a random
salt and these SHA-256 digests:

- `shape`: the digest of the ids, tables, rows and operations of the act's images. It is not stored;
- `before` and `after`: the digests of the changed rows as JSON, in their states before and after the act;
- `content`: the digest of the facts of the act (id, time, coder, verb, summary, first and last image), and of
  `shape`, `before` and `after`. It is stored only for an act that an erasure has changed;
- `digest`: the digest of the `digest` of the previous act and of the `content` of this act. So the digests form a
  chain.

The check computes the digests again. The images of a done act hold the changed rows as they were before the act. To
find such a row as it was after the act, the check uses the image of the next change of this row. If there is no such
change, the row is still in its table. The images of an undone act hold the rows as they were after the act. The
states before the act are not checked. Undo and redo change no seal.

An erasure changes earlier acts for good: their facts, their images, and the rows that they have changed. So it
reseals these acts: they get a new salt and a new `before`, `after` and `content`. Their `digest` stays the same, so
that the chain stays valid. The old salt is not kept. Without the old salt, nobody can guess an erased text from
`digest`. The erasure is an act too. Its `content` also covers the new contents of the resealed acts.

The rows that an erasure removes have images (`removed_rows.py`), because a new row may get the id of a removed row.

A person who can write the file can also compute a new chain. The chain proves something only to a reader who noted a
digest elsewhere.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from sibtui.errors import StudyFileError
from sibtui.store.hashing import sha256_for

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sibtui.store.connection import Store

_FACTS = "id, at, coder, verb, summary, first_image, last_image"


_IMAGES = "acts a JOIN images i ON i.id BETWEEN a.first_image AND a.last_image WHERE a.id = ?"


_TOGETHER = 50
"""The number of rows that are fetched from the database at a time."""

_JOINED = 400
"""The number of ids whose rows SQLite joins to one value. The joined rows of an import fit into the cache of the processor."""


class _Digests(NamedTuple):
    """The digests of the rows that an entry of the history changed, with their salt.

    `shape` covers which rows changed and how. `before` and `after` cover their values before and after the change.
    `before` is None for an undone entry, because its earlier values are not stored.
    """

    salt: bytes
    shape: bytes
    before: bytes | None
    after: bytes


def seal(store: Store, act: int) -> None:
    """Seal the newest entry of the history: store the digests that reveal a later change of the entry.

    `act` is the id of the entry. Call this inside its transaction, after its last change.
    """
    new = _compute(store, act, os.urandom(16))
    store.change(
        "INSERT INTO seals (id, salt, before, after, digest) VALUES (?, ?, ?, ?, ?)",
        (act, new.salt, new.before, new.after, _chained(store, act, new)),
    )


def seal_all(connection: sqlite3.Connection) -> None:
    """Seal all entries of the history again after a migration: compute and store new digests.

    Digests that a person noted before the migration are no longer valid.
    """
    from pathlib import Path

    from sibtui.store.connection import Store
    from sibtui.store.removed_rows import record_earlier_removals

    store = Store(Path(), connection)
    record_earlier_removals(connection)
    store.change("DELETE FROM seals")
    for (act,) in store.query("SELECT id FROM acts ORDER BY id").fetchall():
        seal(store, act)


def broken(store: Store) -> Iterator[int]:
    """Yield the sorted ids of the entries of the history that no longer agree with their seals (stored digests).

    An entry without a seal, and a seal without an entry, are broken too.
    """
    for (number,) in store.query("SELECT id FROM acts UNION SELECT id FROM seals ORDER BY 1").fetchall():
        if not _fits(store, number):
            yield number


@contextmanager
def resealing(store: Store, act: int) -> Iterator[None]:
    """Compute a new seal (digest) for each earlier entry of the history that the `with` block changes.

    Use this only for an erasure. `act` is the id of the erasure's own entry. The caller seals this entry later.

    If the seal of an entry was wrong before the block, it stays wrong, so that the check still reports this entry.
    """
    whole = [number for (number,) in store.query("SELECT id FROM acts WHERE id < ? ORDER BY id", (act,)).fetchall()]
    whole = [number for number in whole if _fits(store, number)]
    yield
    for number in whole:
        if not _fits(store, number):
            _reseal(store, number, act)


def _reseal(store: Store, act: int, by_act: int) -> None:
    new = _compute(store, act, os.urandom(16))
    store.change(
        "UPDATE seals SET salt = ?, before = ?, after = ?, resealed_by = ?, content = ? WHERE id = ?",
        (new.salt, new.before, new.after, by_act, _content(store, act, new), act),
    )


def _fits(store: Store, act: int) -> bool:
    row = store.query("SELECT salt, before, after, digest, resealed_by, content FROM seals WHERE id = ?", (act,))
    found = row.fetchone()
    if found is None or store.scalar("SELECT 1 FROM acts WHERE id = ?", (act,)) is None:
        return False
    salt, before, after, digest, resealed_by, content = found
    try:
        now = _compute(store, act, salt)
    except StudyFileError:  # an image of a hostile file names another table
        return False
    stored = _Digests(salt, now.shape, before, after)
    if now.after != after or (None not in (now.before, before) and now.before != before):
        return False
    if resealed_by is None:
        return _chained(store, act, stored) == bytes(digest)
    return _content(store, act, stored) == bytes(content)


def _chained(store: Store, act: int, digests: _Digests) -> bytes:
    """Return the `digest` of the seal of an entry of the history, as defined in the module docstring."""
    previous = store.scalar("SELECT digest FROM seals WHERE id < ? ORDER BY id DESC LIMIT 1", (act,))
    return bytes(sha256_for(1)((previous or b"") + _content(store, act, digests)).digest())


def _content(store: Store, act: int, digests: _Digests) -> bytes:
    facts = store.query(f"SELECT {_FACTS} FROM acts WHERE id = ?", (act,)).fetchone()
    resealed = store.query("SELECT id, hex(content) FROM seals WHERE resealed_by = ? ORDER BY id", (act,)).fetchall()
    before = None if digests.before is None else digests.before.hex()
    parts = [facts, digests.shape.hex(), before, digests.after.hex(), resealed]
    return bytes(sha256_for(1)(digests.salt + _json(parts).encode()).digest())


def _json(value: Any) -> str:
    """Return the same text as `json.dumps`. Numbers and plain texts do not need the import of json (2 ms)."""
    if type(value) is int:
        return str(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_json, value))}]"
    if isinstance(value, str) and value.isascii() and value.isprintable() and not ('"' in value or "\\" in value):
        return f'"{value}"'
    import json

    return json.dumps(value)


def _compute(store: Store, act: int, salt: bytes) -> _Digests:
    """Compute, with this salt, the digests of the rows that an entry of the history has changed."""
    state, images = store.query("SELECT state, last_image - first_image + 1 FROM acts WHERE id = ?", (act,)).fetchone()
    is_done = state == "done"
    sha256 = sha256_for(images)
    shape, before = sha256(salt), sha256(salt)
    parts: dict[str, list[tuple[int, int, int]]] = {}
    for number, table, row, last_row, op, image in store.query(
        f"SELECT i.id, i.tbl, i.row, i.last_row, i.op, CASE WHEN a.state = 'done' THEN {_as_bytes(store, 'i.image')} END"
        f" FROM {_IMAGES} ORDER BY i.id",
        (act,),
    ):
        shape.update(f"{number} {table} {row} {last_row} {op}\n".encode())
        if image is not None:
            before.update(_encoded(image))
        if op != "delete":
            ranges = parts.setdefault(table, [])
            if last_row is not None:
                ranges.append((number, row, last_row))
    after = sha256(salt)
    for table, ranges in sorted(parts.items()):
        after.update(f"{table}\n".encode())
        _add_rows(after, store.query(_singles_after(store, table, is_done=is_done), (act, table)))
        for image, first, last in ranges:
            _add_rows(after, *_range_after(store, table, image, first, last, is_done=is_done))
    return _Digests(salt, shape.digest(), before.digest() if is_done else None, after.digest())


def _add_rows(digest: Any, rows: sqlite3.Cursor, together: int = _TOGETHER) -> None:
    while part := rows.fetchmany(together):
        try:
            digest.update(b"".join(chain.from_iterable(part)))
        except TypeError:  # a row is missing, or the file is not UTF-8
            digest.update(b"".join([b"\n" if row is None else _encoded(row) for (row,) in part]))


_NEXT = (
    "(SELECT {image_of_j} FROM images j JOIN acts b ON b.id = j.act WHERE j.tbl = {table} AND j.row = {row}"
    " AND j.image IS NOT NULL AND j.id > {image} AND b.state = 'done' ORDER BY j.id LIMIT 1)"
)
"""The SQL for the next image (recorded state) of a row after {image}.

The next image holds the row as it was after the change that {image} records.
"""


def _singles_after(store: Store, table: str, *, is_done: bool) -> str:
    where = " AND i.tbl = ? AND i.last_row IS NULL AND i.op <> 'delete' ORDER BY i.id"
    if not is_done:
        return f"SELECT {_as_bytes(store, 'i.image')} FROM {_IMAGES}{where}"
    following = _NEXT.format(image_of_j=_as_bytes(store, "j.image"), table="i.tbl", row="i.row", image="i.id")
    row = _as_bytes(store, _as_json(store, table))
    return f"SELECT coalesce({following}, (SELECT {row} FROM {table} t WHERE t.id = i.row)) FROM {_IMAGES}{where}"


def _range_after(
    store: Store, table: str, image: int, first: int, last: int, *, is_done: bool
) -> tuple[sqlite3.Cursor, int]:
    """Return (rows of a range with their values at the time of the insertion, number of values to fetch at a time).

    A range is one record of many inserted rows in the history. `image` is the id of this record. `first` and `last`
    are the ids of the first and the last row. `is_done` is False if the insertion is undone at present.
    """
    values: dict[str, Any] = {"table": table, "first": first, "last": last, "shift": image - last}
    if not is_done:
        from sibtui.store.insert_ranges import KEPT

        kept = _joined(store, KEPT.get(table, table), _as_json(store, table, "t.id - :shift"))
        return store.query(kept, {"first": first + image - last, "last": image, "shift": image - last}), 1
    changed = "SELECT row FROM images WHERE tbl = :table AND row BETWEEN :first AND :last AND image IS NOT NULL AND id > :shift + row"
    if store.query(f"{changed} LIMIT 1", values).fetchone() is None:
        return store.query(_joined(store, table, _as_json(store, table)), values), 1
    following = _NEXT.format(image_of_j=_as_bytes(store, "j.image"), table=":table", row="r.id", image=":shift + r.id")
    row = _as_bytes(store, _as_json(store, table))
    rows = store.query(
        f"SELECT coalesce({following}, (SELECT {row} FROM {table} t WHERE t.id = r.id))"
        f" FROM (SELECT id FROM {table} WHERE id BETWEEN :first AND :last UNION {changed}) r ORDER BY r.id",
        values,
    )
    return rows, _TOGETHER


def _joined(store: Store, table: str, row: str) -> str:
    """Return the SQL for the rows of a table with the ids from :first to :last. `row` is the SQL expression for a row.

    Each result of the SQL is several rows joined to one value, because this is faster. In a file that is not in UTF-8,
    each result is one row.
    """
    if not store.is_utf8:
        return f"SELECT {row} FROM {table} t WHERE t.id BETWEEN :first AND :last ORDER BY t.id"
    return (
        f"WITH RECURSIVE parts (at) AS (SELECT min(id) FROM {table} WHERE id BETWEEN :first AND :last UNION ALL"
        f" SELECT (SELECT min(id) FROM {table} WHERE id BETWEEN at + {_JOINED} AND :last) FROM parts WHERE at IS NOT NULL)"
        f" SELECT (SELECT CAST(group_concat(row, '') AS BLOB) FROM (SELECT {row} AS row FROM {table} t"
        f" WHERE t.id BETWEEN at AND min(at + {_JOINED - 1}, :last) ORDER BY t.id)) FROM parts WHERE at IS NOT NULL"
    )


def _as_json(store: Store, table: str, number: str = "t.id") -> str:
    """Return the SQL expression for a row as JSON, in the form in which the triggers write it into the history."""
    values = ", ".join(f"'{name}', " + (number if name == "id" else f't."{name}"') for name in store.columns(table))
    return f"json_object({values})"


def _as_bytes(store: Store, expression: str) -> str:
    """Return an SQL expression with the value of `expression` as bytes, which SQLite returns faster than texts.

    The bytes must be UTF-8, for the digests. If the study file has another encoding, return `expression` unchanged.
    """
    return f"CAST({expression} AS BLOB)" if store.is_utf8 else expression


def _encoded(fetched: bytes | str) -> bytes:
    return fetched if isinstance(fetched, bytes) else fetched.encode("utf-8", "surrogatepass")
