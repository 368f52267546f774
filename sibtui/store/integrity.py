"""Whether the file itself is sound: its pages, its references, and that its schema is ours."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.store.connection import Store


DAMAGE = (sqlite3.DatabaseError, StudyFileError)
"""What reading raises where pages of the file are damaged."""


def problems(store: Store) -> Iterator[str]:
    """What SQLite finds wrong with the file, a sentence each. One that cannot be looked for does not hinder the others."""
    for what, look in (
        ("its pages", _pages),
        ("what refers to what", _references),
        ("its schema", _foreign_schema),
    ):
        try:
            yield from look(store)
        except DAMAGE:
            yield f"the file is damaged: {what} cannot be read to the end."


def _pages(store: Store) -> Iterator[str]:
    for (told,) in store.query("PRAGMA integrity_check(20)"):
        lines = [line for line in told.split("\n") if line and not line.startswith("***")]  # a heading of SQLite's
        if told == "ok" or not lines:
            continue
        more = f", and {len(lines) - 1} more" if len(lines) > 1 else ""
        yield f"SQLite finds the file damaged: {lines[0]}{more}."


def _references(store: Store) -> Iterator[str]:
    for table, row, parent, _ in store.query("PRAGMA foreign_key_check"):
        yield f"row {row} of {table} refers to something in {parent} that is not there."


# Names that begin with sqlite_ are SQLite's own, and those with _sqlite_ are sqlite-utils', which may word its table otherwise.
_SCHEMA = (
    "SELECT type || ' ' || name, sql FROM sqlite_schema"
    " WHERE tbl_name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND tbl_name NOT LIKE '\\_sqlite\\_%' ESCAPE '\\'"
)


def _foreign_schema(store: Store) -> Iterator[str]:
    """Tables, triggers and views that a study does not have: somebody else's, who may want them to run."""
    expected, there = _expected(), dict(store.query(_SCHEMA))
    for name in sorted(expected.keys() | there.keys()):
        if name not in there:
            yield f"the {name} is missing."
        elif name not in expected:
            yield f"the {name} is not part of a study."
        elif there[name] != expected[name]:
            yield f"the {name} is not as it should be."


def _expected() -> dict[str, str]:
    from sqlite_utils import Database  # noqa: PLC0415 - only a check pays for it

    from sibtui.store.migrations import apply  # noqa: PLC0415

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        apply(Database(connection, execute_plugins=False, recursive_triggers=False))
        return dict(connection.execute(_SCHEMA).fetchall())


def misattributed(store: Store, source: int | None = None) -> Iterator[tuple[int, str, str]]:
    """(coding, source, case) for codings, of one source or of all, attributed to a case that their source does not touch."""
    return store.query(
        "SELECT c.id, s.name, k.label FROM coding_cases cc JOIN codings c ON c.id = cc.coding_id"
        " JOIN sources s ON s.id = c.source_id JOIN cases k ON k.id = cc.case_id"
        " WHERE NOT EXISTS (SELECT 1 FROM source_cases sc WHERE sc.source_id = c.source_id AND sc.case_id = cc.case_id)"
        " AND (?1 IS NULL OR c.source_id = ?1) ORDER BY c.id, k.position, k.id",
        (source,),
    )
