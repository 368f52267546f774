"""Functions that create the tables of the flat export (an SQLite file with simple tables), and insert their rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sibtui.store.sqlite_tools import Database

SOURCE, CODE, CASE = ("source", "sources", "source"), ("code", "codes", "code"), ("case", "cases", "case")
"""Foreign keys, as (column, table that the column refers to, column of that table)."""


def create_table(
    db: Database,
    table: str,
    columns: Mapping[str, type],
    *,
    pk: str | tuple[str, ...] | None = None,
    keys: Sequence[tuple[str, str, str]] = (),
) -> None:
    """Create an empty table. `columns` maps column names to types, and `pk` is the primary key.

    `keys` are the foreign keys, as (column, other table, column of the other table). A key to a table that does not
    exist is left out.
    """
    present = [key for key in keys if db.table(key[1]).exists()]
    db.create_table(table, dict(columns), strict=True, pk=pk, foreign_keys=present)


def insert_rows(
    db: Database,
    table: str,
    columns: Mapping[str, type],
    rows: Iterable[tuple[Any, ...]],
    *,
    pk: str | tuple[str, ...] | None = None,
    keys: Sequence[tuple[str, str, str]] = (),
) -> None:
    """Create a table as `create_table` does, and insert `rows` into it."""
    create_table(db, table, columns, pk=pk, keys=keys)
    db.conn.executemany(insertion(table, len(columns)), rows)


def insertion(table: str, columns: int) -> str:
    return f"INSERT INTO [{table}] VALUES ({', '.join('?' * columns)})"
