"""Rows of proposals: codes that a coder proposes for the codebook, each with the decision on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import CodeProposal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sibtui.model.drafts import CodeProposalDraft
    from sibtui.model.records import ProposalState
    from sibtui.store.connection import Store


def proposals(store: Store, paths: Mapping[int, str]) -> list[CodeProposal]:
    """Return all proposed codes, oldest first. `paths` maps code ids to codebook paths."""
    rows = store.query(
        "SELECT p.id, p.path, p.definition, c.name, p.created, p.state, p.code_id, p.reason, coalesce(p.decided, ''), p.uid"
        " FROM proposals p JOIN coders c ON c.id = p.coder_id ORDER BY p.id"
    )
    return [
        CodeProposal(
            number, path, definition, coder, created, state, paths.get(code, "") if code else "", reason, decided, uid
        )
        for number, path, definition, coder, created, state, code, reason, decided, uid in rows
    ]


def add_proposal(store: Store, draft: CodeProposalDraft, coder: int, created: str, code: int | None) -> int:
    """Add a proposal of a code, and return its id.

    `coder` is the id of the coder who makes the proposal. `code` is the id of the code into which the proposal was
    merged, or None. The names of coder and code in `draft` are not used.
    """
    return store.change(
        "INSERT INTO proposals (path, definition, coder_id, created, state, code_id, reason, decided, uid)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, nullif(?, ''), coalesce(nullif(?, ''), lower(hex(randomblob(16)))))",
        (draft.path, draft.definition, coder, created, draft.state, code, draft.reason, draft.decided, draft.uid),
    )


def decide(
    store: Store, proposals: Iterable[int], state: ProposalState, code: int | None, reason: str, decided: str
) -> None:
    """Store one decision for all these proposals.

    `decided` is the time of the decision; an empty text opens the proposals again. `code` is the id of the code into
    which the proposals were merged, or None.
    """
    store.change_many(
        "UPDATE proposals SET state = ?, code_id = ?, reason = ?, decided = nullif(?, '') WHERE id = ?",
        [(state, code, reason, decided, number) for number in proposals],
    )


def set_words(store: Store, proposal: int, path: str, definition: str) -> None:
    store.change("UPDATE proposals SET path = ?, definition = ? WHERE id = ?", (path, definition, proposal))


def remove_proposal(store: Store, proposal: int) -> None:
    store.change("DELETE FROM proposals WHERE id = ?", (proposal,))
