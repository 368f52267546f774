"""Side files of a database: its rollback journal, its write-ahead log, and the index of the log.

SQLite writes the content of a side file into the database with the same name. The side file of an older database would destroy a new one.
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
    """Remove the side files beside the path of an empty or deleted database."""
    for suffix in SUFFIXES:
        beside(path, suffix).unlink(missing_ok=True)


@contextmanager
def side_files_removed(path: Path, prefix: str) -> Iterator[None]:
    """Move the side files of a database away before the `with` block, which puts another database at `path`.

    They are deleted after the block, or restored when the block fails. Their temporary names begin with `prefix`.
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
    """Return whether a file begins with SQLite's header and the application id of sibtui. Later parts of the file may be damaged."""
    head = _head(path)
    return head.startswith(_HEADER) and head[68:72] == b"SIBT"


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(72)
    except OSError:  # SQLite reports the error
        return b""
