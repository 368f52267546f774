"""The names in saved queries: updating them when an item gets another name, and finding the uses of a query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from sibtui.errors import QueryError, SibtuiError
from sibtui.model.folding import name_key
from sibtui.model.names import resolve_name
from sibtui.model.query.comparisons import comparison
from sibtui.model.query.named_terms import NamedTerm, named_terms, with_names
from sibtui.project.shared.resolve_filter import code_ids_of
from sibtui.store import cases as case_rows
from sibtui.store import queries as query_rows
from sibtui.store import source_sets as set_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from sibtui.model.query.tree import AttributeTerm
    from sibtui.model.records import Attribute, SavedQuery
    from sibtui.project.shared.base import Session


@contextmanager
def query_names_kept(session: Session, merges: Literal["code", "case"] = "code") -> Iterator[dict[int, int]]:
    """Update the names in saved queries and claims after a `with` block that renames items.

    The items are codes, cases, sources, sets or attributes. Use this inside an act, so that one undo covers the
    renaming and the update. The block receives an empty dict. If the block merges codes, it must add an entry for each
    merge: id of the merged code → id of the remaining code. If it merges cases, it must add such entries for cases, and
    `merges` must be "case".
    """
    from sibtui.project.papers.claim_names import claim_names_kept

    merged: dict[int, int] = {}
    before = [(query, list(named_items(session, query))) for query in query_rows.queries(session.store)]
    with claim_names_kept(session, merged, merges):
        yield merged
    for query, items in before:
        now: dict[int, tuple[int, ...]] = {}
        for term, numbers in items:
            of = "code" if term.word == "exactly" else term.word
            now[term.start] = tuple(merged.get(each, each) for each in numbers) if of == merges else numbers
        query_rows.set_expression(session.store, query.id, with_present_names(session, query.expression, now))


def with_present_names(session: Session, expression: str, items: Mapping[int, tuple[int, ...]]) -> str:
    """Return a query with the present names of its items.

    `items` is a map: offset of a name in the query → ids of the items. A name that still matches these items stays
    unchanged.
    """
    names: dict[int, tuple[str, ...]] = {}
    for term in named_terms(expression) if items else ():
        now = items.get(term.start)
        if now and _named(session, term) != now and (new := _new_names(session, term, now)):
            names[term.start] = new
    return with_names(expression, names) if names else expression


def queries_using(session: Session, name: str) -> list[str]:
    known = [query.name for query in query_rows.queries(session.store)]
    return [
        query.name
        for query in query_rows.queries(session.store)
        if query.name != name
        and any(term.word == "query" and _resolved(term.name, known) == name for term in _terms(query))
    ]


def _resolved(name: str, known: Sequence[str]) -> str | None:
    """Return the name of the saved query that `name` matches; None if it matches none or several.

    `known` are the names of all saved queries.
    """
    try:
        return resolve_name("query", name, known)
    except SibtuiError:
        return None


def _terms(query: SavedQuery) -> Sequence[NamedTerm]:
    try:
        return named_terms(query.expression)
    except QueryError:  # written by another program
        return ()


def named_items(session: Session, query: SavedQuery) -> Iterator[tuple[NamedTerm, tuple[int, ...]]]:
    """Yield (term, ids of the items) for each term of a saved query that names items, such as `case "SIB A"`."""
    for term in _terms(query):
        if numbers := _named(session, term):
            yield term, numbers


def _named(session: Session, term: NamedTerm) -> tuple[int, ...]:
    """Return the ids of the items that a term of a query names; empty if the name is unknown or ambiguous.

    There can be two ids: an attribute of cases and an attribute of sources with the same name.
    """
    if term.comparison is not None:
        return _attributes(session, term.comparison)
    number = _item(session, term)
    return () if number is None else (number,)


def _attributes(session: Session, term: AttributeTerm) -> tuple[int, ...]:
    """Return the ids of the attributes that a term compares; empty if the name is unknown or ambiguous.

    There can be two ids: an attribute of cases and an attribute of sources with the same name. An attribute is left
    out if its type does not fit the value in the term.
    """
    known = case_rows.attributes(session.store)
    try:
        name = resolve_name("attribute", term.name, {each.name for each in known})
    except SibtuiError:
        return ()
    return tuple(each.id for each in known if each.name == name and fits(each, term))


def fits(attribute: Attribute, term: AttributeTerm) -> bool:
    """Return whether the values of an attribute can be compared with the value in a term."""
    try:
        comparison(attribute.kind, term.comparator, term.value)
    except ValueError:
        return False
    return True


def _new_names(session: Session, term: NamedTerm, numbers: tuple[int, ...]) -> tuple[str, ...]:
    """Return the present names of the items with the ids `numbers`, for a term that no longer finds these items.

    The result is empty if the items are removed. It is also empty for an attribute that still has the name in the term:
    the term then fails for another reason, such as a change of the attribute's kind.
    """
    known = _names(session, term)
    names = tuple(dict.fromkeys(known[each] for each in numbers if each in known))
    is_named = term.comparison is not None and [name_key(each) for each in names] == [name_key(term.name)]
    return () if is_named else names


def _item(session: Session, term: NamedTerm) -> int | None:
    """Return the id of the item that a term of a query names, or None if its name matches no item or several."""
    try:
        if term.word in {"code", "exactly"}:
            return code_ids_of(session.store, [term.name], subcodes=False)[0]
        if term.word == "case":
            return session.case_id(term.name)
        if term.word == "query":
            known_queries = {query.name: query.id for query in query_rows.queries(session.store)}
            return known_queries[resolve_name("query", term.name, known_queries)]
        if term.word == "set":
            known_sets = set_rows.set_ids(session.store)
            return known_sets[resolve_name("set of sources", term.name, known_sets)]
        return session.source_id(term.name) if term.word == "source" else None
    except SibtuiError:
        return None


def _names(session: Session, term: NamedTerm) -> Mapping[int, str]:
    """Return a map: id → name, for all items of the kind that a term names. For `case "SIB A"`, these are all cases."""
    if term.word in {"code", "exactly"}:
        return session.paths()
    if term.word == "attribute":
        return {each.id: each.name for each in case_rows.attributes(session.store)}
    if term.word == "query":
        return {each.id: each.name for each in query_rows.queries(session.store)}
    read = {"case": case_rows.case_ids, "set": set_rows.set_ids}.get(term.word, source_rows.source_ids)
    return {number: name for name, number in read(session.store).items()}
