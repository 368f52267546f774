"""Simple tables of a study for data analysis, and SQL queries of these tables."""

from __future__ import annotations

import math
from typing import Any

import sibtui
from sibtui.model.table import Rounded, Table, Value
from sibtui.project.shared.base import Session
from sibtui.store.flat import FlatContent
from sibtui.store.flat_query import ask, words_of

_OF_MATRICES = {"cells", "judgements", "about", "sqlite_schema", "sqlite_master"}
_PLACES = 6
"""The number of decimal places of a number when an answer is printed as text. CSV and JSON keep all decimal places."""


def flat_content(session: Session, *, matrices: bool = True) -> FlatContent:
    """Return the content of the simple tables that `Exports.sqlite` writes.

    The tables of matrices, which take time, are included only if `matrices` is set.
    """
    found = sibtui.Matrices(session)
    definitions = found.list() if matrices else ()
    return FlatContent(
        session.paths(),
        [found.show(definition.name) for definition in definitions],
        [(definition.name, judgement) for definition in definitions for judgement in definition.judgements],
    )


def answer(session: Session, query: str) -> Table:
    """Return the answer to a question in SQL as a table. Raises InputError if SQLite cannot answer the question."""
    words = words_of(query)
    needed = not words.isdisjoint(_OF_MATRICES) or any(word.startswith("matrix_") for word in words)
    columns, rows = ask(session.store, flat_content(session, matrices=needed), query)
    return Table(
        tuple(columns),
        tuple(tuple(map(_cell, row)) for row in rows),
        "Answer",
        objects=tuple({name: _plain(value) for name, value in zip(columns, row, strict=True)} for row in rows),
    )


def _cell(value: Any) -> Value:
    plain = _plain(value)
    if plain is None:
        return ""
    return Rounded(plain, _PLACES) if isinstance(plain, float) else plain


def _plain(value: Any) -> Any:
    """Return a value in a form for JSON: bytes become hexadecimal digits, and infinite numbers become text."""
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
