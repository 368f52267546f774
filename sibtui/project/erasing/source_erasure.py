"""The erasure of a whole source from one study file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.project.erasing.erased_rows import change_quotes
from sibtui.project.erasing.withdrawal_values import STATES
from sibtui.store import erasure, source_traces
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.judgement_basis import BasisQuote
    from sibtui.project.erasing.withdrawal_values import ErasureTally
    from sibtui.project.erasing.withdrawn_source import WithdrawnSource
    from sibtui.store.connection import Store

WORDS = {
    "texts": "text",
    "codings": "coding",
    "memos": "memo",
    "source_values": "attribute value",
    "readings": "reading",
    "topics": "topic record",
}
"""A map: table → word for one of its rows."""


def erase_source(store: Store, act: int, target: WithdrawnSource, tally: ErasureTally) -> None:
    """Erase a source with all its rows. The earlier states of these rows are also erased from the history.

    Call this inside `with erasure.erasing(…)`, a change that cannot be undone; `act` is its history entry.
    """
    life = target.life
    if life.is_present:
        for table, count in source_traces.counts_of(store, life.number).items():
            if table in WORDS:
                tally.erased[WORDS[table]] += count
    columns = source_traces.columns_of(store, life, target.names)  # before the images that hold its values go
    images = source_traces.images_of_source(store, life)
    tally.acts.update(erasure.touched_acts(store, images))
    tally.erased[STATES] += erasure.blank_images(store, images)
    tally.erased["table column"] += len(columns)
    erasure.blank_kept_codings(store, [life.number], (life.first, life.last))
    column_images = source_traces.remove_columns(store, [column for column, _ in columns], target.names)
    tally.acts.update(erasure.touched_acts(store, column_images))
    erasure.blank_images(store, column_images)
    tally.labels.update(label for _, label in columns if label)
    if life.is_present:
        source_rows.remove_source(store, life.number)
    erasure.record(store, act, "source", target.uid, _texts_of_no_other_source(store, target.texts))

    def without(quote: BasisQuote) -> BasisQuote:
        return quote.erased() if quote.source == target.uid else quote

    tally.stale += change_quotes(store, without)
    tally.sources.append(target.name)
    tally.uids.add(target.uid)
    tally.names += target.names
    tally.texts += target.texts
    tally.quotes += target.quotes


def _texts_of_no_other_source(store: Store, texts: Sequence[str]) -> list[str]:
    """Return the texts that no other source has.

    Only these texts are recorded as erased, because a recorded text cannot be imported or restored. The text of
    another source must stay usable.
    """
    present = {erasure.comparable(text) for _, text in source_traces.texts_of_others(store)}
    return [text for text in texts if erasure.comparable(text) not in present]
