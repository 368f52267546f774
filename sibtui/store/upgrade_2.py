"""The upgrade of a study file from version 1 to version 2. The states of rows in the history are upgraded too.

Tables and columns get new names. Every row gets a lasting id, which is computed from facts of the row. So two copies of
a study get the same ids if they are upgraded separately. Version 1 records whether a source was read; version 2 records
who has read it. Every case gets a letter: the key that chooses the case on the screen.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sibtui.model.case_letters import case_letters
from sibtui.model.lasting_ids import DerivedIds, code_facts, coding_facts, memo_facts
from sibtui.store.schema_2 import INDEXES_2, LASTING, TABLES_2
from sibtui.store.upgrade_2_readings import insert_readings, readings_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from sibtui.store.upgrade_2_readings import Facts

_RENAMED = {"topics": "coverage"}
"""A map: new name of a table → its old name."""


def upgrade(connection: sqlite3.Connection) -> None:
    """Upgrade a version 1 file to version 2: its tables, its rows, and the recorded states of rows in the history.

    The triggers that record changes are removed. The caller creates the triggers of the new version.
    """
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    guid = connection.execute("SELECT guid FROM project").fetchone()
    readings = readings_of(connection)
    ids = _RowIds(connection, DerivedIds(guid[0] if guid else ""))
    connection.create_function("row_uid", -1, ids, deterministic=False)
    connection.execute("PRAGMA legacy_alter_table = ON")  # references to a renamed table keep its old name
    for table, sql in TABLES_2.items():
        _remake(connection, table, sql)
    connection.execute("PRAGMA legacy_alter_table = OFF")
    for index in INDEXES_2:
        connection.execute(index)
    _give_letters(connection)
    _fill_lineage(connection)
    for table in LASTING:
        for number, uid in ids.of_images(table):
            connection.execute(
                "UPDATE images SET image = json_set(image, '$.uid', ?) WHERE tbl = ? AND row = ? AND image IS NOT NULL",
                (uid, table, number),
            )
    _convert_images(connection)
    insert_readings(connection, readings)


def _remake(connection: sqlite3.Connection, table: str, sql: str) -> None:
    """Replace a table by one with the new definition `sql`, and copy its rows. New columns get their default values."""
    old = _RENAMED.get(table, table)
    before = _columns(connection, old)
    if before:
        connection.execute(f"ALTER TABLE {old} RENAME TO {old}_1")
    connection.execute(sql)
    if not before:
        return
    shared = [name for name in _columns(connection, table) if name in before]
    names = ", ".join(f'"{name}"' for name in shared)
    into, values = names, names
    if table in LASTING:
        facts = ", ".join(f'"{name}"' for name in _FACTS[table])
        into, values = f"uid, {names}", f"row_uid('{table}', {facts}), {names}"
    order = 'source_id, start, "end", id' if table == "codings" else "id"
    connection.execute(f"INSERT INTO {table} ({into}) SELECT {values} FROM {old}_1 ORDER BY {order}")
    connection.execute(f"DROP TABLE {old}_1")


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})").fetchall()]


_FACTS = {
    "attributes": ("id", "owner", "name"),
    "cases": ("id", "label"),
    "sources": ("id", "name"),
    "codes": ("id", "parent_id", "name", "since"),
    "codings": ("id", "source_id", "start", "end", "code_id", "coder_id", "created"),
    "memos": ("id", "target", "source_id", "case_id", "code_id", "matrix_id", "coder_id", "created"),
    "matrices": ("id", "name"),
}
"""A map: table → columns from which the lasting id of a row is computed."""


class _RowIds:
    """Computes the lasting ids of the rows in an older file. A lasting id is the same in all copies of the study.

    An id is computed from the earliest values of the row in the history, because later values may differ between
    copies.
    """

    def __init__(self, connection: sqlite3.Connection, derived: DerivedIds) -> None:
        self._derived = derived
        self._first = {table: dict(_first_facts(connection, table)) for table in LASTING}
        self._coders = dict(connection.execute("SELECT id, name FROM coders").fetchall())
        self._parents = {
            number: facts for number, *facts in connection.execute("SELECT id, parent_id, name, since FROM codes")
        }
        self._ids: dict[tuple[str, int], str] = {}

    def __call__(self, table: str, number: int, *facts: Any) -> str:
        """Return the lasting id of the row whose `id` in a table is `number`.

        The id is computed from the earliest values of the row in the history. If there are none, it is computed from
        `facts`: the present values in the columns that `_FACTS` names, except the column `id`.
        """
        key = (table, number)
        if key in self._ids:  # a parent code may have got its id earlier, for one of its sub-codes
            return self._ids[key]
        first = self._first[table].get(number)
        if first is not None:
            facts = tuple(first.get(name) for name in _FACTS[table][1:])
        uid = self._derive(table, *facts)
        if table != "codings" or first is not None:
            self._ids[key] = uid
        return uid

    def _derive(self, table: str, *facts: Any) -> str:
        if table == "codes":
            above, name, since = facts
            return self._derived.next_of(*code_facts(self._of("codes", above), name, since))
        if table == "codings":
            source, start, end, code, coder, created = facts
            place = (self._of("sources", source), start, end, self._of("codes", code))
            return self._derived.next_of(*coding_facts(*place, self._coders.get(coder, ""), created))
        if table == "memos":
            target, source, case, code, matrix, coder, created = facts
            owners = (("sources", source), ("cases", case), ("codes", code), ("matrices", matrix))
            of = next((self._of(owner, number) for owner, number in owners if number is not None), "")
            return self._derived.next_of(*memo_facts(target, of, self._coders.get(coder, ""), created))
        return self._derived.next_of(
            {"attributes": "attribute", "cases": "case", "sources": "source"}.get(table, "matrix"), *facts
        )

    def _of(self, table: str, number: int | None) -> str:
        """Return the lasting id of the row with the id `number`; an empty text if there is no such row."""
        if number is None:
            return ""
        if (table, number) not in self._ids and table == "codes" and number in self._parents:
            return self(table, number, *self._parents[number])
        if (table, number) not in self._ids and number in self._first[table]:
            return self(table, number)
        return self._ids.get((table, number), "")

    def of_images(self, table: str) -> Iterator[tuple[int, str]]:
        """Yield (row id, lasting id) for each row in `table` that has images (recorded states) in the history."""
        for number in self._first[table]:
            yield number, self(table, number)


def _first_facts(connection: sqlite3.Connection, table: str) -> Iterator[tuple[int, Facts]]:
    """Yield (row id, values) for each row in `table` that has a recorded state in the history.

    The values are the oldest recorded state. States from undone changes are used only if the row has no others.
    """
    order = "ORDER BY (a.state = 'done'), i.id DESC"
    first: dict[int, Facts] = {}
    for row, image in connection.execute(
        "SELECT i.row, i.image FROM images i JOIN acts a ON a.id = i.act"
        f" WHERE i.tbl = ? AND i.image IS NOT NULL {order}",
        (table,),
    ):
        first[row] = json.loads(image)
    yield from first.items()


def _give_letters(connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT id, label FROM cases ORDER BY position, id").fetchall()
    for (number, _), letter in zip(rows, case_letters([label for _, label in rows]), strict=True):
        connection.execute("UPDATE cases SET letter = ? WHERE id = ?", (letter, number))


def _fill_lineage(connection: sqlite3.Connection) -> None:
    """Store in each merge event of the lineage the time at which the removed code was created.

    Readings before this time do not count for the code that remains.
    """
    merged = connection.execute("SELECT id, at, path FROM lineage WHERE event = 'merged'").fetchall()
    for number, at, path in merged:
        since = connection.execute(
            "SELECT max(i.image ->> 'since') FROM images i JOIN acts a ON a.id = i.act"
            " WHERE i.tbl = 'codes' AND i.op = 'delete' AND a.verb = 'code merge'"
            " AND (:path = i.image ->> 'name' OR :path LIKE '%/' || (i.image ->> 'name'))"
            " AND a.at = (SELECT max(at) FROM acts WHERE verb = 'code merge' AND at <= :at)",
            {"at": at, "path": path},
        ).fetchone()[0]
        if since:
            connection.execute("UPDATE lineage SET since = ? WHERE id = ?", (since, number))


_NEW_IN_IMAGES: dict[str, Facts] = {
    "project": {"language": ""},
    "cases": {"letter": ""},
    "sources": {"language": ""},
    "lineage": {"since": ""},
    "topics": {"case_id": None},
    "matrices": {
        "min_kinds": 1, "needs": "", "leave_out": "", "judged_suffix": "", "rows_from": "", "rows_below": None,
    },
    "matrix_rows": {"needs": ""},
    "judgements": {"basis": ""},
}  # fmt: skip
"""A map: table → map of the columns that images (recorded states of rows) of version 1 lack.

The inner map has the value to add for each column.
"""


def _convert_images(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE images SET tbl = 'topics' WHERE tbl = 'coverage'")
    for table, new in _NEW_IN_IMAGES.items():
        pairs = ", ".join(f"'$.{name}', ?" for name in new)
        connection.execute(
            f"UPDATE images SET image = json_set(image, {pairs}) WHERE tbl = ? AND image IS NOT NULL",
            (*new.values(), table),
        )
    connection.execute(
        "UPDATE images SET image = json_set(image, '$.letter', (SELECT letter FROM cases WHERE cases.id = images.row))"
        " WHERE tbl = 'cases' AND image IS NOT NULL AND row IN (SELECT id FROM cases)"
    )
