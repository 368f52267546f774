"""The open round (a further pass through sources) of the current coder, in words for the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.model.records import Round


def coder_words(coder: str, current: Round | None) -> str:
    """Return the name of the coder, followed by the coder's open round (pass through sources) if there is one.

    >>> coder_words("R1", Round("R1", 2, "second pass", "2026-11-28T16:30:00Z", blind=True))
    'R1, blind round 2'
    """
    return coder if current is None else f"{coder}, {'blind ' if current.blind else ''}round {current.number}"


def round_line(current: Round | None) -> str:
    """Return a menu entry about the open round (pass through sources): its number and name, or “none is open”.

    >>> round_line(None)
    'none is open'
    """
    if current is None:
        return "none is open"
    return f"{current.number}, “{one_line(current.name, 40)}”{' (blind)' if current.blind else ''}: end it"
