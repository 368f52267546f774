"""A study that begins with what another program, or a folder of plain text, holds. Knows no widget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.desk.answers import Answer
from sibtui.desk.paths import paths_in
from sibtui.model.text import one_line, plural
from sibtui.project import SUFFIX, Project
from sibtui.project.folder import read_folder
from sibtui.project.foreign import KINDS, held, is_foreign, read_foreign

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Progress = Callable[[int, int], None]

WANTED = (*KINDS, ".sqlite", ".db")
"""Suffixes of files that a line is completed by."""


def origin_of(line: str) -> Path | None:
    """The one file or folder that a line names."""
    paths = paths_in(line)
    return paths[0] if len(paths) == 1 else None


def origin_told(line: str) -> Answer:
    """Whether a study can begin with what this line names, as far as a look tells."""
    if not line.strip():
        known = " ".join(KINDS)
        told = f"The project of another program ({known}), or a folder that `export folder` wrote. Tab completes."
        return Answer(told, "no")
    origin = origin_of(line)
    try:
        if origin is None or not origin.exists():
            return Answer(f"There is no {one_line(line.strip())}.", "no")
        return _told(origin)
    except OSError as error:
        return Answer(f"That cannot be: {error.strerror}.", "no")


def _told(origin: Path) -> Answer:
    suffix = origin.suffix.lower()
    if suffix == SUFFIX:
        return Answer("This is a study itself: o opens it.", "no")
    if is_foreign(origin):
        if suffix in WANTED or origin.is_dir():
            kind = ".qda" if origin.is_dir() else suffix if suffix in KINDS else ".sqlite3"
            return Answer(f"Reads {KINDS[kind]}.")
        return Answer(f"A study begins with one of these: {' '.join(KINDS)}, or a folder of plain text.", "no")
    if (origin / "study.toml").is_file() or (origin / "notes").is_dir():
        return Answer("Reads a study of plain text.")
    told = "A folder, but not one that `export folder` wrote: n makes a study, and + there brings these notes in."
    return Answer(told, "no")


def found(origin: Path, file: Path, progress: Progress = lambda _done, _of: None) -> list[str]:
    """Make the study; what came of it, in sentences, the first for all of it. It is made whole or not at all.

    `progress` is called now and then; by raising it ends the making.
    """
    progress(0, 0)
    told: list[str] = []
    if is_foreign(origin):
        from sibtui.formats.import_text import import_lines  # noqa: PLC0415 - a study of plain text has no such report

        imported = read_foreign(origin)
        draft = imported.study
        told += import_lines(imported.report)
        if imported.report.review:
            told += [
                "",
                "`sibtui new --from` can take these (--accept), or write them to a file to be put right (--review).",
            ]
    else:
        draft = read_folder(origin, told.append)
    progress(0, 0)
    with Project.create(file, draft=draft, progress=lambda _: progress(0, 0)) as study:
        waiting = sum(source.unattributed for source in study.sources.list())
    if waiting:
        told.append(f"{plural(waiting, 'coding')} without a case: F6 goes through them.")
    return [f"Made {file}: {held(draft) or 'nothing was in it'}.", "", *told]
