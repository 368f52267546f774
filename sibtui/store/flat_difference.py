"""The comparison of two flat exports (SQLite files with simple tables) by their content."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.store.foreign import open_foreign

if TYPE_CHECKING:
    from pathlib import Path

_SCHEMA = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2"


def flat_difference(own: Path, other: Path) -> str:
    """Return the first difference between two flat exports as a clause; empty if their tables are equal.

    `own` was made by this program. `other` may be any file. The bytes of equal exports are not compared, because
    another version of SQLite may write them differently.
    """
    with closing(sqlite3.connect(f"{own.resolve().as_uri()}?mode=ro", uri=True)) as mine:
        schema = mine.execute(_SCHEMA).fetchall()
        try:
            with open_foreign(other) as database:
                if database.query(_SCHEMA) != schema:
                    return "has other tables"
                for kind, name, *_ in schema:  # equal schemas: no view or trigger of the other file runs
                    rows = f'SELECT * FROM "{name}"'
                    if kind == "table" and mine.execute(rows).fetchall() != database.query(rows):
                        return f"has other rows in the table {name}"
        except InputError as error:
            return str(error).rstrip(".")
    return ""
