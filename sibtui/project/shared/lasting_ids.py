"""Lasting ids in study folders. An item has the same lasting id in all copies of a study.

If the folder has no lasting id for an item, the id is computed from facts about the item, such as its name. An id that
can be computed in this way is left out of the files.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.model.codebook import join_path, split_path
from sibtui.model.lasting_ids import (
    DerivedIds,
    answer_facts,
    attribute_facts,
    case_facts,
    claim_facts,
    code_facts,
    coding_facts,
    matrix_facts,
    may_be_derived,
    memo_facts,
    proposal_facts,
    query_facts,
    set_facts,
    source_facts,
)
from sibtui.model.lazy_items import LazyItems, heads, mapped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TypeVar

    from sibtui.model.drafts import CodingDraft, SourceDraft, StudyDraft

    D = TypeVar("D", bound=Any)
    _Choose = Callable[[str, tuple[str, ...]], str]


def with_ids(draft: StudyDraft, study: str) -> StudyDraft:
    """Return the draft with a lasting id for each item. `study` is the lasting id of the study.

    A coding that has a quote, but no segment yet, gets its id later, when it is stored.
    """

    def deriving() -> _Choose:
        ids = DerivedIds(study)
        return lambda uid, facts: uid or ids.next_of(*facts)

    return _changed(draft, deriving, is_kept=bool)


def without_derived_ids(draft: StudyDraft) -> StudyDraft:
    """Return the draft without the lasting ids that `with_ids` can compute again. This makes study folders smaller."""
    ids = DerivedIds(draft.study.guid)

    def leave_out(uid: str, facts: tuple[str, ...]) -> str:
        return "" if uid == ids.of(*facts) else uid

    return _changed(draft, lambda: leave_out, is_kept=lambda uid: not may_be_derived(uid))


def _changed(draft: StudyDraft, choosing: Callable[[], _Choose], *, is_kept: Callable[[str], bool]) -> StudyDraft:
    """Return the draft with other ids. A coding keeps its id if `is_kept` returns True for this id.

    `choosing` returns a function: (present id, facts of an item) → new id. This function may count equal items.
    Codings may be lazy (read during iteration), so each iteration over them calls `choosing` again.
    """
    choose = choosing()

    def all_of(items: Iterable[D], facts: Callable[[D], tuple[str, ...]]) -> tuple[D, ...]:
        return tuple(replace(item, uid=choose(item.uid, facts(item))) for item in items)

    cases = all_of(draft.cases, lambda case: case_facts(case.label))
    listed = heads(draft.sources)
    sources = all_of(listed, lambda source: source_facts(source.name))
    codes = tuple(_codes(draft, choose))
    matrices = all_of(draft.matrices, lambda matrix: matrix_facts(matrix.name))
    # Ids of other items are derived from the present id of an item, even if this id is left out
    known = {"source": _by(listed, sources, "name"), "case": _by(draft.cases, cases, "label")}
    known |= {"code": _by(draft.codes, codes, "path"), "matrix": _by(draft.matrices, matrices, "name")}
    return replace(
        draft,
        attributes=all_of(draft.attributes, lambda attribute: attribute_facts(attribute.of, attribute.name)),
        cases=cases,
        sources=sources if listed is draft.sources else _with_uids(draft.sources, sources),
        codes=codes,
        codings=_all_codings(draft.codings, known["source"], known["code"], choosing, is_kept),
        memos=all_of(
            draft.memos,
            lambda m: memo_facts(m.on, known.get(m.on, {}).get(m.of, m.of), m.coder or "", m.created or ""),
        ),
        proposals=all_of(
            draft.proposals, lambda p: proposal_facts(p.path, p.definition, p.coder or "", p.created or "")
        ),
        queries=all_of(draft.queries, lambda query: query_facts(query.name)),
        sets=all_of(draft.sets, lambda each: set_facts(each.name)),
        claims=all_of(draft.claims, lambda claim: claim_facts(claim.key)),
        answers=all_of(draft.answers, lambda answer: answer_facts(answer.item)),
        matrices=matrices,
    )


def _with_uids(sources: Sequence[SourceDraft], uids: Iterable[SourceDraft]) -> Sequence[SourceDraft]:
    """Return the sources, each with the lasting id of the source in `uids` that has the same name.

    The result is lazy: the text of a source is read only when it is needed.
    """
    by_name = {source.name: source.uid for source in uids}
    return mapped(sources, lambda source: replace(source, uid=by_name[source.name]))


def _all_codings(
    codings: Sequence[CodingDraft],
    sources: dict[str, str],
    codes: dict[str, str],
    choosing: Callable[[], _Choose],
    is_kept: Callable[[str], bool],
) -> Sequence[CodingDraft]:
    if not isinstance(codings, LazyItems):
        return tuple(_codings(codings, sources, codes, choosing(), is_kept))
    return LazyItems(
        lambda: _codings(codings, sources, codes, choosing(), is_kept), len(codings), unused=codings.unused
    )


def _by(before: Iterable[D], after: Iterable[D], key: str) -> dict[str, str]:
    """Return a map: name of an item → its lasting id. `key` is the attribute that holds the name of an item.

    `before` and `after` have the same items in the same order. If an item has no id in `before`, its id in `after`
    is used.
    """
    return {getattr(old, key): old.uid or new.uid for old, new in zip(before, after, strict=True)}


def _codes(draft: StudyDraft, choose: _Choose) -> Iterator[Any]:
    known: dict[str, str] = {}
    for code in draft.codes:
        names = split_path(code.path)
        above = known.get(join_path(names[:-1]), "")
        uid = choose(code.uid, code_facts(above, names[-1], code.since or ""))
        known[join_path(names)] = code.uid or uid
        yield replace(code, uid=uid)


def _codings(
    codings: Iterable[CodingDraft],
    sources: dict[str, str],
    codes: dict[str, str],
    choose: _Choose,
    is_kept: Callable[[str], bool],
) -> Iterator[CodingDraft]:
    for coding in codings:
        if is_kept(coding.uid) or coding.segment is None:
            yield coding
            continue
        place = (sources.get(coding.source, coding.source), coding.segment.start, coding.segment.end)
        code = codes.get(coding.code, coding.code)
        uid = choose(coding.uid, coding_facts(*place, code, coding.coder or "", coding.created or ""))
        yield coding if uid == coding.uid else replace(coding, uid=uid)
