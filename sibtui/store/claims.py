"""Rows of claims: statements of the researcher's paper that sibtui compares with the study.

The details of a claim, such as the matrix rows that it is about, are stored as one JSON text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError, StudyFileError
from sibtui.model.claims.claim import Claim, claim_of, facts_in, facts_text
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.store.connection import Store


def claims(store: Store) -> list[Claim]:
    """Return all claims in the order in which they are stored.

    Raises StudyFileError when a claim has an impossible value.
    """
    found = []
    for key, text, place, facts, human, uid in store.query(
        "SELECT key, text, place, facts, human, uid FROM claims ORDER BY position, id"
    ):
        try:
            found.append(claim_of(key, text, place, facts_in(facts), human, uid))
        except InputError as error:
            raise StudyFileError(f"The claim “{one_line(key, 40)}” has an impossible value: {error}") from error
    return found


def _values(claim: Claim) -> tuple[str, ...]:
    return claim.key, claim.text, claim.place, facts_text(claim), claim.human


def add_claim(store: Store, claim: Claim) -> str:
    """Add a claim at the end of the list. Return its lasting id, which is the same in all copies of the study."""
    number = store.change(
        "INSERT INTO claims (key, text, place, facts, human, uid, position) VALUES (?, ?, ?, ?, ?,"
        " coalesce(nullif(?, ''), lower(hex(randomblob(16)))), 1 + (SELECT coalesce(max(position), 0) FROM claims))",
        (*_values(claim), claim.uid),
    )
    return str(store.scalar("SELECT uid FROM claims WHERE id = ?", (number,)))


def set_claim(store: Store, uid: str, claim: Claim) -> None:
    """Replace the fields of the claim with the lasting id `uid`."""
    store.change(
        "UPDATE claims SET key = ?, text = ?, place = ?, facts = ?, human = ? WHERE uid = ?", (*_values(claim), uid)
    )


def remove_claim(store: Store, uid: str) -> None:
    store.change("DELETE FROM claims WHERE uid = ?", (uid,))
