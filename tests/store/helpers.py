"""Short forms of acts, and raw SQL for changes that the store does not make."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.store import cases

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sibtui.store.connection import OpenAct, Store

DATA = Path(__file__).parents[1] / "data"
EMPTIED = {"codings": ("before", "after"), "kept_codings": ("before", "after")}
"""The columns that the upgrade to version 12 empties: table → columns."""


def act(store: Store, verb: str = "case add") -> AbstractContextManager[OpenAct]:
    return store.act(verb, "a test", coder="me", at="2020-05-14T10:00:00.001Z")


def add_case(store: Store, label: str) -> int:
    with act(store):
        return cases.add_case(store, label, None)


def labels(store: Store) -> list[str]:
    return list(cases.case_ids(store))


def rows(store: Store, table: str) -> list[tuple]:
    return store.query(f"SELECT * FROM {table} ORDER BY id").fetchall()


def rows_of_file(path: Path, sql: str) -> list[tuple]:
    """Return the rows that a query finds in a study file, which is only read."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        return connection.execute(sql).fetchall()


def assert_images_have(store: Store, old: Path, table: str, column: str, value: object) -> None:
    """The images of a table have the new column with its value, and erased images are still empty."""
    images = store.query("SELECT image FROM images WHERE tbl = ? AND image <> '{}'", (table,)).fetchall()
    assert images
    keys = {store.scalar("SELECT group_concat(key) FROM (SELECT key FROM json_each(?))", image) for image in images}
    assert keys == {",".join(store.columns(table))}
    assert {store.scalar(f"SELECT json_extract(?, '$.{column}')", image) for image in images} == {value}
    erased = f"SELECT count(*) FROM images WHERE tbl = '{table}' AND image = '{{}}'"
    assert store.query(erased).fetchall() == rows_of_file(old, erased)


def raw(path: Path, *statements: str) -> None:
    """Run statements on the file with SQLite, without the store."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
