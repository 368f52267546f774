"""The tables and columns that version 6 of a study file adds for ranges.

A range is one row of the table `images` of the history. It records many rows that one change has inserted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

RANGES = (
    "ALTER TABLE images ADD COLUMN last_row INTEGER CHECK (last_row IS NULL OR (op = 'insert' AND image IS NULL AND last_row >= row))",
    "CREATE INDEX images_of_ranges ON images (tbl, row) WHERE last_row IS NOT NULL",
    """CREATE TABLE kept_codings (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL,
        source_id INTEGER NOT NULL,
        code_id INTEGER NOT NULL,
        coder_id INTEGER NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        stance TEXT NOT NULL,
        certainty TEXT NOT NULL,
        quote TEXT NOT NULL,
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        memo TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
    """CREATE TABLE kept_coding_cases (
        id INTEGER PRIMARY KEY,
        coding_id INTEGER NOT NULL,
        case_id INTEGER NOT NULL
    ) STRICT""",
)
"""The SQL that creates the column and tables for ranges (see `insert_ranges.py`).

A table of kept rows has the columns of its original table, but not the constraints and indexes.
"""

_SHORTEST = 100
"""The least number of inserted rows whose images (recorded states) are replaced by one range."""


def join_images(connection: sqlite3.Connection) -> None:
    """Shorten the history of an older file: one record replaces those of many rows that an import has inserted.

    The new record has the range of the ids of these rows. Records of undone imports are not replaced, because they
    hold the values of the rows.
    """
    runs = connection.execute(
        "SELECT i.tbl, min(i.row), max(i.row), min(i.id), max(i.id) FROM images i JOIN acts a ON a.id = i.act"
        " WHERE a.state = 'done' AND i.op = 'insert' AND i.image IS NULL AND i.tbl IN ('codings', 'coding_cases')"
        " GROUP BY i.act, i.tbl, i.id - i.row HAVING count(*) >= ? AND count(*) = max(i.id) - min(i.id) + 1",
        (_SHORTEST,),
    ).fetchall()
    for _, first_row, last_row, first, last in runs:
        connection.execute("DELETE FROM images WHERE id >= ? AND id < ?", (first, last))
        connection.execute("UPDATE images SET row = ?, last_row = ? WHERE id = ?", (first_row, last_row, last))
