"""The table that version 8 of a study file adds."""

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
"""The table of seals, with one row per act. Its `id` is the number of the act (see `seals.py`)."""


def order_images(connection: sqlite3.Connection) -> None:
    """Write all images with their columns in the order that the triggers use.

    Earlier migrations added columns at the end. Undo and redo would change this order, and with it the digests of the seals.
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
