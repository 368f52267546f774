"""The table that version 3 of a study file adds."""

from __future__ import annotations

UNDECIDED = """CREATE TABLE undecided (
        id INTEGER PRIMARY KEY,
        coding_id INTEGER NOT NULL UNIQUE REFERENCES codings (id) ON DELETE CASCADE,
        version INTEGER NOT NULL CHECK (version >= 1),
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100)
    ) STRICT"""
"""Codings without a certain place in the corrected text of their source.

The row of such a coding keeps its old quote and context; its start and end are those of the nearest passage in the current text.
`version`, `start` and `end` name its last certain place, `score` is the likeness of the quote and the nearest passage.
"""
