"""Searches for words in the texts of a study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.arguments import as_names
from sibtui.model.text_search import KeywordInContext, context, matches
from sibtui.project.shared.resolve_filter import sources_of_sets
from sibtui.store import cases as case_rows
from sibtui.store import codings as coding_rows
from sibtui.store import sources as rows
from sibtui.store import study as study_rows
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sibtui.model.arguments import Names
    from sibtui.model.search_terms import SearchTerms
    from sibtui.model.text_search import TextMatch
    from sibtui.project.shared.base import Session


def text_matches(
    session: Session, terms: SearchTerms, progress: Callable[[int, int], None] | None = None, sets: Names = ()
) -> Iterator[TextMatch]:
    """Yield the matches in the texts of the study, in the order of the sources.

    For `progress` and `sets`, see `Sources.search`. Raises InputError for terms that cannot be searched for.
    """
    for name, _, text, places in _found(session, terms, progress, sets):
        yield from matches(name, text, places)


def keywords_in_context(
    session: Session,
    terms: SearchTerms,
    width: int,
    progress: Callable[[int, int], None] | None = None,
    sets: Names = (),
) -> Iterator[KeywordInContext]:
    """Yield each match with `width` characters on each side, the codes on the match, and the cases of the source.

    The other arguments are those of `text_matches`.
    """
    labels = case_rows.labels(session.store)
    touched = rows.cases_by_source(session.store)
    paths, blind = session.paths(), session.blind
    for name, number, text, places in _found(session, terms, progress, sets):
        found = list(matches(name, text, places))
        if not found:
            continue
        cases = tuple(labels[case] for case in touched.get(number, ()))
        around = (min(match.segment.end for match in found), found[-1].segment.start)
        selected = coding_rows.stances(session.store, Selection(sources=(number,), blind=blind), around)
        covering = [(start, end, code) for _, start, end, code, _ in selected]
        for match in found:
            start, end = match.segment.start, match.segment.end
            codes = dict.fromkeys(paths[code] for first, last, code in covering if first <= start and end <= last)
            left, right = context(text, match.segment, width)
            yield KeywordInContext(name, match.line, match.segment, left, match.quote, right, tuple(codes), cases)


def _found(
    session: Session, terms: SearchTerms, progress: Callable[[int, int], None] | None, sets: Names
) -> Iterator[tuple[str, int, str, Iterator[tuple[int, int]]]]:
    """Yield (name of the source, id of the source, text, places of the matches) for each source.

    A place is (start, end).
    """
    find = terms.finder()
    store = session.store
    usual = study_rows.study(store).language
    chosen = sources_of_sets(session, sets) if as_names(sets) else None
    total = len(rows.source_ids(store)) if chosen is None else len(chosen)
    for done, (number, name, known, text) in enumerate(rows.current_texts(store, chosen)):
        if progress is not None:
            progress(done, total)
        yield name, number, text, find(text, known or usual)
