"""The tables and columns that version 11 of a study file adds: the origin of codings, claims, and answers about the methods."""

from __future__ import annotations

_UID = "uid TEXT NOT NULL DEFAULT (lower(hex(randomblob(16)))) CHECK (uid <> '')"

COLUMNS = (
    "ALTER TABLE codings ADD COLUMN how TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE kept_codings ADD COLUMN how TEXT NOT NULL DEFAULT ''",
)
"""The SQL that adds the new columns. `codings.how` is the way in which the program found the passage; empty if a person found it while reading."""

TABLES = {
    "claims": f"""CREATE TABLE claims (
        id INTEGER PRIMARY KEY,
        {_UID},
        key TEXT NOT NULL UNIQUE CHECK (key <> ''),
        text TEXT NOT NULL CHECK (text <> ''),
        place TEXT NOT NULL DEFAULT '',
        facts TEXT NOT NULL DEFAULT '',
        human TEXT NOT NULL DEFAULT '',
        position INTEGER NOT NULL
    ) STRICT""",
    "method_answers": f"""CREATE TABLE method_answers (
        id INTEGER PRIMARY KEY,
        {_UID},
        item TEXT NOT NULL UNIQUE CHECK (item <> ''),
        text TEXT NOT NULL CHECK (text <> ''),
        position INTEGER NOT NULL
    ) STRICT""",
}
"""A map: new table → SQL that creates it.

A row of `claims` is a statement of a paper. `key` is the id that the author gives the claim, and `place` is its place
in the paper. `facts` are its matrix rows and its statement as JSON. `human` is the author's reason to keep the claim
despite its verdict. `method_answers` has the author's answers to items of a reporting standard.
"""

CHANGED = ("codings",)
"""The tables that get new columns. The history records changes of these tables."""
NEW_IN_IMAGES = {"codings": ("how", "")}
"""A map: table → (new column, value).

The value is added to the images (recorded states) of rows from earlier versions.
"""
