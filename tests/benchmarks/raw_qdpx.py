"""The yardstick of REFI-QDA projects: lxml, zipfile and sqlite3 alone, over the same bytes and the same rows."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from . import raw

if TYPE_CHECKING:
    from pathlib import Path

LEVEL = 1
"""How hard the archive is packed: as ours is."""

TEXTS = """
    CREATE TABLE texts (id INTEGER PRIMARY KEY, source_id INTEGER NOT NULL, sha256 TEXT NOT NULL, text TEXT NOT NULL);
    CREATE INDEX texts_by_source ON texts (source_id);
    CREATE TABLE source_cases (source_id INTEGER, case_id INTEGER, PRIMARY KEY (source_id, case_id)) WITHOUT ROWID;
"""

_SELECT = {
    "sources": "SELECT id, name, position FROM sources",
    "codes": "SELECT id, id || name FROM codes",
    "coders": "SELECT id, name FROM coders",
    "cases": "SELECT id, label FROM cases",
    "texts": "SELECT id, source_id, sha256, text FROM texts",
    "source_cases": "SELECT source_id, case_id FROM source_cases",
    "codings": (
        'SELECT id, source_id, code_id, coder_id, start, "end", stance, certainty, quote, before, after, memo, created'
        ' FROM codings ORDER BY source_id, start, "end"'
    ),
    "coding_cases": "SELECT coding_id, case_id FROM coding_cases ORDER BY coding_id",
}


@dataclass(frozen=True)
class Packed:
    """A project as the members of its archive, and as the tree of its XML."""

    members: list[tuple[str, bytes]]
    tree: etree._Element


def rows(study: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of a study that REFI-QDA has a place for, by table."""
    with closing(sqlite3.connect(study)) as connection:
        return {table: connection.execute(query).fetchall() for table, query in _SELECT.items()}


def parse(data: bytes) -> Packed:
    """The archive unpacked, its XML parsed, its texts decoded."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        members = [(info.filename, packed.read(info)) for info in packed.infolist()]
    tree = None
    for name, content in members:
        if name.endswith(".qde"):
            tree = etree.fromstring(content)
        else:
            content.decode()
    assert tree is not None
    return Packed(members, tree)


def insert(path: Path, ready: dict[str, list[tuple[Any, ...]]]) -> None:
    """A new database with these rows, durable when it returns."""
    path.unlink(missing_ok=True)
    with closing(raw.connect(path)) as connection:
        connection.executescript(raw.SCHEMA + TEXTS)
        connection.execute("BEGIN IMMEDIATE")
        for table, values in ready.items():
            connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values[0]))})", values)
        connection.execute("COMMIT")


def export(study: Path, packed: Packed, path: Path) -> None:
    """The rows read, the tree serialised, and both written as the archive is."""
    found = rows(study)
    texts = iter(found["texts"])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as target:
        for name, content in packed.members:
            if name.endswith(".qde"):
                target.writestr(name, etree.tostring(packed.tree, encoding="utf-8", xml_declaration=True))
            else:
                text = next(texts, None)
                target.writestr(name, content if text is None else text[3].encode())
