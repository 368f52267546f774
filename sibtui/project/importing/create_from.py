"""Creating a study from the project of another program, or from a study folder.

The command line and the screen use these functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.messages import Message
from sibtui.model.text import one_line, plural
from sibtui.project import SUFFIX, Project
from sibtui.project.importing.other_programs import KINDS, held, is_foreign, read_foreign
from sibtui.project.importing.project_folder import has_project_below
from sibtui.project.importing.study_folder_reader import read_folder
from sibtui.project.shared.typed_paths import paths_in
from sibtui.project.shared.validation import Validation

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.progress import Progress
    from sibtui.model.records import Package


WANTED = (*KINDS, ".sqlite", ".db", ".zip")
"""The file extensions that are proposed when the user completes a path."""


def origin_of(line: str) -> Path | None:
    """Return the file or folder that a typed line names, or None if it names no path or several."""
    paths = paths_in(line)
    return paths[0] if len(paths) == 1 else None


def validate_origin(line: str) -> Validation:
    """Return a message, and whether a study can be created from the typed path. The contents are not read."""
    if not line.strip():
        known = " ".join(KINDS)
        message = f"The project of another program ({known}), or a study exported to a folder."
        return Validation(message, "no")
    origin = origin_of(line)
    try:
        if origin is None or not origin.exists():
            return Validation(f"There is no {one_line(line.strip())}.", "no")
        return _validate(origin)
    except OSError as error:
        return Validation(f"The name cannot be used: {error.strerror}.", "no")


def _validate(origin: Path) -> Validation:
    suffix = origin.suffix.lower()
    if suffix == SUFFIX:
        return Validation("This is a study itself.", "no", "open-study")
    if is_foreign(origin):
        if suffix in WANTED or origin.is_dir():
            kind = _kind(origin, suffix)
            return Validation(f"Reads {KINDS[kind]}.")
        return Validation(f"A study begins with one of these: {' '.join(KINDS)}, or a folder of plain text.", "no")
    if (origin / "study.toml").is_file() or (origin / "notes").is_dir():
        return Validation("Reads a study of plain text.")
    return Validation("A folder, but not the export of a study.", "no", "notes-folder")


def _kind(origin: Path, suffix: str) -> str:
    if origin.is_dir():
        return ".qde" if has_project_below(origin) else ".qda"
    return suffix if suffix in KINDS else ".qdpx" if suffix == ".zip" else ".sqlite3"


def package_message(package: Package) -> str:
    """Return a sentence about a study that was made from a package (a folder with the sources for one coder)."""
    who = one_line(package.coder)
    return f"It is a package for {who}: a merge into the study of the sender brings the work of {who} back."


def create_from(origin: Path, file: Path, progress: Progress = lambda _done, _of: None) -> list[Message]:
    """Create a study file from a study folder or another program's project, and return messages about the result.

    The first message is a summary. After an error, no study file is left. `progress` is called at intervals, and may
    raise to cancel. Raises InputError when the origin cannot be read, ConflictError when the file exists.
    """
    progress(0, 0)
    messages: list[str] = []
    hints: list[Message] = []
    if is_foreign(origin):
        from sibtui.formats.documents.import_lines import import_lines

        imported = read_foreign(origin)
        draft = imported.study
        messages += import_lines(imported.report)
        if imported.report.review:
            hints.append(Message("", "review-codings"))
    else:
        draft = read_folder(origin, messages.append)
    progress(0, 0)
    with Project.create(file, draft=draft, progress=lambda _: progress(0, 0)) as study:
        waiting = study.codings.count(unattributed=True)
        if missing := len(draft.sources) - len(study.sources.names()):
            messages.append(f"Left out {plural(missing, 'source')} that had been withdrawn for good.")
    if draft.package is not None:
        messages.append(package_message(draft.package))
    if waiting:
        hints.append(Message(f"{plural(waiting, 'coding')} without a case.", "queue"))
    return [*map(Message, [f"Made {file}: {held(draft) or 'nothing was in it'}.", "", *messages]), *hints]
