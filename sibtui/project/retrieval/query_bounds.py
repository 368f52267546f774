"""The sources, codes, coders and rounds in which a query can find codings. A round is one pass of a coder.

These items decide which sources must be read before a cell of a matrix is complete. Usually, all sources of the cell
must be read for all codes of the row. If a query selects the codings of the cell, less must be read:

- Only the sources in which the query can find codings must be read.
- These sources must be read only for the codes that the query can find.
- A reading counts only if the query can find codings of its coder and its round.

A report on sources, such as the report on saturation, includes only the sources in which the query can find codings.
In such a report, a case or an attribute in the query limits the sources too.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.query.bounds import OTHERS, QueryBounds
from sibtui.model.query.parser import DEEPEST, parse
from sibtui.model.query.tree import AttributeTerm, Conjunction, Disjunction, Negation, Related, Term
from sibtui.model.records import KINDS
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

    OfTerm = Callable[[Term | AttributeTerm], "_Found | None"]


def bounds_of_query(session: Session, where: str, *, by_value: bool = False) -> QueryBounds:
    """Return the sources, coders and rounds (passes of a coder) in which a query can find codings.

    For `code Trust and set pilot and coder R1`, these are the sources of the set `pilot`, the coder R1, and all rounds.
    With `by_value`, a case or an attribute in the query limits the sources too. Raises QueryError for an invalid query,
    NotFoundError when a name is unknown, AmbiguousError when it is not unique.
    """
    store, query = session.store, parse(where)

    def of_coder(term: Term | AttributeTerm) -> _Found | None:
        return _whole(coder_ids(session, term.value)) if _word(term) == "coder" else None

    named = set[int]()

    def of_round(term: Term | AttributeTerm) -> _Found | None:
        if _word(term) != "round":
            return None
        named.add(int(term.value))
        return _whole([int(term.value)])

    coders = [coder.id for coder in study_rows.coders(store)]
    _Bounds(session, (), of_round).of(query, 0)  # finds the rounds that the query names
    rounds = round_rows.numbers(store) if named else ()  # this reads all codings
    return QueryBounds(
        _of_sources(session, by_value=by_value).limit(query),
        _Bounds(session, coders, of_coder, beyond=[OTHERS]).limit(query),
        _Bounds(session, rounds, of_round, beyond=[OTHERS, *named]).limit(query),
    )


def selects_whole_sources(session: Session, where: str) -> bool:
    """Return whether a query only chooses sources: it finds all codings in some sources, and none in the others.

    This is true for `set pilot and not source a1`, and false for `set pilot and code Trust`. Raises the errors of
    `bounds_of_query`.
    """
    return _of_sources(session, by_value=True).of(parse(where), 0).is_whole


def limits_kinds(session: Session, where: str) -> bool:
    """Return whether a query, such as `kind report`, can find codings only in some kinds of sources."""
    numbers = {kind: at for at, kind in enumerate(KINDS)}

    def of_kind(term: Term | AttributeTerm) -> _Found | None:
        return _whole([numbers[kind] for kind in KINDS if kind == term.value]) if _word(term) == "kind" else None

    return _Bounds(session, numbers.values(), of_kind).limit(parse(where)) is not None


def codes_of_query(session: Session, where: str) -> frozenset[int]:
    """Return the ids of the codes whose codings a query can find.

    For `code Trust overlapping code Budgets`, these are Trust and its sub-codes, because the query finds only the
    codings on the left side of “overlapping”. Raises the errors of `bounds_of_query`.
    """
    store = session.store

    def of_term(term: Term | AttributeTerm) -> _Found | None:
        if _word(term) not in {"code", "exactly"}:
            return None
        return _whole(code_ids_of(store, [term.value], subcodes=_word(term) == "code"))

    return _Bounds(session, (code.id for code in code_rows.codes(store)), of_term).of(parse(where), 0).ids


class _Found(NamedTuple):
    """The ids of the items in which a query can find codings. The items are sources, codes, coders or rounds.

    `sure` has the ids of the items of which the query finds all codings. `is_whole` is set if the query has only terms
    that choose items, so that both are equal.
    """

    ids: frozenset[int]
    sure: frozenset[int] = frozenset()
    is_whole: bool = False


def _whole(ids: Iterable[int]) -> _Found:
    found = frozenset(ids)
    return _Found(found, found, is_whole=True)


def _word(term: Term | AttributeTerm) -> str:
    return term.word if isinstance(term, Term) else "attribute"


class _Bounds:
    """Finds the items in which a query can find codings. The items are sources, codes, coders or rounds.

    `everything` has the ids of all items of the study. `beyond` has further ids that a result may contain, such as a
    round that only the query names. `of_term` is a function: term of a query → items in which this term finds
    codings. It returns None if the term does not limit the items.
    """

    def __init__(
        self, session: Session, everything: Iterable[int], of_term: OfTerm, *, beyond: Iterable[int] = ()
    ) -> None:
        self._stored = StoredCodings(session)
        self._known = frozenset(everything)
        self._all = self._known.union(beyond)
        self._of_term = of_term

    def limit(self, query: Query) -> frozenset[int] | None:
        """Return the ids of the items in which a query can find codings; None if these are all items."""
        found = self.of(query, 0).ids
        return None if found >= self._known else found

    def of(self, query: Query, depth: int) -> _Found:
        match query:
            case Term() | AttributeTerm():
                return self._term(query, depth)
            case Negation():
                found = self.of(query.operand, depth)
                return _Found(self._all - found.sure, self._all - found.ids, found.is_whole)
            case Conjunction():
                return self._joined(query.operands, depth, frozenset.__and__)
            case Disjunction():
                return self._joined(query.operands, depth, frozenset.__or__)
            case Related():
                return _Found(self.of(query.left, depth).ids)
            case _:
                return _Found(self._all)

    def _term(self, term: Term | AttributeTerm, depth: int) -> _Found:
        # a query that uses itself is refused when it is evaluated
        if isinstance(term, Term) and term.word == "query" and depth < DEEPEST:
            return self.of(self._stored.saved(term), depth + 1)
        found = self._of_term(term)
        return _Found(self._all) if found is None else found

    def _joined(
        self, operands: Iterable[Query], depth: int, join: Callable[[frozenset[int], frozenset[int]], frozenset[int]]
    ) -> _Found:
        parts = [self.of(each, depth) for each in operands]
        return _Found(
            reduce(join, (each.ids for each in parts)),
            reduce(join, (each.sure for each in parts)),
            all(each.is_whole for each in parts),
        )


def _of_sources(session: Session, *, by_value: bool) -> _Bounds:
    """Return an object that finds the sources in which a query can find codings.

    With `by_value`, a case or an attribute in the query limits the sources too.
    """
    store, stored = session.store, StoredCodings(session)

    def about(cases: Iterable[int]) -> frozenset[int]:
        wanted = set(cases)
        touched = source_rows.cases_by_source(store)
        return frozenset(source for source, those in touched.items() if not wanted.isdisjoint(those))

    def of_attribute(term: AttributeTerm) -> _Found:
        owners = stored.owners(term)
        ids = frozenset[int]().union(*(about(those) if of == "case" else frozenset(those) for of, those in owners))
        sure = frozenset[int]().union(*(those for of, those in owners if of == "source"))
        return _Found(ids, sure, is_whole=all(of == "source" for of, _ in owners))

    def of_term(term: Term | AttributeTerm) -> _Found | None:
        if isinstance(term, AttributeTerm):
            return of_attribute(term) if by_value else None
        match term.word:
            case "source":
                return _whole([session.source_id(term.value)])
            case "set":
                return _whole(sources_of_sets(session, term.value))
            case "kind":
                return _whole(source_rows.of_kind(store, term.value))
            case "case" if by_value:
                return _Found(about([session.case_id(term.value)]))
            case _:
                return None

    return _Bounds(session, source_rows.source_ids(store).values(), of_term)
