"""Studies that are only read: another person's file, a file of an older version, or a study in memory.

`Store.open` may write the file: it upgrades an older version and ends SQLite's write-ahead mode. This module upgrades a copy in memory.
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
    """Open a study only for reading. Its file is not written, not even by an upgrade.

    Raises StudyFileError when the file is missing, is not a study, is newer than the program, or has a foreign schema.
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
    """Return an empty study in memory. `path` is its name in messages."""
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
    """Return a copy of a study in memory, upgraded to the current version. The connection to the file is closed."""
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
