"""The erasure of the older texts of sources. All parts of the history that quote an older text are erased too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.erased_words import ErasedWords
from sibtui.model.frozen import dataclass
from sibtui.model.text import plural
from sibtui.project.erasing.copies import NotRewritableError, erase_in_copies
from sibtui.project.erasing.erased_rows import change_quotes, erase_images, erase_words_in_history, present_quotes
from sibtui.project.erasing.word_erasure import holds_words
from sibtui.store import erasure, source_traces, undecided
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sibtui.model.erased_words import ReplacesWords
    from sibtui.model.judgement_basis import BasisQuote
    from sibtui.model.records import Source
    from sibtui.project.erasing.withdrawal_values import ErasedCopy
    from sibtui.project.shared.base import Session
    from sibtui.store.connection import Store

VERB = "source erase"


@dataclass(frozen=True, slots=True)
class OlderTextsErased:
    """The result of the erasure of older texts.

    `sources` are the names of the sources, and `texts` is the number of erased texts. `acts` is the number of
    history entries that lost values. `judgements` is the number of judgements whose stored evidence lost quotes.
    `copies` are the backups of the study, each with its outcome.
    """

    sources: tuple[str, ...]
    texts: int
    acts: int
    judgements: int
    copies: tuple[ErasedCopy, ...] = ()


def erase_older_texts(
    session: Session,
    sources: Sequence[int],
    words: Sequence[str] = (),
    *,
    verb: str = VERB,
    summary: str = "",
) -> OlderTextsErased:
    """Erase the older texts of sources for good, and all parts of the history that contain them. Return the counts.

    `sources` are ids. The current texts of these sources stay. `words` are real names and other words; capital letters
    do not matter. The words are replaced in the history, and in the quotes of undecided codings, which come from older
    texts. Before this call, the caller must replace the words in the current memos, codes and names, in separate
    changes.

    If the evidence of a judgement has a quote that no coding has now, this quote is erased, and the judgement becomes
    stale. Texts and codings of removed sources are erased from the history too, because their words may contain a part
    of a name. Each backup beside the study that contains one of the older texts or words is removed.

    The erasure is one entry of the history; `verb` is the action of the entry, and `summary` its text. Neither this
    entry nor an earlier one can be undone.

    Raises ConflictError if another change of the study is in progress. Raises StudyFileError if the study cannot be
    changed, or if a backup can neither be kept nor removed.
    """
    store = session.store
    known = {source.id: source for source in source_rows.sources(store, counts=False)}
    chosen = [known[number] for number in dict.fromkeys(sources)]
    older = _older_texts(store, chosen)
    erasure.compact(store)
    erased = ErasedWords(words=words, mark="[erased]")
    copies = _remove_copies(store, {text for _, text in older}, erased)
    summary = summary or f"older texts of {plural(len(chosen), 'source')}"
    with erasure.erasing(store, verb, summary, coder=session.coder, at=session.now()) as act:
        acts, judgements = _erase(store, act, chosen, older, erased)
    erasure.compact_if_possible(store)
    return OlderTextsErased(tuple(source.name for source in chosen), len(older), acts, judgements, copies)


def erase_in_act(session: Session, sources: Sequence[int], words: ReplacesWords) -> None:
    """Erase the same texts as `erase_older_texts`, inside the open act.

    The act must have no further changes. The caller must also erase the texts from the copies of the study, and compact
    the file.
    """
    store = session.store
    known = {source.id: source for source in source_rows.sources(store, counts=False)}
    chosen = [known[number] for number in sources]
    older = _older_texts(store, chosen)
    with erasure.erasing_in_act(store) as act:
        _erase(store, act, chosen, older, words)


def _erase(
    store: Store, act: int, sources: Sequence[Source], older: Sequence[tuple[int, str]], words: ReplacesWords
) -> tuple[int, int]:
    """Erase the texts. Return (number of changed history entries, number of judgements whose evidence lost quotes).

    Call this inside `with erasure.erasing(…)` or `with erasure.erasing_in_act(…)`, changes that cannot be undone.
    """
    _record(store, act, sources, older)
    acts = _erase_rows(store, sources, words)
    return len(acts), _erase_quotes(store, sources)


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


def _erase_rows(store: Store, sources: Sequence[Source], erased: ReplacesWords) -> list[int]:
    """Erase the older texts, and the earlier states of rows with these texts in the history.

    `erased` replaces words in the history and in undecided codings. Return the ids of the history entries that lost
    earlier states.
    """
    ids = [source.id for source in sources]
    erasure.remove_older_texts(store, ids)
    acts = erase_images(store, [*ids, *erasure.removed_sources(store)])
    erase_words_in_history(store, erased, {source.uid for source in sources})
    for column in ("quote", "before", "after"):
        erasure.rewrite_column(store, "codings", column, erased.replaced, _undecided(store, ids))
    return acts


def _erase_quotes(store: Store, sources: Sequence[Source]) -> int:
    """In the evidence of judgements, erase the quotes from these sources that no coding has now.

    Return the number of changed judgements.
    """
    uids = {source.uid for source in sources}
    kept = present_quotes(store, sources)

    def with_present_words(quote: BasisQuote) -> BasisQuote:
        is_present = (quote.source, quote.quote, quote.before, quote.after) in kept
        return quote if is_present or quote.source not in uids else quote.erased()

    return change_quotes(store, with_present_words)


def _remove_copies(store: Store, texts: Collection[str], words: ErasedWords) -> tuple[ErasedCopy, ...]:
    """Remove each copy of the study that contains one of the texts or words. Return the outcome for each copy."""

    def refuse_holding(copy: Store) -> bool:
        if holds_words(copy, words) or any(text in texts for _, text in source_traces.all_texts(copy)):
            raise NotRewritableError("it holds earlier versions of the texts")
        return False

    return erase_in_copies(store, refuse_holding, dry_run=False)


def _undecided(store: Store, sources: Sequence[int]) -> list[int]:
    """Return the ids of the sources' codings whose place in the current text is uncertain."""
    return [row[0] for source in sources for row in undecided.of_source(store, source)]
