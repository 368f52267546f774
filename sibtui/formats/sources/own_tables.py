"""Recognising tables that sibtui or Taguette has written, by the names of their columns.

Such tables contain no answers, so they are not read as surveys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.pseudonym_key import COLUMNS as KEY_COLUMNS
from sibtui.model.folding import name_key
from sibtui.model.messages import Message

if TYPE_CHECKING:
    from collections.abc import Sequence


_CODINGS = Message("has the columns of a table of codings, not of a survey", "import-codings")
_CODEBOOK = Message("has the columns of a codebook, not of a survey", "import-codebook")
_PART = Message("is a part of a study that was written as a folder", "study-from")
_KEY = Message("has the columns of a key of pseudonyms, whose real names do not belong into a study", "read-as-survey")
_MATRIX = Message("has the columns of a matrix that sibtui wrote, not of a survey", "read-as-survey")
_LIST = Message("has the columns of a list or report that sibtui wrote, not of a survey", "read-as-survey")
_CODEBOOK_COLUMNS = frozenset(
    str.split("path definition include exclude example origin status colour key since")
)  # as codebook_files writes them, which readers may not import
_EXACT = {
    frozenset(("id", "document", "tag", "content")): _CODINGS,
    frozenset(("tag", "description", "number of highlights", "number of documents")): _CODEBOOK,
    frozenset(("source", "coder", "code", "round", "at")): _PART,
    frozenset(("source", "topic", "state", "case")): _PART,
    frozenset(KEY_COLUMNS): _KEY,
}
_FIRST_OF_LISTS = (
    ("name", "title", "kind", "fidelity", "cases", "reading"),
    ("code", "key", "status", "origin", "colour", "definition"),
    ("code", "definition", "include", "exclude", "example", "origin"),
    ("case", "letter", "sources", "codings", "waiting"),
    ("number", "on", "of", "title", "text", "coder", "created"),
    ("name", "title", "columns", "cells", "rows", "judgements"),
    ("case", "interviews", "interview type (people)"),
)
"""The first columns of each list and report that sibtui writes."""


def own_table(header: Sequence[str]) -> Message | None:
    """Return a message about a table that sibtui or Taguette has written; None for any other table.

    `header` are the column names. The message is the second half of a sentence that begins with the name of the file.
    It includes a hint for the user.
    """
    keys = tuple(map(name_key, header))
    names = frozenset(keys)
    if {"source", "code"} <= names and names & {"quote", "start"}:
        return _CODINGS
    if {"path", "definition"} <= names and (names <= _CODEBOOK_COLUMNS or names >= _CODEBOOK_COLUMNS):
        return _CODEBOOK
    if _is_matrix(keys):
        return _MATRIX
    if any(keys[: len(first)] == first for first in _FIRST_OF_LISTS):
        return _LIST
    return _EXACT.get(names)


def _is_matrix(keys: Sequence[str]) -> bool:
    """Return whether a table with these column names (as `name_key` returns them) is a matrix of sibtui.

    An exported matrix has its columns first, and then the notes of at least two columns: `a`, `b`, `a note`, `b note`.
    """
    first = f"{keys[0]} note" if keys else ""
    if first not in keys:
        return False
    columns, notes = keys[: keys.index(first)], keys[keys.index(first) :]
    return len(notes) > 1 and set(notes) <= {f"{column} note" for column in columns}
