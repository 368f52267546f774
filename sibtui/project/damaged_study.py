"""Damaged studies: whether a study is sound, and a copy of its sound rows that can be read like any study."""

from __future__ import annotations

from dataclasses import dataclass

import sibtui
from sibtui.model.arguments import AnyPath, as_path
from sibtui.model.lost_rows import LostRows


@dataclass(frozen=True, slots=True)
class ReadableRows:
    """What can be read of a damaged study: a project that cannot be changed, and the rows that it lacks."""

    project: sibtui.Project
    losses: tuple[LostRows, ...]


def read_damaged(path: AnyPath, *, coder: str | None = None) -> ReadableRows:
    """Return what can be read of a damaged study, in memory; the file itself stays as it is.

    The project has every row that a study may have. A code that lost its place becomes a theme, and characters that are not UTF-8 are
    replaced. Close the project after use. Raises StudyFileError when the file cannot be opened as a study.

    >>> found = read_damaged("tour.sibtui")
    >>> found.losses
    ()
    >>> found.project.close()
    """
    from sibtui.store.sound_copy import sound_copy

    store, losses = sound_copy(as_path(path))
    return ReadableRows(sibtui.Project(store, coder=coder), losses)
