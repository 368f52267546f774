"""The table that version 4 of a study file adds."""

from __future__ import annotations

MATRIX_EVIDENCE = """CREATE TABLE matrix_evidence (
        id INTEGER PRIMARY KEY,
        matrix_id INTEGER NOT NULL REFERENCES matrices (id) ON DELETE CASCADE,
        kind TEXT CHECK (kind IN ('interview', 'document', 'report', 'other')),
        coder_id INTEGER REFERENCES coders (id),
        CHECK ((kind IS NULL) <> (coder_id IS NULL))
    ) STRICT"""
"""The table of the kinds of source and coders whose codings a matrix counts, one per row. A matrix without rows here counts all codings."""
