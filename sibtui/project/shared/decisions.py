"""The decisions on disagreements between coders. They are stored in memos of the coder “consensus”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.agreement.decisions import CONSENSUS, Decision, kept_decision
from sibtui.store import decisions as rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.store.connection import Store


def decisions(store: Store, source: int | None = None) -> Iterator[tuple[int, int, Decision]]:
    """Yield (id of the memo, id of the source, decision) for a source, or for all sources, oldest first."""
    for memo, of, title, text in rows.memos_by(store, CONSENSUS, source):
        decision = kept_decision(title, text)
        if decision is not None:
            yield memo, of, decision


def settled_codings(store: Store) -> tuple[int, ...]:
    """Return the ids of the codings about which a decision was made."""
    by_source: dict[int, set[str]] = {}
    for _, source, decision in decisions(store):
        by_source.setdefault(source, set()).update(decision.settled)
    return tuple(sorted(number for of, uids in by_source.items() for number in rows.coding_ids(store, of, uids)))
