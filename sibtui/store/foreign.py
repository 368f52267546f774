"""Read-only access to SQLite files of other programs.

Such a file may be hostile. So its triggers and views are not run, and names from it are checked before they are used.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator
    from pathlib import Path

_HEADER = b"SQLite format 3\0"
_LONGEST = 1 << 28


class Foreign:
    """An open database of another program. A missing table is read as an empty table, a missing column as None."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._tables = {row[0] for row in self._read("SELECT name FROM sqlite_master WHERE type = 'table'")}

    def has(self, *tables: str) -> bool:
        return self._tables.issuperset(tables)

    def rows(self, table: str, columns: str, rest: str = "") -> list[tuple[Any, ...]]:
        """Return the values of `columns` (names, separated by spaces) in the rows of `table`.

        `rest` is the SQL after the table name, such as WHERE. The value of a missing column is None. Raises InputError
        when the database is damaged.
        """
        if table not in self._tables:
            return []
        present = {row[1] for row in self._read(f"PRAGMA table_info({table})")}
        selected = ", ".join(f'"{name}"' if name in present else "NULL" for name in columns.split())
        return self._read(f"SELECT {selected} FROM {table} {rest}")

    def each(self, statement: str) -> Generator[tuple[Any, ...]]:
        """Yield the rows of a SELECT. Raises InputError when the database is damaged.

        A caller that does not read all rows must close the generator.
        """
        try:
            yield from self._connection.execute(statement)
        except sqlite3.Error as error:
            raise damaged(self._path, error) from error

    def _read(self, statement: str) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(statement).fetchall()
        except sqlite3.Error as error:
            raise damaged(self._path, error) from error


def damaged(path: Path, error: Exception) -> InputError:
    return InputError(f"{path.name} cannot be read as a database: {one_line(str(error), 100)}.")


@contextmanager
def open_foreign(path: Path) -> Iterator[Foreign]:
    """Open a database of another program read only. Yield it, and close it after the `with` block.

    Raises InputError when the file is not a database, is damaged, or cannot be opened.
    """
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except OSError as error:
        raise InputError(f"{path.name} cannot be read: {error.strerror}.") from error
    if header != _HEADER:
        raise InputError(f"{path.name} is not an SQLite database.")
    # immutable: SQLite writes neither a lock nor a -wal file beside another program's data
    address = f"{path.resolve().as_uri()}?mode=ro" + ("" if _has_log(path) else "&immutable=1")
    try:
        connection = sqlite3.connect(address, uri=True)
    except sqlite3.Error as error:
        raise damaged(path, error) from error
    with closing(connection):
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.execute("PRAGMA trusted_schema = OFF")
        yield Foreign(path, connection)


def _has_log(path: Path) -> bool:
    return path.with_name(path.name + "-wal").exists()


def text(value: Any) -> str:
    """Return a value of any type from a database of another program as a string."""
    return value if isinstance(value, str) else "" if value is None else str(value)


def whole(value: Any, otherwise: int = -1) -> int:
    """Return a value from a database of another program as an int; `otherwise` if the value is not a whole number."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return otherwise
    try:
        return int(value)
    except (ValueError, OverflowError):
        return otherwise
