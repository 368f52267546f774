"""Filters of codings in the form that the store needs: with ids in place of names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.arguments import as_names, as_rounds
from sibtui.model.codebook import is_within, resolve, split_path
from sibtui.model.frozen import replace
from sibtui.model.names import resolve_name
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sibtui.model.arguments import Names
    from sibtui.model.filters import CodingFilter
    from sibtui.model.query.bounds import QueryBounds
    from sibtui.model.records import Code
    from sibtui.project.shared.base import Session
    from sibtui.store.connection import Store


def selection(session: Session, coding_filter: CodingFilter) -> Selection:
    """Return a filter of codings with ids in place of names, as the store needs it.

    In a blind round of coding, the filter also leaves out the codings that the coder must not see. Raises NotFoundError
    when a name is unknown, AmbiguousError when it is not unique.
    """
    store = session.store
    sources = tuple(session.source_id(name) for name in as_names(coding_filter.sources)) or None
    if sets := as_names(coding_filter.sets):
        members = sources_of_sets(session, sets)
        sources = members if sources is None else tuple(number for number in sources if number in members)
    return Selection(
        codes=code_ids_of(store, coding_filter.codes, subcodes=coding_filter.subcodes) if coding_filter.codes else None,
        cases=_ids("case", coding_filter.cases, case_rows.case_ids(store)) if coding_filter.cases else None,
        sources=sources,
        kinds=as_names(coding_filter.kinds) or None,
        coders=coder_ids(session, coding_filter.coders) or None,
        stance=coding_filter.stance,
        certainty=coding_filter.certainty,
        text=coding_filter.text,
        unattributed=coding_filter.unattributed,
        rounds=as_rounds(coding_filter.rounds) or None,
        hows=tuple("" if each == "reading" else each for each in as_names(coding_filter.how)) or None,
        for_paper=coding_filter.for_paper,
        blind=session.blind,
        ids=_numbers(session, sources, coding_filter),
    )


def evidence(session: Session, coding_filter: CodingFilter) -> Selection:
    """Return a filter that finds only the codings that count as evidence. It has ids in place of names.

    Codings that a decision between coders replaces are left out (see `replaced_codings`). In a blind round of
    coding, decisions are ignored. Raises the errors of `selection`.
    """
    chosen = selection(session, coding_filter)
    if chosen.blind is not None:
        return chosen
    from sibtui.project.shared.decisions import replaced_codings

    readers = query_bounds(session, coding_filter).readers(chosen.coders or (), chosen.rounds or ())
    return replace(chosen, without=replaced_codings(session.store, *readers))


def _numbers(session: Session, sources: tuple[int, ...] | None, coding_filter: CodingFilter) -> tuple[int, ...] | None:
    """Return the ids of the codings that match both the speakers and the query of a filter.

    Return None for a filter without speakers and without a query.
    """
    spoken = _spoken(session.store, sources, coding_filter) if coding_filter.speakers else None
    where = whole_query(session, coding_filter)
    if not where:
        return spoken
    from sibtui.project.retrieval.stored_codings import numbers_found

    found = numbers_found(session, where)
    return found if spoken is None else tuple(set(found).intersection(spoken))


def whole_query(session: Session, coding_filter: CodingFilter) -> str:
    """Return one query that combines the query and the attributes of a filter; empty if the filter has neither.

    Each attribute becomes a term such as `attribute mode = online`. Raises NotFoundError for an unknown attribute,
    InputError for a value that does not fit the type of the attribute.
    """
    if not coding_filter.attributes:
        return coding_filter.where
    from sibtui.model.query.comparisons import comparison
    from sibtui.model.query.completion import quoted

    known = case_rows.attributes(session.store)
    terms = [f"({coding_filter.where})"] if coding_filter.where else []
    for name, value in coding_filter.attributes.items():
        full = resolve_name("attribute", name, dict.fromkeys(attribute.name for attribute in known))
        for kind in {attribute.kind for attribute in known if attribute.name == full}:
            try:
                comparison(kind, "=", value)
            except ValueError as error:
                raise InputError(f"{full}: {error}.") from None
        terms.append(f"attribute {quoted(full)} = {quoted(value)}")
    return " and ".join(terms)


def query_bounds(session: Session, coding_filter: CodingFilter) -> QueryBounds:
    """Return the sources, coders and rounds in which the query and the attributes of a filter can find codings.

    A case or an attribute in the query limits the sources too. Raises the errors of `selection`.
    """
    where = whole_query(session, coding_filter)
    if not where:
        from sibtui.model.query.bounds import QueryBounds

        return QueryBounds()
    from sibtui.project.retrieval.query_bounds import bounds_of_query

    return bounds_of_query(session, where, by_value=True)


def chosen_sources(session: Session, coding_filter: CodingFilter, chosen: Selection) -> dict[int, str]:
    """Return a map of the sources that a filter selects, in order: id → name.

    A filter selects sources by name, set, kind and case. If its query can find codings only in certain sources, only
    these sources are selected. `chosen` is the filter with ids in place of names (see `selection`).
    """
    store, within = session.store, query_bounds(session, coding_filter).sources
    cases = None if chosen.cases is None else set(chosen.cases)
    touched = {} if cases is None else source_rows.cases_by_source(store)
    kinds = dict(store.query("SELECT id, kind FROM sources").fetchall())
    return {
        number: name
        for name, number in source_rows.source_ids(store).items()
        if (chosen.sources is None or number in chosen.sources)
        and (within is None or number in within)
        and (chosen.kinds is None or kinds[number] in chosen.kinds)
        and (cases is None or not cases.isdisjoint(touched.get(number, ())))
    }


def sources_of_sets(session: Session, names: Names) -> tuple[int, ...]:
    """Return the ids of the sources that are in one of these sets.

    Raises NotFoundError when a name is unknown, AmbiguousError when it is not unique.
    """
    from sibtui.store import source_sets as set_rows

    known = set_rows.set_ids(session.store)
    sets = _ids("set of sources", as_names(names), known)
    return tuple(sorted({source for each in sets for source in set_rows.sources_of(session.store, each)}))


def _spoken(store: Store, sources: tuple[int, ...] | None, coding_filter: CodingFilter) -> tuple[int, ...]:
    from sibtui.project.shared.speaker_turns import codings_of_speakers

    return codings_of_speakers(store, sources, as_names(coding_filter.speakers), coding_filter.speaker_pattern)


def code_ids_of(store: Store, names: Iterable[str], *, subcodes: bool) -> tuple[int, ...]:
    """Return the ids of the codes with these names, in any order. With `subcodes`, add the ids of their sub-codes.

    If all names are whole paths, this is fast, because the codebook is not read. Raises the errors of `code_ids`.
    """
    chosen: dict[int, None] = {}
    for name in names:
        found = code_rows.find(store, split_path(name))
        if found is None:
            return code_ids(code_rows.codes(store), names, subcodes=subcodes)
        chosen.update(dict.fromkeys(code_rows.within(store, found[0]) if subcodes else found[:1]))
    return tuple(chosen)


def _ids(what: str, names: Iterable[str], known: Mapping[str, int]) -> tuple[int, ...]:
    return tuple(known[resolve_name(what, name, known)] for name in names)


def coder_ids(session: Session, names: Names) -> tuple[int, ...]:
    """Return the ids of the coders with these names. Raises NotFoundError for an unknown name."""
    known = {coder.name: coder.id for coder in study_rows.coders(session.store)}
    return _ids("coder", as_names(names), known)


def code_ids(codes: Sequence[Code], names: Iterable[str], *, subcodes: bool) -> tuple[int, ...]:
    """Return the ids of the codes with these names, in the order of the codebook.

    With `subcodes`, add the ids of their sub-codes. Raises NotFoundError when a name is unknown, AmbiguousError when it
    is not unique.
    """
    paths = [code.path for code in codes]
    chosen = {resolve(name, paths) for name in names}
    return tuple(
        code.id
        for code in codes
        if code.path in chosen or (subcodes and any(is_within(code.path, path) for path in chosen))
    )
