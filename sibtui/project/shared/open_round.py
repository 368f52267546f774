"""The open round of a coder, to which new codings and readings belong. A round is one pass through sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import ConflictError
from sibtui.store import rounds as round_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from sibtui.model.records import Round
    from sibtui.store.connection import Store


def open_round(store: Store, coder: str) -> Round | None:
    """Return the round in which a coder is working, or None if no round is open."""
    return next(iter(round_rows.rounds(store, open_of=coder)), None)


def number_in(store: Store, found: Round | None, source: int) -> int:
    """Return the number of the round to which a new coding or reading of a source belongs.

    `found` is the open round of the coder. If it is None, the number is 1. Raises ConflictError when the source does
    not belong to the round.
    """
    if found is None:
        return 1
    name = source_rows.name(store, source)
    if name not in found.sources and round_rows.is_limited(store, found):
        raise ConflictError(f"“{name}” is not in the open round “{found.name}” of {found.coder}.", "end-round")
    return found.number
