"""Opposite codings: one coder codes the same words with the same code, once as support and once as counter-evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.records import Coding


def opposite(coding: Coding, others: Iterable[Coding]) -> Coding | None:
    """Return the first of the other codings with the same coder, code and place, but the opposite stance; None when there is none."""
    place = (coding.source, coding.segment, coding.code, coding.coder)
    return next(
        (
            other
            for other in others
            if other.stance != coding.stance and (other.source, other.segment, other.code, other.coder) == place
        ),
        None,
    )


def opposite_words(coding: Coding, others: Iterable[Coding]) -> str:
    """Return a sentence about the coding that is opposite to this one; empty when the others have none."""
    found = opposite(coding, others)
    return "" if found is None else f"{coding.coder} codes these words as {found.stance} too (coding {found.id})."
