from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.codec.terminal_text import (
    centre,
    fair_width,
    left,
    longest_piece,
    right,
    shrink,
    wrap,
    wrap_narrow,
)
from sibtui.model.text_width import width_of

WORDS = st.lists(st.text(st.sampled_from("abc第한e\u0301\u200b"), min_size=1, max_size=12), max_size=8)


@given(WORDS, st.integers(2, 20), st.integers(0, 3))
@example(["abcabcabc"], 2, 3)
@example(["第", "第"], 2, 1)
def test_wrapping_keeps_all_characters_of_the_words(words, width, indent):
    assert "".join(wrap(words, width, indent)).replace(" ", "") == "".join(words)


@given(WORDS, st.integers(5, 20), st.integers(0, 3))
@example(["abcde"], 5, 0)
@example(["abcde", "a"], 5, 0)
@example(["ab", "cd"], 5, 0)
@example(["abc", "de"], 5, 0)
@example(["第第a"], 5, 0)
@example(["abcde", "abc"], 6, 3)
def test_no_wrapped_line_is_wider_than_the_width(words, width, indent):
    assert all(width_of(line) <= width for line in wrap(words, width, indent))


NARROW_WORDS = st.lists(st.text(st.sampled_from("ab/-…"), min_size=1, max_size=7), max_size=8)


@given(NARROW_WORDS, st.integers(1, 12))
@example(["ab", "ab"], 5)
@example(["ab", "ab"], 4)
@example(["a", "abab"], 3)
@example(["ab/ab", "a"], 3)
@example([], 3)
def test_a_narrow_text_is_wrapped_like_its_words(words, width):
    assert wrap_narrow(" ".join(words), width) == wrap(words, width)


@given(st.lists(st.text(st.sampled_from("ab1/-第e\u0301"), min_size=1, max_size=7), max_size=5))
@example(["ab/ab", "a-b", "1-2"])
@example(["a", "第第"])
@example([])
def test_the_longest_piece_is_the_least_width_without_a_broken_word(words):
    least = longest_piece(" ".join(words))
    assert least == max(
        (width_of(piece) for word in words for piece in re.split(r"(?<=[/-])(?=[^\W\d_])", word)), default=0
    )


def test_long_word_breaks_after_slash_or_hyphen_but_not_within_emoji():
    assert wrap(["partners/Risk"], 10) == ["partners/", "Risk"]
    assert wrap(["dual-diagnosis", "nurse"], 10) == ["dual-", "diagnosis", "nurse"]
    assert wrap(["2020-04-08"], 6) == ["2020-0", "4-08"]
    assert wrap(["👩\u200d🌾" * 3], 4) == ["👩\u200d🌾" * 2, "👩\u200d🌾"]


@pytest.mark.parametrize(
    ("naturals", "floors", "room", "widths"),
    [
        ([5, 40, 40], [5, 10, 10], 65, [5, 30, 30]),
        ([5, 40, 40], [5, 10, 35], 65, [5, 25, 35]),
        ([5, 40, 40], [5, 10, 10], 85, [5, 40, 40]),
        ([5, 40, 40], [5, 30, 35], 60, [5, 30, 35]),
        ([9, 9, 80], [8, 8, 8], 40, [9, 9, 22]),
    ],
)
def test_the_widest_columns_are_narrowed_first_and_none_below_its_minimum(naturals, floors, room, widths):
    assert shrink(naturals, floors, room) == widths


def test_words_that_fit_in_the_width_are_not_broken():
    assert wrap(["the", "dual-diagnosis", "nurse"], 14) == ["the", "dual-diagnosis", "nurse"]
    assert wrap(["one", "two", "three"], 8, 2) == ["one two", "  three"]


def test_texts_without_a_width_are_not_wrapped():
    assert wrap(["one", "two"], None) == ["one two"]


def test_padding_counts_wide_characters():
    assert (left("第", 4), right("第", 4), centre("第", 4)) == ("第  ", "  第", " 第 ")


def test_the_suffix_of_a_mark_is_not_counted_when_it_is_centred():
    assert [centre("X", 5), centre("X", 5, " ²")] == ["  X  ", "  X ²"]
    assert centre("X", 3, " ²") == "X ²"


# exactly the room for all columns, or one terminal column more or less
WIDTHS_AND_ROOM = st.lists(st.integers(0, 6), min_size=1, max_size=5).flatmap(
    lambda widths: st.tuples(
        st.just(widths), st.sampled_from([0, -1, 1, -2, -sum(widths)]).map(lambda more: max(0, sum(widths) + more))
    )
)


@given(WIDTHS_AND_ROOM)
@example(([3, 3], 6))
@example(([3, 3], 5))
@example(([3, 3], 7))
@example(([0], 0))
@example(([1, 5, 5], 8))
def test_fair_widths_fit_and_use_all_available_columns(drawn):
    widths, room = drawn
    most = fair_width(widths, room)
    assert sum(min(width, most) for width in widths) <= room
    assert most >= max(widths) or sum(min(width, most + 1) for width in widths) > room
