"""Lasting ids of a whole study: derived for a folder without ids, and left out of a folder where they can be derived again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.model.codebook import join_path, split_path
from sibtui.model.lasting_ids import (
    DerivedIds,
    attribute_facts,
    case_facts,
    code_facts,
    coding_facts,
    matrix_facts,
    memo_facts,
    source_facts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    from sibtui.model.drafts import CodingDraft, StudyDraft

    D = TypeVar("D", bound=Any)


def with_ids(draft: StudyDraft, study: str) -> StudyDraft:
    """Return the draft with an id for every item; `study` is the id of the study.

    A coding without a segment, given by its quote alone, gets its id when it is stored.
    """
    ids = DerivedIds(study)

    def derive(uid: str, facts: tuple[str, ...]) -> str:
        return uid or ids.next_of(*facts)

    return _changed(draft, derive)


def without_derived_ids(draft: StudyDraft) -> StudyDraft:
    """Return the draft without the ids that `with_ids` derives again, so that a folder holds no more than it needs."""
    ids = DerivedIds(draft.study.guid)

    def leave_out(uid: str, facts: tuple[str, ...]) -> str:
        return "" if uid == ids.of(*facts) else uid

    return _changed(draft, leave_out)


def _changed(draft: StudyDraft, choose: Callable[[str, tuple[str, ...]], str]) -> StudyDraft:
    """Return the draft with the ids that `choose` returns for the present id and the facts of each item."""

    def all_of(items: Iterable[D], facts: Callable[[D], tuple[str, ...]]) -> tuple[D, ...]:
        return tuple(replace(item, uid=choose(item.uid, facts(item))) for item in items)

    cases = all_of(draft.cases, lambda case: case_facts(case.label))
    sources = all_of(draft.sources, lambda source: source_facts(source.name))
    codes = tuple(_codes(draft, choose))
    matrices = all_of(draft.matrices, lambda matrix: matrix_facts(matrix.name))
    # Other ids are derived from the id that an item has, even where that id is left out
    known = {"source": _by(draft.sources, sources, "name"), "case": _by(draft.cases, cases, "label")}
    known |= {"code": _by(draft.codes, codes, "path"), "matrix": _by(draft.matrices, matrices, "name")}
    return replace(
        draft,
        attributes=all_of(draft.attributes, lambda attribute: attribute_facts(attribute.of, attribute.name)),
        cases=cases,
        sources=sources,
        codes=codes,
        codings=tuple(_codings(draft.codings, known["source"], known["code"], choose)),
        memos=all_of(
            draft.memos,
            lambda m: memo_facts(m.on, known.get(m.on, {}).get(m.of, m.of), m.coder or "", m.created or ""),
        ),
        matrices=matrices,
    )


def _by(before: Iterable[D], after: Iterable[D], key: str) -> dict[str, str]:
    """Return the id of each item by its name: the id before, or the new one where there was none."""
    return {getattr(old, key): old.uid or new.uid for old, new in zip(before, after, strict=True)}


def _codes(draft: StudyDraft, choose: Callable[[str, tuple[str, ...]], str]) -> Iterator[Any]:
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
    choose: Callable[[str, tuple[str, ...]], str],
) -> Iterator[CodingDraft]:
    for coding in codings:
        if coding.segment is None:
            yield coding
            continue
        place = (sources.get(coding.source, coding.source), coding.segment.start, coding.segment.end)
        code = codes.get(coding.code, coding.code)
        uid = choose(coding.uid, coding_facts(*place, code, coding.coder or "", coding.created or ""))
        yield coding if uid == coding.uid else replace(coding, uid=uid)
