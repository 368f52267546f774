"""The table that version 4 of a study file adds: filters that limit which codings a matrix counts.

A filter names a coder or a kind of source.
"""

from __future__ import annotations

MATRIX_EVIDENCE = """CREATE TABLE matrix_evidence (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        kind TEXT CHECK (kind IN ('interview', 'document', 'report', 'other')),
        coder_id INTEGER REFERENCES coders (id),
        CHECK ((kind IS NULL) <> (coder_id IS NULL))
    ) STRICT"""
"""The SQL that creates the table of filters of matrices. Each row names a kind of source or a coder whose codings a matrix counts.

A matrix without rows in this table counts all codings.
"""
