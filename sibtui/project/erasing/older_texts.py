"""Older texts of sources, erased: their versions, the images that hold them, and words in summaries of acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.erased_words import ErasedWords
from sibtui.model.text import plural
from sibtui.project.erasing.copies import NotRewritableError, erase_in_copies
from sibtui.project.erasing.erased_rows import change_quotes, erase_images, erase_words_in_history, present_quotes
from sibtui.project.erasing.word_erasure import holds_words
from sibtui.store import erasure, source_traces, undecided
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from sibtui.model.erased_words import ReplacesWords
    from sibtui.model.judgement_basis import BasisQuote
    from sibtui.project.erasing.withdrawal_values import ErasedCopy
    from sibtui.project.shared.base import Session
    from sibtui.store.connection import Store

VERB = "source erase"


@dataclass(frozen=True, slots=True)
class OlderTextsErased:
    """The result: the sources, the number of their older texts, of acts without their former values, and of stale judgements.

    `copies` are the backups of the study: one that holds the words is removed.
    """

    sources: tuple[str, ...]
    texts: int
    acts: int
    judgements: int
    copies: tuple[ErasedCopy, ...] = ()


def erase_older_texts(
    session: Session,
    sources: Sequence[int],
    words: Sequence[str] | ReplacesWords = (),
    *,
    verb: str = VERB,
    summary: str = "",
) -> OlderTextsErased:
    """Erase the older texts of sources for good, with everything in the history that holds them. Their current texts stay.

    `sources` are ids. `words` are real names and other words, which are replaced in all images of the history and in all summaries
    of acts, wherever they occur in any letter case, and in the quotes of undecided codings, which are words of an older text. Memos,
    codes and names of today are not changed: the caller does that before, in acts of its own. A judgement that quotes words which no
    coding has any more loses them, and is stale. In place of `words`, a caller that erases in the backups itself passes an object
    that replaces them.

    Texts and codings of sources that were removed leave the history too: their contexts hold parts of words.

    The erasure is an act (`verb`, `summary`) that cannot be undone, and neither can any act before it. Afterwards the file is
    written again without free pages. Call it outside an act. A backup beside the study that holds one of the older texts, or one of the
    words, is removed before.

    Raises ConflictError inside an act, StudyFileError when the study cannot be changed, or a backup can neither be kept nor removed.
    """
    store = session.store
    known = {source.id: source for source in source_rows.sources(store, counts=False)}
    chosen = [known[number] for number in dict.fromkeys(sources)]
    present = {source_rows.text(store, source.id) for source in chosen}
    older = [(number, text) for number, text in erasure.older_texts(store, sources) if text not in present]
    uids = {source.uid for source in chosen}
    erasure.compact(store)
    erased: ReplacesWords
    copies: tuple[ErasedCopy, ...] = ()
    if isinstance(words, Sequence):
        erased = found = ErasedWords(words=words, mark="[erased]")
        copies = _remove_copies(store, {text for _, text in older}, found)
    else:
        erased = words
    with erasure.erasing(
        store, verb, summary or f"older texts of {plural(len(chosen), 'source')}", coder=session.coder, at=session.now()
    ) as act:
        for source in chosen:
            texts = [text for number, text in older if number == source.id]
            erasure.record(store, act, "older texts", source.uid, texts)
        if not chosen:  # without a record, the history could be undone across the erasure
            erasure.record(store, act, "older texts", study_rows.study(store).guid)
        erasure.remove_older_texts(store, sources)
        acts = erase_images(store, [*sources, *erasure.removed_sources(store)])
        erase_words_in_history(store, erased, uids)
        for column in ("quote", "before", "after"):
            erasure.rewrite_column(store, "codings", column, erased.replaced, _undecided(store, sources))
        kept = present_quotes(store, sources)

        def with_present_words(quote: BasisQuote) -> BasisQuote:
            is_present = (quote.source, quote.quote, quote.before, quote.after) in kept
            return quote if is_present or quote.source not in uids else quote.erased()

        judgements = change_quotes(store, with_present_words)
    erasure.compact_if_possible(store)
    return OlderTextsErased(tuple(source.name for source in chosen), len(older), len(acts), judgements, copies)


def _remove_copies(store: Store, texts: Collection[str], words: ErasedWords) -> tuple[ErasedCopy, ...]:
    """Remove the copies of the study that hold one of the texts or words: their codings cannot follow the new text."""

    def refuse_holding(copy: Store) -> bool:
        if holds_words(copy, words) or any(text in texts for _, text in source_traces.all_texts(copy)):
            raise NotRewritableError("it holds earlier versions of the texts")
        return False

    return erase_in_copies(store, refuse_holding, dry_run=False)


def _undecided(store: Store, sources: Sequence[int]) -> list[int]:
    """Return the ids of the codings that keep a quote of an older text."""
    return [row[0] for source in sources for row in undecided.of_source(store, source)]
