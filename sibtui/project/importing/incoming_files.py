"""Reading the files whose paths the user has typed in one line: notes, a codebook, or a table of codings.

Nothing is stored.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.errors import InputError, SibtuiError
from sibtui.model.frozen import dataclass
from sibtui.model.messages import Message
from sibtui.model.text import one_line
from sibtui.project import SUFFIX
from sibtui.project.importing.files import (
    READERS,
    ReadFile,
    find_files,
    is_survey,
    read_bytes,
    read_file,
    with_speakers,
)
from sibtui.project.importing.project_folder import has_project
from sibtui.project.shared.typed_paths import paths_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.drafts import CodeDraft
    from sibtui.model.progress import Progress
    from sibtui.project.importing.import_options import ImportOptions

CODEBOOKS = (".toml", ".qdc")
"""The file extensions of codebooks. A `.csv` file can be a codebook too."""
WANTED = (*READERS, *CODEBOOKS)
"""The file extensions that are proposed when the user completes a path."""
_OTHERS = (".qdpx", ".qde", ".sqlite3", ".sqlite", ".db", ".qda", ".rqda")
_HEAD = 4_096
_TABLES = (".csv", ".tsv")
TEXTS = (
    *(suffix for suffix in READERS if READERS[suffix].endswith((".plain_text", ".html", ".subtitles", "_json"))),
    *_TABLES,
)
"""The file extensions of text files. For these, the user can choose an encoding."""


@dataclass(frozen=True, slots=True)
class IncomingTable:
    """A table that may contain codings: its path and its bytes.

    If the table has columns for codings, `sources` are the names of sources in its rows. `is_own` is set if the
    table has exactly the columns that sibtui itself writes.
    """

    path: str
    data: bytes
    is_own: bool = False
    sources: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class IncomingFiles:
    """The result of reading files for an import. `messages` are lines for the user, for example about ignored files.

    `files` are the files read. If a codebook was read instead, `codes` has its codes; otherwise `codes` is None.

    A single table may contain codings or the answers of a survey. For such a table, `table` has the table, and `files`
    has its rows as the sources of a survey.
    """

    files: tuple[ReadFile, ...] = ()
    messages: tuple[str, ...] = ()
    codes: tuple[CodeDraft, ...] | None = None
    table: IncomingTable | None = None


def whole_study(path: Path) -> Message | None:
    """Return a message if the path is a whole study, which cannot be imported as notes. Otherwise return None."""
    suffix, shown = path.suffix.lower(), one_line(str(path))
    if suffix == SUFFIX:
        return Message(f"{shown} is a study itself.", "open-study")
    whole = suffix in _OTHERS or (path / "data.qda").is_file() or (path.is_dir() and has_project(path))
    if whole or (path / "study.toml").is_file():
        what = "a whole project of another program" if whole else "a whole study"
        notes = "" if whole else f"; its notes alone are in {one_line(str(path / 'notes'))}"
        return Message(f"{shown} is {what}, which becomes a study of its own{notes}.", "study-from")
    return None


def study_of(line: str) -> Path | None:
    """Return the study file or folder that a typed line names, or None if it names no study or several paths."""
    try:
        paths = paths_in(line)
        if len(paths) == 1 and _is_study(paths[0]):
            return paths[0]
    except OSError:  # a name too long; the reading reports it
        pass
    return None


def _is_study(path: Path) -> bool:
    suffix = path.suffix.lower()
    is_file = suffix in (SUFFIX, ".qdpx") and path.is_file()
    return (is_file and (suffix == SUFFIX or _is_own_project(path))) or (path / "study.toml").is_file()


def _is_own_project(path: Path) -> bool:
    """Return whether sibtui wrote a .qdpx file. Only the first bytes of the project in the file are read."""
    from zipfile import BadZipFile, ZipFile

    try:
        with ZipFile(path) as archive, archive.open("project.qde") as project:
            return b' origin="sibtui"' in project.read(_HEAD)
    except (BadZipFile, KeyError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return False  # another program's file, or a damaged one: the reading reports it


def read(line: str, how: ImportOptions, progress: Progress = lambda _done, _of: None) -> IncomingFiles:
    """Read the files and folders that a typed line names.

    `progress` receives (0, 0) during the search for files, and then (files read, all files). It may raise to cancel.
    Raises InputError if the line is empty, a path cannot be read, a codebook is damaged, or a file is a whole study.
    """
    paths = paths_in(line)
    if not paths:
        raise InputError("Write the path of a file or a folder.")
    try:
        return _read(paths, how, progress)
    except OSError as error:  # a name too long, or a folder without permission
        raise InputError(f"The path cannot be read: {error.strerror}.") from error


def _read(paths: Sequence[Path], how: ImportOptions, progress: Progress) -> IncomingFiles:
    for path in paths:
        if whole := whole_study(path):
            raise InputError(*whole)
    if len(paths) == 1 and (codebook := _codebook(paths[0])) is not None:
        return codebook
    found = find_files(paths, lambda: progress(0, 0))
    files: list[ReadFile] = []
    for path in found.files:
        progress(len(files), len(found.files))
        files.append(_read_file(path, how))
    progress(len(files), len(files))
    return IncomingFiles(tuple(files), found.messages, table=_table(paths[0]) if len(paths) == 1 else None)


def read_again(read: IncomingFiles, changed: Mapping[int, ImportOptions], progress: Progress) -> IncomingFiles:
    """Read some of the files of an import again with other options. Return all files of the import.

    `changed` is a map: index of a file → the new options of this file.
    """
    files = list(read.files)
    for done, (at, options) in enumerate(changed.items()):
        progress(done, len(changed))
        files[at] = _read_file(Path(files[at].path), options)
    progress(len(changed), len(changed))
    return replace(read, files=tuple(files))


def _read_file(path: Path, how: ImportOptions) -> ReadFile:
    file = read_file(path, encoding=how.encoding, options=how.reading)
    if not (how.speakers or how.interviewers):
        return file
    return with_speakers(file, how.interviewers, pattern=how.speaker_pattern)


def _table(path: Path) -> IncomingTable | None:
    """Return the table in a file, or None if the file is not a table. The table may have any columns."""
    from sibtui.formats.other_programs.coding_table_reader import is_own, read_coding_table

    if not is_survey(path) or not path.is_file():
        return None
    data = b""
    try:
        data = read_bytes(path)
        if is_own(str(path), data):
            return IncomingTable(str(path), data, is_own=True)
        sources = frozenset(draft.source for draft in read_coding_table(str(path), data).drafts)
    except SibtuiError:  # other columns, or a damaged file, which the reader of surveys reports
        return IncomingTable(str(path), data)
    return IncomingTable(str(path), data, sources=sources)


def _codebook(path: Path) -> IncomingFiles | None:
    """Return the codes of a codebook file, or None if the file is not a codebook."""
    suffix = path.suffix.lower()
    if suffix not in (*CODEBOOKS, *_TABLES) or not path.is_file():
        return None
    data = read_bytes(path)
    if suffix == ".qdc":
        from sibtui.formats.documents.import_lines import import_lines
        from sibtui.formats.refi.codebook import read_qdc

        found = read_qdc(str(path), data)
        return IncomingFiles(messages=tuple(import_lines(found.report)), codes=found.study.codes)
    from sibtui.formats.study_folder.codebook_files import is_of_taguette, read_codebook

    if suffix == ".toml":
        return IncomingFiles(codes=read_codebook(str(path), data))
    header = {cell.strip(" \"'\ufeff").casefold() for cell in _first_line(data).replace(";", ",").split(",")}
    if "path" not in header and not is_of_taguette(data):
        return None
    messages: list[str] = []
    try:
        codes = read_codebook(str(path), data, lambda clause: messages.append(f"{one_line(path.name)}: {clause}."))
    except SibtuiError:  # a survey with a column of this name
        return None
    return IncomingFiles(codes=codes, messages=tuple(messages))


def _first_line(data: bytes) -> str:
    return data[:4000].split(b"\n", 1)[0].decode("utf-8", "replace").replace("\t", ",").strip()


def describe_paths(line: str) -> Message:
    """Return a message about the files that a typed line names. The files are not read."""
    try:
        return _describe(paths_in(line))
    except OSError as error:
        return Message(f"The path cannot be used: {error.strerror}.")


def _describe(paths: Sequence[Path]) -> Message:
    if not paths:
        return Message("A file, several, or a folder. A file dragged into the window writes its path.")
    if len(paths) == 1 and _is_study(paths[0]):
        return Message("A study. Its differences from this one are listed, and nothing is merged yet.")
    whole = next(filter(None, map(whole_study, paths)), None)
    if whole is not None:
        return whole
    missing = [path for path in paths if not path.exists()]
    if missing:
        return Message(f"There is no {one_line(str(missing[0]))}.")
    if len(paths) > 1:
        return Message(f"{len(paths)} files or folders. Nothing is stored yet.")
    path = paths[0]
    what = "A folder" if path.is_dir() else "A table" if is_survey(path) else "A file"
    return Message(f"{what}. Nothing is stored yet.")
