"""`project.sets`: sets of sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sibtui
from sibtui.errors import InputError
from sibtui.model.arguments import Names, as_name, as_names
from sibtui.model.folding import identical
from sibtui.model.names import refuse_name_in_use, resolve_name
from sibtui.model.records import SourceSet
from sibtui.model.text import one_line
from sibtui.project.shared.base import Noun
from sibtui.store import source_sets as rows


class SourceSets(Noun):
    """`project.sets`: named sets of sources, such as the sources of a pilot study. A source can be in several sets.

    Filters of codings and some methods of `project.sources` have an argument `sets`, with names of sets. It limits the
    result to the sources in these sets. In a query, the term `set NAME` does the same.

    >>> project.sets.add("pilot", ["a1", "b1"]).sources
    ('a1', 'b1')
    >>> project.codings.count(CodingFilter(sets="pilot"))
    86
    """

    def list(self) -> Sequence[SourceSet]:
        """Return the sets, oldest first.

        >>> project.sets.list()
        []
        """
        return rows.sets(self._store)

    def get(self, name: str) -> SourceSet:
        """Return the set with this name.

        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> project.sets.add("pilot", "a1").name
        'pilot'
        >>> project.sets.get("Pilot").sources
        ('a1',)
        """
        found = {each.name: each for each in self.list()}
        return found[resolve_name("set of sources", as_name(name), found)]

    def add(self, name: str, sources: Names = ()) -> SourceSet:
        """Put sources into a set, and return the set. If there is no set with this name, a new set is made.

        Sources that are in the set already stay in it. Raises InputError for an empty name, NotFoundError when a source
        is unknown, AmbiguousError when its name is not unique.

        >>> project.sets.add("pilot", "a1").sources
        ('a1',)
        >>> project.sets.add("pilot", ["b1", "a1"]).sources
        ('a1', 'b1')
        """
        name = _checked(name)
        there = identical(name, rows.set_ids(self._store))
        with self._session.act("set change", f"set {one_line(there or name, 60)}"):
            chosen = rows.add_set(self._store, name) if there is None else rows.set_ids(self._store)[there]
            rows.add_sources(self._store, chosen, [self._session.source_id(each) for each in as_names(sources)])
        return self.get(there or name)

    def take_out(self, name: str, sources: Names) -> SourceSet:
        """Remove sources from a set, and return the set. The sources stay in the study, and an empty set stays too.

        Raises NotFoundError when a name is unknown, AmbiguousError when it is not unique.

        >>> project.sets.add("pilot", ["a1", "b1"]).sources
        ('a1', 'b1')
        >>> project.sets.take_out("pilot", "b1").sources
        ('a1',)
        """
        chosen = self.get(name)
        with self._session.act("set change", f"set {one_line(chosen.name, 60)}"):
            numbers = [self._session.source_id(each) for each in as_names(sources)]
            rows.remove_sources(self._store, chosen.id, numbers)
        return self.get(chosen.name)

    def rename(self, name: str, new_name: str) -> SourceSet:
        """Give a set another name, and return it. In saved queries, the new name replaces the old name.

        Raises InputError for an empty name, ConflictError for a name in use, NotFoundError when `name` is unknown,
        AmbiguousError when it is not unique.

        >>> project.sets.add("pilot", "a1").name
        'pilot'
        >>> project.sets.rename("pilot", "first visits").sources
        ('a1',)
        """
        from sibtui.project.retrieval.query_names import query_names_kept

        new_name = _checked(new_name)
        with self._session.act("set rename", f"{name} to {new_name}") as act, query_names_kept(self._session):
            chosen = self.get(name)
            act.summary = f"{one_line(chosen.name, 60)} to {one_line(new_name, 60)}"
            refuse_name_in_use("set of sources", new_name, [each.name for each in self.list() if each.id != chosen.id])
            rows.rename_set(self._store, chosen.id, new_name)
        return self.get(new_name)

    def remove(self, name: str) -> SourceSet:
        """Remove a set, and return it. Its sources stay in the study.

        Raises ConflictError when the query of a matrix row names the set, NotFoundError when the name is unknown,
        AmbiguousError when it is not unique.

        >>> project.sets.add("pilot", "a1").name
        'pilot'
        >>> project.sets.remove("pilot").sources
        ('a1',)
        >>> project.sources.get("a1").name
        'a1'
        """
        from sibtui.project.tables.queried_rows import row_queries_kept

        with self._session.act("set remove", f"set {one_line(name, 60)}") as act, row_queries_kept(self._session):
            chosen = self.get(name)
            act.summary = f"set {one_line(chosen.name, 60)}"
            rows.remove_set(self._store, chosen.id)
        return chosen

    def insert(self, drafts: Iterable[sibtui.SourceSetDraft]) -> None:
        """Add the sets of a whole study. Call this inside an act (`with project.act(…)`, one step of undo).

        Raises InputError for an empty name, ConflictError for a name in use, NotFoundError for a source that the study
        does not have.

        >>> with project.act("set change", "a set"):
        ...     project.sets.insert([SourceSetDraft("pilot", ("a1",))])
        """
        known = list(rows.set_ids(self._store))
        for draft in drafts:
            name = _checked(draft.name)
            refuse_name_in_use("set of sources", name, known)
            chosen = rows.add_set(self._store, name, draft.uid)
            rows.add_sources(self._store, chosen, [self._session.source_id(each) for each in draft.sources])
            known.append(name)


def _checked(name: str) -> str:
    """Return the name of a set with repeated spaces reduced to one. Raises InputError for an empty name."""
    name = " ".join(as_name(name).split())
    if not name:
        raise InputError("A set of sources needs a name.")
    return name
