"""Salvage: making a new study from all readable rows of a damaged study.

The damaged file is not changed: the rows are read from a copy of it.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError
from sibtui.model.salvage import Salvaged, SalvageLoss
from sibtui.model.summaries import REMOVED, with_links
from sibtui.store.file_errors import is_busy, is_full, no_room
from sibtui.store.opening import make_empty
from sibtui.store.part_files import make_part
from sibtui.store.salvage_copy import copy_repaired, open_damaged, restore_schema
from sibtui.store.salvage_rows import AlteredText, decoded, read_rows
from sibtui.store.side_files import remove_side_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sibtui.model.salvage import LossKind

    Losses = Counter[tuple[str, LossKind]]

_HISTORY = ("seals", "kept_coding_cases", "kept_codings", "images", "acts")
"""The tables of the history, except `history`. That table has no entries, but controls the recording of changes."""
_OWN = ("history", "_sqlite_migrations")
"""The tables whose rows are not copied, because every study has its own rows there."""
_PLACEHOLDERS = {
    "coders": "INSERT INTO coders (id, name) VALUES (:id, 'lost coder ' || :id)",
    "codes": "INSERT INTO codes (id, name, position, since) VALUES (:id, 'lost code ' || :id, :id, :now)",
    "cases": "INSERT INTO cases (id, label, position) VALUES (:id, 'lost case ' || :id, :id)",
    "sources": "INSERT INTO sources (id, name, kind, fidelity, added, position) VALUES (:id, 'lost source ' || :id, 'other', 'notes', :now, :id)",
}
"""A map: table → SQL that inserts a placeholder for a lost row.

With a placeholder, other rows that refer to the lost row can be kept.
"""


def salvage(damaged: Path, target: Path, *, at: str, guid: str, poll: Callable[[], object] = lambda: None) -> Salvaged:
    """Fill the empty file `target` with the readable rows of the study `damaged`.

    Return how many rows were copied and lost. If the facts about the study itself are lost, the new study gets the id
    `guid` and the creation time `at`. Codes and sources that replace lost ones get the time `at` too. `poll` is called
    for each table, and may raise an exception to cancel. Raises StudyFileError when the file is not a study, or nothing
    in it can be read.
    """
    work = make_part(target)
    try:
        version = copy_repaired(damaged, work)
        target.unlink()
        with closing(make_empty(target, version)) as made:
            restore_schema(work, made, version)
            with closing(open_damaged(work)) as old:
                return _copy_tables(old, made, damaged, at=at, guid=guid, poll=poll)
    except OSError as error:
        raise StudyFileError(f"Cannot copy {damaged}, to read its rows: {error.strerror}.") from error
    except sqlite3.OperationalError as error:
        if is_full(error):
            raise no_room(damaged) from error
        raise
    finally:
        remove_side_files(work)
        work.unlink(missing_ok=True)


def _copy_tables(
    old: sqlite3.Connection, made: sqlite3.Connection, damaged: Path, *, at: str, guid: str, poll: Callable[[], object]
) -> Salvaged:
    known = _definitions(old)
    tables = [row[0] for row in made.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")]
    tables = [name for name in tables if name not in _OWN and not name.startswith("sqlite_")]
    if not known.keys() & set(tables):
        raise StudyFileError(f"{damaged} is not a study, or nothing can be read from it.", hint="other-copy")
    losses: Losses = Counter()
    made.execute("PRAGMA foreign_keys = OFF")
    made.execute("BEGIN IMMEDIATE")
    made.execute("UPDATE history SET replaying = 1")
    for table in tables:
        poll()
        sql = made.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()[0]
        if known.get(table) != sql:  # a damaged or foreign definition: SQLite could run code in it
            losses[table, "unreadable"] += table not in known or 1
            continue
        _copy_rows(old, made, table, losses)
    _make_project(made, losses, at=at, guid=guid)
    _settle_references(made, losses, at)
    if any(losses.values()):
        _leave_out_history(made, losses)
    made.execute("UPDATE history SET act = NULL, replaying = 0")
    rows = {table: made.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
    made.execute("COMMIT")
    if not any(rows[table] for table in ("sources", "codes", "codings", "cases")) and any(losses.values()):
        raise StudyFileError(f"{damaged}: nothing can be read from it.", hint="other-copy")
    return Salvaged(rows, tuple(SalvageLoss(table, kind, count) for (table, kind), count in losses.items() if count))


def _definitions(old: sqlite3.Connection) -> dict[str, str]:
    """Return a map: name of a table → SQL that creates it. Tables whose definition cannot be read are left out."""
    found: dict[str, str] = {}
    try:
        found.update(old.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND sql IS NOT NULL"))
    except sqlite3.DatabaseError as error:
        if is_busy(error):
            raise StudyFileError(f"The copy of the study is locked: {error}.") from error
    return found


def _copy_rows(old: sqlite3.Connection, made: sqlite3.Connection, table: str, losses: Losses) -> None:
    types = {row[1]: row[2] for row in made.execute(f'PRAGMA table_info("{table}")')}
    columns = list(types)
    names = ", ".join(f'"{name}"' for name in columns)
    insert = f'INSERT INTO "{table}" ({names}) VALUES ({", ".join("?" * len(columns))})'
    read = read_rows(old, table, columns)
    losses[table, "unreadable"] += read.lost
    for row in read.rows:
        values = [
            decoded(value) if isinstance(value, bytes) and kind != "BLOB" else value
            for value, kind in zip(row, types.values(), strict=True)
        ]
        try:
            made.execute(insert, values)
        except (sqlite3.DatabaseError, OverflowError):
            losses[table, "invalid"] += 1
        else:
            losses[table, "altered"] += any(isinstance(value, AlteredText) for value in values)


def _make_project(made: sqlite3.Connection, losses: Losses, *, at: str, guid: str) -> None:
    if made.execute("SELECT 1 FROM project").fetchone() is None:
        made.execute("INSERT INTO project (id, name, guid, created) VALUES (1, 'salvaged study', ?, ?)", (guid, at))
        losses["project", "unreadable"] += not losses["project", "unreadable"]


def _settle_references(made: sqlite3.Connection, losses: Losses, at: str) -> None:
    """Insert placeholders for the lost coders, codes, cases and sources that rows need. Count them in `losses`.

    Rows that refer to any other missing row are removed.
    """
    with_text = {row[0] for row in made.execute("SELECT source_id FROM texts")}
    for table, number in sorted({(parent, row[0]) for parent, row in _missing(made) if parent in _PLACEHOLDERS}):
        if table == "sources" and number not in with_text:
            continue
        with suppress(sqlite3.IntegrityError):
            made.execute(_PLACEHOLDERS[table], {"id": number, "now": at})
            losses[table, "replaced"] += 1
    while dangling := made.execute("PRAGMA foreign_key_check").fetchall():
        for table, row in {(table, row) for table, row, _, _ in dangling}:
            losses[table, "orphaned"] += made.execute(f'DELETE FROM "{table}" WHERE rowid = ?', (row,)).rowcount
    losses["codings", "orphaned"] += made.execute(  # a coding without a text has no place
        "DELETE FROM codings WHERE source_id NOT IN (SELECT source_id FROM texts)"
    ).rowcount
    if made.execute("PRAGMA foreign_key_check").fetchone() is not None:
        _settle_references(made, losses, at)


def _missing(made: sqlite3.Connection) -> Iterable[tuple[str, tuple[int]]]:
    """Yield (table, (id,)) for each missing row to which another row refers."""
    keys: dict[tuple[str, int], tuple[str, str]] = {}
    for table, row, parent, number in made.execute("PRAGMA foreign_key_check").fetchall():
        if (table, number) not in keys:
            for key in made.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
                keys[table, key[0]] = (key[2], key[3])
        column = keys[table, number][1]
        found = made.execute(f'SELECT "{column}" FROM "{table}" WHERE rowid = ?', (row,)).fetchone()
        if found is not None:
            yield parent, found


def _leave_out_history(made: sqlite3.Connection, losses: Losses) -> None:
    """Remove the whole history: undo needs all rows of the study, and some rows are lost."""
    present = {row[0] for row in made.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    for table in _HISTORY:
        if table in present:
            count = made.execute(f'DELETE FROM "{table}"').rowcount
            if table == "acts":
                losses[table, "left out"] += count
    if "summaries" in present:
        _settle_links(made)


def _settle_links(made: sqlite3.Connection) -> None:
    """Replace links of summaries to missing codings by `REMOVED`.

    Without the history, a new coding may get the id of a missing coding. A link would then lead to the new coding.
    """
    kept = {None, *(row[0] for row in made.execute("SELECT id FROM codings"))}  # None: a link to a place
    for number, text in made.execute("SELECT id, text FROM summaries").fetchall():
        new = with_links(text, lambda link: link.words if link.coding in kept else REMOVED)
        if new != text:
            made.execute("UPDATE summaries SET text = ? WHERE id = ?", (new, number))
