"""The cells of a column are tested together, with the results of a test of each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.codec.terminal_text import longest_piece
from sibtui.formats.documents.model import TableBlock
from sibtui.formats.documents.renderers import text_lists
from sibtui.formats.documents.renderers.text_lists import (
    _longest_piece,
    _row,
    _rows,
    _shown_column,
    _widths,
    long_list_lines,
    table_lines,
)
from sibtui.model.text import one_line
from sibtui.model.text_width import width_of

if TYPE_CHECKING:
    from sibtui.model.table import Value

columns = st.lists(st.text(st.sampled_from(" |ab\t\n…語\u0301\u200d"), max_size=4), max_size=6)


@given(columns)
@example(["a ", "b"])
@example(["a", " b"])
@example(["a|", "|b"])
@example(["", "a"])
@example(["a\n", "a\n"])
def test_cells_of_a_column_are_shown_on_one_line_each(cells: list[str]) -> None:
    assert _shown_column(cells, plain=False) == [one_line(cell) for cell in cells]


@given(columns)
@example(["a", "\u0301"])
@example(["語", "\u200d"])
@example(["語", "語"])
def test_widths_of_a_column_are_those_of_its_cells(cells: list[str]) -> None:
    assert _widths(cells) == [width_of(cell) for cell in cells]


@given(st.text(st.sampled_from(" a語\u0301"), max_size=4), st.integers(2, 4))
@example("語", 2)
def test_equal_cells_are_drawn_like_cells_among_others(cell: str, count: int) -> None:
    equal, _ = table_lines(TableBlock(("x", "y"), ((cell, "b"),) * count), None, plain=True, rule="-")
    mixed, _ = table_lines(TableBlock(("x", "y"), (*((cell, "b"),) * count, ("", "c"))), None, plain=True, rule="-")
    assert equal == mixed[:-1]


cells = st.one_of(
    st.integers(-1, 100), st.text(st.sampled_from(" ab\n語\u0301\ue000"), max_size=4),
    st.lists(st.sampled_from(["SIB A", "語 b"]), max_size=2).map(tuple),
)  # fmt: skip


@given(st.lists(st.tuples(st.integers(0, 2000), cells, cells), max_size=7), st.integers(1, 3))
@example([], 1)
@example([(1, 2, "a"), (1000, "b", "語")], 1)  # a column of numbers, and one that has a number first
@example([(1, ("SIB A", "SIB B"), 2), (2, (), 3)], 2)
def test_a_long_list_is_drawn_like_a_table(rows: list[tuple[int, Value, Value]], together: int) -> None:
    columns = ("no.", "語 text", " cases ")
    table, _ = table_lines(TableBlock(columns, tuple(rows)), None, plain=False, rule="─")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_lists, "TOGETHER", together)
        assert list(long_list_lines(columns, iter(rows))) == table


@pytest.mark.parametrize("width", [None, 30])
def test_a_table_drawn_in_parts_is_drawn_as_a_whole(width: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(number, "語 " * (number % 7), ("SIB A", "SIB B")[: number % 3]) for number in range(25)]
    table = TableBlock(("no.", "text", "cases"), tuple(rows))
    whole = table_lines(table, width, plain=True, rule="-")
    for together in (1, 7, 24, 25):
        monkeypatch.setattr(text_lists, "TOGETHER", together)
        assert table_lines(table, width, plain=True, rule="-") == whole


words = st.text(st.sampled_from("ab語\u0301/-"), min_size=1, max_size=6)
cells_of_words = st.lists(words, max_size=4).map(" ".join)


@given(st.lists(st.tuples(cells_of_words, cells_of_words), min_size=1, max_size=6), st.integers(2, 8))
@example([("aa bb", "a")], 2)
@example([("a", "aa bb"), ("aa bb", "a"), ("a", "a")], 4)
def test_rows_drawn_together_are_drawn_like_single_rows(rows: list[tuple[str, str]], width: int) -> None:
    columns = list(map(list, zip(*rows, strict=True)))
    widths, numeric = [width, width + 1], [False, False]
    together = _rows(columns, list(map(_widths, columns)), widths, numeric, "  ")
    assert together == [line for row in rows for line in _row(row, widths, numeric, "  ")]


@given(st.lists(cells_of_words, max_size=4))
@example(["a b", "b/aa"])
def test_the_longest_piece_of_a_column_is_that_of_its_cells(cells: list[str]) -> None:
    assert _longest_piece(cells) == max(map(longest_piece, cells), default=0)


def test_the_words_of_narrow_cells_are_not_measured_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(number, "a word " * 9 + "…", "two words") for number in range(3)]
    table = TableBlock(("no.", "text", "cases"), tuple(rows))
    before = table_lines(table, 40, plain=True, rule="-")
    monkeypatch.setattr(text_lists, "wrap", lambda words, _width: pytest.fail(f"wrapped: {words}"))
    assert table_lines(table, 40, plain=True, rule="-") == before
    assert len(before[0]) > 2 + len(rows)
