"""What is drawn together, and in how many cells: as the compositor counts them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from sibtui.desk.glyphs import fitted, graphemes
from sibtui.model.text import inert
from tests.texts import texts

lines = texts.map(lambda text: inert(text).replace("\n", " ").replace("\t", " "))


@given(lines)
@example("\u200d\u200d日aaaaaaaaaaa")
@example("\u200d日")
@example("\u0301a")
def test_glyphs_follow_each_other_and_take_the_cells_that_are_drawn(text: str):
    found = graphemes(text)
    assert [start for start, _, _ in found] == [0, *(end for _, end, _ in found)][: len(found)]
    assert (found[-1][1] if found else 0) == len(text)
    assert sum(cells for _, _, cells in found) == cell_len(text)


@given(lines, st.integers(0, 30))
@example("aaaaaaaaaa \u200d\u200d日", 12)
@example("漢字", 3)
@example("\u200d", 1)
def test_a_text_is_cut_or_filled_up_to_just_so_many_cells(text: str, cells: int):
    made = fitted(text, cells)
    assert cell_len(made) == cells
    assert text.startswith(made.rstrip(" "))
    assert made.startswith(text.rstrip("\u200d")) or cell_len(text) > cells


@pytest.mark.parametrize("text", ["word " * 1_000_000, "漢" * 1_000_000])
def test_of_a_very_long_text_only_the_beginning_is_looked_at(text: str):
    assert fitted(text, 5) == ("word " if text[0] == "w" else "漢漢 ")
