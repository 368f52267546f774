"""One step of undo or redo, with the message about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Act
    from sibtui.project import Project


def step(project: Project, *, back: bool) -> tuple[Sequence[Act], str]:
    """Undo the newest change if `back` is set. Otherwise, redo the change that was undone last.

    Return (history entries, message).
    """
    acts = project.history.undo() if back else project.history.redo()
    return acts, project.history.message(acts, undone=back)
