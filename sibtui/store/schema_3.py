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
"""The table of codings without a certain place in the corrected text of their source.

In the table of codings, such a coding keeps its old quote and context, with the start and end of the nearest passage in the current text.
Here, `version`, `start` and `end` are its last certain place, and `score` is the likeness of the quote to the nearest passage.
"""
