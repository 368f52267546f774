from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.text import describe_difference, inert, listed, normalise, one_line, plural

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


def test_a_shortened_line_ends_in_an_ellipsis_without_a_space() -> None:
    assert one_line("  one\n\ttwo  three ") == "one two three"
    assert one_line("one two three", 9) == "one two…"
    assert one_line("one two", 7) == "one two"


def test_a_count_has_its_singular_or_plural() -> None:
    assert [plural(1, "case"), plural(1_200, "case"), plural(2, "study", "studies")] == [
        "1 case",
        "1,200 cases",
        "2 studies",
    ]


def test_a_long_list_ends_in_the_number_of_further_items() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed("abcde", limit=3) == "a, b, c and 2 more"


def test_a_difference_shows_both_values_shortened() -> None:
    assert describe_difference("memo", "", "a much longer memo", 8) == "memo nothing → “a much…”"
    assert describe_difference("text", "one\ntwo", "three") == "text “one two” → “three”"
