"""Reading projects of other programs: REFI-QDA, Taguette, QualCoder and RQDA."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError, SibtuiError
from sibtui.model.arguments import as_path
from sibtui.model.identical_names import join_identical
from sibtui.model.lazy_items import heads
from sibtui.model.text import plural
from sibtui.project.importing.project_folder import files_of, has_project_below

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.arguments import AnyPath
    from sibtui.model.drafts import StudyDraft
    from sibtui.model.import_reports import ProjectImport

KINDS = {
    ".qdpx": "a REFI-QDA project (NVivo, ATLAS.ti, MAXQDA, QualCoder, …)",
    ".qde": "a REFI-QDA project without its other files, or unpacked to a folder",
    ".qdc": "a REFI-QDA codebook",
    ".sqlite3": "a database of Taguette",
    ".qda": "a project of QualCoder",
    ".rqda": "a project of RQDA",
}
_DATABASES = (".sqlite3", ".sqlite", ".db")
_QUALCODER = "data.qda"


def is_foreign(path: AnyPath) -> bool:
    """Return whether a path may be a project of another program.

    Any file may be such a project. A folder may be one if it is a QualCoder folder or an unpacked `.qdpx` file.
    """
    path = as_path(path)
    return not path.is_dir() or _is_qualcoder(path) or has_project_below(path)


def _is_qualcoder(folder: Path) -> bool:
    return folder.suffix.lower() == ".qda" or (folder / _QUALCODER).is_file()


def read_foreign(path: AnyPath, *, project: str | None = None) -> ProjectImport:
    """Return the study in a project of another program, with a report on the import.

    If the file is a database with several projects, `project` is the name of one of them. Raises InputError when the
    file cannot be read completely.
    """
    path = as_path(path)
    suffix = path.suffix.lower()
    if not path.exists():
        raise InputError(f"There is no file or folder {path}.")
    try:
        if suffix == ".qda" or (path.is_dir() and _is_qualcoder(path)):
            return _joined(_qualcoder(path))
        if suffix == ".rqda":
            return _joined(_rqda(path))
        if suffix == ".qde" or path.is_dir():
            return _joined(_unpacked(path))
        if suffix in _DATABASES:
            return _joined(_taguette(path, project))
        if suffix in (".qdpx", ".qdc", ".zip"):
            return _joined(_refi(path, suffix))
    except (SibtuiError, MemoryError):
        raise
    except Exception as error:  # a damaged or hostile file can raise any error in a library
        raise InputError(f"{path} cannot be read: it seems to be damaged ({type(error).__name__}).") from error
    known = "; ".join(f"{ending} ({what})" for ending, what in KINDS.items())
    raise InputError(f"{path} was not read: a study is made from a folder of plain text, or from {known}.")


def _joined(found: ProjectImport) -> ProjectImport:
    """Return the import with unique names. Items with the same name are joined or renamed, with a warning."""
    study, messages = join_identical(found.study)
    now = {old.name: new.name for old, new in zip(heads(found.study.sources), heads(study.sources), strict=True)}
    review = tuple(
        replace(item, draft=replace(item.draft, source=now.get(item.draft.source, item.draft.source)))
        for item in found.report.review
    )
    report = replace(found.report, review=review, warnings=(*found.report.warnings, *messages))
    return replace(found, study=study, report=report)


def _refi(path: Path, suffix: str) -> ProjectImport:
    from sibtui.formats.refi.codebook import read_qdc
    from sibtui.formats.refi.reader import read_qdpx_file

    try:
        if suffix == ".qdc":
            return read_qdc(str(path), path.read_bytes())
        file = path.open("rb")
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error
    return read_qdpx_file(str(path), file)


def _unpacked(path: Path) -> ProjectImport:
    from sibtui.formats.refi.reader import read_unpacked

    return read_unpacked(str(path), files_of(path))


def _taguette(path: Path, project: str | None) -> ProjectImport:
    from sibtui.formats.other_programs.taguette import taguette_study
    from sibtui.store.foreign_taguette import read_taguette

    return taguette_study(read_taguette(path, project))


def _qualcoder(path: Path) -> ProjectImport:
    from sibtui.formats.other_programs.qualcoder import qualcoder_study
    from sibtui.store.foreign_qualcoder import read_qualcoder

    return qualcoder_study(read_qualcoder(path))


def _rqda(path: Path) -> ProjectImport:
    from sibtui.formats.other_programs.qualcoder import qualcoder_study
    from sibtui.store.foreign_rqda import read_rqda

    return qualcoder_study(read_rqda(path))


def held(draft: StudyDraft) -> str:
    """Return how many items a study has, in words: `5 sources, 3 codes`. For an empty study, the result is empty."""
    things = (
        (draft.sources, "source", "sources"),
        (draft.cases, "case", "cases"),
        (draft.codes, "code", "codes"),
        (draft.codings, "coding", "codings"),
        (draft.matrices, "saved matrix", "saved matrices"),
    )
    return ", ".join(plural(len(found), one, many) for found, one, many in things if found)
