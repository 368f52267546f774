"""A fast check whether all rows of a study can be read. It runs before a list or an export."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError
from sibtui.store.codes import DEEPEST

if TYPE_CHECKING:
    from sibtui.store.connection import Store

LEFT_OUT = {
    "images", "kept_codings", "kept_coding_cases", "seals", "history", "_sqlite_migrations", "sqlite_sequence", "sqlite_stat1", "sqlite_stat4",
}  # fmt: skip
"""The tables that the check does not read, because lists and exports do not need them.

The table of images can be larger than the rest of the study.
"""
WITHOUT_TEXT = "SELECT id FROM sources WHERE id NOT IN (SELECT source_id FROM texts)"
TREE = f"""
    WITH RECURSIVE tree (id, depth) AS (
        SELECT id, 1 FROM codes WHERE parent_id IS NULL
        UNION ALL SELECT c.id, t.depth + 1 FROM tree t JOIN codes c ON c.parent_id = t.id WHERE t.depth < {DEEPEST}
    )
"""
"""The SQL for the codes that are in the tree below a theme and not too deep.

A code in a cycle is not among these codes.
"""


def is_sound(store: Store) -> bool:
    """Return whether all rows obey the schema, all sources have a text, and all codes have a place in the codebook.

    The history is not checked.
    """
    try:
        with store.small_cache():
            return _has_sound_rows(store)
    except (sqlite3.DatabaseError, StudyFileError):
        return False


def _has_sound_rows(store: Store) -> bool:
    if store.query("PRAGMA foreign_key_check").fetchone() is not None:
        return False
    for (table,) in store.query("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
        if table not in LEFT_OUT and store.query(f"PRAGMA quick_check({table})").fetchall() != [("ok",)]:
            return False
    if store.query(
        f"{WITHOUT_TEXT} UNION ALL SELECT id FROM codes WHERE id NOT IN ({TREE} SELECT id FROM tree)"
    ).fetchone():
        return False
    return int(store.scalar("SELECT count(*) FROM project")) == 1
