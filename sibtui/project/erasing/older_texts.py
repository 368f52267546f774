"""The erasure of the older texts of sources. All parts of the history that quote an older text are erased too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.project.erasing.erased_rows import change_quotes, erase_images, erase_words_in_history, present_quotes
from sibtui.store import erasure, undecided
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.erased_words import ReplacesWords
    from sibtui.model.judgement_basis import BasisQuote
    from sibtui.model.records import Source
    from sibtui.project.shared.base import Session
    from sibtui.store.connection import Store


def erase_in_act(session: Session, sources: Sequence[int], words: ReplacesWords) -> None:
    """Erase the older texts of sources for good, inside the open act (one step of undo). The current texts stay.

    `sources` are ids. All parts of the history that contain an older text are erased too. `words` replaces the erased
    words in the rest of the history. It also replaces them in the quotes of undecided codings, because these quotes are
    from an older text. If the evidence of a judgement has a quote that no coding has now, this quote is erased, and the
    judgement becomes stale. Texts and codings of removed sources are erased from the history too, because they may
    contain an erased word.

    Neither this act nor an earlier one can be undone. The caller must make no further changes in this act. The caller
    must also erase the texts from the copies of the study, and compact the file.
    """
    store = session.store
    known = {source.id: source for source in source_rows.sources(store, counts=False)}
    chosen = [known[number] for number in sources]
    older = _older_texts(store, chosen)
    with erasure.erasing_in_act(store) as act:
        _record(store, act, chosen, older)
        _erase_rows(store, chosen, words)
        _erase_quotes(store, chosen)


def _older_texts(store: Store, sources: Sequence[Source]) -> list[tuple[int, str]]:
    """Return (id of the source, text) for each older text that differs from all current texts of these sources."""
    present = {erasure.comparable(source_rows.text(store, source.id)) for source in sources}
    older = erasure.older_texts(store, [source.id for source in sources])
    return [(number, text) for number, text in older if erasure.comparable(text) not in present]


def _record(store: Store, act: int, sources: Sequence[Source], older: Sequence[tuple[int, str]]) -> None:
    for source in sources:
        erasure.record(store, act, "older texts", source.uid, [text for number, text in older if number == source.id])
    if not sources:  # without a record, the history could be undone across the erasure
        erasure.record(store, act, "older texts", study_rows.study(store).guid)


def _erase_rows(store: Store, sources: Sequence[Source], erased: ReplacesWords) -> None:
    """Erase the older texts of sources.

    In the history, the earlier states of the texts and codings of these sources, and of all removed sources, are erased
    too. `erased` replaces the words of older texts in the rest of the history, and in the quotes of undecided codings.
    """
    ids = [source.id for source in sources]
    erasure.remove_older_texts(store, ids)
    erase_images(store, [*ids, *erasure.removed_sources(store)])
    erase_words_in_history(store, erased, {source.uid for source in sources})
    for column in ("quote", "before", "after"):
        erasure.rewrite_column(store, "codings", column, erased.replaced, _undecided(store, ids))


def _erase_quotes(store: Store, sources: Sequence[Source]) -> None:
    """Erase the quotes of these sources from the evidence of judgements. Quotes that still have a coding are kept."""
    uids = {source.uid for source in sources}
    kept = present_quotes(store, sources)

    def with_present_words(quote: BasisQuote) -> BasisQuote:
        is_present = (quote.source, quote.quote, quote.before, quote.after) in kept
        return quote if is_present or quote.source not in uids else quote.erased()

    change_quotes(store, with_present_words)


def _undecided(store: Store, sources: Sequence[int]) -> list[int]:
    """Return the ids of the codings with an uncertain place in the current texts of these sources."""
    return [row[0] for source in sources for row in undecided.of_source(store, source)]
