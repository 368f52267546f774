"""The line below a report in a blind round of coding, which hides the codings of other coders and other rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sibtui.model.frozen import replace
from sibtui.model.table import Table
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from sibtui.project.shared.base import Session

_AnyTable = TypeVar("_AnyTable", bound=Table)


def hidden_codings(coder: str, number: int) -> str:
    """Return words for the codings that the round `number` of a coder hides while it is a blind round."""
    return f"codings outside of round {number} of {one_line(coder)}"


def with_hidden_codings(session: Session, report: _AnyTable) -> _AnyTable:
    """Return a report that counts codings; in a blind round, with a line below it about the codings that are hidden."""
    blind = session.blind
    if blind is None:
        return report
    hidden = hidden_codings(session.coder, blind.number)
    return replace(report, below=(*report.below, f"{hidden[0].upper()}{hidden[1:]} are hidden in this blind round."))
