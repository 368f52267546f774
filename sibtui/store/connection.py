"""Opening a study file, and the one way to change it: an act, in one transaction."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sibtui.errors import ConflictError, InputError, StudyFileError
from sibtui.model.text import one_line
from sibtui.store.schema import APPLICATION_ID, TRIGGERS_SHA256, VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

BUSY_SECONDS = 5.0


class Store:
    """An open study file. `query` reads; `act` is the only way to change anything."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._act: OpenAct | None = None
        self.kept_text: tuple[object, str] = (None, "")
        """The text read last, and what it was read by: see `sources.text`."""

    @classmethod
    def open(cls, path: Path) -> Store:
        """Open an existing study, brought up to date if an earlier version made it (a backup is made first)."""
        if not path.is_file():
            raise StudyFileError(f"There is no study at {path}: make one with `sibtui new {path}`.")
        connection = _connect(path)
        try:
            version = _version(path, connection)
            _refuse_foreign_triggers(path, connection, version)
            if version < VERSION:
                _upgrade(path, connection, version)
            _configure(connection)
        except BaseException:
            connection.close()
            raise
        return cls(path, connection)

    @classmethod
    def create(cls, path: Path) -> Store:
        """Make a new, empty study file, readable by its owner alone. ConflictError when something is there already."""
        try:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            raise ConflictError(f"{path} exists already: choose another name, or `--force` to overwrite it.") from None
        except OSError as error:
            raise StudyFileError(f"Cannot make {path}: {error.strerror}.") from error
        connection = _connect(path)
        _migrate(connection)
        _configure(connection)
        return cls(path, connection)

    def close(self) -> None:
        self._connection.close()

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> sqlite3.Cursor:
        """The rows of a SELECT, as tuples, fetched while they are iterated over."""
        with _worded(self.path, opened=True):
            return self._connection.execute(sql, parameters)

    def one(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """The first column of the first row, or None."""
        row = self.query(sql, parameters).fetchone()
        return None if row is None else row[0]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Several reads that see one state of the file, whatever another process writes meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def act(self, verb: str, summary: str, *, coder: str, at: str) -> Iterator[OpenAct]:
        """One command of the user: everything in the block is kept, and undone, together.

        An act inside an act is part of the outer one, but fails alone: what it did is taken back, and the outer one may go
        on. An act that changes nothing leaves no entry. The transaction takes the write lock at once: a deferred one could
        read, then fail to write because another process came between.
        """
        if self._act is not None:
            with _worded(self.path, opened=True), self._savepoint():
                yield self._act
            return
        with _worded(self.path, opened=True):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._act = OpenAct(self, verb, summary, coder, at)
                yield self._act
                kept = self._act.finish()
                self._connection.execute("COMMIT" if kept else "ROLLBACK")
            except BaseException:
                if self._connection.in_transaction:  # an interrupt or a full disk may have ended it
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._act = None

    @contextmanager
    def founding(self, verb: str, summary: str, *, coder: str, at: str) -> Iterator[None]:
        """What a new study begins with. The history tells it, but undo stops there: there is nothing before.

        The triggers, which would record nothing of it, are set aside meanwhile: to ask them for each row takes as long as the rows.
        """
        with _worded(self.path, opened=True):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._act = OpenAct(self, verb, summary, coder, at)
                self.change("UPDATE history SET replaying = 1")
                triggers = self.query(
                    "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' ORDER BY rowid"
                ).fetchall()
                for name, _ in triggers:
                    self.change(f'DROP TRIGGER "{name}"')
                yield
                for _, sql in triggers:
                    self.change(sql)
                self.change("UPDATE acts SET last_image = first_image - 1 WHERE id = ?", (self._act.id,))
                self.change("UPDATE history SET act = NULL, replaying = 0")
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
            finally:
                self._act = None

    @contextmanager
    def _savepoint(self) -> Iterator[None]:
        self._connection.execute("SAVEPOINT inner_act")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO inner_act")
            raise
        finally:
            if self._connection.in_transaction:  # an interrupt or a full disk may have ended it
                self._connection.execute("RELEASE inner_act")

    @contextmanager
    def replay(self) -> Iterator[None]:
        """A transaction that the triggers do not record: undo and redo move rows between their images."""
        if self._act is not None:
            raise ConflictError("An act is open: undo and redo wait until it has ended.")
        with _worded(self.path, opened=True):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._connection.execute("PRAGMA defer_foreign_keys = ON")
                self._connection.execute("UPDATE history SET replaying = 1")
                yield
                self._connection.execute("UPDATE history SET replaying = 0")
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def recorded_after(self, *tables: str) -> Iterator[None]:
        """Inside an act: rows that the block adds to these tables, above their highest ids, are recorded when it ends.

        For many rows at once: one statement a table then writes the images that the triggers would write one by one, in twice the time.
        The block must change nothing else. What it added before it failed is recorded too.
        """
        if self._act is None:
            raise AssertionError("rows are added inside an act, or they could not be undone")
        if self.one("SELECT replaying FROM history"):  # a study is being founded: nothing of it is recorded
            yield
            return
        highest = {table: self.one(f"SELECT coalesce(max(id), 0) FROM {table}") for table in tables}
        self.change("UPDATE history SET replaying = 1")
        try:
            yield
        finally:
            if self._connection.in_transaction:  # an interrupt or a full disk may have ended it
                self.change("UPDATE history SET replaying = 0")
                for table, last in highest.items():
                    self.change(
                        "INSERT INTO images (act, tbl, row, op) SELECT h.act, ?, t.id, 'insert'"
                        f" FROM history h CROSS JOIN {table} t WHERE t.id > ? ORDER BY t.id",
                        (table, last),
                    )

    def change(self, sql: str, parameters: Sequence[Any] = ()) -> int:
        """Run one changing statement inside an open act; the id of an inserted row."""
        return self._connection.execute(sql, parameters).lastrowid or 0

    def change_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.executemany(sql, rows)

    @property
    def data_version(self) -> int:
        """A number that changes when another connection has changed the file."""
        return int(self.one("PRAGMA data_version"))

    def explained(self, error: BaseException) -> StudyFileError | None:
        """In words for the researcher what SQLite said while rows were fetched; None for any other error."""
        return _explained(self.path, error, opened=True)

    def interrupt(self) -> None:
        """Stop the statement that is running, from another thread; it fails and its transaction is rolled back."""
        self._connection.interrupt()


class OpenAct:
    """The act that is being done. Its summary may be completed before it ends."""

    def __init__(self, store: Store, verb: str, summary: str, coder: str, at: str) -> None:
        self.summary = summary
        self._store = store
        self._first = 1 + int(store.one("SELECT coalesce(max(id), 0) FROM images"))
        self.id = store.change(
            "INSERT INTO acts (at, coder, verb, summary, first_image, last_image) VALUES (?, ?, ?, ?, ?, 0)",
            (at, coder, verb, summary, self._first),
        )
        store.change("UPDATE history SET act = ?", (self.id,))

    def finish(self) -> bool:
        """Close the entry of the history; False when nothing was changed."""
        last = int(self._store.one("SELECT coalesce(max(id), 0) FROM images"))
        if last < self._first:
            return False
        self._store.change("UPDATE acts SET state = 'dropped', dropped_by = ? WHERE state = 'undone'", (self.id,))
        self._store.change("UPDATE acts SET summary = ?, last_image = ? WHERE id = ?", (self.summary, last, self.id))
        self._store.change("UPDATE history SET act = NULL")
        return True


def _connect(path: Path) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(path.resolve(), timeout=BUSY_SECONDS, check_same_thread=False)
    except sqlite3.Error as error:
        raise StudyFileError(f"Cannot open {path}: {error}.") from error
    connection.isolation_level = None  # transactions are begun and ended here, by name
    return connection


def _configure(connection: sqlite3.Connection) -> None:
    for pragma in (
        "foreign_keys = ON",
        "synchronous = FULL",
        "temp_store = MEMORY",  # no interview text in temporary files
        "cache_size = -65536",
    ):
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("casefold", 1, str.casefold, deterministic=True)


def _version(path: Path, connection: sqlite3.Connection) -> int:
    """How many migrations the file has had. StudyFileError when it is not a study, or a newer program's."""
    with _worded(path):
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID:
        raise StudyFileError(f"{path} is a database, but not a sibtui study: nothing was changed.")
    if version > VERSION:
        raise StudyFileError(f"{path} was made by a newer sibtui: upgrade sibtui to open it.")
    return version


def _refuse_foreign_triggers(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """A study from somebody else may hold triggers and views that run at the next change: only our own are let in."""
    with _worded(path):
        rows = connection.execute(
            "SELECT sql FROM sqlite_schema WHERE type IN ('trigger', 'view') ORDER BY name"
        ).fetchall()
    digest = hashlib.sha256("\n".join(row[0] for row in rows).encode()).hexdigest()
    if digest != TRIGGERS_SHA256.get(version):
        raise StudyFileError(
            f"{path} has triggers or views that sibtui did not make: it is not opened, since they could change the study."
        )


def _migrate(connection: sqlite3.Connection) -> None:
    from sqlite_utils import Database  # noqa: PLC0415 - an up-to-date file opens without it

    from sibtui.store.migrations import apply  # noqa: PLC0415

    apply(Database(connection, execute_plugins=False, recursive_triggers=False))


def _upgrade(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Bring an older file up to date, after a backup beside it that has been checked."""
    backup = path.with_name(f"{path.name}.v{version}.bak")
    os.close(os.open(backup, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
    copy = sqlite3.connect(backup)
    try:
        with _worded(path):
            connection.backup(copy)
            sound = copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    finally:
        copy.close()
    if not sound:
        raise StudyFileError(f"{path} needs an upgrade, but is damaged: repair it or go back to a copy of it first.")
    _migrate(connection)


_DAMAGE = ("malformed", "decode to UTF-8")
_SAID = (
    (("locked", "busy"), "{path} is being changed by another program: try again when it has finished."),
    (("readonly",), "{path} cannot be written: check its permissions and its folder's."),
    (("disk is full",), "There is no room left on the disk for {path}: nothing was changed."),
    (("disk I/O", "unable to open"), "{path} cannot be read or written: {said}."),
    (("not a database", *_DAMAGE), "{path} is not a sibtui study, or it is damaged: nothing was changed."),
)
"""Parts of what SQLite says, and that in words for the researcher."""


def _explained(path: Path, error: BaseException, *, opened: bool) -> StudyFileError | None:
    if not isinstance(error, sqlite3.DatabaseError) or isinstance(error, sqlite3.IntegrityError):
        return None
    said = str(error)
    if opened and any(part in said for part in _DAMAGE):
        return StudyFileError(f"{path} is damaged: `sibtui check` says what of it can still be read.")
    for parts, words in _SAID:
        if any(part in said for part in parts):
            return StudyFileError(words.format(path=path, said=said))
    return None


@contextmanager
def _worded(path: Path, *, opened: bool = False) -> Iterator[None]:
    """What SQLite says, in words for the researcher. `opened`: the file was seen to be a study."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        told = _explained(path, error, opened=opened)
        if told is None:
            raise
        raise told from error
    except UnicodeEncodeError as error:
        shown = one_line(str(error.object)[:40])
        raise InputError(f"“{shown}” holds half a character (a lone surrogate), which cannot be stored.") from error
