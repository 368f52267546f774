"""Tables sorted by pattern have a heading above each group of rows, in all formats that people read."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import docx
import pytest

from sibtui.formats.documents.matrix import matrix_document
from sibtui.formats.registry import render_bytes, render_text
from sibtui.model.matrix import Cell, Matrix, MatrixRow
from sibtui.model.patterns import sorted_by_pattern
from sibtui.model.presence import DEFAULT_MARKS, Rule

if TYPE_CHECKING:
    from sibtui.model.presence import State

HEADINGS = ["Present in all 2 (1 row)", "Present in 1 of 2 (2 rows)"]


def row(label: str, *states: State) -> MatrixRow:
    return MatrixRow(label, tuple(Cell(state, state, DEFAULT_MARKS[state], 0, 0, 0, 0, None) for state in states))


ROWS = (row("One", "present", "absent"), row("Both", "present", "present"), row("Other", "absent", "present"))
SAVED = Matrix("t", "Table", ("A", "B"), ROWS, "presence", Rule(), DEFAULT_MARKS)


@pytest.mark.parametrize(
    ("form", "first", "second"),
    [
        (
            "md",
            "| *Present in all 2 (1 row)* |  |  |\n| Both |",
            "| *Present in 1 of 2 (2 rows)* |  |  |\n| One |",
        ),
        (
            "html",
            '<tr class="group"><th colspan="3" scope="rowgroup">Present in all 2 (1 row)</th></tr>\n<tr><th scope="row">Both',
            '<tr class="group"><th colspan="3" scope="rowgroup">Present in 1 of 2 (2 rows)</th></tr>\n<tr><th scope="row">One',
        ),
        (
            "latex",
            "\\multicolumn{3}{l}{\\textit{Present in all 2 (1 row)}} \\\\\nBoth &",
            "\\multicolumn{3}{l}{\\textit{Present in 1 of 2 (2 rows)}} \\\\\nOne &",
        ),
        ("tabs", "Present in all 2 (1 row)\nBoth\t", "Present in 1 of 2 (2 rows)\nOne\t"),
        ("table", "Present in all 2 (1 row)\nBoth", "Present in 1 of 2 (2 rows)\nOne"),
    ],
)
def test_a_table_sorted_by_pattern_has_headings(form: str, first: str, second: str) -> None:
    sorted_text = render_text(matrix_document(sorted_by_pattern(SAVED)), form)
    assert sorted_text.count("Present in") == 2
    assert first in sorted_text
    assert second in sorted_text
    assert "Present in" not in render_text(matrix_document(SAVED), form)


def test_headings_in_word_are_rows_of_their_own() -> None:
    data = render_bytes(matrix_document(sorted_by_pattern(SAVED)), "docx")
    (table,) = docx.Document(BytesIO(data)).tables
    assert [each.cells[0].text for each in table.rows] == ["", HEADINGS[0], "Both", HEADINGS[1], "One", "Other"]


@pytest.mark.parametrize("form", ["csv", "json"])
def test_data_have_no_headings(form: str) -> None:
    assert "Present in" not in render_text(matrix_document(sorted_by_pattern(SAVED)), form)
