"""Reading the rows of a damaged table: first forwards from the first row, then backwards from the last row.

Each of these two passes ends at a damaged row. Between the two damaged rows, each id is tried.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_PROBES = 500_000
"""The largest number of ids that are tried one by one in the gap.

Without a limit, the search would not end if a damaged id is very large.
"""


class AlteredText(str):
    """A text of which some characters were lost by damage."""

    __slots__ = ()


def decoded(data: bytes) -> str:
    """Return the bytes as text. If a byte is not UTF-8, it becomes `�`, and the result is an AlteredText."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return AlteredText(data.decode(errors="replace"))


class RowsRead(NamedTuple):
    """The readable rows of a damaged table in the order of their ids.

    `lost` is the number of rows that cannot be read. `is_damaged` is set if any page of the table is damaged.
    """

    rows: list[tuple[Any, ...]]
    lost: int
    is_damaged: bool


def read_rows(connection: sqlite3.Connection, table: str, columns: Sequence[str]) -> RowsRead:
    """Read all readable rows of a table that may be damaged. Each byte that is not UTF-8 becomes `�`."""
    connection.text_factory = decoded
    names = ", ".join(f'"{name}"' for name in columns)
    select = f'SELECT rowid, {names} FROM "{table}" NOT INDEXED'
    rows, is_complete = _scan(connection, f"{select} ORDER BY rowid")
    known = _ids_in_indexes(connection, table)
    if not is_complete:
        backwards, _ = _scan(connection, f"{select} ORDER BY rowid DESC")
        low, high = max(rows, default=0), min(backwards, default=max(known, default=0) + 1)
        rows |= backwards
        between = range(low + 1, high) if high - low <= _MOST_PROBES else ()
        for number in sorted({*between, *known} - rows.keys()):
            found, _ = _scan(connection, f"{select} WHERE rowid = {number:d}")
            rows |= found
            if not found:
                known.add(number) if _is_probable(number, between, known, table, connection) else known.discard(number)
    return RowsRead([rows[number] for number in sorted(rows)], len(known - rows.keys()), not is_complete)


def _is_probable(
    number: int, between: range | tuple[()], known: set[int], table: str, connection: sqlite3.Connection
) -> bool:
    """Return whether the unreadable row with the id `number` probably existed before the damage.

    `known` has the ids that an index lists. `between` has the ids in the damaged middle of the table, which no scan
    from the start or the end has reached.
    """
    if number in known:
        return True
    if number not in between:
        return False
    try:
        return (
            connection.execute(f'SELECT 1 FROM "{table}" NOT INDEXED WHERE rowid = {number:d}').fetchone() is not None
        )
    except sqlite3.DatabaseError:
        return True


def _scan(connection: sqlite3.Connection, sql: str) -> tuple[dict[int, tuple[Any, ...]], bool]:
    """Run a SELECT until its first error. Return (map: row id → values, whether the SELECT ended without an error)."""
    rows: dict[int, tuple[Any, ...]] = {}
    try:
        for number, *row in connection.execute(sql):
            rows[number] = tuple(row)
    except sqlite3.DatabaseError:
        return rows, False
    return rows, True


def _ids_in_indexes(connection: sqlite3.Connection, table: str) -> set[int]:
    """Return the row ids in the indexes of a table. Parts of the indexes that cannot be read are skipped."""
    ids: set[int] = set()
    with suppress(sqlite3.DatabaseError):
        for _, index, _, _, partial, *_ in connection.execute(f'PRAGMA index_list("{table}")').fetchall():
            if partial:
                continue
            with suppress(sqlite3.DatabaseError):
                for (number,) in connection.execute(f'SELECT rowid FROM "{table}" INDEXED BY "{index}"'):
                    ids.add(number)
    return ids
