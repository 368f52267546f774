"""Summaries of matrices and lists of their judgements."""

from __future__ import annotations

from dataclasses import replace

from sibtui.model.matrix import Cell, Matrix, MatrixRow
from sibtui.model.matrix_definition import Judgement, MatrixDefinition
from sibtui.model.matrix_summary import judged_cells, summary_of
from sibtui.model.presence import DEFAULT_MARKS, Rule

ABSENT = Cell("absent", "absent", "", 0, 0, 0, 0, None)
JUDGEMENT = Judgement("a", "A", "present", "why", "R1", "2026-01-01")
STALE = replace(ABSENT, state="present", judgement=JUDGEMENT, changes=("1 quote is new",))
OPEN = replace(ABSENT, state="incomplete")
MATRIX = Matrix(
    "m", "M.", ("A", "B"), (MatrixRow("a", (STALE, OPEN)), MatrixRow("b", (OPEN, ABSENT))), "presence", Rule(), DEFAULT_MARKS
)  # fmt: skip


def test_a_summary_counts_judgements_stale_ones_and_incomplete_cells() -> None:
    summary = summary_of(MATRIX)
    assert (summary.name, summary.title, summary.rows, summary.columns) == ("m", "M.", 2, 2)
    assert (summary.judgements, summary.stale, summary.incomplete) == (1, 1, 2)
    assert summary.words == "1 stale judgement, 2 incomplete cells"
    assert replace(summary, stale=0, incomplete=0).words == ""


def test_judgements_on_columns_that_are_not_shown_come_last_without_a_cell() -> None:
    hidden = replace(JUDGEMENT, column="Z")
    found = judged_cells(MatrixDefinition("m", "", (), judgements=(hidden, JUDGEMENT)), MATRIX)
    assert [(each.matrix, each.judgement.column, each.changes) for each in found] == [
        ("m", "A", ("1 quote is new",)), ("m", "Z", ()),
    ]  # fmt: skip
