"""The check whether a log file beside a study belongs to another database.

A log file is a rollback journal or a write-ahead log of SQLite. SQLite finds a log file only by its name, and writes
its content into the database without further checks. If the log file belongs to another database, or to an older copy
of the study, this destroys the study. So this module compares the log file with the study before SQLite opens the
study.
"""

from __future__ import annotations

import sqlite3
import struct
from contextlib import closing, suppress
from time import sleep
from typing import TYPE_CHECKING

from sibtui.store.side_files import beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_DATABASE = b"SQLite format 3\0"
_JOURNAL = bytes.fromhex("d9d505f920a163d7")
_JOURNAL_HEADER = struct.Struct(
    ">8sIIIII"
)  # magic, records, nonce, pages of the database, size of a sector, size of a page
_LOG_HEADER, _FRAME = 32, 24
_LONGEST_WAIT = 0.2
"""The number of seconds between two reads of a journal.

The wait gives a program that is changing the study time to end its transaction.
"""


def foreign_log(path: Path) -> str:
    """Return the suffix (`-wal` or `-journal`) of the log file beside a database, if the log is of another database.

    Otherwise, return an empty text. Do not call this function while this process has the database open. The function
    opens and closes the database file, which would release all locks of this process on the file.
    """
    if _size(path, "-wal") and _is_log_foreign(path):
        return "-wal"
    if _size(path, "-journal") and _is_journal_foreign(path):
        sleep(_LONGEST_WAIT)  # a program at work may have committed between the two reads
        if _size(path, "-journal") and _is_journal_foreign(path):
            return "-journal"
    return ""


def _size(path: Path, suffix: str) -> int:
    try:
        return beside(path, suffix).stat().st_size
    except OSError:
        return 0


def _is_journal_foreign(path: Path) -> bool:
    """Return whether the rollback journal beside a database belongs to another database; False without a journal."""
    with suppress(OSError, struct.error):
        database = (
            path.read_bytes()
        )  # before the journal: a program at work notes each old page there before it changes the page
        journal = beside(path, "-journal").read_bytes()
        magic, records, _, pages, sector, size = _JOURNAL_HEADER.unpack(journal[: _JOURNAL_HEADER.size])
        if not database.startswith(_DATABASE) or magic != _JOURNAL or size != _page_size(database):
            return magic == _JOURNAL and database.startswith(_DATABASE)
        old = dict(_journaled(journal, sector, size)) if records else {}
        first = old.get(1, database[:size])
        if pages != _pages(first) or _counter(database) - _counter(first) not in {0, 1}:
            return True
        return bool(old) and _is_spoilt(database, _rolled_back(database, old, pages, size))
    return False


def _journaled(journal: bytes, sector: int, size: int) -> Iterator[tuple[int, bytes]]:
    """Yield (page number, old content) for each page in a rollback journal.

    `sector` is the size of a header of the journal, and `size` the size of a page.
    """
    at = 0
    while journal[at : at + len(_JOURNAL)] == _JOURNAL:
        records = _JOURNAL_HEADER.unpack(journal[at : at + _JOURNAL_HEADER.size])[1]
        at += sector
        for _ in range(min(records, (len(journal) - at) // (size + 8))):
            yield int.from_bytes(journal[at : at + 4]), journal[at + 4 : at + 4 + size]
            at += size + 8
        at = -(-at // sector) * sector


def _rolled_back(database: bytes, old: Mapping[int, bytes], pages: int, size: int) -> bytes:
    made = bytearray(database[: pages * size])
    made.extend(bytes(pages * size - len(made)))
    for number, content in old.items():
        if number <= pages:
            made[(number - 1) * size : number * size] = content
    return bytes(made)


def _is_spoilt(alone: bytes, together: bytes) -> bool:
    """Return whether applying a log file would damage a study or turn it into another study.

    `alone` is the content of the database without the log, and `together` its content with the log. If the database
    without the log is damaged, the result is False, because the log may repair it.
    """
    study, made = _study_id(alone), _study_id(together)
    return study is not None and made != study


def _page_size(first_page: bytes) -> int:
    size = int.from_bytes(first_page[16:18])
    return 65536 if size == 1 else size


def _pages(first_page: bytes) -> int:
    return int.from_bytes(first_page[28:32])


def _counter(first_page: bytes) -> int:
    """Return SQLite's change counter from the first page of a database. Each transaction adds 1 to it."""
    return int.from_bytes(first_page[24:28])


def _is_log_foreign(path: Path) -> bool:
    """Return whether the write-ahead log beside a database belongs to another database."""
    with suppress(OSError), path.open("rb") as file:
        head = file.read(100)
        if not head.startswith(_DATABASE):
            return False
        if head[18:20] == b"\1\1":  # 2: the database has such a log
            return True
        alone = head + file.read()
        return _is_spoilt(alone, _with_log(alone, beside(path, "-wal").read_bytes()))
    return False


def _with_log(database: bytes, log: bytes) -> bytes:
    """Return the content of a database after the complete transactions in its write-ahead log are applied."""
    size, salts = _page_size(database), log[16:24]
    made, pending, whole = bytearray(database), [], len(database)
    for at in range(_LOG_HEADER, len(log) - _FRAME - size + 1, _FRAME + size):
        if log[at + 8 : at + 16] != salts:
            break
        number, pages = struct.unpack(">II", log[at : at + 8])
        pending.append((number, log[at + _FRAME : at + _FRAME + size]))
        if pages:  # the last frame of a transaction holds the new size of the database
            whole = pages * size
            made.extend(bytes(max(0, whole - len(made))))
            for page, content in pending:
                made[(page - 1) * size : page * size] = content
            pending = []
    return bytes(made[:whole])


def _study_id(database: bytes) -> object:
    """Return the id of the study in a database; None when the database is damaged or is not a study."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA trusted_schema = OFF")
        try:
            connection.deserialize(database[:18] + b"\1\1" + database[20:])  # in memory there is no log
            if connection.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
                return None
            return connection.execute("SELECT guid FROM project").fetchone()
        except sqlite3.Error:
            return None
