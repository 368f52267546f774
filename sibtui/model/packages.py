"""Packages for a colleague: a package has the sources that the colleague will code, and all items needed for this."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.lazy_items import filtered, heads, mapped
from sibtui.model.withdrawn_drafts import without_sources

if TYPE_CHECKING:
    from sibtui.model.drafts import SourceDraft, StudyDraft
    from sibtui.model.records import Package


def packaged(draft: StudyDraft, package: Package) -> StudyDraft:
    """Return the part of a study that is sent to a colleague for coding.

    It has the sources of the package, their cases, the codebook, and the colleague's own work. Private names, matrices,
    summaries, saved queries, sets of sources, claims, and the work of other coders are left out. All items of `draft`
    must have ids that are the same in all copies of the study.
    """
    inside = set(package.sources)
    draft = without_sources(draft, {source.uid for source in heads(draft.sources) if source.uid not in inside})
    touched = {case for source in heads(draft.sources) for case in source.cases}
    coder = package.coder
    return replace(
        draft,
        coders=(coder,),
        cases=tuple(replace(case, private_name=None) for case in draft.cases if case.label in touched),
        sources=mapped(draft.sources, _as_new),
        codings=filtered(draft.codings, lambda coding: coding.coder == coder),
        topics=tuple(record for record in draft.topics if not record.case or record.case in touched),
        readings=tuple(reading for reading in draft.readings if reading.coder == coder),
        rounds=tuple(each for each in draft.rounds if each.coder == coder),
        memos=tuple(memo for memo in draft.memos if memo.coder == coder and memo.on in {"project", "source", "code"}),
        matrices=(),
        summaries=(),
        proposals=tuple(each for each in draft.proposals if each.coder == coder),
        queries=(),
        sets=(),
        claims=(),
        answers=(),
        package=package,
    )


def _as_new(source: SourceDraft) -> SourceDraft:
    return replace(source, reading="unread", read_at=None)
