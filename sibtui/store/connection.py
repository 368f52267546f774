"""An open study file. Each change of a study is an act: one SQLite transaction with one entry in the history."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from sibtui.errors import ConflictError, StudyFileError
from sibtui.store import pinned_schema
from sibtui.store.file_errors import explained, explaining_errors, replaced
from sibtui.store.file_watch import FileWatch
from sibtui.store.opening import begin_change, make_file, open_file, opened_here, wait_until_free
from sibtui.store.part_files import sweep

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from sibtui.model.arguments import AnyPath

_SWEPT = 100
"""The largest number of files that are examined in the folder of a study when it opens.

Incomplete files among them are removed.
"""
HISTORY_TABLES = {"acts", "images", "history", "erasures", "seals", "kept_codings", "kept_coding_cases"}
"""The tables that hold the history. The history does not record changes of these tables."""
_RECORD = "the row that records changes is {}, so this change could not be undone: nothing was changed"


class Store:
    """An open study file. `query` reads from the file. `act` begins a change of the file."""

    def __init__(
        self, path: AnyPath, connection: sqlite3.Connection, *, read_only: str = "", file: Path | None = None
    ) -> None:
        """Use an open connection to the study at `path`. `close` closes this connection.

        `read_only` is the reason why the file cannot be changed; empty if it can be changed. While a new study is being
        made, its file has the temporary path `file`; the caller renames the complete file to `path`.
        """
        self._file = path
        self.read_only = read_only
        """The reason why the file cannot be changed, as a sentence; empty when the file can be changed."""
        self._connection = connection
        self._closed = opened_here(path)
        self._act: OpenAct | None = None
        self._is_bulk_load = False
        self._columns: dict[str, list[str]] = {}
        self.saves = 0
        """The number of changes that this store has saved."""
        self.cached_text: tuple[object, str] = (None, "")
        """The cache of `sources.text`: (key of the last source read, current text of this source)."""
        self._watch = FileWatch(file or path, connection)

    @cached_property
    def path(self) -> Path:
        from pathlib import Path

        return Path(self._file)

    @classmethod
    def open(cls, path: AnyPath) -> Store:
        """Open an existing study. If the file has an older schema version, back it up and upgrade it.

        Raises StudyFileError when the file is not a study, or cannot be opened or upgraded.
        """
        connection, read_only = open_file(path)
        sweep(os.path.dirname(path) or os.curdir, _SWEPT)
        return cls(path, connection, read_only=read_only)

    @classmethod
    def create(cls, path: Path, *, file: Path | None = None) -> Store:
        """Create an empty study file that only its owner can read, and open it.

        If `file` is given, the study is made at the path `file`, and the caller renames the complete file to `path`.
        Raises ConflictError when there is already a file where the study is made.
        """
        return cls(path, make_file(file or path, path), file=file)

    def close(self) -> None:
        self._connection.close()
        self._closed()
        self._closed = lambda: None

    def query(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> sqlite3.Cursor:
        """Run a SELECT, and return its rows as tuples. SQLite reads a row only when the caller asks for it.

        Raises StudyFileError when the first row cannot be read. If a later row cannot be read, SQLite raises its own
        error. Use `stream` to get a StudyFileError for all rows.
        """
        with explaining_errors(self._file, opened=True):
            return self._connection.execute(sql, parameters)

    def stream(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
        """Yield the rows of a SELECT. Raises StudyFileError when SQLite cannot read a row."""
        with explaining_errors(self._file, opened=True):
            # a cursor alone would be closed with the generator, which fails if the study is closed already
            yield from chain(self._connection.execute(sql, parameters))

    def scalar(self, sql: str, parameters: Sequence[Any] = ()) -> Any:
        """Return the first column of the first row of a SELECT; None when the SELECT finds no row."""
        row = self.query(sql, parameters).fetchone()
        return None if row is None else row[0]

    @cached_property
    def is_utf8(self) -> bool:
        """Whether the file stores its texts as UTF-8. If not, another program has written them as UTF-16."""
        return str(self.scalar("PRAGMA encoding")) == "UTF-8"

    def columns(self, table: str) -> list[str]:
        """Return the column names of a table.

        Raises StudyFileError if the history does not record changes of the table. The check is necessary because the
        name of the table may come from a hostile file, and becomes part of an SQL statement.
        """
        known = self._columns.get(table)
        if known is None:
            known = [row[0] for row in self.query("SELECT name FROM pragma_table_info(?)", (table,))]
            if "id" not in known or table in HISTORY_TABLES or not table.isidentifier():
                raise self.damaged("the history names a table that does not exist")
            self._columns[table] = known
        return known

    def schema(self) -> list[pinned_schema.Part]:
        """Return the rows of this file's schema: its tables, indexes and triggers.

        Rows that SQLite or sqlite-utils made for their own use are left out. The other rows must be equal in all
        studies of this schema version.
        """
        with explaining_errors(self._file, opened=True):
            return pinned_schema.parts(self._connection)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Let all reads in the `with` block see the same state of the study, even if another process changes it."""
        with explaining_errors(self._file, opened=True):
            inside = self._connection.in_transaction
            if not inside:
                self._connection.execute("BEGIN")
        if inside:
            yield
            return
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def snapshot_beside(self, path: Path) -> Iterator[sqlite3.Connection | None]:
        """Let all reads in the `with` block see one state of the study, and let SQL copy rows into the file `path`.

        Yield the connection for this SQL. In the SQL, the file `path` has the name `beside`: `INSERT INTO beside.t
        SELECT …` copies rows into the table `t`. The copied rows are saved at the end of the block.

        If this study is read only or in a transaction, None is yielded, because SQLite cannot then write into a second
        file.
        """
        if self.read_only or self._connection.in_transaction:
            with self.snapshot():
                yield None
            return
        with explaining_errors(self._file, opened=True):
            self._connection.execute("ATTACH ? AS beside", (str(path),))
        try:
            for pragma in ("foreign_keys = OFF", "beside.synchronous = OFF", "beside.journal_mode = MEMORY"):
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.execute("BEGIN")
            yield self._connection
            self._connection.execute("COMMIT")
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._connection.execute("DETACH beside")
            self._connection.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def act(self, verb: str, summary: str, *, coder: str, at: str) -> Iterator[OpenAct]:
        """Run the `with` block as one act: one transaction, with one entry in the history.

        No other process can write to the file during the block. A block without changes makes no entry in the history,
        unless `is_kept` of the act is set.

        An act inside an act becomes part of the outer act. If the inner act fails, only its own changes are rolled
        back, and the outer act may continue.

        `verb` and `summary` describe the act in the history. `coder` is the person who acts, at the time `at`. Raises
        StudyFileError when the file cannot be changed.
        """
        if self._act is not None:
            with explaining_errors(self._file, opened=True), self._savepoint():
                yield self._act
            return
        with explaining_errors(self._file, opened=True):
            self._begin()
            try:
                self._act = OpenAct(self, verb, summary, coder, at)
                yield self._act
                changed = self._act._finish()  # noqa: SLF001 - scripts get the act, and only its block completes it
                if changed:
                    self._commit((self._act.id, at))
                else:
                    self._connection.execute("ROLLBACK")
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._act = None

    @contextmanager
    def bulk_load(self, verb: str, summary: str, *, coder: str, at: str) -> Iterator[None]:
        """Let the `with` block insert the first content of a new study.

        The block is one entry of the history, and cannot be undone. During the block, the triggers that record changes
        are dropped, to halve the time.
        """
        with explaining_errors(self._file, opened=True):
            self._begin()
            try:
                self._act = OpenAct(self, verb, summary, coder, at)
                self._is_bulk_load = True
                self.change("UPDATE history SET replaying = 1")
                with self.without("trigger"):
                    yield
                self.change("UPDATE acts SET last_image = first_image - 1 WHERE id = ?", (self._act.id,))
                from sibtui.store import seals

                seals.seal(self, self._act.id)
                self.change("UPDATE history SET act = NULL, replaying = 0")
                self._commit((self._act.id, at))
            except BaseException:
                self._roll_back()
                raise
            finally:
                self._act = None
                self._is_bulk_load = False

    @contextmanager
    def without(self, kind: Literal["trigger", "index"], table: str | None = None) -> Iterator[None]:
        """Drop the triggers (or indexes) of a table, or of all tables, and create them again after the `with` block.

        Without them, the block is faster. Indexes that belong to a constraint are kept. If the block fails, the caller
        must roll back the transaction; this restores the triggers and indexes.
        """
        dropped = self.query(
            "SELECT name, sql FROM sqlite_schema WHERE type = ? AND tbl_name = coalesce(?, tbl_name) AND sql IS NOT NULL ORDER BY rowid",
            (kind, table),
        ).fetchall()
        for name, _ in dropped:
            self.change(f'DROP {kind} "{name}"')
        yield
        for _, sql in dropped:
            self.change(sql)

    @contextmanager
    def small_cache(self) -> Iterator[None]:
        """Halve SQLite's page cache in the `with` block, for work that seldom reads a page of the file twice."""
        usual = self.scalar("PRAGMA cache_size")
        self._connection.execute(f"PRAGMA cache_size = {usual // 2}")
        try:
            yield
        finally:
            self._connection.execute(f"PRAGMA cache_size = {usual}")

    def _begin(self) -> None:
        """Begin a transaction that locks the study.

        Raises StudyFileError if the study is read only, or if another program has replaced its file.
        """
        if self.read_only:
            raise StudyFileError(self.read_only)
        begin_change(self._connection)
        if self._watch.is_replaced():
            self._connection.execute("ROLLBACK")
            raise replaced(self.path)

    def _commit(self, act: tuple[int, str] | None) -> None:
        """Commit the transaction. `act` is (id, time) of the entry of the history that is saved; None if there is none.

        Raises StudyReplacedError if another program has put another file at the path. The changes are then only in the
        old file.
        """
        self._connection.execute("COMMIT")
        if self._watch.is_another_file():
            raise replaced(self.path)
        self._watch.keep(act)
        self.saves += act is not None

    def _roll_back(self) -> None:
        if self._connection.in_transaction:  # an interrupt or a full disk may have ended the transaction
            self._connection.execute("ROLLBACK")
            self._watch.keep()  # a long transaction may have written to the file

    @property
    def is_replaced(self) -> bool:
        """Whether another program has moved, deleted, replaced or overwritten the file.

        If so, a change of the study would be lost.
        """
        with explaining_errors(self._file, opened=True):
            return self._watch.is_replaced()

    @property
    def is_detached(self) -> bool:
        """Whether another program has moved, deleted or replaced the file at the path of the study.

        The open file still has the content of the study.
        """
        return self._watch.is_another_file()

    def compact(self) -> None:
        """Write the whole file again, to remove the free space in it."""
        self.query("VACUUM")
        self._watch.keep()

    def copy_into(self, target: Path) -> None:
        """Copy the open study into the empty file `target`.

        The file that is open is copied, even if its path now belongs to another file.
        """
        import sqlite3
        from contextlib import closing

        with explaining_errors(self._file, opened=True), closing(sqlite3.connect(target, isolation_level=None)) as copy:
            self._connection.backup(copy)

    def refuse_unrecorded(self, act: int | None) -> None:
        """Raise StudyFileError if the history does not record changes, or records them in an entry other than `act`.

        This happens only in a damaged file. `act` is the id of an entry; with None, the entry is not checked.
        """
        row = self.query("SELECT act, replaying FROM history").fetchone()
        if row is None:
            raise self.damaged(_RECORD.format("missing"))
        if row[1] or act not in (None, row[0]):
            raise self.damaged(_RECORD.format("wrong"))

    def damaged(self, what: str) -> StudyFileError:
        return StudyFileError(f"{self.path} is damaged: {what}.", f"the file is damaged: {what}", "check")

    @property
    def is_in_act(self) -> bool:
        """Whether a change of the study (a block of `Store.act`) is in progress."""
        return self._act is not None

    def wait_at_most(self, seconds: float) -> None:
        """Set the longest time in seconds that a read or change waits for another program to release its lock."""
        with explaining_errors(self._file, opened=True):
            self._connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")

    def wait_until_free(self, seconds: float, poll: Callable[[], object]) -> bool:
        """Wait until no other program locks the file, but at most `seconds`. Return whether the file is free.

        During the wait, `poll` is called several times per second; it may raise an exception to cancel the wait.
        """
        return wait_until_free(self.path, seconds, poll)

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
            if self._connection.in_transaction:  # an interrupt or a full disk may have ended the transaction
                self._connection.execute("RELEASE inner_act")

    @contextmanager
    def replaying(self) -> Iterator[None]:
        """Run the `with` block as a transaction whose changes the history does not record.

        Raises ConflictError inside a block of `Store.act`, and StudyFileError when the file cannot be changed.
        """
        if self._act is not None:
            raise ConflictError("An act is open: end it, then undo or redo.")
        with explaining_errors(self._file, opened=True):
            self._begin()
            try:
                self.refuse_unrecorded(None)
                self._connection.execute("PRAGMA defer_foreign_keys = ON")
                self._connection.execute("UPDATE history SET replaying = 1")
                yield
                self._connection.execute("UPDATE history SET replaying = 0")
                self._commit(None)
            except BaseException:
                self._roll_back()
                raise

    @contextmanager
    def unrecorded_part(self) -> Iterator[int]:
        """Turn off the recording of changes during the `with` block. Yield the id of the open entry of the history.

        Use it inside a block of `Store.act`, which opens this entry.
        """
        if self._act is None:
            raise AssertionError("an erasure outside an act has no entry of the history")
        self._act.is_kept = True
        self.change("PRAGMA defer_foreign_keys = ON")
        self.change("UPDATE history SET replaying = 1")
        yield self._act.id
        self.change("UPDATE history SET replaying = 0")  # after an error, the act refuses to end

    @contextmanager
    def record_inserts_after(self, *tables: str) -> Iterator[None]:
        """Let the `with` block insert rows into these tables. The history records the new rows after the block.

        This halves the time of many inserts. The block must run inside a block of `Store.act`, and must change no other
        tables. The new rows must have higher ids than all existing rows. If the block fails, the rows inserted until
        then are recorded.
        """
        if self._act is None:
            raise AssertionError("inserts outside an act cannot be undone")
        if self._is_bulk_load:  # a bulk load is not recorded
            yield
            return
        highest = {table: self.scalar(f"SELECT coalesce(max(id), 0) FROM {table}") for table in tables}
        self.change("UPDATE history SET replaying = 1")
        try:
            yield
        finally:
            if self._connection.in_transaction:  # an interrupt or a full disk may have ended the transaction
                from sibtui.store import insert_ranges

                self.change("UPDATE history SET replaying = 0")
                for table, last in highest.items():
                    insert_ranges.record(self, table, last)

    def change(self, sql: str, parameters: Sequence[Any] | dict[str, Any] = ()) -> int:
        """Run an SQL statement that changes rows. Return the id of the inserted row; 0 if no row was inserted.

        Call this inside `with store.act(…)`, so that the change is recorded and can be undone.
        """
        return self._connection.execute(sql, parameters).lastrowid or 0

    def change_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> int:
        """Run an SQL statement once for each tuple of parameters. Return how many rows were changed in all."""
        return self._connection.executemany(sql, rows).rowcount

    @property
    def data_version(self) -> int:
        """A number that changes whenever another connection changes the file."""
        return int(self.scalar("PRAGMA data_version"))

    def explained(self, error: BaseException) -> StudyFileError | None:
        """Return a StudyFileError that explains an error of SQLite on this study; None for any other error."""
        return explained(self._file, error, opened=True)

    def interrupt(self) -> None:
        """Stop the SQL statement that another thread runs on this store. The statement fails, and its transaction is rolled back."""
        with explaining_errors(self._file, opened=True):
            self._connection.interrupt()


class OpenAct:
    """A block of `Store.act` in progress: a change of the study, with its entry of the history.

    The caller may change the `summary` of the entry until the block ends.
    """

    def __init__(self, store: Store, verb: str, summary: str, coder: str, at: str) -> None:
        self.summary = summary
        self.at = at
        self.is_kept = False
        """Whether the act stays in the history even if it changes no row, as an erasure does."""
        self._store = store
        store.refuse_unrecorded(None)
        self._first = 1 + int(store.scalar("SELECT coalesce(max(id), 0) FROM images"))
        self.id = store.change(
            "INSERT INTO acts (at, coder, verb, summary, first_image, last_image) VALUES (?, ?, ?, ?, ?, 0)",
            (at, coder, verb, summary, self._first),
        )
        store.change("UPDATE history SET act = ?", (self.id,))

    def _finish(self) -> bool:
        """Complete the entry of the history at the end of the block. Return False when the block changed nothing."""
        self._store.refuse_unrecorded(self.id)
        last = int(self._store.scalar("SELECT coalesce(max(id), 0) FROM images"))
        if last < self._first and not self.is_kept:
            return False
        self._store.change("UPDATE acts SET state = 'dropped', dropped_by = ? WHERE state = 'undone'", (self.id,))
        self._store.change("UPDATE acts SET summary = ?, last_image = ? WHERE id = ?", (self.summary, last, self.id))
        from sibtui.store import seals

        seals.seal(self._store, self.id)
        self._store.change("UPDATE history SET act = NULL")
        return True
