"""Reading a study folder from disk: only what belongs to a study, nothing from outside of the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.errors import InputError, StudyFileError
from sibtui.project.reading import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sibtui.model.drafts import StudyDraft

LARGEST = 1 << 30
"""Bytes that a folder may hold: a folder of this size is not interview notes, but somebody's disk."""


def read_folder(folder: Path, tell: Callable[[str], None] = lambda _: None) -> StudyDraft:
    """The study in a folder. InputError when there is none, or something in it cannot be used. `tell` gets what was left alone."""
    from sibtui.formats.study_folder import read_study  # noqa: PLC0415 - heavy (YAML, TOML, CSV), and for two commands

    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.")
    return read_study(dict(_files(folder, tell)))


def sample_folder() -> Path:
    """The sample study: inside the package where it is installed, beside it in a checkout."""
    package = Path(__file__).parent.parent
    for folder in (package / "sample_notes", package.parent / "sample_notes"):
        if (folder / "study.toml").is_file():
            return folder
    raise StudyFileError("The sample study is missing from this copy of sibtui: install it again.")


def _files(folder: Path, tell: Callable[[str], None]) -> Iterator[tuple[str, bytes]]:
    inside = folder.resolve()
    room = LARGEST
    for path in _candidates(folder):
        name = path.relative_to(folder).as_posix()
        real = path.resolve()
        if not real.is_relative_to(inside):
            tell(f"{name} is not read: it is a link that leads out of {folder}.")
            continue
        if not real.is_file():
            continue
        room -= real.stat().st_size
        if room < 0:
            raise InputError(f"{folder} holds more than {LARGEST >> 20:,} MB, with {name}: that is no study folder.")
        yield name, read_bytes(path)


def _candidates(folder: Path) -> Iterator[Path]:
    """The files with the names of a study's files, hidden ones aside; folders that are links are not entered."""
    from sibtui.formats import study_folder as names  # noqa: PLC0415
    from sibtui.formats.notes import SUFFIXES  # noqa: PLC0415

    for name in (names.STUDY, names.CODEBOOK, names.CODINGS, names.COVERAGE, names.MEMOS):
        if (folder / name).exists():
            yield folder / name
    for within, folders, found in os.walk(folder / names.NOTES):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (
            Path(within, n) for n in sorted(found) if Path(n).suffix.lower() in SUFFIXES and not n.startswith(".")
        )
    if (folder / names.MATRICES).is_dir():
        yield from sorted(p for p in (folder / names.MATRICES).glob("*.toml") if not p.name.startswith("."))
