"""The table that version 3 of a study file adds: codings whose place in a corrected text is uncertain."""

from __future__ import annotations

UNDECIDED = """CREATE TABLE undecided (
        id INTEGER PRIMARY KEY,
        coding_id INTEGER NOT NULL UNIQUE REFERENCES codings (id) ON DELETE CASCADE,
        version INTEGER NOT NULL CHECK (version >= 1),
        start INTEGER NOT NULL CHECK (start >= 0),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        score INTEGER NOT NULL CHECK (score BETWEEN 0 AND 100)
    ) STRICT"""
"""The SQL that creates the table of undecided codings.

Such a coding has no certain place in the corrected text of its source. In the table `codings`, such a coding keeps its
old quote and context, but `start` and `end` are the place of the most similar passage in the current text. In the new
table, `version`, `start` and `end` are the last certain place of the coding, and `score` is the similarity of its quote
to the most similar passage.
"""
