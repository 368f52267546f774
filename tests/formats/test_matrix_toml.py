from __future__ import annotations

import pytest
from hypothesis import given
from study_values import matrices

from sibtui.errors import InputError
from sibtui.formats.study_folder.matrix_toml import read_matrix, write_matrix
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.presence import Rule

TABLE = """
name = "table-1"
position = 1
title = "Table 1."
columns = "attribute:stage"
only = ["Early", "Late"]
cells = "count (sources)"
min_quotes = 2
min_sources = 1
[marks]
contested = "X"
"no data" = ""
[[row]]
label = "Coaching"
codes = "Theme/Code"
subcodes = false
note = "On the label."
[row.notes]
"Early" = "On the cell."
[[judgement]]
row = "Coaching"
column = "Late"
verdict = "present"
because = "The report says so."
coder = "R2"
at = 2020-06-08T11:00:00Z
"""


def test_hand_written_matrix_is_read():
    assert read_matrix("x.toml", TABLE.encode()) == MatrixDefinition(
        name="table-1",
        title="Table 1.",
        rows=(RowDefinition("Coaching", ("Theme/Code",), False, "On the label.", {"Early": "On the cell."}),),
        columns="attribute:stage",
        only=("Early", "Late"),
        show="count (sources)",
        rule=Rule(2, 1),
        marks={"contested": "X", "no data": ""},
        judgements=(Judgement("Coaching", "Late", "present", "The report says so.", "R2", "2020-06-08T11:00:00Z"),),
    )


def test_minimal_matrix_is_read_with_defaults():
    text = b"[[row]]\nlabel = 'Row'\ncodes = ['A']\n"
    assert read_matrix("tables/mine.toml", text) == MatrixDefinition("mine", "", (RowDefinition("Row", ("A",)),))


@given(matrices())
def test_any_matrix_is_read_back_as_written(definition):
    written = write_matrix(definition)
    assert read_matrix("m.toml", written) == definition
    assert write_matrix(read_matrix("m.toml", written)) == written


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "columns = 'attribute:'",
            "“columns” is “attribute:”; it is one of cases, sources, kinds, coders, attribute:NAME",
        ),
        ("columns = 'rows'", "“columns” is “rows”"),
        ("cells = 'dots'", "“cells” is “dots”; it is one of presence, count"),
        ("min_quotes = 0", "“min_quotes” is not a whole number of 1 or more"),
        ("min_sources = 1.5", "“min_sources” is not a whole number of 1 or more"),
        ("marks = 1", "“marks” is not a table"),
        ("marks.present = 1", ", .marks.: “present” is not text"),
        ("[[row]]\ncodes = 'A'", ", ..row.. 1: “label” is missing"),
        ("[[row]]\nlabel = 'R'\nsubcodes = 'no'", ", ..row.. 1: “subcodes” is neither true nor false"),
        ("[[row]]\nlabel = 'R'\n[[row]]\nlabel = 'R'", ": two rows have the same label"),
        (
            "[[judgement]]\nrow = 'R'\ncolumn = 'A'\nbecause = 'x'",
            ", ..judgement.. 1: “verdict” is “”; it is one of contested",
        ),
        (
            "[[judgement]]\nrow = 'R'\ncolumn = 'A'\nbecause = 'x'\nverdict = 'present'",
            ", ..judgement.. 1: “row” is “R”, but no ..row.. has this label",
        ),
        ("rows = []", ": “rows” is not a known key; the keys are name, position, row"),
    ],
)
def test_error_in_a_matrix_names_the_file_and_entry(text, problem):
    with pytest.raises(InputError, match=f"^m.toml.*{problem}"):
        read_matrix("m.toml", text.encode())
