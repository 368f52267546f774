"""The table that version 7 of a study file adds."""

from __future__ import annotations

ERASURES = """CREATE TABLE erasures (
        id INTEGER PRIMARY KEY,
        act INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('source', 'person', 'older texts')),
        uid TEXT NOT NULL CHECK (uid <> ''),
        salt TEXT NOT NULL DEFAULT '',
        digest TEXT NOT NULL DEFAULT '' CHECK ((salt = '') = (digest = ''))
    ) STRICT"""
"""One row per erased source, or per erased text. `uid` is the lasting id of the source; for a person, that of the withdrawal.

`digest` recognises a long text that comes back. It is a salted SHA-256, from which the text cannot be found.
"""
