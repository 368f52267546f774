"""The sources in which a query can find codings at all. So a table narrowed to a set of sources does not wait for the reading of others."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.query.parser import DEEPEST, parse
from sibtui.model.query.tree import Conjunction, Disjunction, Negation, Related, Term
from sibtui.project.retrieval.stored_codings import StoredCodings
from sibtui.project.shared.resolve_filter import sources_of_sets
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.query.tree import Query
    from sibtui.project.shared.base import Session


def sources_of_query(session: Session, where: str) -> frozenset[int]:
    """Return the ids of the sources in which a query can find codings. For `code Trust and set pilot`, these are the sources of the set.

    Raises QueryError for an invalid query. Names are checked when the query is evaluated.
    """
    return _Sources(session).of(parse(where), 0).ids


class _Found(NamedTuple):
    """The sources in which a query can find codings. With `is_whole`, the query finds all codings of these sources."""

    ids: frozenset[int]
    is_whole: bool = False


class _Sources:
    def __init__(self, session: Session) -> None:
        self._session = session
        self._stored = StoredCodings(session)
        self._all = frozenset(source_rows.source_ids(session.store).values())

    def of(self, query: Query, depth: int) -> _Found:
        match query:
            case Term():
                return self._of_term(query, depth)
            case Negation():
                found = self.of(query.operand, depth)
                return _Found(self._all - found.ids, is_whole=True) if found.is_whole else _Found(self._all)
            case Conjunction():
                parts = self._each(query.operands, depth)
                return _Found(reduce(frozenset.__and__, (each.ids for each in parts)), all(p.is_whole for p in parts))
            case Disjunction():
                parts = self._each(query.operands, depth)
                return _Found(reduce(frozenset.__or__, (each.ids for each in parts)), all(p.is_whole for p in parts))
            case Related():
                return _Found(self.of(query.left, depth).ids)
            case _:
                return _Found(self._all)

    def _each(self, queries: Iterable[Query], depth: int) -> list[_Found]:
        return [self.of(each, depth) for each in queries]

    def _of_term(self, term: Term, depth: int) -> _Found:
        if term.word == "source":
            return _Found(frozenset([self._session.source_id(term.value)]), is_whole=True)
        if term.word == "set":
            return _Found(frozenset(sources_of_sets(self._session, term.value)), is_whole=True)
        if term.word == "kind":
            return _Found(frozenset(source_rows.of_kind(self._session.store, term.value)), is_whole=True)
        if term.word == "query" and depth < DEEPEST:  # a query that uses itself is refused when it is evaluated
            return self.of(self._stored.saved(term), depth + 1)
        return _Found(self._all)
