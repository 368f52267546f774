"""The reader of study folders. Only files that belong to a study are read, and no file outside of the folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import sibtui
from sibtui.errors import InputError, StudyFileError
from sibtui.model.arguments import as_path
from sibtui.model.gc_pause import gc_paused
from sibtui.model.identical_names import join_identical
from sibtui.model.lazy_items import heads
from sibtui.model.text import one_line
from sibtui.project.exporting.whole_folder import refuse_unfinished
from sibtui.project.importing.files import opened_bytes, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from sibtui.model.arguments import AnyPath
    from sibtui.model.drafts import StudyDraft

LARGEST = 1 << 30
"""The greatest size of a study folder in bytes. A larger folder cannot be a study of interview notes."""


def read_folder(folder: AnyPath, report: Callable[[str], None] = lambda _: None) -> StudyDraft:
    """Return the study in a folder.

    `report` receives a message for each ignored file, each invalid value in a note, and each group of items that are
    joined because of an equal name. Raises InputError when the folder does not exist, when an export to it did not end,
    or when a file in it cannot be used.
    """
    from sibtui.formats.study_folder.folder import read_study

    folder = as_path(folder)
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.")
    refuse_unfinished(folder)
    with gc_paused():
        files = FolderFiles(dict(_files(folder, report)))
        study, messages = join_identical(read_study(files, report, opened=files.opened))
    for message in messages:
        report(message)
    for source in heads(study.sources):
        for warning in source.warnings:
            report(f"{one_line(source.name)}: {warning}.")
    return study


def names_read(folder: AnyPath) -> Iterator[str]:
    """Yield the names of the files that `read_folder` reads in a study folder, such as `notes/a1.md`."""
    return (name for name, _ in _files(as_path(folder), lambda _: None))


def sample_folder() -> Path:
    """Return the folder of the sample study: in the installed package, or beside the package in a checkout."""
    package = Path(sibtui.__file__).parent
    for folder in (package / "sample_notes", package.parent / "sample_notes"):
        if (folder / "study.toml").is_file():
            return folder
    raise StudyFileError("The sample study is missing from this copy of sibtui: install it again.")


def sample_draft() -> StudyDraft:
    """Return the sample study without its id: each study that is made from this draft gets a new id."""
    draft = read_folder(sample_folder())
    matrices = (
        replace(matrix, judgements=tuple(replace(judgement, basis=None) for judgement in matrix.judgements))
        for matrix in draft.matrices
    )
    return replace(draft, study=replace(draft.study, guid=""), matrices=tuple(matrices))


class FolderFiles(Mapping[str, bytes]):
    """A map of the files in a folder: path → content. A file is read each time it is needed."""

    def __init__(self, paths: Mapping[str, Path]) -> None:
        self._paths = paths

    def __getitem__(self, name: str) -> bytes:
        return read_bytes(self._paths[name])

    def opened(self, name: str) -> AbstractContextManager[bytes | BinaryIO]:
        return opened_bytes(self._paths[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)

    def __contains__(self, name: object) -> bool:
        return name in self._paths


def _files(folder: Path, report: Callable[[str], None]) -> Iterator[tuple[str, Path]]:
    inside = folder.resolve()
    room = LARGEST
    resolved: dict[Path, Path] = {}  # resolving each path of a large folder would take longer than reading its file
    for path in _candidates(folder):
        name = path.relative_to(folder).as_posix()
        if path.parent not in resolved:
            resolved[path.parent] = path.parent.resolve()
        real = path.resolve() if path.is_symlink() else resolved[path.parent] / path.name
        if not real.is_relative_to(inside):
            report(f"{name} is not read: it is a link that leads out of {folder}.")
            continue
        if not real.is_file():
            continue
        room -= real.stat().st_size
        if room < 0:
            raise InputError(f"{folder} holds more than {LARGEST >> 20:,} MB, with {name}: that is no study folder.")
        yield name, path


def _candidates(folder: Path) -> Iterator[Path]:
    """Yield the files whose names are usual in a study folder.

    Hidden files and files in linked folders are left out.
    """
    from sibtui.formats.sources.plain_text import SUFFIXES
    from sibtui.formats.study_folder import folder as names

    for name in names.FILES:
        if (folder / name).exists():
            yield folder / name
    for within, folders, found in os.walk(folder / names.NOTES):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            Path(within, n) for n in sorted(found) if Path(n).suffix.lower() in SUFFIXES and not n.startswith(".")
        )
    if (folder / names.MATRICES).is_dir():
        yield from sorted(p for p in (folder / names.MATRICES).glob("*.toml") if not p.name.startswith("."))
