"""Wording of a cell's state, its evidence and its reasons, shared by documents, lists and the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.presence import RESTS
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.matrix import Cell

DISPUTED = "two coders disagree on a passage"


def why(cell: Cell) -> tuple[str, ...]:
    """Return the reasons for a cell's computed state that its quotes do not show, one clause per reason.

    An incomplete cell names its unread sources and codings without a case. A rejected cell also gives the number of quotes against it.
    An absent cell states whether its topic was asked. A dispute is named for a cell of any state.
    """
    return tuple(_why(cell))


def beside_quotes(cell: Cell) -> tuple[str, ...]:
    """Return the reasons to print beside a list of the cell's quotes, one clause per reason.

    Rejected, incomplete and judged cells name unread sources and codings without a case. A dispute is named for a cell of any state.
    """
    is_open = cell.judgement is not None or cell.computed in {"rejected", "incomplete"}
    return (*(cell.reasons if is_open else ()), *((DISPUTED,) if cell.disputed else ()))


def evidence_clauses(cell: Cell) -> tuple[str, ...]:
    """Return clauses on the evidence of a cell: the counts of its quotes, then a warning if its mark rests on little evidence.

    `2 firm quotes from 1 source, 1 tentative, 1 of counter-evidence`, `rests on a single source`. Empty without a quote.
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
    """Return one clause that lists the changes since the cell was judged; empty when nothing has changed."""
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
    """Return the state of a cell in words. For a judged cell, the words also give the computed state."""
    return cell.state if cell.judgement is None else f"judged {cell.state}, computed {cell.computed}"
