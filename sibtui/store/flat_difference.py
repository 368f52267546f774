"""The comparison of two flat exports (SQLite files with simple tables) by their content."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import zip_longest
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.store.foreign import open_foreign

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.store.foreign import Foreign

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"


def flat_difference(own: Path, other: Path) -> str:
    """Return the first difference between two files, such as "has other tables"; an empty text if there is none.

    `own` is a flat export that this program has made. `other` may be any file. The bytes are not compared, because
    another version of SQLite may write the same tables with other bytes.
    """
    with closing(sqlite3.connect(f"{own.resolve().as_uri()}?mode=ro", uri=True)) as mine:
        schema = mine.execute(_SCHEMA).fetchall()
        try:
            with open_foreign(other) as database:
                if list(database.each(_SCHEMA)) != schema:
                    return "has other tables"
                for kind, name, *_ in schema:  # equal schemas: no view or trigger of the other file runs
                    if kind == "table" and _differs(f'SELECT * FROM "{name}"', mine, database):
                        return f"has other rows in the table {name}"
        except InputError as error:
            return str(error).rstrip(".")
    return ""


def _differs(statement: str, own: sqlite3.Connection, other: Foreign) -> bool:
    with closing(other.each(statement)) as rows:
        return any(one != two for one, two in zip_longest(own.execute(statement), rows))
