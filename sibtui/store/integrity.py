"""Checks of a study file for damage: its pages, schema, rows, texts, history, and references between rows."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError
from sibtui.model.text import listed_clauses
from sibtui.store import pinned_schema, row_rules
from sibtui.store.insert_ranges import KEPT
from sibtui.store.schema import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.store.connection import Store


DAMAGE = (
    sqlite3.DatabaseError, StudyFileError, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError,
    TypeError, ValueError,
)  # fmt: skip
"""The errors that a damaged file can cause: errors of SQLite, and errors of Python code that receives an impossible value."""


def problems(store: Store, *, current_texts: bool = True) -> Iterator[str]:
    """Check the study file, and yield a sentence for each problem. If one check fails, the other checks still run.

    If `current_texts` is False, the newest versions of the texts of sources are not checked.
    """
    for part, check in (
        ("its pages", _pages),
        ("its references", _references),
        ("its schema", _foreign_schema),
        ("its record of changes", _recording),
        ("its rows", partial(row_rules.broken, current_texts=current_texts)),
        ("its texts", row_rules.not_utf8),
    ):
        try:
            yield from check(store)
        except DAMAGE:
            yield f"the file is damaged: {part} cannot be read to the end."


def _pages(store: Store) -> Iterator[str]:
    for (message,) in store.query("PRAGMA integrity_check(20)"):
        lines = [line for line in message.split("\n") if line and not line.startswith("***")]  # *** begins a heading
        if message == "ok" or not lines:
            continue
        yield f"SQLite reports damage of the file: {listed_clauses(lines, 1)}."


def _references(store: Store) -> Iterator[str]:
    for table, row, parent, _ in store.query("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to a row of {parent} that does not exist."


def _foreign_schema(store: Store) -> Iterator[str]:
    """Yield a sentence for each difference between the schema of the file and the schema that sibtui makes.

    A trigger or view that sibtui did not make may contain hostile code.
    """
    schema = store.schema()
    if pinned_schema.is_pinned(schema, VERSION):
        return
    for phrase in pinned_schema.differences(schema):
        yield f"{phrase}."


def _recording(store: Store) -> Iterator[str]:
    """Yield a sentence for each reason why changes cannot be recorded in the history, or cannot be undone."""
    rows = store.query("SELECT act, replaying FROM history").fetchall()
    if not rows:
        yield f"the row that records changes is missing (table history): {_WAY_OUT}."
    for act, replaying in rows:
        if replaying:
            yield f"the recording of changes is switched off (table history): {_WAY_OUT}."
        if act is not None:
            yield f"the row that records changes names act {act} as open (table history)."
    for act, lost in store.query(_LOST):
        wrong = f"lacks {lost} of its images" if lost > 0 else "has more images than changes"
        yield f"act {act} {wrong}, so it cannot be undone or redone."
    loose = store.scalar(_LOOSE)
    if loose:
        yield f"{loose} images of the history belong to no act, so their changes cannot be undone."


_WAY_OUT = "nothing can be changed; a new study made from an export to a folder is sound, without the history"
_OF_ACT = "i.act = a.id AND i.id BETWEEN a.first_image AND a.last_image"
_KEPT = " UNION ALL ".join(f"SELECT '{table}' AS tbl, id FROM {kept}" for table, kept in KEPT.items())
_LOST = f"""
    SELECT id, lost FROM (
        SELECT a.id, a.last_image - a.first_image + 1 - coalesce((
            SELECT sum(CASE
                WHEN i.last_row IS NULL THEN json_valid(i.image) OR i.op = CASE a.state WHEN 'done' THEN 'insert' ELSE 'delete' END
                WHEN a.state = 'done' THEN 1 + i.last_row - i.row
                WHEN 1 + i.last_row - i.row
                    = (SELECT count(*) FROM ({_KEPT}) k WHERE k.tbl = i.tbl AND k.id BETWEEN i.id - i.last_row + i.row AND i.id)
                THEN 1 + i.last_row - i.row
            END) FROM images i WHERE {_OF_ACT}
        ), 0) AS lost FROM acts a WHERE a.last_image >= a.first_image
    ) WHERE lost <> 0 ORDER BY id
"""
_LOOSE = f"SELECT count(*) FROM images i WHERE NOT EXISTS (SELECT 1 FROM acts a WHERE {_OF_ACT})"


def misattributed(store: Store, source: int | None = None) -> Iterator[tuple[int, str, str]]:
    """Yield (coding id, source, case) if a coding is about a case, but the source of the coding is not.

    `source` is the id of the only source to check; with None, all sources are checked.
    """
    return store.query(
        "SELECT c.id, s.name, k.label FROM coding_cases cc JOIN codings c ON c.id = cc.coding_id"
        " JOIN sources s ON s.id = c.source_id JOIN cases k ON k.id = cc.case_id"
        " WHERE NOT EXISTS (SELECT 1 FROM source_cases sc WHERE sc.source_id = c.source_id AND sc.case_id = cc.case_id)"
        " AND (? IS NULL OR c.source_id = ?) ORDER BY c.id, k.position, k.id",
        (source, source),
    )
