"""The file of a study after an undo and a redo of the import of all codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .make_study import coded
from .measures import Measured, copied, opened

if TYPE_CHECKING:
    from .make_study import Size


def file_size(size: Size) -> Measured:
    """The file after an undo and a redo of the import, to the file before."""
    with copied(coded(size)) as path:
        before = path.stat().st_size
        with opened(path) as project:
            project.history.undo()
            project.history.redo()
        after = path.stat().st_size
    return Measured(
        "file after an import undone and redone", size.name, (after / (1 << 20),), (before / (1 << 20),), 1.1, "MB"
    )
