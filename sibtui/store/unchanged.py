"""Opening studies for reading only, without changing the file: for example, another person's file or an older file.

`Store.open` may change a file: it upgrades an older schema version, and ends SQLite's write-ahead mode. This module
upgrades a copy in memory instead.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError
from sibtui.store import opening
from sibtui.store.connection import Store
from sibtui.store.file_errors import explained, explaining_errors
from sibtui.store.schema import VERSION

if TYPE_CHECKING:
    from pathlib import Path


def open_unchanged(path: Path) -> Store:
    """Open a study for reading only. The file is not changed: if it needs an upgrade, a copy in memory is upgraded.

    Raises StudyFileError when the file cannot be opened as a study.
    """
    if not path.is_file():
        raise StudyFileError(f"There is no study at {path}.")
    opening.refuse_foreign_log(path)
    connection = _connect(path)
    try:
        version = opening.version_of(path, connection)
        opening._refuse_foreign_schema(path, connection, version)  # noqa: SLF001 - the file is checked as on opening
        if version < VERSION:
            connection = _upgraded(path, connection)
        with explaining_errors(path):
            opening._configure(connection)  # noqa: SLF001 - and configured as on opening
    except BaseException:
        connection.close()
        raise
    return Store(path, connection, read_only=f"{path} is only read.")


def in_memory(path: Path) -> Store:
    """Return a new empty study in memory. Messages show `path` as its name; no file is written."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    connection.isolation_level = None
    opening._migrate(connection)  # noqa: SLF001 - a study in memory is made as a new file is
    opening._configure(connection)  # noqa: SLF001
    return Store(path, connection)


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=opening.BUSY_SECONDS, check_same_thread=False
        )
    except sqlite3.Error as error:
        raise explained(path, error, opened=False) or StudyFileError(f"Cannot open {path}: {error}.") from error
    connection.isolation_level = None
    opening._distrust(connection)  # noqa: SLF001 - it may come from somebody else
    return connection


def _upgraded(path: Path, connection: sqlite3.Connection) -> sqlite3.Connection:
    """Copy a study into memory, upgrade the copy, and return its connection. The given connection is closed."""
    copy = sqlite3.connect(":memory:", check_same_thread=False)
    copy.isolation_level = None
    try:
        with explaining_errors(path):
            connection.backup(copy)
            opening._migrate(copy)  # noqa: SLF001
    except BaseException:
        copy.close()
        raise
    connection.close()
    return copy
