from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.terminal import centre, fair, left, right, width_of, wrap

WORDS = st.lists(st.text(st.sampled_from("abc第한e\u0301\u200b"), min_size=1, max_size=12), max_size=8)


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("第一", 4), ("e\u0301", 1), ("X ²", 3), ("a\u200bb", 2), ("…", 1)]
)
def test_width_counts_columns_of_the_terminal(text, width):
    assert width_of(text) == width


@given(WORDS, st.integers(2, 20), st.integers(0, 3))
@example(["abcabcabc"], 2, 3)
@example(["第", "第"], 2, 1)
def test_wrapping_loses_nothing(words, width, indent):
    assert "".join(wrap(words, width, indent)).replace(" ", "") == "".join(words)


@given(WORDS, st.integers(5, 20), st.integers(0, 3))
def test_no_line_is_wider_than_it_may_be(words, width, indent):
    assert all(width_of(line) <= width for line in wrap(words, width, indent))


def test_words_stay_whole_where_they_fit():
    assert wrap(["the", "dual-diagnosis", "nurse"], 14) == ["the", "dual-diagnosis", "nurse"]
    assert wrap(["one", "two", "three"], 8, 2) == ["one two", "  three"]


def test_without_a_width_nothing_wraps():
    assert wrap(["one", "two"], None) == ["one two"]


def test_padding_knows_wide_characters():
    assert (left("第", 4), right("第", 4), centre("第", 4)) == ("第  ", "  第", " 第 ")


def test_a_tail_hangs_so_that_marks_stand_in_one_line():
    assert [centre("X", 5), centre("X", 5, " ²")] == ["  X  ", "  X ²"]
    assert centre("X", 3, " ²") == "X ²"


@given(st.lists(st.integers(0, 50), min_size=1, max_size=6), st.integers(0, 200))
def test_fair_shares_fit_and_waste_no_column_of_the_room(widths, room):
    most = fair(widths, room)
    assert sum(min(width, most) for width in widths) <= room
    assert most >= max(widths) or sum(min(width, most + 1) for width in widths) > room
