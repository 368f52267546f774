"""A matrix laid out in terminal cells. At no width is a part of it lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.matrix import Cell, Matrix, MatrixRow
from sibtui.model.presence import DEFAULT_MARKS, Rule
from sibtui.model.text_width import width_of
from sibtui.tui.widgets.matrix_layout import GAP, Grid

CELL = Cell("present", "present", "X", 1, 1, 0, 0, "single quote")


def matrix(rows, columns, *, show="presence", title="A table") -> Matrix:
    return Matrix("m", title, tuple(columns), tuple(rows), show, Rule(), DEFAULT_MARKS)


def cell(mark: str) -> Cell:
    return Cell("present", "present", mark, 1, 1, 0, 0, "single quote")


def whole(grid: Grid) -> list[str]:
    """Return the lines of the table below its headings. All columns are side by side."""
    lines = []
    for row, height in enumerate(grid.heights):
        for line in range(height):
            cells = [grid.cell_line(row, column, line) for column in range(len(grid.columns))]
            lines.append((" " * GAP).join([grid.label_line(row, line), *cells]))
    return lines


def test_a_table_that_fits_is_shown_as_printed():
    rows = [
        MatrixRow("Trust", (CELL, cell("")), "A note.", {"B": "On B."}),
        MatrixRow("Advance payment", (cell("?"), CELL)),
    ]
    grid = Grid(matrix(rows, "AB"), 40)
    assert [line.rstrip() for line in whole(grid)] == [
        "Trust ¹          X   ²",
        "Advance payment  ?   X",
    ]
    assert grid.below == ["¹ A note.", "² On B.", "X = present"]


def test_marks_are_aligned_with_the_numbers_of_notes_beside_them():
    rows = [MatrixRow("a", (CELL,), notes={"Column": "n"}), MatrixRow("b", (CELL,))]
    with_note, without = whole(Grid(matrix(rows, ["Column"]), 40))
    assert with_note.index("X") == without.index("X")
    assert with_note.rstrip().endswith("X ¹")


def test_a_stale_judgement_has_a_star():
    stale = Cell("present", "absent", "X", 0, 0, 0, 0, None, changes=("1 quote is gone",))
    (line,) = whole(Grid(matrix([MatrixRow("a", (stale,))], ["A"]), 30))
    assert line.split() == ["a", "X*"]


def test_labels_are_wrapped_before_columns_are_hidden():
    rows = [MatrixRow("Time and effort to transition and to teach the staff of all", (CELL,) * 4)]
    grid = Grid(matrix(rows, ["SIB A", "SIB B", "SIB C", "SIB D"]), 60)
    assert grid.heights == [2]
    assert grid.heading_height == 1
    assert grid.visible_columns(0, 60) == range(4)


def test_headings_are_wrapped_between_words_if_all_columns_fit_then():
    columns = [f"Service providers {number}" for number in range(5)]
    grid = Grid(matrix([MatrixRow("A label", (CELL,) * 5)], columns), 70)
    assert grid.visible_columns(0, 70) == range(5)
    assert grid.heading_height > 1
    assert [word for line in range(grid.heading_height) for word in grid.heading_line(4, line).split()] == [
        "Service", "providers", "4",
    ]  # fmt: skip


def test_a_heading_is_cut_to_four_lines_with_an_ellipsis():
    grid = Grid(matrix([MatrixRow("A label", (CELL,) * 3)], ["word " * 30, "B", "C"]), 60)
    assert grid.heading_height == 4
    assert grid.heading_line(0, 3).rstrip().endswith("…")
    assert grid.heading_line(1, 3).strip() == "B"


def test_columns_that_do_not_fit_become_visible_one_by_one():
    grid = Grid(matrix([MatrixRow("label", (CELL,) * 30)], [f"Column {number}" for number in range(30)]), 60)
    seen = grid.visible_columns(0, 60)
    assert 0 < len(seen) < 30
    assert grid.first_for(seen.stop, 0, 60) == 1 or grid.first_for(seen.stop, 0, 60) == 2
    assert 29 in grid.visible_columns(grid.first_for(29, 0, 60), 60)
    assert grid.first_for(3, 10, 60) == 3


def test_quotes_take_as_many_lines_as_they_need():
    quotes = cell("the first quote, which is a long one indeed and more [a1]\nthe second [b1]")
    grid = Grid(matrix([MatrixRow("Trust", (quotes, cell("")))], ["A", "B"], show="quotes"), 50)
    shown = " ".join(" ".join(grid.lines(0, 0)).split())
    assert shown == "the first quote, which is a long one indeed and more [a1] the second [b1]"
    assert grid.heights[0] == len(grid.lines(0, 0)) > 2


@pytest.mark.parametrize("width", [1, 20, 80])
def test_control_characters_are_drawn_as_pictures(width):
    grid = Grid(matrix([MatrixRow("a\x1b[31m\n\tb\u202e", (cell("\x1b"),), "\x00")], ["\x9b"]), width)
    drawn = "".join([*whole(grid), *grid.below, grid.heading_line(0, grid.heading_height - 1)])
    assert not any(sign in drawn for sign in "\x1b\x9b\x00\u202e\n\t")


WORDS = st.text(st.sampled_from("ab c日é́-\u200d"), min_size=1, max_size=40).filter(
    lambda text: text.strip() and not re.search("(^| )\u200d*\u0301", text)  # a row may end before an accent on a space
)


def signs(text: str) -> str:
    """Return the visible characters of a text, without joiners and spaces."""
    return "".join(text.replace("\u200d", "").split())


@given(
    rows=st.lists(st.tuples(WORDS, st.lists(st.sampled_from(["X", "", "n/a", "◐", "12 (3)"]), min_size=3, max_size=3)),
                  min_size=1, max_size=5),
    columns=st.lists(WORDS, min_size=3, max_size=3, unique=True),
    width=st.integers(20, 120),
)  # fmt: skip
@example(rows=[("a", ["", "", ""])], columns=["a", "b", "c"], width=20)
@example(rows=[("a" * 40, ["X", "n/a", "12 (3)"])], columns=["a" * 40, "日" * 20, "a b"], width=20)
@example(rows=[("日" * 9, ["X", "X", "X"])], columns=["a", "b", "c"], width=33)
@example(rows=[("日" * 9, ["X", "X", "X"])], columns=["a", "b", "c"], width=34)
def test_no_text_is_lost_and_every_line_has_the_right_width(rows, columns, width):
    made = matrix([MatrixRow(label, tuple(map(cell, marks))) for label, marks in rows], columns)
    grid = Grid(made, width)
    for at, (label, marks) in enumerate(rows):
        shown = "".join(grid.label_line(at, line) for line in range(grid.heights[at]))
        assert signs(shown) == signs(label)
        for column, mark in enumerate(marks):
            lines = [grid.cell_line(at, column, line) for line in range(grid.heights[at])]
            assert signs("".join(lines)) == signs(mark)
            assert {width_of(line) for line in lines} == {grid.columns[column]}
    for column, label in enumerate(columns):
        shown = signs("".join(grid.heading_line(column, line) for line in range(grid.heading_height)))
        assert shown == signs(label) or (shown[-1] == "…" and signs(label).startswith(shown[:-1]))
    assert grid.height == sum(grid.heights)
    assert [grid.row_at(line) for line in grid.tops[:-1]] == list(range(len(rows)))
    seen = grid.visible_columns(0, width)
    assert len(seen) == 1 or grid.width_of(seen) <= width


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "X", "12 : 3", "(X)", "two\nlines", "a long mark of words"]), min_size=3, max_size=3
        )
    ),
    st.sampled_from(["presence", "quotes"]),
    st.booleans(),
    st.integers(20, 80),
)
@example([["X", "X", "two\nlines"]], "presence", False, 80)
@example([["X", "a long mark of words", "X"]], "quotes", True, 20)
def test_a_row_is_as_high_as_its_highest_cell(marks: list[list[str]], show: str, noted: bool, width: int) -> None:
    cells = {mark: cell(mark) for row in marks for mark in row}  # equal cells are one value, as in a computed table
    rows = [
        MatrixRow(f"Row {at}", tuple(cells[mark] for mark in row), notes={"B": "A note."} if noted else {})
        for at, row in enumerate(marks)
    ]
    grid = Grid(matrix(rows, "ABC", show=show), width)
    highest = [max(len(grid.lines(at, column)) for column in range(3)) for at in range(len(rows))]
    assert all(height >= lines for height, lines in zip(grid.heights, highest, strict=True))
    labels = [1 + (grid.label < len(row.label)) for row in rows]
    assert all(
        height <= max(lines, label + 1) for height, lines, label in zip(grid.heights, highest, labels, strict=True)
    )
    whole(grid)
