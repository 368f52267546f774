"""Grapheme clusters and their cells, as the compositor counts them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from sibtui.model.text import inert
from sibtui.workspace.graphemes import TAB, fitted, graphemes, place_glyphs
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
def test_a_text_is_cut_or_padded_to_exactly_the_cells(text: str, cells: int):
    made = fitted(text, cells)
    assert cell_len(made) == cells
    assert text.startswith(made.rstrip(" "))
    assert made.startswith(text.rstrip("\u200d")) or cell_len(text) > cells


@pytest.mark.parametrize("before", ["", "a", "abc", "abcd", "漢", "abcdé漢"])
def test_a_tab_reaches_to_the_next_stop(before: str):
    (*_, tab, after) = place_glyphs(f"{before}\tx", 0, len(before) + 2)
    columns = cell_len(before)
    assert tab == (len(before), len(before) + 1, columns, TAB - columns % TAB)
    assert after == (len(before) + 1, len(before) + 2, (columns // TAB + 1) * TAB, 1)


@given(lines, st.integers(0, 5), st.integers(0, 5))
@example("", 0, 0)
@example("ab", 1, 1)
def test_the_glyphs_of_a_part_have_the_offsets_of_the_whole(text: str, before: int, behind: int):
    start, end = min(before, len(text)), max(min(before, len(text)), len(text) - behind)
    found = place_glyphs(text, start, end)
    assert [first for first, *_ in found] == [start, *(last for _, last, *_ in found)][: len(found)]
    assert (found[-1][1] if found else start) == end


@pytest.mark.parametrize("text", ["word " * 1_000_000, "漢" * 1_000_000])
def test_only_the_beginning_of_a_very_long_text_is_measured(text: str):
    assert fitted(text, 5) == ("word " if text[0] == "w" else "漢漢 ")
