"""Patterns of rows."""

from __future__ import annotations

from sibtui.model.matrix import Cell, Matrix, MatrixRow
from sibtui.model.patterns import pattern, pattern_groups, pattern_headings, pattern_words, sorted_by_pattern
from sibtui.model.presence import DEFAULT_MARKS, Rule, State

STATES: dict[str, State] = {"X": "present", "!": "contested", "?": "tentative", ".": "absent"}


def row(label: str, marks: str) -> MatrixRow:
    return MatrixRow(label, tuple(Cell(STATES[m], STATES[m], m, 0, 0, 0, 0, None) for m in marks))


def test_the_pattern_of_a_row_shows_its_present_and_contested_cells() -> None:
    assert pattern(row("a", "X!?.")) == (True, True, False, False)


def test_a_pattern_in_words_counts_the_columns() -> None:
    words = [pattern_words(row("a", marks)) for marks in ("XX", "X.", "..", "")]
    assert words == ["in all 2", "in 1 of 2", "in none of 2", "without columns"]


def test_rows_in_most_columns_come_first_and_equal_patterns_keep_their_order() -> None:
    rows = (row("a", "..X"), row("b", "X.."), row("c", "XXX"), row("d", "..."), row("e", "!.."))
    matrix = Matrix("m", "", ("A", "B", "C"), rows, "presence", Rule(), DEFAULT_MARKS)
    assert [each.label for each in sorted_by_pattern(matrix).rows] == ["c", "b", "e", "a", "d"]


def test_rows_are_grouped_by_their_number_of_columns() -> None:
    rows = (row("a", ".X"), row("b", "X."), row("c", "XX"), row("d", ".."))
    found = [(words, [each.label for each in group]) for words, group in pattern_groups(rows)]
    assert found == [("in all 2", ["c"]), ("in 1 of 2", ["a", "b"]), ("in none of 2", ["d"])]


def test_headings_are_at_the_first_rows_of_their_groups() -> None:
    rows = (row("c", "XX"), row("a", ".X"), row("b", "X."))
    assert pattern_headings(rows) == {0: "Present in all 2 (1 row)", 1: "Present in 1 of 2 (2 rows)"}
