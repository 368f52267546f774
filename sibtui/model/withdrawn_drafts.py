"""The removal of withdrawn sources, and of all items that belong to them, from the content of a study."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sibtui.model.lazy_items import filtered, heads
from sibtui.model.summaries import REMOVED, with_links

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sibtui.model.drafts import StudyDraft
    from sibtui.model.matrix_definition import Judgement, MatrixDefinition
    from sibtui.model.summaries import Summary

    W = TypeVar("W", Judgement, Summary)


def without_sources(draft: StudyDraft, uids: Collection[str]) -> StudyDraft:
    """Return the content of a study without some sources, and without all items that belong to them.

    `uids` are the ids of these sources. An id is the same in all copies of the study. If the evidence stored with a
    judgement or summary has quotes from these sources, the quotes are removed. The judgement or summary then counts as
    stale, because its evidence has changed.
    """
    gone = {source.name for source in heads(draft.sources) if source.uid in uids}
    if not gone and not any(_quotes_one(each, uids) for each in _with_basis(draft)):
        return draft
    return replace(
        draft,
        sources=filtered(draft.sources, lambda source: source.name not in gone),
        codings=filtered(draft.codings, lambda coding: coding.source not in gone),
        topics=tuple(record for record in draft.topics if record.source not in gone),
        readings=tuple(reading for reading in draft.readings if reading.source not in gone),
        rounds=tuple(
            replace(each, sources=tuple(name for name in each.sources if name not in gone)) for each in draft.rounds
        ),
        sets=tuple(
            replace(each, sources=tuple(name for name in each.sources if name not in gone)) for each in draft.sets
        ),
        memos=tuple(memo for memo in draft.memos if memo.on != "source" or memo.of not in gone),
        matrices=tuple(_without(matrix, gone, uids) for matrix in draft.matrices),
        summaries=tuple(_summaries(draft, gone, uids)),
    )


def _with_basis(draft: StudyDraft) -> Iterator[Judgement | Summary]:
    for matrix in draft.matrices:
        yield from matrix.judgements
    yield from draft.summaries


def _quotes_one(written: Judgement | Summary, uids: Collection[str]) -> bool:
    return written.basis is not None and any(quote.source in uids and quote.quote for quote in written.basis.quotes)


def _summaries(draft: StudyDraft, gone: Collection[str], uids: Collection[str]) -> Iterator[Summary]:
    """Yield the summaries. Links to places in removed sources, and quotes from these sources, are erased.

    A summary in the column of a removed source is left out. `gone` are the names of the removed sources, and `uids`
    are their ids.
    """
    of_sources = {matrix.name for matrix in draft.matrices if matrix.columns == "sources"}
    for each in draft.summaries:
        if each.matrix in of_sources and each.column in gone:
            continue
        text = with_links(each.text, lambda link: REMOVED if link.source in gone else link.words)
        yield replace(_without_quotes(each, uids), text=text)


def _without_quotes(written: W, uids: Collection[str]) -> W:
    if written.basis is None:
        return written
    basis = written.basis.with_quotes(lambda quote: quote.erased() if quote.source in uids else quote)
    return replace(written, basis=basis)


def _without(matrix: MatrixDefinition, gone: Collection[str], uids: Collection[str]) -> MatrixDefinition:
    if matrix.columns == "sources":
        rows = (
            replace(row, notes={name: note for name, note in row.notes.items() if name not in gone})
            for row in matrix.rows
        )
        matrix = replace(
            matrix,
            only=tuple(name for name in matrix.only if name not in gone),
            rows=tuple(rows),
            judgements=tuple(each for each in matrix.judgements if each.column not in gone),
        )
    return replace(matrix, judgements=tuple(_without_quotes(each, uids) for each in matrix.judgements))
