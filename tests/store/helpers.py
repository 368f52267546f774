"""Short forms of acts, and raw SQL for changes that the store does not make."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sibtui.store import cases

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sibtui.store.connection import OpenAct, Store


EMPTIED = {"codings": ("before", "after"), "kept_codings": ("before", "after")}
"""The columns that the upgrade to version 12 empties: table → columns."""


def act(store: Store, verb: str = "case add") -> AbstractContextManager[OpenAct]:
    return store.act(verb, "a test", coder="me", at="2020-05-14T10:00:00.001Z")


def add_case(store: Store, label: str) -> int:
    with act(store):
        return cases.add_case(store, label, None)


def labels(store: Store) -> list[str]:
    return list(cases.case_ids(store))


def raw(path: Path, *statements: str) -> None:
    """Run statements on the file with SQLite, without the store."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)
