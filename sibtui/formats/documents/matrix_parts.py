"""Parts of a matrix as plain text: marks of cells (such as X), the legend, and the lines below the table.

The texts are not escaped: each renderer does this for its format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.matrix_definition import SUMMARY_SHOWS

if TYPE_CHECKING:
    from sibtui.model.matrix import Cell, Matrix
    from sibtui.model.matrix_definition import Show

_FIGURES: dict[Show, str] = {
    "count": "Figures: quotes",
    "sources": "Figures: sources",
    "count (sources)": "Figures: quotes (sources)",
    "coverage": "Figures: characters covered by quotes",
    "coverage %": "Figures: percent of the text of the column covered by quotes",
    "row %": "Figures: percent of the quotes of the row",
    "column %": "Figures: percent of the quotes of the column",
    "0/1": "1 = present or contested, 0 = tentative, rejected or absent",
}


def printed_mark(cell: Cell) -> str:
    """Return the mark of a cell, such as X. If a person has judged the cell, a suffix follows."""
    return cell.mark + cell.suffix


def legend(matrix: Matrix) -> dict[str, str]:
    """Return a dict: mark that occurs in the table (such as X) → the words that explain it (such as “present”).

    In a table of summaries, some cells may be empty because they have no summary, although their state has a mark.
    Then the explanation of empty cells begins with “no summary”.
    """
    cells = [cell for row in matrix.rows for cell in row.cells]
    marks = {cell.mark for cell in cells}
    words = {mark: states for mark, states in matrix.legend() if mark in marks}
    if matrix.show in SUMMARY_SHOWS and any(not cell.mark and matrix.marks.get(cell.state) for cell in cells):
        words[""] = ", ".join(("no summary", *([words[""]] if "" in words else [])))
    return words


def remarks(matrix: Matrix, blank: str = "(blank)") -> list[str]:
    """Return the lines of text below a matrix.

    They explain its numbers and marks, and state facts about the table. `blank` is the word for an empty mark.
    """
    meanings = [f"{mark.strip() or blank} = {states}" for mark, states in legend(matrix).items()]
    if matrix.rows and matrix.show in _FIGURES:
        both = any(" : " in cell.mark for row in matrix.rows for cell in row.cells)
        meanings.insert(0, _FIGURES[matrix.show] + (", for : against" if both else ""))
    if matrix.judged_suffix and any(cell.judgement is not None for row in matrix.rows for cell in row.cells):
        meanings.append(f"{matrix.judged_suffix.strip()} = a judgement")
    return [*(["; ".join(meanings)] if meanings else []), *(text for _, text in matrix.about)]
