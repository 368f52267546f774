"""`project.history`: the history of a study. Each entry is an act: one change, which can be undone and redone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

import sibtui
from sibtui.errors import ConflictError, NotFoundError
from sibtui.model.arguments import maybe_whole, whole
from sibtui.model.codebook import resolve
from sibtui.model.folding import identical
from sibtui.model.frozen import replace
from sibtui.model.names import resolve_name
from sibtui.model.records import Act, Change
from sibtui.project.shared.base import Noun
from sibtui.store import changes as change_rows
from sibtui.store import history as rows
from sibtui.store import study as study_rows
from sibtui.store.connection import Store
from sibtui.store.removed_items import RemovedItem, removed_items

_ROWS = 50
"""The largest number of changed rows that are read in order to describe an act in words."""


class History(Noun):
    """`project.history`: the acts of a study (the changes that were made), with undo and redo.

    >>> [act.verb for act in project.history.list()]
    ['study load']
    """

    def list(
        self,
        *,
        limit: int | None = None,
        coder: str | None = None,
        verb: str | None = None,
        source: str | None = None,
        code: str | None = None,
    ) -> Sequence[Act]:
        """Return the acts (entries of the history), newest first.

        `limit` is the greatest number of acts. Undone acts are included, even if they cannot be redone. `coder` selects
        the acts of one person, and `verb` the acts of one kind, such as `coding` or `coding add`. `source` and `code`
        select the acts that changed this source or code, or a part of it. They can also be the name of a removed source
        or code. In a blind round of coding, the acts of other coders, and all acts before the round, are left out.

        Raises OutOfRangeError when `limit` is below 0, NotFoundError when a name is unknown, AmbiguousError when it is
        not unique.

        >>> project.codes.rename("Covid-19", "Pandemic").name
        'Pandemic'
        >>> [(act.verb, act.summary) for act in project.history.list(limit=1)]
        [('code rename', 'code Covid-19 to Pandemic')]
        """
        limit, blind = maybe_whole("limit", limit, 0), self._session.blind
        if blind is None and coder is None and verb is None and source is None and code is None:
            return rows.acts(self._store, limit=limit)
        coders, verbs = rows.kinds(self._store)
        kinds = dict.fromkeys([*(verb.split()[0] for verb in verbs), *verbs])
        others = [each.name for each in study_rows.coders(self._store) if identical(each.name, coders) is None]
        who = None if coder is None else resolve_name("coder", coder, [*coders, *others])
        if blind is not None and who not in {None, self._session.coder}:
            return []
        return rows.acts(
            self._store,
            limit=limit,
            coder=who if blind is None else self._session.coder,
            since="" if blind is None else blind.started,
            verb=None if verb is None else resolve_name("kind of change", verb, kinds),
            source=None if source is None else self._source(source),
            code=None if code is None else self._code(code),
        )

    def _source(self, name: str) -> int | Sequence[RemovedItem]:
        """Return the id of a source. If no source has this name, return the removed sources that had it."""
        try:
            return self._session.source_id(name)
        except NotFoundError:
            removed = removed_items(self._store, "sources")
            if (there := identical(name, {each.name for each in removed})) is None:
                raise
            return [each for each in removed if each.name == there]

    def _code(self, path: str) -> int | Sequence[RemovedItem]:
        """Return the id of the code with this path. If there is none, return the removed codes that had this path.

        If there are no such removed codes either, accept a part of a path: return the id of the code that
        `codes.get` finds.
        """
        present = {number: known for known, number in self._session.paths().items()}
        try:
            return present[resolve(path, present, partial=False)]
        except NotFoundError:
            removed = removed_items(self._store, "codes")
            try:
                there = resolve(path, {each.name for each in removed}, partial=False)
            except NotFoundError:
                return self._session.code(path).id
            return [each for each in removed if each.name == there]

    def get(self, number: int) -> Act:
        """Return the act (entry of the history) with this id.

        Raises NotFoundError when there is no such act, or when the coder may not see it in a blind round of coding.

        >>> project.history.get(1).summary
        'study Four social impact bonds (synthetic sample)'
        """
        act = rows.act(self._store, number)
        if act is None:
            raise NotFoundError(f"There is no act {number}.", "list-history")
        if self._hides(act):
            raise NotFoundError(f"Act {number} is hidden until the blind round ends.", "end-round")
        return act

    def _hides(self, act: Act) -> bool:
        """Return whether a blind round of coding hides an act: an act of another coder, or an act before the round."""
        blind = self._session.blind
        return blind is not None and (act.coder != self._session.coder or act.at < blind.started)

    def changes(self, number: int, *, limit: int | None = None) -> Sequence[Change]:
        """Return the database rows that an act changed, each with its values before and after the act.

        `number` is the id of the act, and `limit` the greatest number of rows. Raises NotFoundError for an unknown id,
        OutOfRangeError when `limit` is below 0.

        >>> project.codes.rename("Covid-19", "Pandemic").name
        'Pandemic'
        >>> [(change.table, change.after["name"]) for change in project.history.changes(2) if change.table == "codes"]
        [('codes', 'Pandemic')]
        """
        return list(change_rows.changes(self._store, self.get(number).id, limit=maybe_whole("limit", limit, 0)))

    def change_texts(
        self, number: int, *, limit: int | None = None, width: int | None = None
    ) -> Iterator[tuple[str, int, str, str, str]]:
        """Yield (table, row id, change, values before, values after) for each database row that an act changed.

        `number` is the id of the act, and `limit` the greatest number of rows. The change is "added", "changed" or
        "removed". The values are JSON texts, cut to `width` characters. Only values that differ are included. An added
        row has no values before, and a removed row no values after: these texts are empty. For many rows, this method
        is faster than `changes`.

        Raises NotFoundError for an unknown id, OutOfRangeError when `limit` or `width` is below 0.

        >>> project.codes.rename("Covid-19", "Pandemic").name
        'Pandemic'
        >>> next(project.history.change_texts(2))
        ('codes', 44, 'changed', '{"name": "Covid-19"}', '{"name": "Pandemic"}')
        """
        from sibtui.project.shared.change_texts import change_texts

        act, limit, width = self.get(number).id, maybe_whole("limit", limit, 0), maybe_whole("width", width, 0)
        return islice(change_texts(self._store, act, width), limit)

    def undo(self, steps: int = 1) -> Sequence[Act]:
        """Undo the newest acts (entries of the history), and return them. Each act is undone in its own transaction.

        If there is nothing to undo, the result is empty. Raises OutOfRangeError when `steps` is below 0, StudyFileError
        when the study cannot be changed. Raises ConflictError, and undoes nothing, if one of these acts has erased
        texts for good, or if the coder may not see the newest act in a blind round of coding.

        >>> project.codes.rename("Covid-19", "Pandemic").name
        'Pandemic'
        >>> [act.verb for act in project.history.undo()]
        ['code rename']
        """
        rows.refuse_before_erasure(self._store, whole("number of steps", steps, 0))
        return self._moved(rows.undo, steps, back=True)

    def redo(self, steps: int = 1) -> Sequence[Act]:
        """Redo the acts that were undone last, and return them. If there is nothing to redo, the result is empty.

        Raises OutOfRangeError when `steps` is below 0, StudyFileError when the study cannot be changed, ConflictError
        when the coder may not see the next act in a blind round of coding.

        >>> project.codes.rename("Covid-19", "Pandemic").name
        'Pandemic'
        >>> [act.state for act in project.history.undo()]
        ['undone']
        >>> [act.state for act in project.history.redo()]
        ['done']
        """
        return self._moved(rows.redo, steps, back=False)

    def fact(self, act: Act) -> str:
        """Return what an act did, as a part of a sentence: `code Covid-19 renamed to Pandemic`.

        For an act with a `verb` that a script has chosen (`Project.act`), the result has the `verb` and the `summary`.
        For an act that `undo` or `redo` returned, the result is the field `words` of the act. Raises NotFoundError when
        the study has no such act.

        >>> [coding] = project.codings.set(12, certainty="tentative")
        >>> project.history.fact(project.history.get(2))
        '“a person who needs none of them earns the…” now tentative'
        """
        if act.words:
            return act.words
        from sibtui.model.act_facts import act_fact
        from sibtui.project.shared.history_facts import RowNames

        changes = self.changes(act.id, limit=_ROWS)
        return act_fact(act, changes, RowNames(self._store, changes))

    def facts(self, number: int, *, limit: int | None = None) -> Sequence[sibtui.ChangeFact]:
        """Return the changes that an act made, grouped by item (such as a coding), with names and quotes.

        `number` is the id of the act, and `limit` the greatest number of changed rows to read. Raises NotFoundError for
        an unknown id, OutOfRangeError when `limit` is below 0.

        >>> [coding] = project.codings.set(12, certainty="tentative")
        >>> [(fact.what, fact.fields) for fact in project.history.facts(2)]
        [('coding', (('certainty', 'firm', 'tentative'),))]
        """
        from sibtui.project.shared.history_facts import facts

        return facts(self._store, self.changes(number, limit=limit))

    def place(self, number: int) -> sibtui.ChangePlace | None:
        """Return the present place of an item that an act changed.

        The item is the first changed coding, or else the first changed source, code, case or matrix. For a removed
        coding, return its last place. Return None if no changed item has a place. `number` is the id of the act. Raises
        NotFoundError for an unknown id.

        >>> [coding] = project.codings.set(12, certainty="tentative")
        >>> place = project.history.place(2)
        >>> place.kind, place.name, place.segment == coding.segment
        ('coding', 'a1', True)
        """
        from sibtui.project.shared.history_facts import place_of

        return place_of(self._store, self.changes(number, limit=_ROWS))

    def message(self, acts: Sequence[Act], *, undone: bool) -> str:
        """Return the message that the command line and the screen show after acts were undone or redone.

        Raises the errors of `fact`.

        >>> code = project.codes.rename("Covid-19", "Pandemic")
        >>> project.history.message(project.history.undo(), undone=True)
        'Undone: code Covid-19 renamed to Pandemic.'
        """
        if not acts:
            return f"There is nothing to {'undo' if undone else 'redo'}."
        return f"{'Undone' if undone else 'Redone'}: {'; '.join(map(self.fact, acts))}."

    def _moved(self, move: Callable[[Store], Act | None], steps: int, *, back: bool) -> Sequence[Act]:
        whole("number of steps", steps, 0)
        moved: list[Act] = []
        while len(moved) < steps:
            following = rows.next_move(self._store, back=back)
            if following is not None and self._hides(following):
                if moved:
                    break
                raise ConflictError(f"Act {following.id} is hidden until the blind round ends.", "end-round")
            act = move(self._store)
            if act is None:
                break
            # The next step may remove the names that the words need.
            moved.append(replace(act, words=self.fact(act)))
        return moved
