"""The tables and columns that version 10 of a study file adds: saved queries, sets of sources, summaries, and quotes chosen for the paper."""

from __future__ import annotations

_UID = "uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> '')"

COLUMNS = (
    "ALTER TABLE codings ADD COLUMN for_paper INTEGER NOT NULL DEFAULT 0 CHECK (for_paper IN (0, 1))",
    "ALTER TABLE kept_codings ADD COLUMN for_paper INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE matrix_rows ADD COLUMN query_id INTEGER REFERENCES queries (id)",
)
"""The SQL that adds the new columns. `codings.for_paper` marks a quote for the paper.

A matrix row with a `query_id` counts the codings that this saved query finds.
"""

TABLES = {
    "queries": f"""CREATE TABLE queries (
        id INTEGER PRIMARY KEY,
        {_UID},
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        expression TEXT NOT NULL CHECK (expression <> ''),
        position INTEGER NOT NULL
    ) STRICT""",
    "source_sets": f"""CREATE TABLE source_sets (
        id INTEGER PRIMARY KEY,
        {_UID},
        name TEXT NOT NULL UNIQUE CHECK (name <> ''),
        position INTEGER NOT NULL
    ) STRICT""",
    "set_sources": """CREATE TABLE set_sources (
        id INTEGER PRIMARY KEY,
        set_id INTEGER NOT NULL REFERENCES source_sets (id) ON DELETE CASCADE,
        source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        UNIQUE (set_id, source_id)
    ) STRICT""",
    "summaries": f"""CREATE TABLE summaries (
        id INTEGER PRIMARY KEY,
        {_UID},
        row_id INTEGER REFERENCES matrix_rows (id) ON DELETE CASCADE,
        column_id INTEGER REFERENCES matrix_columns (id) ON DELETE CASCADE,
        code_id INTEGER REFERENCES codes (id) ON DELETE CASCADE,
        case_id INTEGER REFERENCES cases (id) ON DELETE CASCADE,
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        text TEXT NOT NULL CHECK (text <> ''),
        at TEXT NOT NULL CHECK (at <> ''),
        basis TEXT NOT NULL DEFAULT '',
        CHECK ((row_id IS NULL) = (column_id IS NULL)),
        CHECK ((code_id IS NULL) = (case_id IS NULL)),
        CHECK ((row_id IS NULL) <> (code_id IS NULL))
    ) STRICT""",
}
"""A map: new table → SQL that creates it.

A row of `summaries` is a text about a cell of a matrix (`row_id` and `column_id`), or about a code in a case (`code_id`
and `case_id`). The column `basis` has the evidence of the cell when the text was written, in the same form as
`judgements.basis`.
"""

INDEXES = (
    "CREATE INDEX matrix_rows_by_query ON matrix_rows (query_id)",
    "CREATE INDEX set_sources_by_source ON set_sources (source_id)",
    "CREATE UNIQUE INDEX summaries_by_cell ON summaries (row_id, column_id, coder_id) WHERE row_id IS NOT NULL",
    "CREATE UNIQUE INDEX summaries_by_code ON summaries (code_id, case_id, coder_id) WHERE code_id IS NOT NULL",
    "CREATE INDEX summaries_by_column ON summaries (column_id)",
    "CREATE INDEX summaries_by_case ON summaries (case_id)",
    "CREATE INDEX summaries_by_coder ON summaries (coder_id)",
)
CHANGED = ("codings", "matrix_rows")
"""The tables that get new columns. The history records changes of these tables."""
NEW_IN_IMAGES = {"codings": ("for_paper", 0), "matrix_rows": ("query_id", None)}
"""A map: table → pairs of (new column, value).

The value is added to the images (recorded states) of rows from earlier versions.
"""
