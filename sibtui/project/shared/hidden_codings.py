"""The line below a report in a blind round of coding. It states which codings the round hides."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sibtui.model.frozen import replace
from sibtui.model.table import Table
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.project.shared.base import Session

_AnyTable = TypeVar("_AnyTable", bound=Table)


def hidden_codings(coder: str, number: int) -> str:
    """Return words for the codings that a blind round hides: `codings outside of round 2 of Ana`."""
    return f"codings outside of round {number} of {one_line(coder)}"


def with_hidden_codings(session: Session, report: _AnyTable) -> _AnyTable:
    """Return a report. In a blind round, a line that states which codings are hidden is added below the report."""
    blind = session.blind
    if blind is None:
        return report
    hidden = hidden_codings(session.coder, blind.number)
    return replace(report, below=(*report.below, f"{hidden[0].upper()}{hidden[1:]} are hidden in this blind round."))
