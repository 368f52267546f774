"""Reader of study folders: only files of a study, and none from outside of the folder."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import sibtui
from sibtui.errors import InputError, StudyFileError
from sibtui.model.arguments import as_path
from sibtui.model.identical_names import join_identical
from sibtui.model.text import one_line
from sibtui.project.importing.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sibtui.model.arguments import AnyPath
    from sibtui.model.drafts import StudyDraft

LARGEST = 1 << 30
"""The most bytes that a study folder may hold. A larger folder is not one of interview notes."""


def read_folder(folder: AnyPath, report: Callable[[str], None] = lambda _: None) -> StudyDraft:
    """Return the study in a folder. `report` receives one message per ignored file, joined name or odd value of a note.

    It also receives one per file and kind of odd row. Raises InputError when there is no folder, or a file in it cannot be used.
    """
    from sibtui.formats.study_folder.folder import read_study

    folder = as_path(folder)
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.")
    study, messages = join_identical(read_study(dict(_files(folder, report)), report))
    for message in messages:
        report(message)
    for source in study.sources:
        for warning in source.warnings:
            report(f"{one_line(source.name)}: {warning}.")
    return study


def sample_folder() -> Path:
    """Return the folder of the sample study: inside an installed package, beside it in a checkout."""
    package = Path(sibtui.__file__).parent
    for folder in (package / "sample_notes", package.parent / "sample_notes"):
        if (folder / "study.toml").is_file():
            return folder
    raise StudyFileError("The sample study is missing from this copy of sibtui: install it again.")


def sample_draft() -> StudyDraft:
    """Return the sample study without its id: each demo is a separate study with ids of its own."""
    draft = read_folder(sample_folder())
    matrices = (
        replace(matrix, judgements=tuple(replace(judgement, basis=None) for judgement in matrix.judgements))
        for matrix in draft.matrices
    )
    return replace(draft, study=replace(draft.study, guid=""), matrices=tuple(matrices))


def _files(folder: Path, report: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
    inside = folder.resolve()
    room = LARGEST
    for path in _candidates(folder):
        name = path.relative_to(folder).as_posix()
        real = path.resolve()
        if not real.is_relative_to(inside):
            report(f"{name} is not read: it is a link that leads out of {folder}.")
            continue
        if not real.is_file():
            continue
        room -= real.stat().st_size
        if room < 0:
            raise InputError(f"{folder} holds more than {LARGEST >> 20:,} MB, with {name}: that is no study folder.")
        yield name, read_bytes(path)


def _candidates(folder: Path) -> Iterator[Path]:
    """Yield the files with names of a study's files, without hidden files and linked folders."""
    from sibtui.formats.sources.plain_text import SUFFIXES
    from sibtui.formats.study_folder import folder as names

    for name in (names.STUDY, names.CODEBOOK, names.CODINGS, names.TOPICS, names.COVERAGE, names.READINGS, names.MEMOS):
        if (folder / name).exists():
            yield folder / name
    for within, folders, found in os.walk(folder / names.NOTES):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            Path(within, n) for n in sorted(found) if Path(n).suffix.lower() in SUFFIXES and not n.startswith(".")
        )
    if (folder / names.MATRICES).is_dir():
        yield from sorted(p for p in (folder / names.MATRICES).glob("*.toml") if not p.name.startswith("."))
