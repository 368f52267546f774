"""The table that version 8 of a study file adds: seals (digests of the entries of the history)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

SEALS = (
    """CREATE TABLE seals (
        id INTEGER PRIMARY KEY,
        salt BLOB NOT NULL,
        before BLOB,
        after BLOB NOT NULL,
        digest BLOB NOT NULL,
        resealed_by INTEGER CHECK (resealed_by > id),
        content BLOB CHECK ((content IS NULL) = (resealed_by IS NULL))
    ) STRICT""",
    "CREATE INDEX seals_by_resealing ON seals (resealed_by) WHERE resealed_by IS NOT NULL",
)
"""The SQL that creates the table of seals (digests of acts), with one row per act.

Its `id` is the id of the act (see `seals.py`).
"""


def order_images(connection: sqlite3.Connection) -> None:
    """Rewrite all images (recorded states of rows), so that their columns have the order that the triggers use.

    Earlier migrations added new columns at the end of images. Without this step, an undo and a redo would change the
    order of the columns, and with it the digests of the seals.
    """
    tables = connection.execute(
        "SELECT DISTINCT tbl FROM images WHERE tbl IN (SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger')"
    ).fetchall()
    for (table,) in tables:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        ordered = ", ".join(f"'{name}', json_extract(image, '$.{name}')" for name in columns)
        connection.execute(
            f"UPDATE images SET image = json_object({ordered}) WHERE tbl = ? AND json_valid(image)"
            f" AND json_type(image) = 'object' AND image <> '{{}}' AND image <> json_object({ordered})",
            (table,),
        )
