"""The cells of a column are tested together, with the results of a test of each cell."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.documents.renderers.text_lists import _shown_column, _widths
from sibtui.model.text import one_line
from sibtui.model.text_width import width_of

columns = st.lists(st.text(st.sampled_from(" |ab\t\n…語\u0301\u200d"), max_size=4), max_size=6)


@given(columns)
@example(["a ", "b"])
@example(["a", " b"])
@example(["a|", "|b"])
@example(["", "a"])
def test_cells_of_a_column_are_shown_on_one_line_each(cells: list[str]) -> None:
    assert _shown_column(cells, plain=False) == [one_line(cell) for cell in cells]


@given(columns)
@example(["a", "\u0301"])
@example(["語", "\u200d"])
def test_widths_of_a_column_are_those_of_its_cells(cells: list[str]) -> None:
    assert _widths(cells) == [width_of(cell) for cell in cells]
