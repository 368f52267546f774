"""The names in saved queries: keeping them correct if an item gets another name, and finding the uses of a query.

`query_names_kept` keeps the names in stored claims correct, too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from sibtui.errors import QueryError, SibtuiError
from sibtui.model.folding import name_key
from sibtui.model.names import resolve_name
from sibtui.model.query.named_terms import NamedTerm, named_terms, with_names
from sibtui.project.shared.resolve_filter import code_ids_of
from sibtui.store import cases as case_rows
from sibtui.store import queries as query_rows
from sibtui.store import source_sets as set_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from sibtui.model.records import SavedQuery
    from sibtui.project.shared.base import Session


@contextmanager
def query_names_kept(session: Session, merges: Literal["code", "case"] = "code") -> Iterator[dict[int, int]]:
    """Update the names in saved queries and claims after a `with` block that renames codes, cases, sources, sets or attributes.

    Use this inside an act, so that one undo covers the renaming and the update. The block receives an empty dict. A
    block that merges codes must add an entry for each merge: id of the merged code → id of the remaining code. For a
    block that merges cases in the same way, set `merges` to "case".
    """
    from sibtui.project.papers.claim_names import claim_names_kept

    merged: dict[int, int] = {}
    before = [(query, list(_items(session, query))) for query in query_rows.queries(session.store)]
    with claim_names_kept(session, merged, merges):
        yield merged
    for query, items in before:
        names: dict[int, str] = {}
        for term, number in items:
            of = "code" if term.word == "exactly" else term.word
            now = merged.get(number, number) if of == merges else number
            if _item(session, term) != now and (name := _names(session, term).get(now)) is not None:
                names[term.start] = name
        if names:
            query_rows.set_expression(session.store, query.id, with_names(query.expression, names))


def queries_using(session: Session, name: str) -> list[str]:
    known = [query.name for query in query_rows.queries(session.store)]
    return [
        query.name
        for query in query_rows.queries(session.store)
        if query.name != name
        and any(term.word == "query" and _resolved(term.name, known) == name for term in _terms(query))
    ]


def _resolved(name: str, known: Sequence[str]) -> str | None:
    """Return the name of the saved query that a term of a query names; None if it names none or several."""
    try:
        return resolve_name("query", name, known)
    except SibtuiError:
        return None


def _terms(query: SavedQuery) -> Sequence[NamedTerm]:
    try:
        return named_terms(query.expression)
    except QueryError:  # written by another program
        return ()


def _items(session: Session, query: SavedQuery) -> Iterator[tuple[NamedTerm, int]]:
    """Yield (term, id) for each term of a saved query that names exactly one item."""
    for term in _terms(query):
        if (number := _item(session, term)) is not None:
            yield term, number


def _item(session: Session, term: NamedTerm) -> int | None:
    """Return the id of the item that a term of a query names, or None if its name matches no item or several."""
    try:
        if term.word in {"code", "exactly"}:
            return code_ids_of(session.store, [term.name], subcodes=False)[0]
        if term.word == "case":
            return session.case_id(term.name)
        if term.word == "attribute":
            known = [
                each.id for each in case_rows.attributes(session.store) if name_key(each.name) == name_key(term.name)
            ]
            return known[0] if len(known) == 1 else None
        if term.word == "set":
            known_sets = set_rows.set_ids(session.store)
            return known_sets[resolve_name("set of sources", term.name, known_sets)]
        return session.source_id(term.name) if term.word == "source" else None
    except SibtuiError:
        return None


def _names(session: Session, term: NamedTerm) -> Mapping[int, str]:
    """Return a map: id → name, for all items of the kind that a term of a query names, such as all cases."""
    if term.word in {"code", "exactly"}:
        return session.paths()
    if term.word == "attribute":
        return {each.id: each.name for each in case_rows.attributes(session.store)}
    read = {"case": case_rows.case_ids, "set": set_rows.set_ids}.get(term.word, source_rows.source_ids)
    return {number: name for name, number in read(session.store).items()}
