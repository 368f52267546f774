"""Evidence for the sample matrix, with the difficult cases of an appendix."""

from __future__ import annotations

from dataclasses import replace

from sample_matrix import HOSTILE, MATRIX, QUOTES

from sibtui.model.matrix import CellEvidence, Matrix
from sibtui.model.records import Coding
from sibtui.model.report_values import MatrixEvidence
from sibtui.model.segments import Segment

SPOKEN = Coding(
    1, "note 1", Segment(120, 180), "We met every week,\nshe said.", "", "", "Working/Brokering", "login-name", "supports", "firm",
    ("SIB A",), "A memo of ours", "2024-05-01T10:00:00Z",
)  # fmt: skip
PARAPHRASED = replace(
    SPOKEN, id=2, source="note 2", quote="Weekly meetings, by her account.", certainty="tentative", memo=""
)
COUNTER = replace(
    SPOKEN, id=3, source=HOSTILE, quote=HOSTILE, stance="counters", code=HOSTILE, coder=HOSTILE, memo=HOSTILE
)
BROKERING, PEERS, ODD = (row.label for row in MATRIX.rows)

CELLS = (
    CellEvidence(BROKERING, "SIB A", "present", "single source", (SPOKEN, PARAPHRASED, SPOKEN, SPOKEN)),
    CellEvidence(BROKERING, "SIB C", "contested", "single source", (SPOKEN, COUNTER)),
    CellEvidence(PEERS, "SIB B", "rejected", None, (COUNTER,)),
    CellEvidence(ODD, "SIB D", "present", "robust", (PARAPHRASED,)),
)


def _counted(matrix: Matrix) -> Matrix:
    """Return the matrix with counts only in the cells that have codings, as a computed one has them."""
    coded = {(cell.row, cell.column) for cell in CELLS}
    return replace(
        matrix,
        rows=tuple(
            replace(
                row,
                cells=tuple(
                    cell
                    if cell.has_codings == ((row.label, column) in coded)
                    else replace(cell, quotes=int(not cell.has_codings), tentative=0, counter=0)
                    for column, cell in zip(matrix.columns, row.cells, strict=True)
                ),
            )
            for row in matrix.rows
        ),
    )


EVIDENCE = MatrixEvidence(_counted(MATRIX), CELLS, frozenset({"note 1"}))
NOTHING = MatrixEvidence(QUOTES, ())
