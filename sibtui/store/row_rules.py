"""Rules about rows, such as: no code is below itself. The schema cannot express these rules.

sibtui itself writes no row that breaks such a rule, so a broken rule shows that the file is damaged.
"""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING

from sibtui.errors import StudyFileError
from sibtui.store.codes import DEEPEST
from sibtui.store.codings import TEXTS
from sibtui.store.soundness import LEFT_OUT, TREE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.store.connection import Store

LARGEST = 1 << 53
"""The largest whole number that JSON and other programs can store exactly. A larger position or id shows that the file is damaged."""
_TOGETHER = 1000
_UIDS = (
    "attributes",
    "cases",
    "claims",
    "codes",
    "codings",
    "matrices",
    "memos",
    "method_answers",
    "proposals",
    "queries",
    "source_sets",
    "sources",
    "summaries",
)
_NUMBERS = {
    "attributes": ("id", "position"),
    "cases": ("id", "position"),
    "claims": ("id", "position"),
    "codes": ("id", "position"),
    "codings": ("id", "start", '"end"', "round"),
    "images": ("id", "row"),
    "acts": ("id", "first_image", "last_image"),
    "matrices": ("id", "position", "min_quotes", "min_sources"),
    "memos": ("id",),
    "method_answers": ("id", "position"),
    "project": ("first_note",),
    "proposals": ("id",),
    "queries": ("id", "position"),
    "rounds": ("id", "number"),
    "source_sets": ("id", "position"),
    "sources": ("id", "position"),
    "texts": ("id", "length", "version"),
    "undecided": ("version", "start", '"end"'),
}

_CONTROL = "({0} GLOB '*[' || char(1) || '-' || char(31) || ']*' OR instr({0}, char(0)))"


def broken(store: Store, *, current_texts: bool = True) -> Iterator[str]:
    """Check the rules, and yield a sentence for each broken rule. The sentence names the rows that break it.

    If `current_texts` is False, the newest versions of the texts of sources are not checked.
    """
    yield from _project(store)
    yield from _tree(store)
    clean = {table for table in _UIDS if _is_clean(store, table)}  # quicker than the checks below
    yield from _numbers(store, clean)
    yield from _lasting_ids(store, clean)
    yield from _texts(store, current=current_texts)
    yield from _tables_of_images(store)


def _project(store: Store) -> Iterator[str]:
    rows = store.scalar("SELECT count(*) FROM project")
    if rows != 1:
        number = "no row" if rows == 0 else f"{rows} rows"
        yield f"the facts of the study have {number} in place of one (table project)."


def _tree(store: Store) -> Iterator[str]:
    """Yield one sentence about codes without a valid place in the codebook; nothing if there are no such codes.

    Such a code is in a cycle of parents, is below such a cycle, or is too deep. Codes whose parent is missing are
    checked elsewhere.
    """
    missing = "parent_id IS NOT NULL AND parent_id NOT IN (SELECT id FROM codes)"
    rows = store.query(
        f"{TREE} SELECT id FROM codes WHERE id NOT IN (SELECT id FROM tree) AND NOT ({missing}) ORDER BY id"
    ).fetchall()
    if rows:
        numbers = _some([row[0] for row in rows])
        yield f"{numbers} of codes hang below themselves or below more than {DEEPEST} levels, so no theme reaches them."


def _numbers(store: Store, clean: set[str]) -> Iterator[str]:
    for table, columns in _NUMBERS.items():
        if table in clean or store.scalar(f"SELECT 1 FROM {table} WHERE {_odd(table)} LIMIT 1") is None:
            continue
        for column in columns:
            rows = [
                row[0]
                for row in store.query(
                    f"SELECT id FROM {table} WHERE typeof({column}) = 'integer' AND {column} NOT BETWEEN ? AND ?",
                    (-LARGEST, LARGEST),
                )
            ]
            if rows:
                name = column.strip('"')
                yield f"{_some(rows)} of {table}: the number in {name} is out of range."
        if columns[0] == "id" and table not in ("acts", "images"):
            rows = [row[0] for row in store.query(f"SELECT id FROM {table} WHERE id < 1")]
            if rows:
                yield f"{_some(rows)} of {table}: the number in id is not positive."


def _odd(table: str) -> str:
    """Return the SQL condition for the rows of a table that have a number outside its range, such as a negative id."""
    limits = [f"{column} NOT BETWEEN {1 if column == 'id' else -LARGEST} AND {LARGEST}" for column in _NUMBERS[table]]
    return " OR ".join(limits)


def _lasting_ids(store: Store, clean: set[str]) -> Iterator[str]:
    for table in _UIDS:
        if table in clean:
            continue
        rows = [row[0] for row in store.query(f"SELECT max(id) FROM {table} GROUP BY uid HAVING count(*) > 1")]
        if rows:
            yield f"{_some(rows)} of {table}: the lasting id is that of another row."
        rows = [row[0] for row in store.query(f"SELECT id FROM {table} WHERE {_CONTROL.format('uid')} ORDER BY id")]
        if rows:
            yield f"{_some(rows)} of {table}: the lasting id has control characters."
        if store.is_utf8:
            yield from _not_utf8(store, table, ("uid",))


def _is_clean(store: Store, table: str) -> bool:
    """Return True if a quick check finds all lasting ids and numbers of a table valid.

    If the result is False, slower checks must look for the invalid rows. To save memory, only the hashes of the ids are
    compared.
    """
    odd = _odd(table) if table in _NUMBERS else "0"
    try:
        if _has_usual_ids(store, table, odd):
            return True
        rows = store.query(f"SELECT CAST(CASE WHEN {odd} THEN '-' ELSE coalesce(uid, '-') END AS BLOB) FROM {table}")
        count, hashes = 0, set[int]()
        while uids := [row[0] for row in rows.fetchmany(_TOGETHER)]:
            if not b"".join(uids).isalnum():
                return False
            count += len(uids)
            hashes.update(map(hash, uids))
    except (sqlite3.DatabaseError, StudyFileError):  # the checks that follow report it
        return False
    return len(hashes) == count


def _has_usual_ids(store: Store, table: str, odd: str) -> bool:
    """Return whether each lasting id of a table has 32 hexadecimal digits, and no two ids share the first 16.

    This check is quicker than `_is_clean`, and sufficient for the ids that sibtui makes. `odd` is an SQL condition: if it
    is true for a row (a number is out of range), the result is also False.
    """
    query = (
        f"SELECT count(*), CAST(group_concat(CASE WHEN {odd} OR length(uid) <> 32 THEN '-' ELSE uid END, '') AS BLOB),"
        f" (SELECT min(id) FROM {table} WHERE id > :last) FROM {table} WHERE id BETWEEN :first AND :last"
    )
    count, halves = 0, set[int]()
    first = store.scalar(f"SELECT min(id) FROM {table}")
    while first is not None:
        if first > LARGEST:
            return False
        rows, joined, first = store.query(query, {"first": first, "last": first + _TOGETHER - 1}).fetchone()
        if len(joined or b"") != 32 * rows or not joined.isalnum():
            return False
        try:
            halves.update(memoryview(bytes.fromhex(joined.decode())).cast("q").tolist()[::2])
        except ValueError:  # letters that are no hexadecimal digits
            return False
        count += rows
    return len(halves) == count


def _texts(store: Store, *, current: bool) -> Iterator[str]:
    """Yield a sentence for each text whose length or SHA-256 differs from the stored value.

    If `current` is False, the newest versions of the texts of sources are not checked.
    """
    older = "" if current else " WHERE t.version < (SELECT max(version) FROM texts WHERE source_id = t.source_id)"
    for row, name in store.query(
        f"SELECT t.id, s.name FROM texts t JOIN sources s ON s.id = t.source_id{older} ORDER BY s.position, t.version"
    ).fetchall():
        _, problem = _checked_text(store, name, "id", row)
        if problem:
            yield problem


def current_text(store: Store, source: int, name: object) -> tuple[str | None, str]:
    """Return (newest text of a source, sentence about its problem). `name` is the name of the source.

    The sentence is about the length, the SHA-256 or the encoding of the text; it is empty if there is no problem. The
    text is None if it is missing or cannot be read.
    """
    return _checked_text(store, name, "source_id", source)


def _checked_text(store: Store, name: object, key: str, number: int) -> tuple[str | None, str]:
    """Check a stored text, and return the result of `current_text` for it.

    The row of the text has `number` in the column `key`. If there are several such rows, the newest version is
    checked.
    """
    # as bytes, so that the text is not encoded again for its digest
    stored = "CASE WHEN typeof(text) = 'text' THEN CAST(text AS BLOB) END" if store.is_utf8 else "text"
    newest = f"FROM texts WHERE {key} = ? ORDER BY version DESC LIMIT 1"
    text: str | None = None
    try:
        found = store.query(f"SELECT {stored}, length, sha256 {newest}", (number,)).fetchone()
        if found is None:
            return None, ""
        data, length, sha256 = found
        text = data.decode() if isinstance(data, bytes) else data
        digest = hashlib.sha256(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")).hexdigest()
    except (sqlite3.DatabaseError, StudyFileError, AttributeError, TypeError, UnicodeError):
        problem = "cannot be read."
    else:
        if digest == sha256 and length == len(text or ""):
            return text, ""
        problem = (
            f"has {len(text or ''):,} characters, and its row records another number."
            if digest == sha256
            else "is not the text that was stored: it has another SHA-256."
        )
    row, version = store.query(f"SELECT id, version {newest}", (number,)).fetchone()
    of = f"the text of “{name}”, version {version}," if isinstance(name, str) else f"row {row} of texts"
    return text, f"{of} {problem}"


def _tables_of_images(store: Store) -> Iterator[str]:
    rows = store.query(
        "SELECT DISTINCT tbl FROM images WHERE tbl NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table')"
        " OR tbl IN ('acts', 'images', 'history') OR tbl LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    if rows:
        yield "the history names tables that no study has, so that these changes cannot be undone."


_READ = {"texts": ("text",), "codings": (*TEXTS, "stance", "certainty")}
"""A map: table → columns whose texts other checks read.

These checks are `_texts`, the comparison of codings with the texts, and `PRAGMA integrity_check`: the schema has the
only texts that a stance or certainty can be. `_lasting_ids` reads the lasting ids of all tables.
"""


def not_utf8(store: Store) -> Iterator[str]:
    """Yield a sentence for each table with texts that are not UTF-8.

    Columns whose texts are checked elsewhere are left out. For a file in UTF-16, nothing is yielded, because SQLite
    converts its texts.
    """
    if not store.is_utf8:
        return
    for (table,) in store.query("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
        columns = store.query("SELECT name FROM pragma_table_info(?) WHERE type = 'TEXT'", (table,)).fetchall()
        read = {*_READ.get(table, ()), *(("uid",) if table in _UIDS else ())}
        names = [name for (name,) in columns if name not in read]
        if table not in LEFT_OUT and names:
            yield from _not_utf8(store, table, names)


def codings_not_utf8(store: Store, source: int) -> Iterator[str]:
    """Yield a sentence if texts of codings in a source are not UTF-8.

    If SQLite cannot read the codings, yield nothing.
    """
    with suppress(sqlite3.DatabaseError, StudyFileError):
        if store.is_utf8:
            yield from _not_utf8(store, "codings", TEXTS, f"source_id = {source}")


def _not_utf8(store: Store, table: str, columns: Sequence[str], where: str = "1") -> Iterator[str]:
    # the line breaks prevent two halves of a character from making a whole character
    joined = " || char(10) || ".join(f"coalesce(\"{name}\", '')" for name in columns)
    found = store.query(f'SELECT id, CAST({joined} AS BLOB) FROM "{table}" WHERE {where} ORDER BY id')
    rows: list[int] = []
    while part := found.fetchmany(_TOGETHER):
        if not _is_utf8(b"\n".join([text for _, text in part])):
            rows += [row for row, text in part if not _is_utf8(text)]
    if rows:
        yield f"{_some(rows)} of {table}: a text has bytes that are not UTF-8."


def _is_utf8(joined: bytes) -> bool:
    try:
        joined.decode()
    except UnicodeDecodeError:
        return False
    return True


def _some(rows: list[int]) -> str:
    """Return row ids as words, such as `row 3` or `rows 3, 4, 5 and 7 more`."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    shown = ", ".join(map(str, rows[:3]))
    return f"rows {shown}" if len(rows) <= 3 else f"rows {shown} and {len(rows) - 3} more"
