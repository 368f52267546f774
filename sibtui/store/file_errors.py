"""Errors of SQLite on a study file, as sentences for the researcher."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sibtui.errors import InputError, StudyBusyError, StudyFileError
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DAMAGE = ("malformed", "decode to UTF-8")
_BUSY = ("locked", "busy")
_EXPLANATIONS = (
    (
        ("closed database",),
        "{path} is closed: open the study again to read or change it.",
        "the study is closed",
    ),
    (
        ("readonly",),
        "{path} cannot be written: check the permissions of the file and its folder.",
        "the file cannot be written; check the permissions of the file and its folder",
    ),
    (
        ("disk is full",),
        "There is no room left on the disk for {path}: nothing was changed.",
        "there is no room left on the disk",
    ),
    (
        ("too big",),
        "{path} cannot hold, or holds, a text of more than 256 MB: nothing was changed.",
        "a text has more than 256 MB",
    ),
    (
        ("disk I/O", "unable to open"),
        "{path} cannot be read or written: {error}.",
        "the file cannot be read or written ({error})",
    ),
    (
        ("not a database", *_DAMAGE),
        "{path} is not a sibtui study, or it is damaged: nothing was changed.",
        "the file is not a study, or it is damaged",
    ),
)
"""(parts of SQLite's message, a sentence for the researcher, a short form without the path)."""


def explained(path: Path, error: BaseException, *, opened: bool) -> StudyFileError | None:
    """Return an error of SQLite as a StudyFileError; None when the error is not about the file.

    `opened`: the file was recognised as a study.
    """
    if not isinstance(error, sqlite3.DatabaseError) or isinstance(error, sqlite3.IntegrityError):
        return None
    text = str(error)
    if is_busy(error):
        return StudyBusyError(
            f"Another program is changing {path}: try again when it has finished.",
            "another program is changing the study; try again when it has finished",
        )
    if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_DBMOVED":
        why = "moved, deleted or replaced by another program"
        return StudyFileError(f"{path} was {why}: open the study again.", f"the file was {why}; open it again")
    if opened and any(part in text for part in _DAMAGE):
        return _damaged(path)
    for parts, sentence, why in _EXPLANATIONS:
        if any(part in text for part in parts):
            return StudyFileError(sentence.format(path=path, error=text), why.format(error=text))
    return None


def _damaged(path: Path, *, opened: bool = True) -> StudyFileError:
    if opened:
        return StudyFileError(f"{path} is damaged.", "the file is damaged", "check")
    return StudyFileError(f"{path} is damaged: a part of it is not text.", "the file is damaged")


@contextmanager
def explaining_errors(path: Path, *, opened: bool = False) -> Iterator[None]:
    """Raise errors of SQLite in the block as StudyFileError. `opened`: the file was recognised as a study.

    Raises InputError when a text holds a lone surrogate.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        explanation = explained(path, error, opened=opened)
        if explanation is None:
            raise
        raise explanation from error
    except UnicodeDecodeError as error:  # a schema, or a message of SQLite about it, that is not UTF-8
        raise _damaged(path, opened=opened) from error
    except UnicodeEncodeError as error:
        raise half_character(error) from error


def is_busy(error: sqlite3.Error) -> bool:
    return any(part in str(error) for part in _BUSY)


def half_character(error: UnicodeEncodeError) -> InputError:
    """Return the error for a text with a lone surrogate."""
    shown = one_line(str(error.object)[:40])
    return InputError(f"“{shown}” holds half a character (a lone surrogate), which cannot be stored.")
