"""`project.history`: what was done, undone and redone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import NotFoundError
from sibtui.project.base import Noun
from sibtui.store import history as rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import Act, Change
    from sibtui.store.connection import Store


class History(Noun):
    def list(self, *, limit: int | None = None) -> Sequence[Act]:
        """The acts, newest first: those that are done, those that were undone, and those dropped by doing something else then."""
        return rows.acts(self._store, limit=limit)

    def get(self, number: int) -> Act:
        act = rows.act(self._store, number)
        if act is None:
            raise NotFoundError(f"There is no act {number}: `sibtui history list` shows their numbers.")
        return act

    def changes(self, number: int, *, limit: int | None = None) -> Sequence[Change]:
        """What an act changed, row by row, before and after; or the first rows of it."""
        return list(rows.changes(self._store, self.get(number).id, limit=limit))

    def undo(self, steps: int = 1) -> Sequence[Act]:
        """Undo the newest acts, in one transaction each; those that were undone. Empty when there is nothing to undo."""
        return self._moved(rows.undo, steps)

    def redo(self, steps: int = 1) -> Sequence[Act]:
        """Redo the acts undone last; those that were redone."""
        return self._moved(rows.redo, steps)

    def _moved(self, move: Callable[[Store], Act | None], steps: int) -> Sequence[Act]:
        moved: list[Act] = []
        while len(moved) < steps and (act := move(self._store)) is not None:
            moved.append(act)
        return moved
