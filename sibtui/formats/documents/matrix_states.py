"""Lines below a matrix in the terminal: the reasons for the states of its cells, such as present or contested.

Cells with the same state and the same reasons share one entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.terminal_text import wrap
from sibtui.model.cell_words import state_words, why
from sibtui.model.presence import STATES
from sibtui.model.text import inert_words

if TYPE_CHECKING:
    from sibtui.model.matrix import Cell, Matrix

_INDENT = "  "


def render_states(matrix: Matrix, width: int | None = None) -> str:
    """Return lines that explain why cells have their states (such as present or contested).

    For each state and reason, there is a line, followed by a list of the cells. If all cells with a state have the same
    reason, the line has the number of the cells, and the list is left out. Cells without a reason are not listed.
    """
    cells = {
        (column, row.label): cell
        for at, column in enumerate(matrix.columns)
        for row in matrix.rows
        for cell in (row.cells[at],)
    }
    alike: dict[tuple[str, str], dict[str, list[str]]] = {}
    for (column, row), cell in sorted(cells.items(), key=_order):
        if reasons := "; ".join(why(cell)):
            alike.setdefault((state_words(cell), reasons), {}).setdefault(column, []).append(row)
    lines: list[str] = []
    for (state, reasons), by_column in alike.items():
        count = sum(map(len, by_column.values()))
        one_reason = count > 1 and count == sum(state_words(cell) == state for cell in cells.values())
        suffix = f" (all {count:,} cells)" if one_reason else ""
        lines += wrap(inert_words(f"{state}: {reasons}{suffix}"), width, len(_INDENT))
        if not one_reason:
            lines += _places(by_column, width)
    return "".join(f"{line}\n" for line in lines)


def _order(item: tuple[tuple[str, str], Cell]) -> tuple[bool, int]:
    """Return the sort key of a cell: whether a person has judged it, and then its state."""
    cell = item[1]
    return cell.judgement is not None, STATES.index(cell.state)


def _places(by_column: dict[str, list[str]], width: int | None) -> list[str]:
    room = None if width is None else max(width - len(_INDENT), 20)
    return [
        _INDENT + line
        for column, rows in by_column.items()
        for line in wrap(inert_words(f"{column}: {'; '.join(rows)}"), room, len(_INDENT))
    ]
