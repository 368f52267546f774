"""Explanations of SQLite's errors on a study file, in sentences that a researcher understands."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sibtui.errors import InputError, StudyBusyError, StudyFileError, StudyReplacedError
from sibtui.model.arguments import as_path
from sibtui.model.text import one_line
from sibtui.store.side_files import is_study

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sibtui.model.arguments import AnyPath

_DAMAGE = ("malformed", "decode to UTF-8")
LONGEST_NAME = 255 - len("-journal")
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
        ("too big",),
        "{path} cannot hold, or holds, a text of more than 256 MB: nothing was changed.",
        "a text has more than 256 MB",
    ),
    (
        ("disk I/O",),
        "{path} cannot be read or written ({error}): the disk may be failing.",
        "the file cannot be read or written ({error})",
    ),
    (
        ("not a database", *_DAMAGE),
        "{path} is not a sibtui study, or it is damaged: nothing was changed.",
        "the file is not a study, or it is damaged",
    ),
)
"""Explanations of errors, as (parts of SQLite's message, sentence for the researcher, short reason without the path)."""


def explained(file: AnyPath, error: BaseException, *, opened: bool) -> StudyFileError | None:
    """Return a StudyFileError that explains an error of SQLite; None when the error is not about the file.

    Set `opened` if the file was recognised as a study before the error.
    """
    if not isinstance(error, sqlite3.DatabaseError) or isinstance(error, sqlite3.IntegrityError):
        return None
    path, text = as_path(file), str(error)
    special = _busy_or_replaced(path, error) or (_damaged(path, opened=opened) if _is_damage(text) else None)
    if special is not None:
        return special
    if is_full(error):
        return no_room(path)
    if "unable to open" in text:
        return _unopened(path)
    for parts, sentence, why in _EXPLANATIONS:
        if any(part in text for part in parts):
            return StudyFileError(sentence.format(path=path, error=text), why.format(error=text))
    return None


def _busy_or_replaced(path: Path, error: sqlite3.DatabaseError) -> StudyFileError | None:
    if is_busy(error):
        return StudyBusyError(
            f"Another program is changing {path}: try again when it has finished.",
            "another program is changing the study; try again when it has finished",
        )
    if getattr(error, "sqlite_errorname", "") == "SQLITE_READONLY_DBMOVED":
        return replaced(path)
    return None


def _is_damage(text: str) -> bool:
    return any(part in text for part in _DAMAGE)


def _damaged(path: Path, *, opened: bool) -> StudyFileError | None:
    """Return the error for a damaged study; None if it is uncertain whether the file is a study at all.

    Set `opened` if sibtui has opened the file as a study before, so that it certainly is a study.
    """
    if opened:
        return StudyFileError(f"{path} is damaged.", "the file is damaged", "check")
    if is_study(path):
        return StudyFileError(
            f"{path} is damaged, or a part of it is missing: nothing was changed.", "the file is damaged", "older-copy"
        )
    return None


def is_full(error: BaseException) -> bool:
    """Return whether SQLite could not write because the disk or a quota is full, or the file is too large."""
    name = getattr(error, "sqlite_errorname", "")
    return isinstance(error, sqlite3.OperationalError) and (
        "disk is full" in str(error) or name == "SQLITE_IOERR_WRITE"
    )


def no_room(path: Path) -> StudyFileError:
    return StudyFileError(
        f"There is no room left on the disk for {path}: nothing was changed.", "there is no room left on the disk"
    )


def _unopened(path: Path) -> StudyFileError:
    """Return the error for a file that cannot be opened.

    The cause may also be the folder: SQLite must be able to write a journal beside the file.
    """
    import os

    folder = path.parent
    if not folder.is_dir():
        why = f"there is no folder {folder} any more"
    elif len(os.fsencode(path.name)) > LONGEST_NAME:
        why = f"its name is too long: SQLite needs a name of at most {LONGEST_NAME} bytes, for the journal beside it"
    elif path.exists() and not os.access(path, os.R_OK):
        why = "you may not read it"
    elif not os.access(folder, os.W_OK | os.X_OK):
        why = f"you may not write to the folder {folder}"
    else:
        why = "the system refuses it"
    return StudyFileError(f"{path} cannot be opened: {why}.", f"the file cannot be opened: {why}")


def refuse_long_name(path: Path) -> None:
    """Raise StudyFileError when the name of a new study is too long for the journal that SQLite writes beside it."""
    import os

    if len(os.fsencode(path.name)) > LONGEST_NAME:
        raise StudyFileError(
            f"The name of {one_line(str(path), 60)} is too long: a study has a name of at most {LONGEST_NAME} bytes."
        )


def replaced(path: Path) -> StudyReplacedError:
    """Return the error that a change was not saved, because another program has moved, deleted or replaced the file."""
    why = "moved, deleted or replaced by another program"
    return StudyReplacedError(
        f"{path} was {why}, so the change was not saved: open the study again.",
        f"the file was {why}; open it again",
    )


@contextmanager
def explaining_errors(file: AnyPath, *, opened: bool = False) -> Iterator[None]:
    """Turn an error of SQLite in the `with` block into a StudyFileError with an explanation.

    Set `opened` if the file was recognised as a study before the block. Raises InputError when a text to be stored
    has a lone surrogate (half of a character).
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        explanation = explained(file, error, opened=opened)
        if explanation is None:
            raise
        raise explanation from error
    except UnicodeDecodeError as error:  # a schema, or a message of SQLite about it, that is not UTF-8
        path = as_path(file)
        raise _damaged(path, opened=opened) or StudyFileError(
            f"{path} is damaged: a part of it is not text.", "the file is damaged"
        ) from error
    except UnicodeEncodeError as error:
        raise half_character(error) from error


def is_busy(error: sqlite3.Error) -> bool:
    return any(part in str(error) for part in _BUSY)


def half_character(error: UnicodeEncodeError) -> InputError:
    """Return the error for a text with a lone surrogate (half of a character), which cannot be stored."""
    shown = one_line(str(error.object)[:40])
    return InputError(f"“{shown}” holds half a character (a lone surrogate), which cannot be stored.")
