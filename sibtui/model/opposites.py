"""Opposite codings: one coder has coded the same words twice with the same code, as support and as counter-evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.model.records import Coding


def opposite(coding: Coding, others: Iterable[Coding]) -> Coding | None:
    """Return the first of `others` with the same coder, code and place as `coding`, but the opposite stance.

    The result is None if there is no such coding.
    """
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
    """Return a sentence about the opposite of `coding` in `others`; empty if there is none.

    The opposite has the same coder, code and place, but the opposite stance.
    """
    found = opposite(coding, others)
    return "" if found is None else f"{coding.coder} codes these words as {found.stance} too (coding {found.id})."
