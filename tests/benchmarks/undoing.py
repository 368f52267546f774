"""Undo and redo of the import of all codings, against the deletion and the insertion of bare rows."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from . import raw
from .make_study import coded
from .measures import Measured, copied, cpu, opened, work_folder

if TYPE_CHECKING:
    from .make_study import Size


def undo(size: Size, runs: int) -> Measured:
    """The import undone, against the deletion of its rows in one transaction."""
    return Measured("an import undone", size.name, *_turns(size, runs)[0], 4)


def redo(size: Size, runs: int) -> Measured:
    """The import redone, against the insertion of its rows in one transaction."""
    return Measured("an import redone", size.name, *_turns(size, runs)[1], 3)


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


Pair = tuple[tuple[float, ...], tuple[float, ...]]


def _turns(size: Size, runs: int) -> tuple[Pair, Pair]:
    """Return the figures of undo and of redo, both of the project and of the bare rows, without those of a first turn."""
    codings, cases = raw.rows(coded(size))
    figures: list[tuple[float, float, float, float]] = []
    with (
        copied(coded(size)) as path,
        opened(path) as project,
        work_folder() as aside,
        closing(raw.create(aside / "raw.db", coded(size))) as other,
    ):
        raw.load(other, codings, cases)
        for _ in range(runs + 1):
            undone, removed = cpu(project.history.undo), cpu(lambda: raw.remove(other))
            redone, loaded = cpu(project.history.redo), cpu(lambda: raw.load(other, codings, cases))
            figures.append((undone, removed, redone, loaded))
    ours_undone, bare_removed, ours_redone, bare_loaded = zip(*figures[1:], strict=True)
    return (ours_undone, bare_removed), (ours_redone, bare_loaded)
