"""The table that version 7 of a study file adds: erased sources and texts."""

from __future__ import annotations

ERASURES = """CREATE TABLE erasures (
        id INTEGER PRIMARY KEY,
        act INTEGER NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('source', 'person', 'older texts')),
        uid TEXT NOT NULL CHECK (uid <> ''),
        salt TEXT NOT NULL DEFAULT '',
        digest TEXT NOT NULL DEFAULT '' CHECK ((salt = '') = (digest = ''))
    ) STRICT"""
"""The SQL that creates the table of erasures, with one row per erased source or text.

`uid` is the lasting id of an erased source, or of the withdrawal of a person. `digest` is a salted SHA-256 of a long
text. With the digest, a later import of the same text is recognised, but nobody can compute the text from the digest.
"""
