"""Backups: copies of a study in a folder beside the study, made with SQLite's backup API and then checked.

A backup is written under a temporary name. It gets its final name only if it is undamaged and has the same rows as the
study. The study is read in short steps, so that other programs can change the study without waiting for the end of the
backup.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from sibtui.errors import StudyBusyError, StudyFileError
from sibtui.model.backups import KEPT, Backup, backup_folder_name, backup_name, parse_backup_name, surplus
from sibtui.store import opening, pinned_schema
from sibtui.store.file_errors import explaining_errors, is_full, no_room
from sibtui.store.part_files import make_part, sweep, sync
from sibtui.store.side_files import SUFFIXES, beside, remove_side_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sibtui.model.backups import BackupKind
    from sibtui.store.connection import Store

_PAGES = 500
"""The number of database pages copied in one step.

A step takes a few milliseconds, and during a step, other programs cannot change the study.
"""
_ROWS = 2000
"""The number of rows of the study that one SQL statement compares with the copy."""
_ATTEMPTS = 3
_OLD = r"\.v[0-9]+\.bak"
"""The pattern for the file extension of old backups. Earlier versions of sibtui made these backups before an upgrade of the study."""


def folder_of(study: Path) -> Path:
    """Return the path of the folder for the backups of a study. The folder may not exist yet."""
    study = study.resolve()
    return study.with_name(backup_folder_name(study.name))


def list_backups(study: Path) -> list[Backup]:
    """Return the backups of a study, newest first. Backups made by earlier versions of sibtui come last."""
    found = []
    with suppress(OSError):
        for file in folder_of(study).iterdir():
            parsed = parse_backup_name(file.name)
            if parsed is not None and file.is_file():
                found.append(Backup(file, *parsed, file.stat().st_size))
    study = study.resolve()
    old = re.compile(re.escape(study.name) + _OLD)
    with suppress(OSError):
        beside = [file for file in study.parent.iterdir() if old.fullmatch(file.name)]
        found += [Backup(file, "upgrade", "", file.stat().st_size) for file in beside]
    return sorted(found, key=lambda backup: (backup.made, backup.path.name), reverse=True)


def kept() -> int:
    """Return how many backups of each kind (such as daily) are kept: the number in $SIBTUI_BACKUPS, by default 7.

    The number 0 turns off only the daily backups. The backups from before an upgrade or a restore are then kept as by
    default.
    """
    given = os.environ.get("SIBTUI_BACKUPS", "")
    return int(given) if given.isdecimal() else KEPT


def back_up(study: Path, kind: BackupKind, *, hold: bool, poll: Callable[[], object] = lambda: None) -> Backup:
    """Make a backup of a study, check it, and return it. `kind` is the reason for the backup, such as "daily".

    If another program changes the study during the copying, the copying starts again. There are three attempts. With
    `hold`, other programs cannot change the study during the third attempt. Without `hold`, StudyBusyError is raised if
    all three attempts fail.

    `poll` is called often, and may raise an exception to cancel the backup. Raises StudyFileError when the study is
    damaged or the backup cannot be written.
    """
    with closing(open_unchanged(study)) as source:
        return back_up_open(study, source, kind, hold=hold, poll=poll)


def open_unchanged(study: Path) -> sqlite3.Connection:
    """Open a study for reading only, and return the connection. Raises StudyFileError when the file does not exist."""
    if not study.is_file():
        raise StudyFileError(f"There is no study at {study}.")
    connection = opening.connect(study)
    with explaining_errors(study):
        connection.execute("PRAGMA query_only = ON")
    return connection


def guid(study: Path) -> str | None:
    """Return the id of a study, which is the same in all copies of the study; None when the file cannot be read."""
    try:
        with closing(open_unchanged(study)) as connection:
            row = connection.execute("SELECT guid FROM project").fetchone()
    except (sqlite3.Error, StudyFileError):
        return None
    return None if row is None else str(row[0])


def refuse_unusable(backup: Path) -> None:
    """Raise StudyFileError if a study cannot be restored from a backup.

    This is so if the backup is damaged, its schema version is unknown, or a log file of another database is beside it.
    """
    opening.refuse_foreign_log(backup)
    verify(backup, backup)


def back_up_open(
    study: Path,
    source: sqlite3.Connection,
    kind: BackupKind,
    *,
    hold: bool,
    poll: Callable[[], object] = lambda: None,
) -> Backup:
    """Make a backup of a study, check it, and return it. `source` is an open connection to the study.

    `hold` and `poll` are as in `back_up`.
    """
    with _new_backup(study) as part:
        copy_verified(study, source, part, folder_of(study), hold=hold, poll=poll)
        return _with_final_name(part, kind)


def keep_open_state(store: Store) -> Backup:
    """Make a backup of an open study whose file another program has replaced. Return the backup.

    SQLite can still read the old file, although it no longer has a path. Raises StudyFileError when no backup can be
    made.
    """
    with _new_backup(store.path) as part:
        copy_open_state(store, part)
        return _with_final_name(part, "replaced")


def copy_open_state(store: Store, target: Path) -> None:
    """Copy an open study, whose file another program has replaced, into the empty file `target`.

    Raises StudyFileError when the open study is damaged. Raises StudyBusyError when another program is changing the new
    file at the path of the study.
    """
    if beside(store.path, SUFFIXES[0]).exists():  # SQLite would use the journal of the other file for the open file
        raise StudyBusyError(f"Another program is changing {store.path}: try again when it has finished.")
    store.copy_into(target)
    verify(target, store.path)


def keep_damaged(study: Path) -> Backup:
    """Copy a damaged study byte by byte into its backup folder, and return the copy as a backup.

    SQLite's files beside the study (journal and logs) are copied too. Raises StudyFileError when a copy fails.
    """
    with _new_backup(study) as part:
        shutil.copyfile(study, part)
        made = _with_final_name(part, "damaged")
        for suffix in SUFFIXES:
            left = beside(study.resolve(), suffix)
            if left.exists():
                shutil.copy(left, beside(made.path, suffix))
                beside(made.path, suffix).chmod(0o600)
        return made


@contextmanager
def held_before_replacement(study: Path) -> Iterator[None]:
    """Lock a study during the `with` block, in which the caller replaces the file of the study.

    If the study is so damaged that SQLite cannot lock it, the block runs without a lock. Raises StudyBusyError when
    another program is changing the study.
    """
    with closing(opening.connect(study)) as connection:
        try:
            with explaining_errors(study, opened=True):
                connection.execute("BEGIN IMMEDIATE")
        except StudyBusyError:
            raise
        except StudyFileError:
            if is_sound(study):
                raise
        yield


def back_up_replaced(study: Path) -> Backup:
    """Make a backup of a study before another file replaces it, and return the backup.

    A damaged study is copied byte by byte. Raises StudyFileError when the backup cannot be written.
    """
    try:
        made = back_up(study, "restore", hold=False)
    except StudyBusyError:
        raise
    except StudyFileError:
        if is_sound(study):
            raise
        return keep_damaged(study)
    rotate(study, "restore", kept() or KEPT)
    return made


def is_sound(study: Path) -> bool:
    try:
        verify(study, study)
    except StudyFileError:
        return False
    return True


@contextmanager
def _new_backup(study: Path) -> Iterator[Path]:
    """Yield the path of a new empty file in the backup folder.

    The file is removed after the `with` block, unless the caller has renamed it. Raises StudyFileError when the backup
    cannot be written.
    """
    folder = folder_of(study)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        sweep(folder)
        part = make_part(folder / "backup")
        try:
            yield part
            sync(folder)
        finally:
            remove_side_files(part)
            part.unlink(missing_ok=True)
    except OSError as error:
        why = f"no backup can be written to {folder}: {error.strerror}"
        raise StudyFileError(f"{study}: {why}.", why) from error


def _with_final_name(part: Path, kind: BackupKind) -> Backup:
    """Give the file `part`, a complete backup, its final name. Return the backup. No existing file is replaced."""
    sync(part)
    at = dt.datetime.now(dt.UTC)
    while True:
        made = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        path = part.with_name(backup_name(kind, made))
        try:
            os.link(part, path)  # unlike a rename, this never replaces a file
        except FileExistsError:
            at += dt.timedelta(milliseconds=1)
            continue
        except OSError:  # a file system without links
            if path.exists():
                at += dt.timedelta(milliseconds=1)
                continue
            part.rename(path)
        return Backup(path, kind, made, path.stat().st_size)


def rotate(study: Path, kind: BackupKind, keep: int) -> list[Backup]:
    """Remove all backups of a kind except the newest `keep` (at least one), and return the removed backups."""
    removed = []
    for backup in surplus(list_backups(study), kind, keep):
        with suppress(OSError):
            backup.path.unlink()
            removed.append(backup)
    return removed


def copy_verified(
    study: Path,
    source: sqlite3.Connection,
    target: Path,
    named: Path,
    *,
    hold: bool,
    poll: Callable[[], object] = lambda: None,
) -> None:
    """Copy an open study into the empty file `target`, and check that the copy is sound and has the same rows.

    `source` is the open connection to the study. `named` is the path that error messages show in place of `target`.
    `hold`, `poll` and the exceptions are as in `back_up`.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        with explaining_errors(study, opened=True), _held(source, when=hold and attempt == _ATTEMPTS):
            version = source.execute("PRAGMA data_version").fetchone()
            _copy(source, target, named, poll)
            verify(target, study, poll)
            equal = _is_equal(study, target, poll)
            if equal and source.execute("PRAGMA data_version").fetchone() == version:
                return
    raise StudyBusyError(
        f"{study} was changed while it was copied, so no backup was made: try again.",
        "the study was changed while it was copied, so no backup was made",
    )


@contextmanager
def _held(source: sqlite3.Connection, *, when: bool) -> Iterator[None]:
    """If `when` is set, prevent other programs from changing the study during the `with` block."""
    if not when:
        yield
        return
    source.execute("BEGIN")
    try:
        source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        yield
    finally:
        source.execute("ROLLBACK")


def _copy(source: sqlite3.Connection, target: Path, named: Path, poll: Callable[[], object]) -> None:
    limit: list[int] = []

    def stepped(_status: int, _remaining: int, total: int) -> None:
        poll()
        limit.append(total // _PAGES * 20 + 200)  # a change by another program makes SQLite start again
        if len(limit) > limit[-1]:
            raise sqlite3.OperationalError("database is locked by a program that changes it all the time")

    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # the whole file is synced before it gets its name
        try:
            source.backup(copy, pages=_PAGES, progress=stepped, sleep=0.01)
        except sqlite3.OperationalError as error:
            if is_full(error):
                raise no_room(named) from error
            raise


def verify(copy: Path, study: Path, poll: Callable[[], object] = lambda: None) -> int:
    """Check the whole study file `copy` without changing it, and return its schema version.

    Raises StudyFileError when the file is not a study, is damaged, was written by a newer sibtui, or has a schema that
    sibtui did not make. The error message shows the path `study` in place of `copy`.
    """
    with closing(open_unchanged(copy)) as connection, explaining_errors(study, opened=True):
        version = opening.version_of(study, connection)
        sound = (
            pinned_schema.is_pinned(pinned_schema.parts(connection), version)
            and opening.migrations_of(connection) == version
            and _has_sound_pages(connection, poll)
        )
    if not sound:
        raise StudyFileError(f"{study} is damaged.", "the file is damaged", "check")
    return version


def _has_sound_pages(connection: sqlite3.Connection, poll: Callable[[], object]) -> bool:
    raised: list[BaseException] = []

    def keep_on() -> int:
        try:
            poll()
        except BaseException as error:  # noqa: BLE001 - SQLite would lose it; it is raised below
            raised.append(error)
        return len(raised)

    connection.set_progress_handler(keep_on, 100_000)
    try:
        return (
            connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
            and connection.execute("PRAGMA foreign_key_check").fetchone() is None
        )
    except sqlite3.OperationalError:
        if raised:
            raise raised[0] from None
        raise


def _is_equal(study: Path, copy: Path, poll: Callable[[], object]) -> bool:
    """Return whether the study and its copy have the same rows."""
    with closing(open_unchanged(study)) as connection:
        connection.execute("ATTACH ? AS copy", (str(copy),))
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return all(_has_equal_rows(connection, table, poll) for (table,) in tables)


def _has_equal_rows(connection: sqlite3.Connection, table: str, poll: Callable[[], object]) -> bool:
    ours, theirs = (
        connection.execute(
            f'SELECT (SELECT count(*) FROM {file}."{table}"), (SELECT min(rowid) FROM {file}."{table}"),'
            f' (SELECT max(rowid) FROM {file}."{table}")'
        ).fetchone()
        for file in ("main", "copy")
    )
    if ours != theirs:
        return False
    columns = [row[1] for row in connection.execute(f'PRAGMA main.table_info("{table}")')]
    differs = " OR ".join(["b.rowid IS NULL", *(f'a."{name}" IS NOT b."{name}"' for name in columns)])
    compare = (
        f'SELECT max(row), sum(differs) FROM (SELECT a.rowid AS row, {differs} AS differs FROM main."{table}" a'
        f' LEFT JOIN copy."{table}" b ON b.rowid = a.rowid WHERE a.rowid >= ? ORDER BY a.rowid LIMIT {_ROWS})'
    )
    _, at, last = ours
    while at is not None and at <= last:
        poll()
        reached, wrong = connection.execute(compare, (at,)).fetchone()
        if wrong or reached is None:
            return False
        at = reached + 1
    return True
