"""The working copy of a damaged study, repaired so far that SQLite can read its rows.

Two parts are repaired: the header of the file, and the table `sqlite_schema`. This table lists the root page of each
table. Without it, SQLite finds no rows.

All studies of one version have the same root pages, because the migrations create the tables in the same order. A
VACUUM moves the root pages, but to the same pages in all studies. So there are two possible layouts of root pages. The
table `sqlite_schema` is written again only if the damaged study matches one of them.
"""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError
from sibtui.store import pinned_schema
from sibtui.store.file_errors import is_full
from sibtui.store.schema import APPLICATION_ID, VERSION
from sibtui.store.side_files import SUFFIXES, beside, remove_side_files

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import BinaryIO

    SchemaRow = tuple[str, str, str, int, str | None]
    """A row of the schema: (type, name, table, root page, SQL)."""

_HEADER_BYTES = 100
_PAGE = 4096
_ROOTS = {"table": b"\x05\x0d", "index": b"\x02\x0a"}
"""A map: type in the schema → the possible first bytes of a root page (inner page, leaf)."""
_EMPTY_TABLE = bytes([0x0D, 0, 0, 0, 0, _PAGE >> 8, 0, 0])
_FIT, _FEWEST_ROOTS = 0.75, 10
"""A layout fits if this share of the root pages has an expected first byte. The wrong layout of a version reaches 0.5."""


def copy_repaired(damaged: Path, work: Path) -> int:
    """Copy a damaged study to `work`, repair the header of the copy, and return the schema version of the study.

    If the header with the version is lost, the version is the number of recorded migrations. Raises StudyFileError
    if the file is nearly empty.
    """
    shutil.copyfile(damaged, work)
    for suffix in SUFFIXES[:2]:
        with suppress(FileNotFoundError):
            shutil.copyfile(beside(damaged.resolve(), suffix), beside(work, suffix))
    with work.open("r+b") as file:
        header = bytearray(file.read(_HEADER_BYTES))
        size = file.seek(0, 2)
        if size < 2 * _HEADER_BYTES:
            raise StudyFileError(f"{damaged} is empty or nearly so: nothing can be read from it.", hint="other-copy")
        if header[:16] != b"SQLite format 3\0":
            header = _new_header()
            header[60:64] = _migrations(file).to_bytes(4, "big")
        page = int.from_bytes(header[16:18], "big")
        page = 65536 if page == 1 else page if page in {512 << step for step in range(7)} else 4096
        pages = -(-size // page)
        file.truncate(pages * page)
        header[16:24] = _new_header()[16:24] if page == 4096 else header[16:24]
        header[28:32] = pages.to_bytes(4, "big")  # the number of pages in the file, which may have been cut off
        header[92:96] = header[24:28]  # SQLite uses the number of pages in the header only if these counters are equal
        file.seek(0)
        file.write(header)
    version = int.from_bytes(header[60:64], "big")
    return version if 1 <= version <= VERSION else VERSION


def _migrations(file: BinaryIO) -> int:
    """Return the number of migrations that a study has recorded; 0 if the second page of the file is damaged.

    The second page has one row for each migration.
    """
    file.seek(_PAGE)
    page = file.read(5)
    return int.from_bytes(page[3:], "big") if page[:1] == _EMPTY_TABLE[:1] else 0


def _new_header() -> bytearray:
    """Return the first bytes of a study file with database pages of 4,096 bytes, to replace a damaged header."""
    header = bytearray(_HEADER_BYTES)
    header[:24] = b"SQLite format 3\0" + (4096).to_bytes(2, "big") + bytes([1, 1, 0, 64, 32, 32])
    for place, value in ((44, 4), (56, 1), (60, VERSION), (68, APPLICATION_ID)):
        header[place : place + 4] = value.to_bytes(4, "big")
    return header


def open_damaged(work: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(work, isolation_level=None)
    connection.text_factory = lambda name: name.decode(errors="replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 1 << 28)
    for pragma in ("trusted_schema = OFF", "writable_schema = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")  # writable_schema: SQLite reads past a damaged schema
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError:  # for example a journal that cannot be played back
        remove_side_files(work)
    return connection


def restore_schema(work: Path, made: sqlite3.Connection, version: int) -> None:
    """Write the schema of the empty study `made` into `work`, the copy of a damaged study.

    If `work` already has the schema of `version`, nothing is written. Nothing is written either if the pages of `work`
    fit neither of the two layouts in the module docstring. The function may run VACUUM on `made`, to try the second
    layout.
    """
    with closing(open_damaged(work)) as old, suppress(sqlite3.DatabaseError):
        if pinned_schema.unpinned(old, version) is None:
            return
    for is_compact in (False, True):
        if is_compact:
            made.execute("VACUUM")
        rows = made.execute(
            "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema WHERE rootpage > 0 ORDER BY rowid"
        ).fetchall()
        if _fits(work, rows):
            _write_schema(work, rows)
            return


def _fits(work: Path, rows: Sequence[SchemaRow]) -> bool:
    expected = []
    with work.open("rb") as file:
        if int.from_bytes(file.read(18)[16:], "big") != _PAGE:
            return False
        for kind, _, _, root, _ in rows:
            file.seek((root - 1) * _PAGE)
            if first := file.read(1):
                expected.append(first in _ROOTS[kind])
    return len(expected) >= _FEWEST_ROOTS and sum(expected) >= _FIT * len(expected)


def _write_schema(work: Path, rows: Sequence[SchemaRow]) -> None:
    """Replace the first page by an empty table `sqlite_schema`, and insert the rows.

    SQLite puts the new pages of this table after the last page. If SQLite refuses the insertion, the old first page is
    restored.
    """
    remove_side_files(work)
    header = _new_header()
    header[28:32] = (work.stat().st_size // _PAGE).to_bytes(4, "big")
    with work.open("r+b") as file:
        before = file.read(_PAGE)
        file.seek(0)
        file.write((header + _EMPTY_TABLE).ljust(_PAGE, b"\0"))
    try:
        with closing(open_damaged(work)) as old:
            old.execute("BEGIN")
            old.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", rows)
            old.execute("COMMIT")
    except sqlite3.OperationalError as error:  # on some systems, SQLite forbids the change of a schema
        if is_full(error):
            raise
        remove_side_files(work)
        with work.open("r+b") as file:
            file.write(before)
