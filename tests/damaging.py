"""Kinds of damage that a test makes in a copy of a small study, with SQLite alone and against the rules of its schema."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.segments import Segment
from sibtui.project import Project

if TYPE_CHECKING:
    from pathlib import Path

NOTE = "The loss falls on the fund. The charity is paid in advance. We employ the person they trust until March.\n"
LARGEST = 2**63 - 1
_STRICT = " WHERE type = 'table' AND sql LIKE '%) STRICT'"


def make_study(path: Path) -> Path:
    """Make a study in which every table that a damage changes has a row."""
    with Project.create(path, name="A study", coder="Ana") as study:
        for label in ("SIB A", "SIB B"):
            study.cases.add(label)
        dated = {"attributes": {"date": "2020-03-24"}}
        study.sources.add(
            [
                SourceDraft("a1", NOTE * 3, "Investor", cases=("SIB A",), **dated),
                SourceDraft("m1", NOTE * 2, "Manager", cases=("SIB A", "SIB B")),
                SourceDraft("x1", "A note of no case.", cases=()),
            ]
        )
        study.codes.import_(
            [CodeDraft("Money"), CodeDraft("Money/Loss"), CodeDraft("People"), CodeDraft("People/Trust")]
        )
        study.codings.add(CodingDraft("a1", "Money/Loss", Segment(0, 27)))
        study.codings.add(CodingDraft("a1", "People/Trust", Segment(60, 80), stance="counters", memo="Why?"))
        study.codings.add(CodingDraft("m1", "People/Trust", Segment(60, 80), cases=("SIB A",)))
        study.memos.add("A thought", on="code", of="Money/Loss")
        rows = (RowDefinition("Loss", ("Money/Loss",)), RowDefinition("Trust", ("People",)))
        study.matrices.define(MatrixDefinition("table", "", rows))
        study.matrices.judge("table", "Loss", "SIB A", "absent", "why")
        study.readings.add("a1")
        study.codes.rename("Money/Loss", "Who carries the loss")
    return path


def damage(path: Path, *statements: str, values: tuple[Any, ...] = ()) -> None:
    """Run the statements without the rules of the schema, which is the same afterwards: any value fits into any column."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        rules = connection.execute(f"SELECT sql, rowid FROM sqlite_schema {_STRICT}").fetchall()
        for sql, row in rules:
            loose = sql.removesuffix(" STRICT").replace("TEXT NOT NULL", "TEXT").replace("INTEGER NOT NULL", "INTEGER")
            connection.execute("UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", (loose, row))
        _read_schema_again(connection)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE history SET replaying = 1")
        for statement in statements:
            connection.execute(statement, values)
        connection.execute("UPDATE history SET replaying = 0")
        connection.execute("PRAGMA writable_schema = ON")
        connection.executemany("UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", rules)
        _read_schema_again(connection)


def _read_schema_again(connection: sqlite3.Connection) -> None:
    version = connection.execute("PRAGMA schema_version").fetchone()[0]
    connection.execute(f"PRAGMA schema_version = {version + 1}")


_CHAIN = (
    "WITH RECURSIVE n (i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)"
    " SELECT i, iif(i = 1000, 1, i - 1), 'deep', 1, '2020' FROM n"
)
KINDS: dict[str, tuple[str, str]] = {
    "a cycle among codes": ("UPDATE codes SET parent_id = 4 WHERE id = 3", "hang below themselves"),
    "a code that is its own parent": ("UPDATE codes SET parent_id = id WHERE id = 3", "hang below themselves"),
    "very deep codes": (
        f"INSERT INTO codes (id, parent_id, name, position, since) {_CHAIN}",
        "below more than 100 levels",
    ),
    "a code without its parent": (
        "UPDATE codes SET parent_id = 99 WHERE id = 4",
        "refers to a row of codes that does not",
    ),
    "a missing code": ("DELETE FROM codes WHERE id = 4", "refers to a row of codes that does not exist"),
    "a code with a name of NULL": ("UPDATE codes SET name = NULL WHERE id = 4", "NULL value in codes.name"),
    "a code with a status of no kind": (
        "UPDATE codes SET status = 'lost' WHERE id = 4",
        "CHECK constraint failed in codes",
    ),
    "a largest position": (
        f"UPDATE codes SET position = {LARGEST} WHERE id = 4",
        "the number in position is out of range",
    ),
    "a largest start": (
        f'UPDATE codings SET start = {LARGEST - 1}, "end" = {LARGEST} WHERE id = 1',
        f"{LARGEST - 1}:{LARGEST} is outside of “a1”",
    ),
    "a largest id": (f"UPDATE codings SET id = {LARGEST} WHERE id = 1", "the number in id is out of range"),
    "an id of 0": ("UPDATE memos SET id = 0 WHERE id = 1", "row 0 of memos: the number in id is not positive"),
    "a negative id": ("UPDATE codings SET id = -3 WHERE id = 1", "the number in id is not positive"),
    "a negative start": ("UPDATE codings SET start = -5 WHERE id = 1", "CHECK constraint failed in codings"),
    "an end before the start": (
        'UPDATE codings SET start = 30, "end" = 10 WHERE id = 1',
        "CHECK constraint failed in codings",
    ),
    "a text where a number should be": (
        "UPDATE codings SET start = 'x' WHERE id = 1",
        "non-INTEGER value in codings.start",
    ),
    "a fraction where a number should be": (
        "UPDATE codings SET start = 1.5 WHERE id = 1",
        "INTEGER value in codings.start",
    ),
    "bytes where a quote should be": (
        "UPDATE codings SET quote = x'ff00' WHERE id = 1",
        "non-TEXT value in codings.quote",
    ),
    "a quote of NULL": ("UPDATE codings SET quote = NULL WHERE id = 1", "NULL value in codings.quote"),
    "a stance of no kind": ("UPDATE codings SET stance = 'maybe' WHERE id = 1", "CHECK constraint failed in codings"),
    "a coding of no source": (
        "UPDATE codings SET source_id = 99 WHERE id = 1",
        "refers to a row of sources that does not",
    ),
    "a coding of no coder": (
        "UPDATE codings SET coder_id = 99 WHERE id = 1",
        "refers to a row of coders that does not",
    ),
    "a coding of no case": (
        "UPDATE coding_cases SET case_id = 99 WHERE id = 1",
        "refers to a row of cases that does not",
    ),
    "codings with one lasting id": ("UPDATE codings SET uid = 'same'", "the lasting id is that of another row"),
    "codes with one lasting id": ("UPDATE codes SET uid = 'same'", "the lasting id is that of another row"),
    "a lasting id with control characters": (
        "UPDATE codings SET uid = 'a' || char(10) WHERE id = 1",
        "the lasting id has control characters",
    ),
    "no row of the study": ("DELETE FROM project", "no row in place of one (table project)"),
    "two rows of the study": (
        "INSERT INTO project SELECT 2, name, guid, description, created, first_note, language, agreement FROM project",
        "2 rows in place of one (table project)",
    ),
    "a largest number of notes": (
        f"UPDATE project SET first_note = {LARGEST}",
        "the number in first_note is out of range",
    ),
    "no row that records changes": ("DELETE FROM history", "the row that records changes is missing"),
    "a source without its text": ("DELETE FROM texts WHERE source_id = 1", "a1 its text cannot be found"),
    "a text of NULL": ("UPDATE texts SET text = NULL WHERE source_id = 1", "NULL value in texts.text"),
    "a text of bytes": ("UPDATE texts SET text = x'fffe41' WHERE source_id = 1", "non-TEXT value in texts.text"),
    "a text that is not UTF-8": (
        "UPDATE texts SET text = CAST(x'ff41eda080' AS TEXT) WHERE source_id = 1",
        "the text of “a1”, version 1, cannot be read",
    ),
    "a text with another word": (
        "UPDATE texts SET text = replace(text, 'March', 'April') WHERE source_id = 3 OR source_id = 2",
        "the text of “m1”, version 1, is not the text that was stored: it has another SHA-256",
    ),
    "a text with a NUL": (
        "UPDATE texts SET text = char(0) || text WHERE source_id = 3",
        "the text of “x1”, version 1, is not the text that was stored",
    ),
    "a text of another length": (
        "UPDATE texts SET length = 3 WHERE source_id = 1",
        "the text of “a1”, version 1, has 315 characters, and its row records another number",
    ),
    "a largest version of a text": (
        f"UPDATE texts SET version = {LARGEST} WHERE source_id = 1",
        "in version is out of range",
    ),
    "a source name that is not UTF-8": (
        "UPDATE sources SET name = CAST(x'ff41' AS TEXT) WHERE id = 1",
        "row 1 of sources: a text has bytes that are not UTF-8",
    ),
    "a memo of a coding that is not UTF-8": (
        "UPDATE codings SET memo = CAST(x'ff41' AS TEXT) WHERE id = 2",
        "row 2 of codings: a text has bytes that are not UTF-8",
    ),
    "a lasting id that is not UTF-8": (
        "UPDATE codings SET uid = CAST(x'ff41' AS TEXT) WHERE id = 2",
        "row 2 of codings: a text has bytes that are not UTF-8",
    ),
    "a time of a coding that is not UTF-8": (
        "UPDATE codings SET created = CAST(x'ff41' AS TEXT) WHERE id = 2",
        "row 2 of codings: a text has bytes that are not UTF-8",
    ),
    "a certainty of a coding that is not UTF-8": (
        "UPDATE codings SET certainty = CAST(x'ff41' AS TEXT) WHERE id = 2",
        "CHECK constraint failed in codings",
    ),
    "a context of a coding that is not UTF-8": (
        "UPDATE codings SET after = CAST(x'ff41' AS TEXT) WHERE id = 2",
        "row 2 of codings: a text has bytes that are not UTF-8",
    ),
    "a character cut in two by the end of a column": (
        "UPDATE memos SET text = CAST(x'41c3' AS TEXT), created = CAST(x'a941' AS TEXT)",
        "row 1 of memos: a text has bytes that are not UTF-8",
    ),
    "the name of a coder that is not UTF-8": (
        "UPDATE coders SET name = CAST(x'ff' AS TEXT)",
        "of coders: a text has bytes that are not UTF-8",
    ),
    "a source name of NULL": ("UPDATE sources SET name = NULL WHERE id = 1", "NULL value in sources.name"),
    "a kind of source that is none": (
        "UPDATE sources SET kind = 'film' WHERE id = 1",
        "CHECK constraint failed in sources",
    ),
    "a missing case": ("DELETE FROM cases WHERE id = 1", "refers to a row of cases that does not exist"),
    "a case label of bytes": ("UPDATE cases SET label = x'ff' WHERE id = 1", "non-TEXT value in cases.label"),
    "a verdict that is none": ("UPDATE judgements SET verdict = 'good'", "CHECK constraint failed in judgements"),
    "a judgement of no row": (
        "UPDATE judgements SET row_id = 99",
        "refers to a row of matrix_rows that does not exist",
    ),
    "a table of no kind": ("UPDATE matrices SET show = 'all'", "CHECK constraint failed in matrices"),
    "a row of a table with no code": (
        "UPDATE matrix_row_codes SET code_id = 99 WHERE id = 1",
        "refers to a row of codes",
    ),
    "a memo of bytes": ("UPDATE memos SET text = x'ff'", "non-TEXT value in memos.text"),
    "a memo on no code": ("UPDATE memos SET code_id = 99", "refers to a row of codes that does not exist"),
    "a reading without its time": ("UPDATE readings SET at = NULL", "NULL value in readings.at"),
    "an attribute of no kind": ("UPDATE attributes SET kind = 'film'", "CHECK constraint failed in attributes"),
    "a value of no attribute": ("DELETE FROM attributes", "refers to a row of attributes that does not exist"),
    "an event of no code": ("UPDATE lineage SET code_id = 99", "refers to a row of codes that does not exist"),
    "a missing act": ("DELETE FROM acts WHERE id = 3", "images of the history belong to no act"),
    "an act with a largest image": (
        f"UPDATE acts SET last_image = {LARGEST} WHERE id = 3",
        "in last_image is out of range",
    ),
    "changes of a table of SQLite": ("UPDATE images SET tbl = 'sqlite_schema'", "names tables that no study has"),
    "changes of a table that is a command": (
        "UPDATE images SET tbl = 'codings; DROP'",
        "names tables that no study has",
    ),
    "a coding without a place of no version": (
        f"INSERT INTO undecided VALUES (1, 1, {LARGEST}, 0, 1, 50)",
        "the number in version is out of range",
    ),
}
"""Kind of damage → (statement that makes it, words of the finding that `check` lists)."""
