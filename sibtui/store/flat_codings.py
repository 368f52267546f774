"""The tables for codings and their cases in the flat export (an SQLite file with simple tables).

Copying the rows from file to file with SQL takes a third of the time that Python needs to read and insert them.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from typing import TYPE_CHECKING, Any

from sibtui.store import cases as case_rows
from sibtui.store import codings as coding_rows
from sibtui.store.codings import Selection
from sibtui.store.file_errors import explained, is_full
from sibtui.store.flat_tables import CASE, CODE, SOURCE, create_table, insertion

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.store.connection import Store
    from sibtui.store.sqlite_tools import Database

CODINGS = frozenset({"codings", "coding_cases", "quotes_by_code"})
"""The tables and views of this module."""
_COLUMNS: dict[str, type] = {
    "coding": int, "source": str, "start": int, "end": int, "quote": str, "code": str, "theme": str, "coder": str,
    "stance": str, "certainty": str, "cases": str, "memo": str, "created": str,
    "round": int, "for_paper": int, "how": str,
}  # fmt: skip
_VIEW = (
    'SELECT c.code, p."case", c.source, c.quote, c.stance, c.certainty, c.coder FROM codings c'
    ' LEFT JOIN coding_cases p ON p.coding = c.coding ORDER BY c.code, p."case", c.source, c.start'
)
_INDEX = 'CREATE INDEX {}"idx_codings_code"\n    ON "codings" ("code")'


def create_codings(db: Database) -> None:
    """Create the empty tables for codings and their cases, and the view that lists quotes by code."""
    create_table(db, "codings", _COLUMNS, pk="coding", keys=[SOURCE, CODE])
    cases = {"coding": int, "case": str}
    create_table(db, "coding_cases", cases, pk=("coding", "case"), keys=[("coding", "codings", "coding"), CASE])
    db.create_view("quotes_by_code", _VIEW)


def insert_codings(store: Store, db: Database, paths: Mapping[int, str]) -> None:
    """Insert all codings into the tables that `create_codings` made. `paths` maps code ids to codebook paths."""
    labels, themes = case_rows.labels(store), _themes(db)
    listed = coding_rows.listed_rows(store, Selection(), paths, "; ".join)
    pairs = store.query("SELECT coding_id, case_id FROM coding_cases ORDER BY coding_id, case_id")
    with db.atomic():
        rows = ((*row[:6], themes[row[5]], *row[6:]) for row in listed)
        db.conn.executemany(insertion("codings", len(_COLUMNS)), rows)
        db.conn.executemany(insertion("coding_cases", 2), ((number, labels[case]) for number, case in pairs))
        db.execute(_INDEX.format(""))


def copy_codings(store: Store, study: sqlite3.Connection, db: Database, paths: Mapping[int, str]) -> None:
    """Insert all codings as `insert_codings` does, but with SQL, which is faster.

    `study` is the connection of `Store.snapshot_beside`, which can read the study and write into the export. Raises
    StudyFileError if a text is not UTF-8, or if the code of a coding has no path.
    """
    # SQL would copy bytes that no program can read
    deque(store.stream("SELECT quote, memo, created, how FROM codings"), maxlen=0)
    themes = _themes(db)
    study.execute("CREATE TEMP TABLE codebook (id INTEGER PRIMARY KEY, path TEXT NOT NULL, theme TEXT NOT NULL)")
    codebook = ((number, path, themes[path]) for number, path in paths.items())
    study.executemany("INSERT INTO temp.codebook VALUES (?, ?, ?)", codebook)
    if store.scalar("SELECT 1 FROM codings WHERE code_id NOT IN (SELECT id FROM temp.codebook)"):
        raise store.damaged("a coding has a code that is not in the codebook")
    for statement in (_COPIED_CODINGS, _COPIED_CASES, _INDEX.format("beside."), "DROP TABLE temp.codebook"):
        _run(store, study, statement)


def _run(store: Store, study: sqlite3.Connection, statement: str) -> None:
    """Run a statement that reads the study and writes into the export.

    Raises StudyFileError for a damaged study, and an error of SQLite for a full disk.
    """
    try:
        study.execute(statement)
    except sqlite3.DatabaseError as error:
        if is_full(error):
            raise
        raise explained(store.path, error, opened=True) or error from error


_LABELS = """
    SELECT k.label FROM coding_cases cc JOIN cases k ON k.id = cc.case_id WHERE cc.coding_id = c.id ORDER BY k.position, k.id
"""
_COPIED_CODINGS = f"""
    INSERT INTO beside.codings
    SELECT c.id, s.name, c.start, c."end", c.quote, b.path, b.theme, r.name, c.stance, c.certainty,
        coalesce((SELECT group_concat(label, '; ') FROM ({_LABELS})), ''), c.memo, c.created, c.round, c.for_paper, c.how
    FROM codings c CROSS JOIN sources s ON s.id = c.source_id CROSS JOIN coders r ON r.id = c.coder_id
        CROSS JOIN temp.codebook b ON b.id = c.code_id
    ORDER BY c.id
"""
_COPIED_CASES = """
    INSERT INTO beside.coding_cases SELECT cc.coding_id, k.label FROM coding_cases cc CROSS JOIN cases k ON k.id = cc.case_id
    ORDER BY cc.coding_id, cc.case_id
"""


def _themes(db: Database) -> dict[Any, str]:
    """Return a map: path of a code → name of its theme, from the flat table of codes."""
    return dict(db.execute("SELECT code, theme FROM codes").fetchall())
