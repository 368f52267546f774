"""Backups: verified copies of a study in a folder beside it, made with SQLite's backup API.

A copy gets its name when it is complete, sound, and equal to the study row by row. So a failed backup never replaces a good one. The study
is read in short steps, so that a program that changes it never waits for a backup.
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
"""Pages that are copied in one step. The step takes a few milliseconds, in which other programs cannot change the study."""
_ROWS = 2000
"""Rows that are compared in one step."""
_ATTEMPTS = 3
_OLD = r"\.v[0-9]+\.bak"
"""After the name of a study: a backup that an earlier version of sibtui made before an upgrade."""


def folder_of(study: Path) -> Path:
    """Return the folder for the backups of a study. It need not exist."""
    study = study.resolve()
    return study.with_name(backup_folder_name(study.name))


def list_backups(study: Path) -> list[Backup]:
    """Return the backups of a study, newest first; last those that earlier versions of sibtui made."""
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
    """Return how many backups of a kind stay: $SIBTUI_BACKUPS, by default 7. With 0 no daily backup is made."""
    given = os.environ.get("SIBTUI_BACKUPS", "")
    return int(given) if given.isdecimal() else KEPT


def back_up(study: Path, kind: BackupKind, *, hold: bool, poll: Callable[[], object] = lambda: None) -> Backup:
    """Make a verified backup of a study. `poll` is called often and may raise to cancel.

    With `hold`, a study that changes all the time is held for as long as the copy takes. Raises StudyBusyError without it, StudyFileError
    when the study is damaged or the backup cannot be written.
    """
    with closing(open_unchanged(study)) as source:
        return back_up_open(study, source, kind, hold=hold, poll=poll)


def open_unchanged(study: Path) -> sqlite3.Connection:
    """Return a connection to a study that cannot change it. Raises StudyFileError when there is no such file."""
    if not study.is_file():
        raise StudyFileError(f"There is no study at {study}.")
    connection = opening.connect(study)
    with explaining_errors(study):
        connection.execute("PRAGMA query_only = ON")
    return connection


def guid(study: Path) -> str | None:
    """Return the lasting id of a study; None when it cannot be read."""
    try:
        with closing(open_unchanged(study)) as connection:
            row = connection.execute("SELECT guid FROM project").fetchone()
    except (sqlite3.Error, StudyFileError):
        return None
    return None if row is None else str(row[0])


def refuse_unusable(backup: Path) -> None:
    """Raise StudyFileError unless a file is a sound study of a known version."""
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
    """Make a verified backup of a study that is open as `source`, as `back_up` does."""
    with _new_backup(study) as part:
        copy_verified(study, source, part, folder_of(study), hold=hold, poll=poll)
        return _named(part, kind)


def keep_open_state(store: Store) -> Backup:
    """Make a backup of a study that is open, and whose path another file has now. Raises StudyFileError."""
    with _new_backup(store.path) as part:
        copy_open_state(store, part)
        return _named(part, "replaced")


def copy_open_state(store: Store, target: Path) -> None:
    """Copy a study that is open, and whose path another file has now, into an empty file. Raises StudyFileError when it is damaged."""
    if beside(
        store.path, SUFFIXES[0]
    ).exists():  # SQLite would take the journal of the other file for that of the open one
        raise StudyBusyError(f"Another program is changing {store.path}: try again when it has finished.")
    store.copy_into(target)
    verify(target, store.path)


def keep_damaged(study: Path) -> Backup:
    """Copy a damaged study byte by byte into the folder of its backups, with its side files. Raises StudyFileError when they cannot be written."""
    with _new_backup(study) as part:
        shutil.copyfile(study, part)
        made = _named(part, "damaged")
        for suffix in SUFFIXES:
            left = beside(study.resolve(), suffix)
            if left.exists():
                shutil.copy(left, beside(made.path, suffix))
                beside(made.path, suffix).chmod(0o600)
        return made


@contextmanager
def held_before_replacement(study: Path) -> Iterator[None]:
    """Keep other programs from changing a study during the block, in which another file takes its name. A damaged study may not be held.

    Raises StudyBusyError when another program is changing the study.
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
    """Make a backup of a study whose name another file is about to take; a damaged study is copied as it is.

    Raises StudyFileError when the backup cannot be written.
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
    """An incomplete file in the folder of the backups, removed after the block, which gives it its name."""
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


def _named(part: Path, kind: BackupKind) -> Backup:
    """Write a complete backup to the disk, and give it its name, which no file has yet."""
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
    """Remove the backups of a kind beyond the newest `keep`, and return the removed ones."""
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
    """Copy an open study into the empty file `target`. The copy is sound, and each row equals that of the study. Errors call it `named`.

    Raises StudyBusyError when the study changes during each of several attempts, StudyFileError when it is damaged.
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
    """Keep other programs from changing the study during the block."""
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
    """Return the version of a study file that is sound as a whole; nothing is written to it.

    Raises StudyFileError, in which `study` is the name of the file, when it is no study, or is damaged, newer or foreign.
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
    """Return whether both files have the same rows. SQLite compares them, so that other threads can run."""
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
