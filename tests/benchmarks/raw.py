"""The yardstick: the same work by the standard library's sqlite3 alone, on a schema with the indexes that it needs and no history."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

SCHEMA = """
    CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, position INTEGER NOT NULL);
    CREATE INDEX sources_by_position ON sources (position);
    CREATE TABLE codes (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
    CREATE TABLE coders (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE cases (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE);
    CREATE TABLE codings (
        id INTEGER PRIMARY KEY,
        source_id INTEGER NOT NULL REFERENCES sources (id),
        code_id INTEGER NOT NULL REFERENCES codes (id),
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        stance TEXT NOT NULL,
        certainty TEXT NOT NULL,
        quote TEXT NOT NULL,
        memo TEXT NOT NULL,
        created TEXT NOT NULL
    );
    CREATE INDEX codings_by_code ON codings (code_id, source_id, stance, certainty);
    CREATE INDEX codings_by_source ON codings (source_id, start, "end");
    CREATE TABLE coding_cases (
        coding_id INTEGER NOT NULL REFERENCES codings (id),
        case_id INTEGER NOT NULL REFERENCES cases (id),
        PRIMARY KEY (coding_id, case_id)
    ) WITHOUT ROWID;
"""

INSERT = f"INSERT INTO codings VALUES ({', '.join('?' * 11)})"
INSERT_CASE = "INSERT INTO coding_cases VALUES (?, ?)"

AGGREGATE = """
    SELECT c.code_id, cc.case_id, count(*), count(DISTINCT c.source_id), sum(c.stance = 'supports'),
        sum(c.stance = 'counters'), sum(c.certainty = 'firm'), sum(c.certainty = 'tentative')
    FROM codings c JOIN coding_cases cc ON cc.coding_id = c.id
    GROUP BY c.code_id, cc.case_id
"""


def connect(path: Path) -> sqlite3.Connection:
    """A connection as durable, and with as large a cache, as a study's. Foreign keys are not checked: sqlite3 does not by itself."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous = FULL", "cache_size = -65536", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def create(path: Path, study: Path) -> sqlite3.Connection:
    """A database with a study's sources, codes, coders and cases, and no codings. Its text stays where it is: no work here reads it."""
    path.unlink(missing_ok=True)
    connection = connect(path)
    connection.executescript(SCHEMA)
    connection.execute("ATTACH ? AS study", (str(study),))
    connection.execute("BEGIN")
    connection.execute("INSERT INTO sources SELECT id, name, position FROM study.sources")
    connection.execute("INSERT INTO coders SELECT id, name FROM study.coders")
    connection.execute("INSERT INTO cases SELECT id, label FROM study.cases")
    connection.execute(
        "WITH RECURSIVE below (id, path) AS (SELECT id, name FROM study.codes WHERE parent_id IS NULL UNION ALL"
        " SELECT k.id, path || '/' || k.name FROM below JOIN study.codes k ON k.parent_id = below.id)"
        " INSERT INTO codes SELECT id, path FROM below"
    )
    connection.execute("COMMIT")
    connection.execute("DETACH study")
    return connection


def rows(study: Path) -> tuple[list[tuple[Any, ...]], list[tuple[int, int]]]:
    """The rows of a coded study's codings and their cases, ready to be inserted."""
    connection = sqlite3.connect(study)
    try:
        codings = connection.execute(
            'SELECT id, source_id, code_id, coder_id, start, "end", stance, certainty, quote, memo, created'
            " FROM codings ORDER BY id"
        ).fetchall()
        cases = connection.execute("SELECT coding_id, case_id FROM coding_cases ORDER BY id").fetchall()
    finally:
        connection.close()
    return codings, cases


def add(connection: sqlite3.Connection, coding: Sequence[Any], case: int) -> None:
    """Insert one coding, without its id, and its case; durable when it returns."""
    connection.execute("BEGIN IMMEDIATE")
    number = connection.execute(INSERT, (None, *coding)).lastrowid
    connection.execute(INSERT_CASE, (number, case))
    connection.execute("COMMIT")


def load(connection: sqlite3.Connection, codings: Iterable[Sequence[Any]], cases: Iterable[Sequence[int]]) -> None:
    """Insert codings and their cases in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(INSERT, codings)
    connection.executemany(INSERT_CASE, cases)
    connection.execute("COMMIT")


def aggregate(connection: sqlite3.Connection) -> list[tuple[int, ...]]:
    return connection.execute(AGGREGATE).fetchall()
