"""The cells of the matrix rows that a claim is about.

The module decides which columns count as having an X (the mark of a present cell), and whether their evidence is strong
or weak.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import NotFoundError
from sibtui.model.cell_words import why
from sibtui.model.folding import by_key, name_key
from sibtui.model.frozen import dataclass
from sibtui.model.name_lists import names_in
from sibtui.model.names import resolve_name
from sibtui.model.presence import RESTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from sibtui.model.claims.claim import Claim
    from sibtui.model.matrix import Cell, Matrix
    from sibtui.model.presence import State


@dataclass(frozen=True, slots=True)
class ClaimCell:
    """A cell of a matrix row, for the check of a claim about this row.

    `inside` is set if the state of the cell counts as an X (the mark of a present cell). `words` are the mark and
    the state. `reserve` is the reason for doubt about the state, such as weak evidence or a user's judgement; empty
    if there is none. `open` are the reasons why some quotes of the cell may be missing, such as an unread source.
    """

    inside: bool
    words: str
    state: str
    reserve: str
    quotes: int
    open: str
    tentative: bool


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A computed matrix row that a claim is about, with its matrix, its column labels and its cells."""

    matrix: str
    label: str
    columns: tuple[str, ...]
    cells: tuple[ClaimCell, ...]

    @property
    def name(self) -> str:
        return f"{self.matrix} / {self.label}" if self.matrix else self.label


@dataclass(frozen=True, slots=True)
class ClaimColumn:
    """One column in the check of a claim. All rows of the claim are taken together.

    `inside` is set if the column counts as having an X (the mark of a present cell). `reserve` is the reason why
    `inside` is doubtful, such as weak evidence or a user's judgement; empty if there is no doubt. `open` is the
    reason why some quotes of the column may be missing, such as an unread source.
    """

    column: str
    inside: bool
    reserve: str
    state: str
    quotes: int
    open: str


def states_inside(matrix: Matrix, states: Collection[State] = ()) -> frozenset[State]:
    """Return the states in which a cell counts as having an X (the mark of a present cell).

    These are the given `states`. If none are given, they are the states that have the same mark as *present* in the
    matrix.
    """
    return frozenset(states or (state for state, mark in matrix.marks.items() if mark == matrix.marks["present"]))


def claim_row(matrix: Matrix, at: int, inside: Collection[State]) -> ClaimRow:
    """Return a matrix row for the check of a claim. `at` is the index of the row.

    `inside` are the states that count as an X (the mark of a present cell).
    """
    row = matrix.rows[at]
    return ClaimRow(
        matrix.name,
        row.label,
        matrix.columns,
        tuple(_claim_cell(cell, matrix, cell.state in inside) for cell in row.cells),
    )


def _claim_cell(cell: Cell, matrix: Matrix, inside: bool) -> ClaimCell:
    state = _state(cell)
    mark = matrix.marks[cell.state].strip() or "blank"
    unread = "; ".join(cell.reasons)
    return ClaimCell(
        inside, f"{mark} ({state})", state, _reserve(cell, inside), cell.quotes, unread,
        inside and cell.judgement is None and cell.state == "tentative",
    )  # fmt: skip


def _state(cell: Cell) -> str:
    """Return the state of a cell and its numbers of quotes, such as `rejected, 5 against`."""
    parts: list[str] = [cell.state if cell.judgement is None else f"judged {cell.state}, computed {cell.computed}"]
    if cell.quotes:
        parts.append(f"{cell.quotes:,} for")
    if cell.tentative:
        parts.append(f"{cell.tentative:,} tentative")
    if cell.counter:
        parts.append(f"{cell.counter:,} against")
    parts += [reason for reason in why(cell) if not reason.endswith(" against")]
    return ", ".join(parts)


def _reserve(cell: Cell, inside: bool) -> str:
    """Return the reason for doubt about the state of a cell; empty if there is no reason.

    `inside` is set if the state counts as an X (the mark of a present cell).
    """
    if cell.judgement is not None:
        return "a stale judgement" if cell.stale else "a judgement"
    if cell.state == "contested":
        return f"contested, {cell.quotes:,} for, {cell.counter:,} against"
    if inside:
        return "" if cell.fragility in {None, "robust"} else RESTS[cell.fragility]
    return _state(cell) if cell.state in {"tentative", "incomplete"} else ""


def claim_column(claim: Claim, rows: Sequence[ClaimRow], at: int) -> ClaimColumn:
    """Return one column in the check of a claim. `at` is the index of the column.

    By default, the column counts as having an X if any row has an X in the column. If `join` of the claim is "all",
    all rows must have an X in the column.
    """
    cells = [row.cells[at] for row in rows]
    joined = any if claim.join == "any" else all
    inside = joined(cell.inside for cell in cells)
    # Any one of these cells decides about the column; otherwise all of them do
    one_decides = inside == (claim.join == "any")
    deciding = [cell for cell in cells if cell.inside == inside] if one_decides else cells
    reserves = [_reserve_for(claim, cell) for cell in deciding]
    reserve = next(iter(reserves), "") if all(reserves) else ""
    if not one_decides:
        reserve = next(filter(None, reserves), "")
    return ClaimColumn(
        rows[0].columns[at], inside, reserve, _states(rows, cells), sum(cell.quotes for cell in cells),
        next((cell.open for cell in cells if cell.open), ""),
    )  # fmt: skip


def _reserve_for(claim: Claim, cell: ClaimCell) -> str:
    if cell.tentative:
        return cell.state if claim.certainty == "firm" else ""
    return cell.reserve


def _states(rows: Sequence[ClaimRow], cells: Sequence[ClaimCell]) -> str:
    if len(cells) == 1:
        return cells[0].state
    return "; ".join(f"{row.label} {cell.state}" for row, cell in zip(rows, cells, strict=True))


def inside_in(columns: Iterable[ClaimColumn]) -> int:
    return sum(each.inside for each in columns)


def strong_in(columns: Iterable[ClaimColumn]) -> int:
    return sum(each.inside and not each.reserve for each in columns)


def column_named(columns: Sequence[str], labels: Iterable[str]) -> frozenset[str]:
    """Return those of `columns` to which the labels in a claim refer.

    A label may list several columns: `SIB A, SIB B`. Raises NotFoundError if a name matches no column, and
    AmbiguousError if a name matches several columns.
    """
    known = by_key(columns)
    found: set[str] = set()
    for label in labels:
        if name_key(label) in known:
            found.add(known[name_key(label)])
            continue
        parts = names_in(label, columns)
        if not parts:
            raise NotFoundError(f"“{label}” names no column.")
        found.update(resolve_name("column", part, columns) for part in parts)
    return frozenset(found)
