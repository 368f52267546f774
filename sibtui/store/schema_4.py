"""The table that version 4 of a study file adds."""

from __future__ import annotations

MATRIX_EVIDENCE = """CREATE TABLE matrix_evidence (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        kind TEXT CHECK (kind IN ('interview', 'document', 'report', 'other')),
        coder_id INTEGER REFERENCES coders (id),
        CHECK ((kind IS NULL) <> (coder_id IS NULL))
    ) STRICT"""
"""The kinds of source and the coders whose codings a matrix counts: one row for each. A matrix without rows counts all codings."""
