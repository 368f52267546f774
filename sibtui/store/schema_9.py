"""The tables and columns that version 9 of a study file adds: rounds of coding, proposed codes, and the package of a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

COLUMNS = (
    "ALTER TABLE codings ADD COLUMN round INTEGER NOT NULL DEFAULT 1 CHECK (round >= 1)",
    "ALTER TABLE kept_codings ADD COLUMN round INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE project ADD COLUMN agreement TEXT NOT NULL DEFAULT ''",
)
"""The SQL that adds the new columns. `codings.round` is the number of the coder's round.

`project.agreement` is the sentence on agreement between coders in the description of the method.
"""

TABLES = {
    "rounds": """CREATE TABLE rounds (
        id INTEGER PRIMARY KEY,
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        number INTEGER NOT NULL CHECK (number >= 1),
        name TEXT NOT NULL CHECK (name <> ''),
        blind INTEGER NOT NULL DEFAULT 0 CHECK (blind IN (0, 1)),
        whole INTEGER NOT NULL DEFAULT 1 CHECK (whole IN (0, 1)),
        started TEXT NOT NULL CHECK (started <> ''),
        ended TEXT CHECK (ended <> ''),
        UNIQUE (coder_id, number),
        UNIQUE (coder_id, name)
    ) STRICT""",
    "round_sources": """CREATE TABLE round_sources (
        id INTEGER PRIMARY KEY,
        round_id INTEGER NOT NULL REFERENCES rounds (id) ON DELETE CASCADE,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        UNIQUE (round_id, source_id)
    ) STRICT""",
    "proposals": """CREATE TABLE proposals (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> ''),
        path TEXT NOT NULL CHECK (path <> ''),
        definition TEXT NOT NULL DEFAULT '',
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        created TEXT NOT NULL,
        state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'merged', 'rejected')),
        code_id INTEGER REFERENCES codes (id) ON DELETE SET NULL,
        reason TEXT NOT NULL DEFAULT '',
        decided TEXT,
        CHECK ((state = 'open') = (decided IS NULL)),
        CHECK (code_id IS NULL OR state = 'merged')
    ) STRICT""",
    "packages": """CREATE TABLE packages (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        coder TEXT NOT NULL CHECK (coder <> ''),
        act INTEGER NOT NULL CHECK (act >= 0),
        digest TEXT NOT NULL DEFAULT '',
        made TEXT NOT NULL
    ) STRICT""",
    "package_sources": """CREATE TABLE package_sources (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL UNIQUE CHECK (uid <> '')
    ) STRICT""",
}
"""A map: new table → SQL that creates it.

A row of `rounds` is a pass of a coder through sources. A round with `whole` covers all sources; any other round covers
the sources in `round_sources`. If this study was made from a package, `packages` has one row with the coder for whom
the package was made, and with the last act of the sender's study. `package_sources` has the lasting ids of the sources
in the package.
"""

INDEXES = (
    "CREATE UNIQUE INDEX rounds_open ON rounds (coder_id) WHERE ended IS NULL",
    "CREATE INDEX round_sources_by_source ON round_sources (source_id)",
    "CREATE INDEX proposals_by_code ON proposals (code_id)",
    "CREATE INDEX proposals_by_coder ON proposals (coder_id)",
)
CHANGED = ("codings", "project")
"""The tables that get new columns. The history records changes of these tables."""
NEW_IN_IMAGES = {"codings": ("round", 1), "project": ("agreement", "")}


def complete_images(connection: sqlite3.Connection, new: Mapping[str, tuple[str, object]]) -> None:
    """Add new columns to the images (recorded states of rows) in the history. Erased images are not changed.

    `new` is a map: table → (name of the column, value).
    """
    for table, (column, value) in new.items():
        connection.execute(
            f"UPDATE images SET image = json_set(image, '$.{column}', ?) WHERE tbl = ? AND json_valid(image)"
            " AND json_type(image) = 'object' AND image <> '{}'",
            (value, table),
        )
