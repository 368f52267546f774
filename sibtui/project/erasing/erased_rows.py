"""Steps that all erasures share: changing stored evidence, erasing earlier states of rows, and erasing words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.model.judgement_basis import JudgementBasis
from sibtui.model.segments import Segment
from sibtui.store import codings as coding_rows
from sibtui.store import erasure, undecided
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sibtui.model.erased_words import ErasedWords, ReplacesWords
    from sibtui.model.judgement_basis import BasisQuote
    from sibtui.model.records import Source
    from sibtui.store.connection import Store

FREE_TEXTS: Mapping[str, tuple[str, ...]] = {
    "memos": ("title", "text"),
    "codings": ("memo",),
    "codes": ("definition", "include", "exclude", "example"),
    "lineage": ("definition", "note"),
    "judgements": ("because",),
    "matrix_notes": ("text",),
    "matrix_rows": ("note",),
    "matrices": ("title",),
    "project": ("description", "agreement"),
    "proposals": ("path", "definition", "reason"),
    "queries": ("name", "expression"),
    "rounds": ("name",),
    "source_sets": ("name",),
    "summaries": ("text",),
    "claims": ("key", "text", "place", "facts", "human"),
    "method_answers": ("item", "text"),
    "sources": ("title",),
    "case_values": ("value",),
    "source_values": ("value",),
}
"""The columns in which a researcher may have written words from a source: table → names of columns.

The texts of sources and the quotes of codings are not included.
"""


def change_quotes(store: Store, change: Callable[[BasisQuote], BasisQuote]) -> int:
    """Apply `change` to the quotes in the stored evidence of judgements and summaries.

    Return the number of changed judgements. Changed summaries are not counted.
    """
    return _change_bases(store, lambda basis: basis.with_quotes(change))


def erase_names_in_bases(store: Store, words: ErasedWords) -> None:
    """Replace the names of erased sources in the evidence that is stored with judgements and summaries of cells."""
    _change_bases(
        store,
        lambda basis: replace(
            basis, open=tuple(map(words.replaced, basis.open)), covered_by=words.replaced(basis.covered_by)
        ),
    )


def _change_bases(store: Store, change: Callable[[JudgementBasis], JudgementBasis]) -> int:
    def changed(text: str) -> str:
        try:
            return change(JudgementBasis.from_json(text)).to_json()
        except (ValueError, KeyError, TypeError):  # a damaged basis may hold anything
            return ""

    erasure.rewrite_column(store, "summaries", "basis", changed)
    return len(erasure.rewrite_column(store, "judgements", "basis", changed))


def present_quotes(store: Store, sources: Sequence[Source]) -> set[tuple[str, str, str, str]]:
    """Return (`Source.uid`, quote, words before the quote, words after it) for each coding of these sources."""
    contexts = undecided.contexts(store)
    found = set()
    for source in sources:
        text = source_rows.text_once(store, source.id) or ""
        for number, start, end, quote in coding_rows.places(store, source.id):
            found.add((source.uid, quote, *(contexts.get(number) or Segment(start, end).context(text))))
    return found


def erase_images(store: Store, sources: Sequence[int]) -> None:
    """Erase the earlier states of the texts and codings of some sources from the history. `sources` are ids."""
    images = [
        *erasure.images_of(store, "texts", "source_id", sources),
        *erasure.images_of(store, "codings", "source_id", sources),
    ]
    erasure.blank_images(store, images)
    erasure.blank_kept_codings(store, sources)


def erase_words_in_history(store: Store, words: ReplacesWords, uids: Collection[str] = ()) -> int:
    """Replace words in the history: in all earlier states of rows, and in the summary of each history entry.

    Return the number of changed rows. `uids` are values of `Source.uid`. If an earlier state of a judgement or summary
    has evidence from one of these sources, all evidence in the earlier state is erased.
    """

    def changed(table: str, values: dict[str, Any]) -> dict[str, Any]:
        new = {name: words.replaced(value) if isinstance(value, str) else value for name, value in values.items()}
        if table in {"judgements", "summaries"} and any(uid in str(values.get("basis", "")) for uid in uids):
            new["basis"] = ""
        return new

    changes = [erasure.rewrite_column(store, "kept_codings", "memo", words.replaced)]
    changes.append(erasure.rewrite_column(store, "acts", "summary", words.replaced))
    return erasure.rewrite_images(store, changed) + sum(map(len, changes))
