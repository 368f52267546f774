"""The copies of a study that sibtui has made: in the backup folder, or beside the study before an upgrade."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sibtui.store.backups import folder_of
from sibtui.store.part_files import is_abandoned
from sibtui.store.schema import APPLICATION_ID
from sibtui.store.side_files import SUFFIXES, remove_side_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sibtui.store.erasure import Erasure


def copies_of(study: Path) -> Iterator[Path]:
    """Yield the paths of the copies of a study that sibtui has made.

    Incomplete copies that an interrupted program left are included. SQLite's files beside a copy (`-wal`, `-journal`)
    are left out.
    """
    names = (f"{study.name}.bak", f"{study.stem}.bak")
    for path in _files(study.parent):
        is_upgrade = path.name.startswith(f"{study.name}.v") and path.name.endswith(".bak")
        if is_upgrade or path.name in names or (path.name.startswith(f".{study.name}.") and is_abandoned(path)):
            yield path
    yield from (path for path in _files(folder_of(study)) if not path.name.startswith(".") or is_abandoned(path))


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.endswith(SUFFIXES))


def study_version(path: Path) -> int | None:
    """Return the schema version of a study file; None when the file is not a study or cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return None
            return int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.Error:
        return None


def erasures_in(path: Path) -> list[Erasure]:
    """Return the erasure records of a study file; an empty list when the file cannot be read."""
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT kind, uid, salt, digest FROM erasures ORDER BY id").fetchall()
    except sqlite3.Error:
        return []


def remove_copy(path: Path) -> None:
    """Delete a copy of a study with its side files (SQLite's journal and logs). Raises OSError when this fails."""
    path.unlink()
    remove_side_files(path)
