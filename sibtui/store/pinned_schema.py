"""The check that the schema of a file has exactly the rows that the migrations make.

A study may come from somebody else. SQLite runs all SQL in the schema of a file: triggers, views, CHECKs, and
expressions of indexes and columns. No row of the schema may be skipped because of its `type`: SQLite treats a row
with the type 'Trigger' as a trigger too.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from operator import itemgetter
from typing import Any

from sibtui.store.hashing import small_sha256
from sibtui.store.schema import SCHEMA_SHA256, USUAL_SHA256, VERSION

_INTERNAL = {
    ("table", "sqlite_sequence", "sqlite_sequence", "CREATE TABLE sqlite_sequence(name,seq)"),
    ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"),
    ("table", "sqlite_stat4", "sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"),
}
"""The schema rows of tables that SQLite itself makes, for example for ANALYZE."""

_MIGRATIONS = "_sqlite_migrations"
_NAME = r'(?:"\w+"|\[\w+\]|\w+)'
_NAMES = rf"\({_NAME}(?:, {_NAME})*\)"
_COLUMN = rf"{_NAME} (?:TEXT|INTEGER)(?: PRIMARY KEY)?"
_MIGRATIONS_SQL = {
    "table": rf"CREATE TABLE {_NAME} \(\s*{_COLUMN}(?:,\s+{_COLUMN})*(?:,\s+PRIMARY KEY {_NAMES})?\s*\)(?: STRICT)?",
    "index": rf"CREATE UNIQUE INDEX {_NAME}\s+ON {_NAME} {_NAMES}",
}
"""Patterns for the SQL of the table of migrations and its index. Versions of sqlite-utils write this SQL differently."""
_USUAL_MIGRATIONS = {
    (
        "table",
        _MIGRATIONS,
        _MIGRATIONS,
        f'CREATE TABLE "{_MIGRATIONS}" (\n   "id" INTEGER PRIMARY KEY,\n   "migration_set" TEXT,\n   "name" TEXT,\n   "applied_at" TEXT\n)',
    ),
    (
        "index",
        f"idx_{_MIGRATIONS}_migration_set_name",
        _MIGRATIONS,
        f'CREATE UNIQUE INDEX "idx_{_MIGRATIONS}_migration_set_name"\n    ON "{_MIGRATIONS}" ("migration_set", "name")',
    ),
}
"""The table of migrations and its index, as the present version of sqlite-utils writes them.

A comparison with these texts is faster than with the patterns.
"""

Part = tuple[Any, ...]
"""A row of the schema: (type, name, table, sql). In a hostile file, the values may have any type."""


def parts(connection: sqlite3.Connection) -> list[Part]:
    """Return the rows of the schema that must be equal in all studies of one version.

    Rows that SQLite or sqlite-utils made for their own use are left out.
    """
    return [row for _, row in _sorted_parts(connection)]


def _sorted_parts(connection: sqlite3.Connection) -> list[tuple[str, Part]]:
    """Return (text of a part, part) for each part of the schema, in the order of the texts."""
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema").fetchall()
    return sorted([(repr(row), row) for row in rows if not _is_internal(row)], key=itemgetter(0))


def unpinned(connection: sqlite3.Connection, version: int) -> list[Part] | None:
    """Return None if a file has exactly the schema of a study of this version; otherwise the parts of its schema."""
    found = _sorted_parts(connection)
    parts = [row for _, row in found]
    texts = [
        text for text, _ in found
    ]  # made once for the order and for the digest, because every command opens a study
    return None if _is_usual(texts, version) or digest(parts) == SCHEMA_SHA256.get(version) else parts


def _is_internal(part: Part) -> bool:
    kind, name, table, sql = part
    if part in _INTERNAL or part in _USUAL_MIGRATIONS:
        return True
    if kind == "index" and sql is None and isinstance(name, str):
        return name.startswith("sqlite_autoindex_")
    if table != _MIGRATIONS or not isinstance(sql, str) or kind not in _MIGRATIONS_SQL:
        return False
    return (kind == "index" or name == _MIGRATIONS) and re.fullmatch(_MIGRATIONS_SQL[kind], sql) is not None


def digest(schema: list[Part]) -> str:
    import hashlib
    import json

    return hashlib.sha256(json.dumps(schema, default=repr).encode()).hexdigest()


def usual_digest(schema: list[Part]) -> str:
    """Return a digest of the schema that is fast to compute, because OpenSSL and json need not be loaded (3 ms).

    If it is not `schema.USUAL_SHA256`, the schema may still be correct. The result of `digest` then decides.
    """
    return _digest_of_texts(list(map(repr, schema)))


def _digest_of_texts(texts: list[str]) -> str:
    return small_sha256(f"[{', '.join(texts)}]".encode("utf-8", "surrogatepass"))


def is_pinned(schema: list[Part], version: int) -> bool:
    """Return whether `schema` is exactly the schema of a study of this version."""
    return _is_usual(list(map(repr, schema)), version) or digest(schema) == SCHEMA_SHA256.get(version)


def _is_usual(texts: list[str], version: int) -> bool:
    return version == VERSION and _digest_of_texts(texts) == USUAL_SHA256


def differences(schema: list[Part]) -> list[str]:
    """Return a phrase for each difference between `schema` and the schema of the current version."""
    expected, actual = _by_name(_expected()), _by_name(schema)
    phrases = []
    for name in sorted(expected.keys() | actual.keys()):
        if name not in actual:
            phrases.append(f"the {name} is missing")
        elif name not in expected:
            phrases.append(f"the {name} is not part of a study")
        elif actual[name] != expected[name]:
            phrases.append(f"the {name} differs from that of a study")
    return phrases


def _by_name(schema: list[Part]) -> dict[str, list[Part]]:
    named: dict[str, list[Part]] = {}
    for part in schema:
        named.setdefault(f"{part[0]} {part[1]}", []).append(part)
    return named


def _expected() -> list[Part]:
    from sibtui.store.migrations import apply
    from sibtui.store.sqlite_tools import Database

    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        apply(Database(connection, execute_plugins=False, recursive_triggers=False))
        return parts(connection)
