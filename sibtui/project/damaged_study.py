"""Damaged studies: the readable rows are copied to memory, and can be read like any study."""

from __future__ import annotations

import sibtui
from sibtui.model.arguments import AnyPath, as_path
from sibtui.model.frozen import dataclass
from sibtui.model.lost_rows import LostRows


@dataclass(frozen=True, slots=True)
class ReadableRows:
    """The result of reading a damaged study: a read-only project with the readable rows, and the lost rows."""

    project: sibtui.Project
    losses: tuple[LostRows, ...]


def read_damaged(path: AnyPath, *, coder: str | None = None) -> ReadableRows:
    """Return the readable part of a damaged study as a project in memory. The file is not changed.

    The project has all rows that obey the rules of a study. If the parent of a code is lost, the code becomes a theme.
    Characters that are not UTF-8 are replaced. Close the project after use. Raises StudyFileError when the file cannot
    be opened as a study.

    >>> found = read_damaged("tour.sibtui")
    >>> found.losses
    ()
    >>> found.project.close()
    """
    from sibtui.store.sound_copy import sound_copy

    store, losses = sound_copy(as_path(path))
    return ReadableRows(sibtui.Project(store, coder=coder), losses)
