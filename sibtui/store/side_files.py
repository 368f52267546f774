"""Side files of a database: SQLite's rollback journal, its write-ahead log, and the index of this log.

SQLite finds side files only by their names, and writes their content into the database. If side files of a deleted
database remain, they destroy a new database with the same name.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES = ("-journal", "-wal", "-shm")
_HEADER = b"SQLite format 3\0"


def remove_side_files(path: Path) -> None:
    """Delete the side files (journal and logs) of the database at `path`. The database must be empty or deleted."""
    for suffix in SUFFIXES:
        beside(path, suffix).unlink(missing_ok=True)


@contextmanager
def side_files_removed(path: Path, prefix: str) -> Iterator[None]:
    """Rename the side files (journal and logs) of the database at `path`, and delete them after the `with` block.

    In the block, the caller puts another database at `path`. If the block fails, the side files get their old names
    again. `prefix` is the beginning of their temporary names.
    """
    moved: list[tuple[Path, Path]] = []
    try:
        for suffix in SUFFIXES:
            original, temporary = beside(path, suffix), path.with_name(f"{prefix}{suffix}.part")
            with suppress(FileNotFoundError):
                original.rename(temporary)
                moved.append((original, temporary))
        yield
    except BaseException:
        for original, temporary in moved:
            if original.exists():  # another program has made a new database meanwhile
                temporary.unlink()
            else:
                temporary.rename(original)
        raise
    for _, temporary in moved:
        with suppress(OSError):
            temporary.unlink()


def beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def is_database(path: Path) -> bool:
    return _head(path).startswith(_HEADER)


def is_study(path: Path) -> bool:
    """Return whether a file begins with SQLite's header and sibtui's application id. The rest is not checked."""
    head = _head(path)
    return head.startswith(_HEADER) and head[68:72] == b"SIBT"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(72)
    except OSError:  # SQLite reports the error
        return b""
