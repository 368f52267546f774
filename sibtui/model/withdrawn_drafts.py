"""Drafts of studies without withdrawn sources, and without everything that belongs to these sources."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.model.lazy_items import filtered, heads

if TYPE_CHECKING:
    from collections.abc import Collection

    from sibtui.model.drafts import StudyDraft
    from sibtui.model.matrix import MatrixDefinition


def without_sources(draft: StudyDraft, uids: Collection[str]) -> StudyDraft:
    """Return the draft of a study without the sources with these lasting ids, and without all items that belong to them.

    A judgement whose basis has quotes from these sources loses these quotes and becomes stale.
    """
    gone = {source.name for source in heads(draft.sources) if source.uid in uids}
    if not gone and not any(_quotes_one(matrix, uids) for matrix in draft.matrices):
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
        memos=tuple(memo for memo in draft.memos if memo.on != "source" or memo.of not in gone),
        matrices=tuple(_without(matrix, gone, uids) for matrix in draft.matrices),
    )


def _quotes_one(matrix: MatrixDefinition, uids: Collection[str]) -> bool:
    bases = (judgement.basis for judgement in matrix.judgements if judgement.basis is not None)
    return any(quote.source in uids and quote.quote for basis in bases for quote in basis.quotes)


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
    judgements = (
        each
        if each.basis is None
        else replace(
            each, basis=each.basis.with_quotes(lambda quote: quote.erased() if quote.source in uids else quote)
        )
        for each in matrix.judgements
    )
    return replace(matrix, judgements=tuple(judgements))
