"""The flat tables of a study: their content, and answers to questions in SQL."""

from __future__ import annotations

from typing import Any

import sibtui
from sibtui.model.table import Rounded, Table, Value
from sibtui.project.shared.base import Session
from sibtui.store.flat import FlatContent
from sibtui.store.flat_query import ask, words_of

_OF_MATRICES = {"cells", "judgements", "about", "sqlite_schema", "sqlite_master"}
_PLACES = 6
"""Decimals of a number with a fraction. CSV and JSON have all of them."""


def flat_content(session: Session, *, matrices: bool = True) -> FlatContent:
    """Return the content of the flat tables. The matrices are computed only on request."""
    found = sibtui.Matrices(session)
    definitions = found.list() if matrices else ()
    return FlatContent(
        session.paths(),
        [found.show(definition.name) for definition in definitions],
        [(definition.name, judgement) for definition in definitions for judgement in definition.judgements],
    )


def answer(session: Session, query: str) -> Table:
    """Return the answer to a question in SQL as a table. Raises InputError when SQLite cannot answer it."""
    words = words_of(query)
    needed = not words.isdisjoint(_OF_MATRICES) or any(word.startswith("matrix_") for word in words)
    columns, rows = ask(session.store, flat_content(session, matrices=needed), query)
    return Table(
        tuple(columns),
        tuple(tuple(map(_cell, row)) for row in rows),
        objects=tuple({name: _plain(value) for name, value in zip(columns, row, strict=True)} for row in rows),
    )


def _cell(value: Any) -> Value:
    if value is None:
        return ""
    return Rounded(value, _PLACES) if isinstance(value, float) else _plain(value)


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
