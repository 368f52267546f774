"""`project.history`: the acts of a study, with undo and redo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from sibtui.errors import NotFoundError
from sibtui.model.arguments import maybe_whole, whole
from sibtui.model.records import Act, Change
from sibtui.project.shared.base import Noun
from sibtui.store import codes as code_rows
from sibtui.store import history as rows
from sibtui.store.connection import Store

_ROWS = 50
"""The number of changed rows that are read to describe an act."""
_NAMES = {"codes": "name", "cases": "label", "attributes": "name", "codings": "quote"}
"""Table → the column that names a row."""


class History(Noun):
    """`project.history`: the acts of a study, and undo and redo.

    >>> [act.verb for act in project.history.list()]
    ['study load']
    """

    def list(self, *, limit: int | None = None) -> Sequence[Act]:
        """Return the acts, newest first; at most `limit`. Undone acts are included, also those that can no longer be redone.

        Raises OutOfRangeError when `limit` is below 0.

        >>> project.codes.rename("Covid-19", "Pandemic").name
        'Pandemic'
        >>> [(act.verb, act.summary) for act in project.history.list(limit=1)]
        [('code rename', 'code Covid-19 to Pandemic')]
        """
        return rows.acts(self._store, limit=maybe_whole("limit", limit, 0))

    def get(self, number: int) -> Act:
        """Return the act with this number. Raises NotFoundError when there is none.

        >>> project.history.get(1).summary
        'study Four social impact bonds (synthetic sample)'
        """
        act = rows.act(self._store, number)
        if act is None:
            raise NotFoundError(f"There is no act {number}.", "list-history")
        return act

    def changes(self, number: int, *, limit: int | None = None) -> Sequence[Change]:
        """Return the rows that an act changed, each before and after; at most `limit`.

        Raises NotFoundError for an unknown number, OutOfRangeError when `limit` is below 0.

        >>> project.codes.rename("Covid-19", "Pandemic").name
        'Pandemic'
        >>> [(change.table, change.after["name"]) for change in project.history.changes(2) if change.table == "codes"]
        [('codes', 'Pandemic')]
        """
        return list(rows.changes(self._store, self.get(number).id, limit=maybe_whole("limit", limit, 0)))

    def undo(self, steps: int = 1) -> Sequence[Act]:
        """Undo the newest acts, one transaction each, and return them. The result is empty when there is nothing to undo.

        Raises OutOfRangeError when `steps` is below 0, StudyFileError when the study cannot be changed.

        >>> project.codes.rename("Covid-19", "Pandemic").name
        'Pandemic'
        >>> [act.verb for act in project.history.undo()]
        ['code rename']
        """
        return self._moved(rows.undo, steps)

    def redo(self, steps: int = 1) -> Sequence[Act]:
        """Redo the acts that were undone last, and return them. The result is empty when there is nothing to redo.

        Raises OutOfRangeError when `steps` is below 0, StudyFileError when the study cannot be changed.

        >>> project.codes.rename("Covid-19", "Pandemic").name
        'Pandemic'
        >>> [act.state for act in project.history.undo()]
        ['undone']
        >>> [act.state for act in project.history.redo()]
        ['done']
        """
        return self._moved(rows.redo, steps)

    def fact(self, act: Act) -> str:
        """Return what an act did, as a clause: `code Covid-19 renamed to Pandemic`. An act of a script gives its verb and summary.

        >>> [coding] = project.codings.set(12, certainty="tentative")
        >>> project.history.fact(project.history.get(2))
        '“a person who needs none of them earns the program…” now tentative'
        """
        from sibtui.model.act_facts import act_fact

        changes = self.changes(act.id, limit=_ROWS)
        return act_fact(act, changes, _RowNames(self._store, changes))

    def message(self, acts: Sequence[Act], *, undone: bool) -> str:
        """Return the message about acts that `undo` or `redo` returned, the same for every front end.

        >>> code = project.codes.rename("Covid-19", "Pandemic")
        >>> project.history.message(project.history.undo(), undone=True)
        'Undone: code Covid-19 renamed to Pandemic.'
        """
        if not acts:
            return f"There is nothing to {'undo' if undone else 'redo'}."
        return f"{'Undone' if undone else 'Redone'}: {'; '.join(map(self.fact, acts))}."

    def _moved(self, move: Callable[[Store], Act | None], steps: int) -> Sequence[Act]:
        whole("number of steps", steps, 0)
        moved: list[Act] = []
        while len(moved) < steps and (act := move(self._store)) is not None:
            moved.append(act)
        return moved


class _RowNames:
    """Names of rows by table and id: those in the changes of an act, else those in the study."""

    def __init__(self, store: Store, changes: Sequence[Change]) -> None:
        self._store = store
        self._changes = changes

    def __call__(self, table: str, number: object) -> str:
        if table == "codes" and (path := {c.id: c.path for c in code_rows.codes(self._store)}.get(cast("int", number))):
            return path
        column = _NAMES[table]
        rows = (c.after or c.before or {} for c in self._changes if (c.table, c.row) == (table, number))
        own = next((row[column] for row in rows if column in row), None)
        return str(own or self._store.scalar(f"SELECT {column} FROM {table} WHERE id = ?", (number,)) or "")
