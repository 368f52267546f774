"""Opening and creating study files.

A study may come from another person and be hostile, so its schema and settings are checked first.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections import Counter
from contextlib import closing, suppress
from time import monotonic
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, StudyBusyError, StudyFileError
from sibtui.model.arguments import as_path
from sibtui.model.text import one_line
from sibtui.store import pinned_schema
from sibtui.store.file_errors import explained, explaining_errors, is_busy
from sibtui.store.schema import APPLICATION_ID, VERSION
from sibtui.store.side_files import remove_side_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sibtui.model.arguments import AnyPath

_LOGS = {"-wal": "write-ahead log", "-journal": "rollback journal"}
_open_here: Counter[tuple[int, int]] = Counter()
"""A map: (device, inode) of a study file → number of times that this process has the file open."""
BUSY_SECONDS = 5.0
_ATTEMPT = 2
"""The longest time in milliseconds for one attempt to lock the study.

In this time, SQLite tries three times: after 0, 1 and 2 ms.
"""
_SLICE = 0.1
"""The number of seconds between two calls of a `poll` function."""
_LONGEST = 1 << 28
"""The largest size of a text or row that is read, in bytes.

The limit keeps a damaged or hostile file from filling the memory.
"""
_LONGEST_SQL = 1_000_000
_SHORTEST = 512
"""The size of the smallest possible SQLite database, in bytes."""


def open_file(file: AnyPath) -> tuple[sqlite3.Connection, str]:
    """Open an existing study, and upgrade it if its schema version is older. Return (connection, reason).

    The reason is a sentence that explains why the study is read only, or an empty text if the study can be changed.
    Raises StudyFileError when the file is missing, is not a study, was written by a newer sibtui, or has a schema that
    sibtui did not make.
    """
    if not os.path.isfile(file) and not as_path(file).is_file():  # the second raises an OSError that the first hides
        raise StudyFileError(f"There is no study at {as_path(file)}.", hint="new-study")
    refuse_foreign_log(file)
    connection = connect(file)
    try:
        version = version_of(file, connection)
        _refuse_foreign_schema(file, connection, version)
        read_only = _leave_log(file, connection)
        if version < VERSION:
            _upgrade(as_path(file), connection, read_only)
        with explaining_errors(file):
            _configure(connection)
    except BaseException:
        connection.close()
        raise
    return connection, read_only


def refuse_foreign_log(file: AnyPath) -> None:
    """Raise StudyFileError when a log file of another database is beside a study.

    SQLite would apply this log to the study, and so destroy it.
    """
    real = os.path.realpath(file)
    if (
        _identity(real) in _open_here
    ):  # the log was compared at the first opening, and reading the file would release its locks
        return
    if not any(os.path.exists(real + suffix) for suffix in _LOGS):
        return
    from sibtui.store.foreign_logs import foreign_log

    path, resolved = as_path(file), as_path(real)
    if suffix := foreign_log(resolved):
        raise StudyFileError(
            f"Beside {path} is {resolved.name}{suffix}, the {_LOGS[suffix]} of another database or of an older copy, which would"
            " destroy the study: move that file away, then open the study. Nothing was changed."
        )


def opened_here(path: AnyPath) -> Callable[[], None]:
    """Record that this process has opened a file. Return a function to be called after closing the file."""
    identity = _identity(path)
    _open_here[identity] += 1

    def closed() -> None:
        _open_here[identity] -= 1
        if not _open_here[identity]:
            del _open_here[identity]

    return closed


def _identity(path: AnyPath) -> tuple[int, int]:
    try:
        status = os.stat(path)
    except OSError:
        return 0, 0
    return status.st_dev, status.st_ino


def make_file(path: Path, named: Path) -> sqlite3.Connection:
    """Create an empty study file that only its owner can read, and return a connection to it.

    `named` is the path that error messages show in place of `path`. Raises ConflictError when `path` already exists.
    """
    connection = _make_database(path)
    try:
        with explaining_errors(named):
            _migrate(connection)
            _configure(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _make_database(path: Path) -> sqlite3.Connection:
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise ConflictError(f"{path} already exists.", "overwrite") from None
    except OSError as error:
        raise StudyFileError(f"Cannot create {path}: {error.strerror}.") from error
    remove_side_files(path)
    return connect(path)


def make_empty(path: Path, version: int) -> sqlite3.Connection:
    """Create an empty study with the schema of this version. Raises ConflictError when the path already exists."""
    from sibtui.store.migrations import apply_until
    from sibtui.store.sqlite_tools import Database

    connection = _make_database(path)
    connection.execute("PRAGMA trusted_schema = ON")  # as in `_migrate`
    apply_until(Database(connection, execute_plugins=False, recursive_triggers=False), version)
    return connection


def wait_until_free(path: Path, seconds: float, poll: Callable[[], object]) -> bool:
    """Wait until no other program locks the file at `path`, but at most `seconds`. Return whether the file is free.

    `poll` is called several times per second and may raise an exception to cancel the wait.
    """
    end = monotonic() + seconds
    try:
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=_SLICE, isolation_level=None
        )
        with closing(connection):
            while True:
                poll()
                try:
                    connection.execute("BEGIN EXCLUSIVE")  # like a commit, this waits for readers too
                    connection.execute("ROLLBACK")
                except sqlite3.OperationalError as error:
                    if not is_busy(error):
                        raise
                    if monotonic() > end:
                        return False
                else:
                    return True
    except sqlite3.Error:  # the change that follows reports the error
        return True


def begin_change(connection: sqlite3.Connection) -> None:
    """Begin a transaction, and lock the study for writing.

    If another program holds the lock, wait as long as the settings of the connection allow. While waiting, SQLite
    itself asks for the lock only ten times per second. This function asks more often: a busy program may leave the
    study free for only one millisecond at a time.
    """
    (usual,) = connection.execute("PRAGMA busy_timeout").fetchone()
    end = monotonic() + usual / 1000
    connection.execute(f"PRAGMA busy_timeout = {min(usual, _ATTEMPT)}")
    try:
        while True:
            try:
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.OperationalError as error:
                if not is_busy(error) or monotonic() >= end:
                    raise
            else:
                return
    finally:
        connection.execute(f"PRAGMA busy_timeout = {usual}")


def connect(path: AnyPath) -> sqlite3.Connection:
    """Return a connection, with safety limits, to a file that may be hostile.

    The connection begins no transactions by itself.
    """
    try:
        connection = sqlite3.connect(os.path.realpath(path), timeout=BUSY_SECONDS, check_same_thread=False)
    except sqlite3.Error as error:
        raise explained(path, error, opened=False) or StudyFileError(
            f"Cannot open {as_path(path)}: {error}."
        ) from error
    connection.isolation_level = None
    _distrust(connection)
    return connection


def _distrust(connection: sqlite3.Connection) -> None:
    """Set limits and safety options on a new connection before its first read, because the file may be hostile."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _LONGEST_SQL)
    if sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _configure(connection: sqlite3.Connection) -> None:
    for pragma in (
        "trusted_schema = OFF",
        "foreign_keys = ON",
        "synchronous = FULL",
        "temp_store = MEMORY",  # no interview text in temporary files
        "cache_size = -49152",
    ):
        connection.execute(f"PRAGMA {pragma}")
    try:
        connection.execute("EXPLAIN DELETE FROM cases")
    except sqlite3.OperationalError as error:
        if "unsafe" not in str(error):
            raise
        # SQLite 3.38 to 3.40 treats the json_object of our triggers as unsafe
        connection.execute("PRAGMA trusted_schema = ON")  # the whole schema was compared with ours before
    connection.create_function("has_words", 2, _has_words, deterministic=True)


def _has_words(text: str, words: str) -> bool:
    from sibtui.model.text_pattern import text_pattern

    pattern = text_pattern(words)
    return pattern is None or pattern.search(text) is not None


def version_of(file: AnyPath, connection: sqlite3.Connection) -> int:
    """Return the schema version of a study. `connection` is a connection to the study file `file`.

    Raises StudyFileError when the file is not a study or was written by a newer sibtui.
    """
    with explaining_errors(file):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID:
        path = as_path(file)
        if path.stat().st_size < _SHORTEST:
            raise StudyFileError(
                f"{path} is empty, or was cut off at its beginning: it holds no study.", hint="other-copy"
            )
        raise StudyFileError(f"{path} is a database, but not a sibtui study: nothing was changed.")
    if version > VERSION:
        raise StudyFileError(f"{as_path(file)} was made by a newer sibtui: upgrade sibtui to open it.")
    return version


def _refuse_foreign_schema(file: AnyPath, connection: sqlite3.Connection, version: int) -> None:
    """Raise StudyFileError if the schema of the file is not exactly that of a study of this version.

    A different schema may contain code that SQLite would run at the next change.
    """
    with explaining_errors(file):
        parts = pinned_schema.unpinned(connection, version)
    if parts is None:
        return
    phrases = pinned_schema.differences(parts) if version == VERSION else []
    details = f" ({one_line('; '.join(phrases[:3]), 200)})" if phrases else ""
    raise StudyFileError(
        f"{as_path(file)} has a schema that sibtui did not make{details}: it is not opened, because its schema could change the study."
    )


def _leave_log(file: AnyPath, connection: sqlite3.Connection) -> str:
    """End SQLite's write-ahead mode, if another program has set it. Return an empty text on success.

    If the mode cannot be ended, the study becomes read only, and the result is the reason as a sentence. In
    write-ahead mode, the newest changes are in a second file (the log), so a copy of the study file alone lacks
    them.
    """
    with explaining_errors(file):
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            return ""
        try:
            if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] == "delete":
                return ""
            why = "another program has it open"
        except sqlite3.OperationalError as error:
            why = "another program has it open" if is_busy(error) else f"it cannot be brought back ({error})"
        connection.execute("PRAGMA query_only = ON")
    return (
        f"{as_path(file)} is in SQLite's write-ahead mode and {why}: it can be read but not changed."
        " Remove the cause, then open it again."
    )


def _migrate(connection: sqlite3.Connection) -> None:
    from sibtui.store.migrations import apply
    from sibtui.store.sqlite_tools import Database

    connection.execute("PRAGMA trusted_schema = ON")  # the schema is ours, and a migration may run its triggers
    apply(Database(connection, execute_plugins=False, recursive_triggers=False))


def _upgrade(path: Path, connection: sqlite3.Connection, read_only: str) -> None:
    """Back up a file with an older schema version, and upgrade it.

    `read_only` is the reason why the file cannot be changed, or empty. Raises StudyFileError when the file is damaged
    or read only.
    """
    if read_only:
        raise StudyFileError(read_only)
    from sibtui.model.backups import KEPT
    from sibtui.store.backups import back_up_open, kept, rotate

    try:
        back_up_open(path, connection, "upgrade", hold=True)
    except StudyBusyError:
        raise
    except StudyFileError as error:
        raise StudyFileError(
            f"{path} needs an upgrade, which begins with a backup, but {error.why}.", "", error.hint
        ) from error
    with explaining_errors(path, opened=True):
        _migrate(connection)
    _compact(path, connection)
    rotate(path, "upgrade", kept() or KEPT)


def _compact(path: Path, connection: sqlite3.Connection) -> None:
    """Write an upgraded file again, to remove the free space in it.

    SQLite's temporary file is put beside the study, because a folder for all users is no place for interview text. If
    this is not possible, the content is written to memory. If the function fails, no error is raised: the study is
    complete, only larger.
    """
    with suppress(sqlite3.Error, MemoryError):
        is_beside = _put_temporary_files(connection, str(path.resolve().parent))
        try:
            connection.execute(f"PRAGMA temp_store = {'FILE' if is_beside else 'MEMORY'}")
            connection.execute("VACUUM")
        finally:
            _put_temporary_files(connection, "")


def _put_temporary_files(connection: sqlite3.Connection, folder: str) -> bool:
    """Set the folder of SQLite's temporary files. Return False if this SQLite cannot change the folder.

    If `folder` is empty, the usual folder is set.
    """
    quoted = folder.replace("'", "''")
    try:
        connection.execute(f"PRAGMA temp_store_directory = '{quoted}'")
        used: tuple[str] | None = connection.execute("PRAGMA temp_store_directory").fetchone()
    except (sqlite3.Error, UnicodeEncodeError):  # a name that is not UTF-8
        return False
    return used == (folder,)


def migrations_of(connection: sqlite3.Connection) -> int:
    """Return how many migrations are recorded in a file. In an undamaged file, this is the schema version."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone() is None:
        return 0
    return int(connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0])
