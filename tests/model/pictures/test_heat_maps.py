"""Heat maps of matrices: their shades, texts, hatchings and descriptions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model.compute import figures
from sibtui.model.matrix import Cell, Matrix, MatrixRow
from sibtui.model.matrix_definition import CELLS, TEXT_SHOWS, Show
from sibtui.model.pictures.heat_maps import code_heat_map, heat_map, shades
from sibtui.model.pictures.picture import MOST_COLUMNS, MOST_ROWS
from sibtui.model.presence import DEFAULT_MARKS, STATES, Rule, State
from sibtui.model.table import Rounded, Table

FIGURES: list[Show] = [show for show in CELLS if show not in TEXT_SHOWS]


def cell(state: State = "present", quotes: int = 1, counter: int = 0, characters: int = 0, length: int = 0) -> Cell:
    return Cell(
        state, state, DEFAULT_MARKS[state], quotes, min(quotes, 2), 0, counter, None, characters=characters, length=length
    )  # fmt: skip


def matrix(rows: list[list[Cell]], show: Show = "count") -> Matrix:
    columns = tuple(f"Case {at}" for at in range(len(rows[0]) if rows else 2))
    lines = tuple(MatrixRow(f"Row {at}", tuple(cells)) for at, cells in enumerate(rows))
    made = Matrix("t", "A table", columns, lines, show, Rule(), DEFAULT_MARKS)
    return made if show == "presence" else figures(made)


def test_the_shade_is_the_number_of_quotes_and_the_text_that_of_the_table() -> None:
    found = heat_map(matrix([[cell(quotes=3), cell("rejected", 0, 2)], [cell("contested", 4, 1), cell("no data", 0)]]))
    assert [[each.text for each in line] for line in found.cells] == [["3", "0 : 2"], ["4 : 1", "n/a"]]
    assert [[each.value for each in line] for line in found.cells] == [[3, 0], [4, None]]
    assert [each.pattern for line in found.cells for each in line] == ["", "contested", "contested", "unknown"]
    assert found.largest == 4
    assert found.notes == ("a : b = a quotes for, b against; n/a = no data",)
    assert found.description == (
        "A heat map with 2 rows and 2 columns. The shade shows quotes. The largest figure, 4, is in Row 1, Case 0."
        " 2 cells have quotes against. 1 cell is unknown: incomplete or without data."
    )


def test_marks_are_shaded_by_quotes() -> None:
    found = heat_map(matrix([[cell(quotes=3), cell("absent", 0)]], "presence"))
    assert [(each.text, each.value) for each in found.cells[0]] == [("X", 3), ("", 0)]
    assert found.notes == ("X = present",)


@pytest.mark.parametrize(
    ("show", "values"),
    [
        ("sources", [2, 1]),
        ("count (sources)", [3, 1]),
        ("coverage", [30, 5]),
        ("coverage %", [30.0, 0.0]),
        ("row %", [75.0, 25.0]),
        ("column %", [100.0, 100.0]),
        ("0/1", [1.0, 1.0]),
    ],
)
def test_the_shade_is_the_figure_that_the_cells_show(show: Show, values: list[float]) -> None:
    cells = [cell(quotes=3, characters=30, length=100), cell(characters=5)]
    assert [each.value for each in heat_map(matrix([cells], show)).cells[0]] == values


def test_a_word_in_a_table_of_zeros_and_ones_has_no_shade() -> None:
    found = heat_map(matrix([[cell("incomplete", 0), cell("absent", 0)]], "0/1"))
    assert [(each.text, each.value) for each in found.cells[0]] == [("incomplete", None), ("0", 0.0)]


def test_a_transposed_matrix_has_its_columns_as_rows() -> None:
    found = heat_map(replace(matrix([[cell(quotes=3), cell(quotes=5)]]), transposed=True))
    assert (found.rows, found.columns) == (("Case 0", "Case 1"), ("Row 0",))
    assert [line[0].value for line in found.cells] == [3, 5]


def test_shades_are_shares_of_the_largest_figure() -> None:
    assert shades(matrix([[cell(quotes=4), cell()], [cell("absent", 0), cell("no data", 0)]])) == ((1, 0.25), (0, 0))
    assert shades(replace(matrix([[cell(quotes=2), cell()]]), show="quotes")) == ((1, 0.5),)
    assert shades(matrix([[cell("absent", 0)]])) == ((0,),)
    assert shades(matrix([])) == ()


@pytest.mark.parametrize("show", TEXT_SHOWS)
def test_texts_have_no_picture(show: Show) -> None:
    with pytest.raises(InputError, match="texts"):
        heat_map(replace(matrix([[cell()]]), show=show))


def test_a_matrix_without_rows_or_columns_is_refused() -> None:
    with pytest.raises(InputError, match="no rows"):
        heat_map(matrix([]))
    with pytest.raises(InputError, match="no columns"):
        heat_map(matrix([[]]))


def test_a_matrix_too_large_for_one_picture_is_refused() -> None:
    with pytest.raises(InputError, match=f"at most {MOST_ROWS} rows, and this one would have {MOST_ROWS + 1}"):
        heat_map(matrix([[cell()]] * (MOST_ROWS + 1)))
    with pytest.raises(InputError, match=f"at most {MOST_COLUMNS} columns"):
        heat_map(matrix([[cell()] * (MOST_COLUMNS + 1)]))
    with pytest.raises(InputError, match=f"at most {MOST_COLUMNS} columns"):
        heat_map(replace(matrix([[cell()]] * (MOST_COLUMNS + 1)), transposed=True))
    with pytest.raises(InputError, match="at most 6,000 cells, and this one would have 6,200"):
        heat_map(matrix([[cell()] * 31] * 200))
    assert len(heat_map(matrix([[cell()]] * MOST_ROWS)).rows) == MOST_ROWS


def test_a_table_of_codes_has_short_labels_and_blank_cells() -> None:
    table = Table(
        ("code", "Staff/Pay", "Costs/Rent"), (("Staff/Pay", "", 2), ("Costs/Rent", Rounded(0.5), "")), "Codes"
    )
    found = code_heat_map(table, "c")
    assert (found.rows, found.columns) == (("Pay", "Rent"), ("Pay", "Rent"))
    assert [[each.value for each in line] for line in found.cells] == [[None, 2], [0.5, None]]
    assert [each.text for each in found.cells[1]] == ["0.500", ""]


def test_a_table_of_codes_without_meetings_is_refused() -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        code_heat_map(Table(("code",), (), "Codes"), "c")


cells = st.builds(
    cell, st.sampled_from(STATES), st.integers(0, 3), st.integers(0, 2), st.integers(0, 50), st.sampled_from([0, 100])
)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=4), st.sampled_from(FIGURES))
@example([[cell("absent", 0), cell("no data", 0)]], "count")
@example([[cell("incomplete", 2), cell("contested", 3, 3)]], "row %")
def test_each_cell_of_a_table_is_a_cell_of_the_picture(rows: list[list[Cell]], show: Show) -> None:
    made = matrix(rows, show)
    found = heat_map(made)
    assert [[each.text for each in line] for line in found.cells] == [[c.mark for c in row.cells] for row in made.rows]
    values = [each.value for line in found.cells for each in line if each.value is not None]
    assert found.largest == max(values, default=0)
    assert all(value >= 0 for value in values)
    quotes = [c.quotes for row in made.rows for c in row.cells]
    assert (found.largest > 0) >= (show == "count" and max(quotes) > 0)
