"""Short texts about a cell: its state, its evidence and the reasons for its state.

They are the same on the screen and in documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.presence import RESTS
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.matrix import Cell

DISPUTED = "two coders disagree on a passage"


def why(cell: Cell) -> tuple[str, ...]:
    """Return clauses that explain the computed state of a cell, in addition to its quotes.

    - For an incomplete cell: the unread sources and the number of codings without a case.
    - For a rejected cell: the number of quotes against it, and then the clauses of an incomplete cell.
    - For an absent cell: whether an interviewer asked about its topic.
    - In every state: a clause if two coders disagree on a passage of the cell.
    """
    return tuple(_why(cell))


def beside_quotes(cell: Cell) -> tuple[str, ...]:
    """Return clauses to print beside a list of a cell's quotes.

    For a rejected, incomplete or judged cell, the clauses name the unread sources and the number of codings without
    a case. In every state, there is a clause if two coders disagree on a passage of the cell.
    """
    is_open = cell.judgement is not None or cell.computed in {"rejected", "incomplete"}
    return (*(cell.reasons if is_open else ()), *((DISPUTED,) if cell.disputed else ()))


def evidence_clauses(cell: Cell) -> tuple[str, ...]:
    """Return clauses about the evidence of a cell: how many quotes it has, and then how robust the evidence is.

    The second clause is only for a cell whose computed state is “present” or “contested”. The result is empty if there
    are no quotes.
    """
    counts = ", ".join(_counts(cell))
    return (*([counts] if counts else []), *([RESTS[cell.fragility]] if cell.fragility else []))


def _counts(cell: Cell) -> Iterator[str]:
    if cell.quotes:
        yield f"{plural(cell.quotes, 'firm quote')} from {plural(cell.sources, 'source')}"
    if cell.tentative:
        yield f"{cell.tentative:,} tentative" if cell.quotes else plural(cell.tentative, "tentative quote")
    if cell.counter:
        alone = not (cell.quotes or cell.tentative)
        yield (
            f"{plural(cell.counter, 'quote')} of counter-evidence" if alone else f"{cell.counter:,} of counter-evidence"
        )


def changed_since(cell: Cell) -> str:
    """Return a clause that lists the changes since the user judged the cell; empty if there are none."""
    return f"changed since: {one_line('; '.join(cell.changes))}" if cell.stale else ""


def _why(cell: Cell) -> Iterator[str]:
    if cell.computed == "rejected":
        yield f"{cell.counter:,} against"
    if cell.computed in {"rejected", "incomplete"}:
        yield from cell.reasons
    if cell.computed == "absent":
        yield cell.covered_by or "not recorded"
    if cell.disputed:
        yield DISPUTED


def state_words(cell: Cell) -> str:
    """Return the state of a cell in words, such as `judged present, computed absent` for a judged cell."""
    return cell.state if cell.judgement is None else f"judged {cell.state}, computed {cell.computed}"
