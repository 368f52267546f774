"""The watch of an open study file: it notices a replacement of the file, and a change made without SQLite.

For example, a program that synchronises folders may replace the file, or write another state of the study into it.
SQLite does not always notice this, and may report that a change is saved although the change is lost.
"""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sibtui.model.arguments import AnyPath


class FileMark(NamedTuple):
    """The identity of a file, and the time of its last change (`changed`). `number` is the inode."""

    device: int
    number: int
    size: int
    changed: int


class FileWatch:
    """Compares the file that is now at the path of an open study with the file that was opened."""

    def __init__(self, path: AnyPath, connection: sqlite3.Connection) -> None:
        self._path = os.path.abspath(path)  # noqa: PTH100 - resolved, a link that gets another target would go unnoticed
        self._connection = connection
        self._mark = self._current()
        self._seen: int | None = None
        self._act: tuple[int, str] | None = None
        try:
            self._seen = self._version()
            self._act = connection.execute("SELECT id, at FROM acts ORDER BY id DESC LIMIT 1").fetchone()
        except sqlite3.DatabaseError:  # locked or damaged: the first read reports it
            return

    def keep(self, act: tuple[int, str] | None = None) -> None:
        """Remember the present state of the file, for later comparisons.

        `act` is (id, time) of the newest entry of the history that this program has saved.
        """
        self._mark = self._current()
        self._act = act or self._act

    def is_another_file(self) -> bool:
        """Return whether the path of the study no longer leads to the file that was opened."""
        return self._differs(self._current())

    def is_replaced(self) -> bool:
        """Return whether another file is at the path, or a program has overwritten the file without SQLite.

        Unlike `is_another_file`, this method may read the file.
        """
        mark = self._current()
        if mark == self._mark and mark is not None:
            return False
        if self._differs(mark):
            return True
        seen = self._version()  # after the mark: a program that is writing through SQLite has a lock, or a new version
        if seen == self._seen or not self._has_our_act():
            return True
        self._seen, self._mark = seen, mark
        return False

    def _differs(self, mark: FileMark | None) -> bool:
        return mark is None or self._mark is None or mark[:2] != self._mark[:2]

    def _current(self) -> FileMark | None:
        try:
            found = os.stat(self._path)  # noqa: PTH116 - before and after each change
        except OSError:
            return None
        return FileMark(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)

    def _version(self) -> int:
        """Return a number that changes whenever another program changes the file through SQLite."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _has_our_act(self) -> bool:
        """Return whether the file still has the history entry that this program saved last.

        If the program has saved none, the entry that was the newest when the file was opened is searched.
        """
        if self._act is None:
            return True
        number, at = self._act
        row = self._connection.execute("SELECT at FROM acts WHERE id = ?", (number,)).fetchone()
        return row is not None and row[0] == at
