"""Answers to SQL questions about a study.

A question reads a copy of the study in memory, so it cannot change the study. The copy has the simple tables of the
flat export (see `store.flat`).
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.model.text import one_line
from sibtui.store.flat import distinct, fill

if TYPE_CHECKING:
    from sibtui.store.connection import Store
    from sibtui.store.flat import FlatContent

_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
_STEPS = 10_000
"""The number of steps of SQLite between two checks whether the user has pressed ctrl+c."""
_SCHEMA = re.compile(r"sqlite_(?:schema|master)")


def words_of(sql: str) -> frozenset[str]:
    """Return the words of an SQL question in small letters, including the names of all tables that it reads."""
    return frozenset(re.findall(r"\w+", sql.casefold()))


def ask(store: Store, content: FlatContent, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Run an SQL question on simple tables with the content of a study, and return (column names, rows).

    Only the tables that the question names are made. Raises InputError when `sql` is not one SELECT on these tables.
    """
    with closing(sqlite3.connect(":memory:")) as flat:
        flat.execute("PRAGMA temp_store = MEMORY")
        with store.snapshot():
            fill(store, flat, content, named=None if _SCHEMA.search(sql.casefold()) else words_of(sql))
        flat.execute("PRAGMA query_only = ON")
        flat.set_authorizer(_authorized)
        flat.set_progress_handler(lambda: 0, _STEPS)
        try:
            answer = flat.execute(sql)
            if answer.description is None:
                raise InputError(_ONLY)
            return distinct([column[0] for column in answer.description]), answer.fetchall()
        except (sqlite3.Error, sqlite3.Warning, ValueError) as error:
            raise _explained(error) from error


_ONLY = "Only one SELECT is possible here. The table `about` lists the tables and columns."


def _authorized(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _explained(error: Exception) -> Exception:
    text = one_line(str(error), 200).rstrip(".")
    if "interrupted" in text:
        return KeyboardInterrupt()  # type: ignore[return-value]
    if "authorized" in text or "prohibited" in text or "one statement" in text:
        return InputError(_ONLY)
    return InputError(f"SQLite cannot answer this: {text}. The table `about` lists the tables and columns.")
