"""Agreement on the cells of a matrix.

The matrix is computed once for each coder, from the codings of this coder alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sibtui.model.agreement.coefficients import Rating
from sibtui.model.agreement.counts import comparable
from sibtui.model.agreement.rows import PAIR, Agreement
from sibtui.model.frozen import dataclass
from sibtui.model.presence import State
from sibtui.model.table import Rounded, Table, Value
from sibtui.model.text import listed

_PRESENT: frozenset[State] = frozenset({"present", "contested"})


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """A cell of a matrix, with one state per coder; None for a coder who has read no source of the column."""

    row: str
    column: str
    states: tuple[State | None, ...]

    @property
    def same(self) -> bool | None:
        """Whether the cell is present for all coders or for none of them. A contested cell counts as present.

        Coders without a state are left out. The result is None if fewer than two coders have a state.
        """
        known = [state in _PRESENT for state in self.states if state is not None]
        return len(set(known)) == 1 if len(known) >= PAIR else None


@dataclass(frozen=True, slots=True)
class CellReport:
    """The agreement of coders on the cells of a matrix.

    If `consensus` is set, the joint decisions of the coders (the codings of the coder “consensus”) count for each coder.
    The codings on which they decided do not count. `rounds` are the numbers of the rounds (a coder's passes through the
    sources) that count; empty if all count.
    """

    matrix: str
    coders: tuple[str, ...]
    cells: tuple[ComparedCell, ...]
    consensus: bool = False
    rounds: tuple[int, ...] = ()

    @property
    def presence(self) -> Agreement:
        """The agreement on whether each cell is present. A contested cell counts as present."""
        return self._agreement(
            "present or not",
            [tuple(None if s is None else int(s in _PRESENT) for s in cell.states) for cell in self.cells],
        )

    @property
    def states(self) -> Agreement:
        """The agreement on the exact state of each cell, such as present, contested or absent."""
        return self._agreement("state", [cell.states for cell in self.cells])

    @staticmethod
    def _agreement(label: str, values: Sequence[tuple[Rating | None, ...]]) -> Agreement:
        return Agreement(label, (comparable(Counter(values)),))

    def table(self) -> Table:
        """Return the report as a table: one row per cell, then two rows with the coefficients for all cells."""
        columns = ("row", "column", *self.coders, "same", "cells", "percent", "alpha", "why")
        figures = (self.presence, self.states)
        settled = "; the codings of the consensus replace those that they settle" if self.consensus else ""
        return Table(
            columns,
            (*map(self._cell_row, self.cells), *map(self._figure_row, figures)),
            f"Agreement on the cells of {self.matrix}",
            below=(
                f"Each coder's cells are computed from the coder's own codings and readings{settled}.",
                "Present or not: a contested cell counts as present.",
                *([f"Round: {listed(map(str, self.rounds))} only."] if self.rounds else []),
            ),
            objects=(*map(self._cell_object, self.cells), *map(self._figure_object, figures)),
        )

    def _cell_row(self, cell: ComparedCell) -> tuple[Value, ...]:
        same = {True: "yes", False: "no", None: ""}[cell.same]
        return (
            cell.row,
            cell.column,
            *("not read" if state is None else state for state in cell.states),
            same,
            "",
            "",
            "",
            "",
        )

    def _figure_row(self, found: Agreement) -> tuple[Value, ...]:
        missing = "undefined" if found.units else "not computable"
        percent = missing if found.percent is None else Rounded(found.percent, 1)
        alpha = missing if found.alpha is None else Rounded(found.alpha)
        return f"all cells: {found.label}", "", *[""] * len(self.coders), "", found.units, percent, alpha, _why(found)

    def _cell_object(self, cell: ComparedCell) -> dict[str, object]:
        return {
            "row": cell.row, "column": cell.column, "states": dict(zip(self.coders, cell.states, strict=True)), "same": cell.same,
        }  # fmt: skip

    def _figure_object(self, found: Agreement) -> dict[str, object]:
        return {
            "compared": found.label, "cells": found.units, "percent": found.percent, "alpha": found.alpha, "why": _why(found),
        }  # fmt: skip


def _why(found: Agreement) -> str:
    if not found.units:
        return "no two coders have read a source of the same column"
    return "no variation: all cells have the same value" if found.alpha is None else ""
