"""Projects of other programs, read from their files and folders: REFI-QDA, Taguette, QualCoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError, SibtuiError
from sibtui.model.text import plural

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.drafts import StudyDraft
    from sibtui.model.imports import ProjectImport

KINDS = {
    ".qdpx": "a REFI-QDA project (NVivo, ATLAS.ti, MAXQDA, QualCoder, …)",
    ".qdc": "a REFI-QDA codebook",
    ".sqlite3": "a database of Taguette",
    ".qda": "a project of QualCoder",
}
_DATABASES = (".sqlite3", ".sqlite", ".db")
_QUALCODER = "data.qda"


def is_foreign(path: Path) -> bool:
    """Whether this is to be read as another program's: every file, and a folder of QualCoder."""
    return not path.is_dir() or path.suffix.lower() == ".qda" or (path / _QUALCODER).is_file()


def read_foreign(path: Path, *, project: str | None = None) -> ProjectImport:
    """The study in another program's file, and the report of what came of it. `project` names one of several in a database.

    InputError says in one sentence why it cannot be read: all of it is read, or nothing.
    """
    suffix = path.suffix.lower()
    if not path.exists():
        raise InputError(f"There is no file or folder {path}.")
    try:
        if suffix == ".qda" or path.is_dir():
            return _qualcoder(path)
        if suffix in _DATABASES:
            return _taguette(path, project)
        if suffix in (".qdpx", ".qdc"):
            return _refi(path, suffix)
    except (SibtuiError, MemoryError):
        raise
    except Exception as error:  # whatever a hostile file leads a library to: it is this file's failure
        raise InputError(f"{path} cannot be read: it seems to be damaged ({type(error).__name__}).") from error
    known = "; ".join(f"{ending} ({what})" for ending, what in KINDS.items())
    raise InputError(f"{path} was not read: a study is made from a folder of plain text, or from {known}.")


def _refi(path: Path, suffix: str) -> ProjectImport:
    from sibtui.formats.refi_codebook import read_qdc  # noqa: PLC0415 - each kind imports its own reader
    from sibtui.formats.refi_read import read_qdpx  # noqa: PLC0415

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error
    return (read_qdc if suffix == ".qdc" else read_qdpx)(str(path), data)


def _taguette(path: Path, project: str | None) -> ProjectImport:
    from sibtui.formats.taguette import taguette_study  # noqa: PLC0415
    from sibtui.store.foreign_taguette import read_taguette  # noqa: PLC0415

    return taguette_study(read_taguette(path, project))


def _qualcoder(path: Path) -> ProjectImport:
    from sibtui.formats.qualcoder import qualcoder_study  # noqa: PLC0415
    from sibtui.store.foreign_qualcoder import read_qualcoder  # noqa: PLC0415

    return qualcoder_study(read_qualcoder(path))


def held(draft: StudyDraft) -> str:
    """What a study holds, in figures; empty when that is nothing."""
    things = (
        (draft.sources, "source", "sources"),
        (draft.cases, "case", "cases"),
        (draft.codes, "code", "codes"),
        (draft.codings, "coding", "codings"),
        (draft.matrices, "saved matrix", "saved matrices"),
    )
    return ", ".join(plural(len(found), one, many) for found, one, many in things if found)
