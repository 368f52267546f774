"""Sensitivity of a matrix: the sources, coders and other things on which each X (mark of a present cell) depends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from sibtui.model.frozen import dataclass
from sibtui.model.table import Table, Value
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.presence import State

LeftOutPart = Literal["source", "organisation", "participant", "coder", "kind", "case-interviews"]
"""The part of the evidence that is left out to test each X.

Each source, organisation, participant, coder or kind of source is left out on its own, or all interviews about several
cases together.
"""
LEFT_OUT: tuple[LeftOutPart, ...] = get_args(LeftOutPart)

SHARED, INTERVIEWS, DOCUMENTS = "without shared interviews", "interviews only", "documents only"
TWO, THREE = "2 sources", "3 sources"
CHECKS = (SHARED, INTERVIEWS, DOCUMENTS, TWO, THREE)
"""The columns that show whether an X remains under another condition.

The conditions are: without interviews about several cases, with one kind of source, and with higher thresholds.
"""


@dataclass(frozen=True, slots=True)
class SensitiveCell:
    """A cell with an X (the mark of a present cell), and what the X depends on.

    `hangs_on` names each part of the evidence, such as a source or a coder, without which the cell would lose the X.
    `holds` is a map: check (see `CHECKS`) → whether the X would remain. `organisations` is the number of
    organisations from which the firm (not tentative) quotes come. A source without an organisation counts as an
    organisation of its own.
    """

    matrix: str
    row: str
    column: str
    state: State
    quotes: int
    sources: int
    organisations: int
    hangs_on: tuple[str, ...]
    holds: Mapping[str, bool]


def sensitivity_table(cells: Sequence[SensitiveCell], remarks: Sequence[str] = ()) -> Table:
    """Return a table with one row for each cell that has an X. `remarks` are lines to print below it."""
    return Table(
        ("matrix", "row", "column", "state", "quotes", "sources", "organisations", "hangs on", *CHECKS),
        tuple(map(_row, cells)),
        "Sensitivity: what each X hangs on",
        below=tuple(_below(cells, remarks)),
        objects=tuple(map(_object, cells)),
    )


def _row(cell: SensitiveCell) -> tuple[Value, ...]:
    return (
        cell.matrix, cell.row, cell.column, cell.state, cell.quotes, cell.sources, cell.organisations, cell.hangs_on,
        *("X" if cell.holds[check] else "lost" for check in CHECKS),
    )  # fmt: skip


def _object(cell: SensitiveCell) -> dict[str, Any]:
    return {
        "matrix": cell.matrix,
        "row": cell.row,
        "column": cell.column,
        "state": cell.state,
        "quotes": cell.quotes,
        "sources": cell.sources,
        "organisations": cell.organisations,
        "hangs_on": list(cell.hangs_on),
        **{check.replace(" ", "_"): cell.holds[check] for check in CHECKS},
    }


def _below(cells: Sequence[SensitiveCell], remarks: Sequence[str]) -> Iterator[str]:
    fragile = sum(bool(cell.hangs_on) for cell in cells)
    yield f"{plural(len(cells), 'X', 'X')} in computed cells; {fragile:,} of them hang on one thing. Judged cells are left out."
    for check in CHECKS:
        lost = sum(not cell.holds[check] for cell in cells)
        yield f"{check[0].upper()}{check[1:]}: {lost:,} lost."
    yield from remarks
