"""The decisions on disagreements between coders. Each decision is stored in a memo of the coder “consensus”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.agreement.decisions import CONSENSUS, Decision, is_consensus, kept_decision
from sibtui.store import decisions as rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from sibtui.store.connection import Store


_DIGITS = 16


def decisions(store: Store, source: int | None = None) -> Iterator[tuple[int, int, Decision]]:
    """Yield (id of the memo, id of the source, decision) for a source, or for all sources, oldest first."""
    for memo, of, title, text in rows.memos_by(store, CONSENSUS, source):
        decision = kept_decision(title, text)
        if decision is not None:
            yield memo, of, decision


def settled_codings(store: Store) -> tuple[int, ...]:
    """Return the ids of all codings in disagreements on which a decision was made."""
    by_source: dict[int, set[str]] = {}
    for _, source, decision in decisions(store):
        by_source.setdefault(source, set()).update(decision.settled)
    return tuple(sorted(number for of, uids in by_source.items() for number in rows.coding_ids(store, of, uids)))


def replaced_codings(store: Store, coders: Collection[int] = (), rounds: Collection[int] = ()) -> tuple[int, ...]:
    """Return the ids of the codings that do not count as evidence, because a decision on a disagreement replaces them.

    The codings that a decision has added count instead. Their coder is “consensus”, and they belong to round 1.
    `coders` (ids) and `rounds` (numbers) limit the codings that count; empty means all. If these limits exclude the
    coder “consensus” or round 1, no decision counts, and the result is empty.
    """
    return settled_codings(store) if decisions_count(store, coders, rounds) else ()


def decisions_count(store: Store, coders: Collection[int], rounds: Collection[int]) -> bool:
    """Return whether decisions on disagreements count. The arguments are as in `replaced_codings`."""
    consensus = {coder.id for coder in study_rows.coders(store) if is_consensus(coder.name)}
    return bool(consensus) and (not coders or not consensus.isdisjoint(coders)) and (not rounds or 1 in rounds)


def basis(store: Store, source: int, uids: Iterable[str]) -> str:
    """Return a digest of some codings: their words, codes, stances, certainties and cases.

    `uids` are the lasting ids of the codings. The digest does not change when the text around the codings is corrected,
    or when a code or a case is renamed.
    """
    import hashlib

    facts = "\n".join(map(repr, rows.facts(store, source, uids)))
    return hashlib.sha256(facts.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]


def is_stale(store: Store, source: int, decision: Decision) -> bool:
    """Return whether a coding in a decided disagreement was changed or removed after the decision.

    Older versions of the program stored decisions without a digest of the codings. For these decisions, the result is
    False.
    """
    return bool(decision.basis) and decision.basis != basis(store, source, decision.settled)
