from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.text import (
    around_difference,
    describe_difference,
    excerpt,
    first_words,
    inert,
    inert_words,
    last_words,
    line_in_file,
    listed,
    listed_clauses,
    normalise,
    one_line,
    one_lines,
    plural,
)

any_text = st.text(alphabet="a \r\n\t\x00\x1b\x7f\x85\u2028\u202e\u2066\ufeff\ud800", max_size=8) | st.text(max_size=8)


@st.composite
def text_and_width(draw: st.DrawFn) -> tuple[str, int]:
    """Draw a text, and a width that is equal to its line, or a little more or less."""
    text = draw(st.text("ab \n\t\x1b", max_size=12))
    return text, max(1, len(one_line(text)) + draw(st.integers(-2, 2)))


def test_a_byte_order_mark_is_removed_and_lines_end_in_lf() -> None:
    assert normalise("\ufeffa\r\nb\rc\n\r\r\nd") == "a\nb\nc\n\n\nd"


def test_other_characters_are_not_changed() -> None:
    text = "e\u0301 \x00\x0b\x0c\x1c\x85\u2028 \ufeff 😀 \u202e\t "
    assert normalise(text) == text


@given(st.text("ab\r\n\ufeff", max_size=8))
@example("\r\n")
@example("\n\r")
@example("\r\r\n")
@example("\ufeff\ufeff")
def test_a_normalised_text_has_no_carriage_return_and_as_many_lines(text: str) -> None:
    found = normalise(text)
    assert "\r" not in found
    assert len(found.split("\n")) == len(re.split("\r\n|\r|\n", text))


@given(any_text)
def test_inert_text_has_equal_length_and_no_control_characters(text: str) -> None:
    shown = inert(text)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        assert after in "\t\n" or unicodedata.category(after) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(after) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        assert before == after or unicodedata.category(before) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_control_characters_become_visible() -> None:
    assert inert("\x1b[31m\x00\x7f\x9b\u202e") == "␛[31m␀␡\ufffd\ufffd"


def test_marks_of_direction_stay_in_files_and_overrides_do_not():
    marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
    assert inert(marks) == "\ufffd" * len(marks)
    assert inert(marks, keeps_marks=True) == marks
    assert inert("\u202d\u202e\u2028\x1b", keeps_marks=True) == "\ufffd\ufffd\ufffd␛"
    assert line_in_file(" \u200fa \n b\u202e") == "\u200fa b\ufffd"
    assert one_line(" \u200fa \n b\u202e") == "\ufffda b\ufffd"


@given(text_and_width())
@example(("", 1))
@example(("ab", 2))
@example(("abc", 2))
@example(("a b", 2))
@example(("a", 1))
def test_one_line_is_shortened_only_when_it_is_too_wide(drawn: tuple[str, int]) -> None:
    text, width = drawn
    whole, shown = one_line(text), one_line(text, width)
    assert "\n" not in shown
    if len(whole) <= width:
        assert shown == whole
    else:
        assert shown == whole[: width - 1].rstrip() + "…"
        assert len(shown) <= width


@given(st.lists(st.text("ab| \n\x1b", max_size=6), max_size=4), st.integers(0, 6))
@example(["a ", "b"], 3)
@example(["a|", "|b"], 3)
@example(["a b", "abc"], 2)
@example(["abc d"], 0)
@example(["ab   ", "abc\nd"], 2)
@example(["ab c"], 2)
def test_several_lines_are_shortened_like_each_of_them(texts: list[str], width: int) -> None:
    assert one_lines(texts, width) == [one_line(text, width) for text in texts]


def test_a_shortened_line_ends_in_an_ellipsis_without_a_space() -> None:
    assert one_line("  one\n\ttwo  three ") == "one two three"
    assert one_line("one two three", 9) == "one two…"
    assert one_line("one two", 7) == "one two"


@given(st.text("ab \n", max_size=60), st.integers(1, 60))
@example("a b", 2)
@example("ab ab", 3)
@example("a" * 40, 30)
@example("a " + "b" * 40, 30)
def test_an_excerpt_ends_with_a_whole_word_or_inside_a_very_long_word(text: str, width: int) -> None:
    flat, shown = one_line(text), excerpt(text, width)
    assert len(shown) <= width
    if shown != flat:
        kept = shown.removesuffix("…")
        assert shown == f"{kept}…"
        assert flat.startswith(kept)
        assert flat[len(kept)] == " " or " " not in flat[:width] or len(flat[:width].rpartition(" ")[2]) >= 20


@given(st.text("ab \n", max_size=12), st.integers(1, 12))
@example("ab ab", 3)
@example("ab ab", 2)
@example("aba", 2)
def test_the_text_before_and_after_a_place_has_whole_words(text: str, most: int) -> None:
    end = last_words(text, most)
    assert text.endswith(end)
    assert len(end) <= most
    before = text.removesuffix(end)
    assert not before or not end or before[-1].isspace() or not any(map(str.isspace, text[-most:]))
    assert first_words(text[::-1], most) == end[::-1]


def test_words_are_divided_at_whitespace_and_have_no_control_characters() -> None:
    assert inert_words(" one\ttwo\nth\x1bree ") == ("one", "two", "th␛ree")


def test_a_number_is_followed_by_the_singular_or_the_plural() -> None:
    assert [plural(1, "case"), plural(1_200, "case"), plural(2, "study", "studies")] == [
        "1 case",
        "1,200 cases",
        "2 studies",
    ]


def test_a_difference_shows_both_values_shortened() -> None:
    assert describe_difference("memo", "", "a much longer memo", 8) == "memo nothing → “a much…”"
    assert describe_difference("text", "one\ntwo", "three") == "text “one two” → “three”"


def test_names_are_joined_with_commas_and_an_and_before_the_last_name() -> None:
    assert [listed("abc"[:count]) for count in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert listed(["a", "b"], last="or", quoted=True) == "“a” or “b”"
    assert listed(["", ""]) == " and "


def test_a_long_list_of_names_ends_with_the_number_of_names_left_out() -> None:
    assert [listed("abcdef"[:count], 3) for count in (3, 4, 5)] == ["a, b and c", "a, b, c and d", "a, b, c and 2 more"]
    assert listed("abcde", 3, last="or", quoted=True) == "“a”, “b”, “c” and 2 more"


def test_clauses_are_divided_by_semicolons_and_shortened_like_names() -> None:
    assert [listed_clauses("abcdef"[:count], 3) for count in (0, 1, 4, 5)] == [
        "",
        "a",
        "a; b; c; d",
        "a; b; c; and 2 more",
    ]
    assert [listed_clauses("abcde"[:count], 3, 1_005) for count in (2, 4, 5)] == [
        "a; b; and 1,003 more",
        "a; b; c; and 1,002 more",
        "a; b; c; and 1,002 more",
    ]


def test_two_texts_are_cut_around_their_first_difference() -> None:
    assert around_difference("a short one", "a short two", 20) == ("a short one", "a short two")
    assert around_difference("x" * 30 + "old end", "x" * 30 + "new end", 20) == (
        "…xxxxxxxxxold end",
        "…xxxxxxxxxnew end",
    )
    assert around_difference("x" * 30, "x" * 30 + "end", 20)[1].endswith("xxend")
    assert around_difference("old " + "x " * 20, "new " + "x " * 20, 10) == ("old x x x…", "new x x x…")
