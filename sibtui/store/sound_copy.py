"""A copy in memory of the undamaged rows of a study, with a list of the rows that were lost.

A row counts as damaged if SQLite refuses to insert it into a new study.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sibtui.model.lost_rows import LostRows
from sibtui.store import opening
from sibtui.store.connection import Store
from sibtui.store.salvage_rows import AlteredText, read_rows
from sibtui.store.soundness import LEFT_OUT, TREE, WITHOUT_TEXT

if TYPE_CHECKING:
    from pathlib import Path

_PARTS = {
    "case_values", "coding_cases", "lineage", "matrix_columns", "matrix_evidence", "matrix_marks", "matrix_notes",
    "matrix_row_codes", "matrix_rows", "round_sources", "set_sources", "source_cases", "source_values", "texts", "undecided",
}  # fmt: skip
"""The tables whose rows are parts of a row in another table. If that row is lost, its parts are not counted as additional losses."""
_ROUNDS = 50
UNREADABLE = "damaged pages of the file"
REFUSED = "a value that no study has"
REPAIRED = "damaged characters or values, shown as far as they can be read"
NO_PLACE = "no place in the codebook; shown as themes"
NO_TEXT = "no text; shown as empty"
NO_FACTS = "no row with the facts of the study; its name is that of the file"


def sound_copy(path: Path) -> tuple[Store, tuple[LostRows, ...]]:
    """Return (store, lost rows). The store has all undamaged rows of the study at `path`.

    The store is in memory and read only. Raises StudyFileError when the file cannot be opened as a study.
    """
    connection, _ = opening.open_file(path)
    with closing(connection):
        copy = _Copy(path, connection)
        for table in copy.tables():
            copy.read(table)
    copy.repair_codes()
    copy.remove_loose_rows()
    copy.repair_texts()
    copy.repair_facts()
    return copy.store(), copy.losses()


class _Copy:
    def __init__(self, path: Path, damaged: sqlite3.Connection) -> None:
        self._path = path
        self._damaged = damaged
        self._sound = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        opening._migrate(self._sound)  # noqa: SLF001 - a copy is opened as a new file is
        self._sound.execute("PRAGMA foreign_keys = OFF")
        self._sound.execute("PRAGMA recursive_triggers = OFF")
        self._sound.execute("UPDATE history SET replaying = 1")
        self._lost: Counter[tuple[str, str]] = Counter()
        self._lost_rows: set[tuple[str, int]] = set()

    def tables(self) -> list[str]:
        rows = self._sound.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return [name for (name,) in rows if name not in LEFT_OUT]

    def read(self, table: str) -> None:
        """Copy the rows of a table from the damaged study. Rows that cannot be read or stored are counted as lost."""
        columns = self._sound.execute(f"PRAGMA table_info({table})").fetchall()
        names = ", ".join(f'"{column[1]}"' for column in columns)
        insert = f"INSERT INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
        read = read_rows(self._damaged, table, [column[1] for column in columns])
        if read.is_damaged:
            self._lost[table, UNREADABLE] = read.lost
        self._sound.execute("BEGIN")
        for row in read.rows:
            replaced = any(isinstance(value, AlteredText) for value in row)
            try:
                self._sound.execute(insert, row)
            except sqlite3.Error:
                try:
                    self._sound.execute(insert, _repaired(row, columns))
                    replaced = True
                except sqlite3.Error:
                    self._lose(table, row[0], REFUSED)
                    continue
            if replaced:
                self._lost[table, REPAIRED] += 1
        self._sound.execute("COMMIT")

    def _lose(self, table: str, row: object, reason: str) -> None:
        self._lost[table, reason] += 1
        if isinstance(row, int):
            self._lost_rows.add((table, row))

    def repair_codes(self) -> None:
        """Turn each code without a valid place in the codebook into a theme.

        Such a code has a missing parent, is in a cycle, or is too deep. If a theme already has the name of the code,
        the code is removed instead.
        """
        self._themes("parent_id NOT IN (SELECT id FROM codes)")
        unreached = f"id NOT IN ({TREE} SELECT id FROM tree)"
        for _ in range(_ROUNDS):
            if not self._themes(f"id = (SELECT min(id) FROM codes WHERE {unreached})"):
                return
        self._themes(unreached)

    def _themes(self, condition: str) -> int:
        codes = [row[0] for row in self._sound.execute(f"SELECT id FROM codes WHERE {condition}").fetchall()]
        for code in codes:
            try:
                self._sound.execute("UPDATE codes SET parent_id = NULL WHERE id = ?", (code,))
                self._lost["codes", NO_PLACE] += 1
            except sqlite3.IntegrityError:  # another theme has its name
                self._sound.execute("DELETE FROM codes WHERE id = ?", (code,))
                self._lose("codes", code, "another theme of the same name")
        return len(codes)

    def remove_loose_rows(self) -> None:
        """Remove from the copy each row that refers to a missing row, and count it as lost.

        A row that is only a part of a lost item, such as a case of a lost coding, is not counted.
        """
        while loose := self._sound.execute("PRAGMA foreign_key_check").fetchall():
            for table, row, parent, key in loose:
                (column,) = (
                    each[3] for each in self._sound.execute(f"PRAGMA foreign_key_list({table})") if each[0] == key
                )
                found = self._sound.execute(f'SELECT "{column}" FROM {table} WHERE id = ?', (row,)).fetchone()
                if found is None:  # removed for another reference
                    continue
                self._sound.execute(f"DELETE FROM {table} WHERE id = ?", (row,))
                of_lost = (parent, found[0]) in self._lost_rows or (parent, UNREADABLE) in self._lost
                if table in _PARTS and of_lost:
                    self._lost_rows.add((table, row))
                else:
                    self._lose(table, row, f"missing {LostRows.noun(parent)}")

    def repair_texts(self) -> None:
        """Give an empty text to each source that has lost its text, because every source needs a text."""
        for (source,) in self._sound.execute(WITHOUT_TEXT).fetchall():
            self._sound.execute(
                "INSERT INTO texts (source_id, version, length, sha256, added, text) VALUES (?, 1, 0, ?, '', '')",
                (source, hashlib.sha256(b"").hexdigest()),
            )
            self._lost["sources", NO_TEXT] += 1

    def repair_facts(self) -> None:
        if self._sound.execute("SELECT 1 FROM project").fetchone() is None:
            self._sound.execute(
                "INSERT INTO project (id, name, guid, created) VALUES (1, ?, ?, '1970-01-01T00:00:00.001Z')",
                (self._path.stem, "00000000-0000-0000-0000-000000000000"),
            )
            self._lost["project", NO_FACTS] += 1

    def store(self) -> Store:
        opening._configure(self._sound)  # noqa: SLF001 - a copy is opened as a file is
        self._sound.execute("PRAGMA query_only = ON")
        return Store(
            self._path, self._sound, read_only=f"{self._path} is damaged: it can be read in part, but not changed."
        )

    def losses(self) -> tuple[LostRows, ...]:
        return tuple(LostRows(table, rows, reason) for (table, reason), rows in self._lost.items())


def _repaired(row: tuple[Any, ...], columns: list[tuple[Any, ...]]) -> list[Any]:
    """Return the values of the row, with values of a wrong type converted.

    For example, bytes become text, and NULL becomes ''. A value stays wrong if a conversion would invent content.
    `columns` describe the types (`PRAGMA table_info`).
    """
    values: list[Any] = []
    for value, (_, _, kind, needed, _, _) in zip(row, columns, strict=True):
        if kind == "TEXT" and isinstance(value, bytes):
            values.append(value.decode(errors="replace"))
        elif kind == "TEXT" and isinstance(value, int | float):
            values.append(str(value))
        elif kind == "TEXT" and value is None and needed:
            values.append("")
        elif kind == "INTEGER" and isinstance(value, float) and value.is_integer():
            values.append(int(value))
        else:
            values.append(value)
    return values
