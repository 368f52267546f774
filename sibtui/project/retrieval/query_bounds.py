"""The sources, codes, coders and rounds in which a query can find codings at all. A round is one pass of a coder.

Usually, a cell of a matrix is complete only if all sources of the cell were read for all codes of the row. If a query
selects the codings of the cell, less is needed:

- Only the sources in which the query can find codings must be read.
- They must be read only for the codes that the query can find.
- Only coders and rounds whose codings the query can find count as readers.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.query.bounds import QueryBounds
from sibtui.model.query.parser import DEEPEST, parse
from sibtui.model.query.tree import Conjunction, Disjunction, Negation, Related, Term
from sibtui.project.retrieval.stored_codings import StoredCodings
from sibtui.project.shared.resolve_filter import code_ids_of, coder_ids, sources_of_sets
from sibtui.store import codes as code_rows
from sibtui.store import rounds as round_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sibtui.model.query.tree import Query
    from sibtui.project.shared.base import Session

    OfTerm = Callable[[Term], Iterable[int] | None]


def bounds_of_query(session: Session, where: str) -> QueryBounds:
    """Return the sources, coders and rounds (passes of a coder) in which a query can find codings.

    For `code Trust and set pilot and coder R1`, these are the sources of the set `pilot`, the coder R1, and all rounds.
    Raises QueryError for an invalid query, NotFoundError or AmbiguousError when a name matches no item or several.
    """
    store, query = session.store, parse(where)

    def of_source(term: Term) -> Iterable[int] | None:
        match term.word:
            case "source":
                return [session.source_id(term.value)]
            case "set":
                return sources_of_sets(session, term.value)
            case "kind":
                return source_rows.of_kind(store, term.value)
            case _:
                return None

    def of_coder(term: Term) -> Iterable[int] | None:
        return coder_ids(session, term.value) if term.word == "coder" else None

    def of_round(term: Term) -> Iterable[int] | None:
        return [int(term.value)] if term.word == "round" else None

    sources = source_rows.source_ids(store).values()
    coders = [coder.id for coder in study_rows.coders(store)]
    return QueryBounds(
        _Bounds(session, sources, of_source).limit(query),
        _Bounds(session, coders, of_coder).limit(query),
        _Bounds(session, round_rows.numbers(store), of_round).limit(query),
    )


def codes_of_query(session: Session, where: str) -> frozenset[int]:
    """Return the ids of the codes whose codings a query can find.

    For `code Trust overlapping code Budgets`, these are Trust and its sub-codes: a query with a relation finds only the
    codings on the left side. Raises the errors of `bounds_of_query`.
    """
    store = session.store

    def of_term(term: Term) -> Iterable[int] | None:
        if term.word not in {"code", "exactly"}:
            return None
        return code_ids_of(store, [term.value], subcodes=term.word == "code")

    return _Bounds(session, (code.id for code in code_rows.codes(store)), of_term).of(parse(where), 0).ids


class _Found(NamedTuple):
    """The ids of the sources (or codes, coders, rounds) in which a query can find codings.

    `is_whole` is set if the query finds all codings of these sources (or codes, coders, rounds).
    """

    ids: frozenset[int]
    is_whole: bool = False


class _Bounds:
    """Finds the sources (or codes, coders, rounds) in which a query can find codings.

    `everything` has the ids of all sources. `of_term` takes a term of the query, and returns the ids of the sources in
    this term. It returns None if the term names no source.
    """

    def __init__(self, session: Session, everything: Iterable[int], of_term: OfTerm) -> None:
        self._stored = StoredCodings(session)
        self._all = frozenset(everything)
        self._of_term = of_term

    def limit(self, query: Query) -> frozenset[int] | None:
        """Return the ids of the sources (or codes, coders, rounds) in which the query can find codings.

        Return None if the query can find codings in all sources (or codes, coders, rounds).
        """
        found = self.of(query, 0).ids
        return None if found >= self._all else found

    def of(self, query: Query, depth: int) -> _Found:
        match query:
            case Term():
                return self._term(query, depth)
            case Negation():
                found = self.of(query.operand, depth)
                return _Found(self._all - found.ids, is_whole=True) if found.is_whole else _Found(self._all)
            case Conjunction():
                return self._joined(query.operands, depth, frozenset.__and__)
            case Disjunction():
                return self._joined(query.operands, depth, frozenset.__or__)
            case Related():
                return _Found(self.of(query.left, depth).ids)
            case _:
                return _Found(self._all)

    def _term(self, term: Term, depth: int) -> _Found:
        if term.word == "query" and depth < DEEPEST:  # a query that uses itself is refused when it is evaluated
            return self.of(self._stored.saved(term), depth + 1)
        ids = self._of_term(term)
        return _Found(self._all) if ids is None else _Found(frozenset(ids), is_whole=True)

    def _joined(
        self, operands: Iterable[Query], depth: int, join: Callable[[frozenset[int], frozenset[int]], frozenset[int]]
    ) -> _Found:
        parts = [self.of(each, depth) for each in operands]
        return _Found(reduce(join, (each.ids for each in parts)), all(each.is_whole for each in parts))
