from __future__ import annotations

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.text import inert, listed, normalise, one_line, plural

any_text = st.text(alphabet=st.characters() | st.sampled_from("\r\n\t\x00\x1b\x7f\x85\u2028\u202e\u2066\ufeff\ud800"))


def test_a_byte_order_mark_goes_and_every_line_ends_in_lf() -> None:
    assert normalise("\ufeffa\r\nb\rc\n\r\r\nd") == "a\nb\nc\n\n\nd"


def test_nothing_else_is_changed() -> None:
    text = "e\u0301 \x00\x0b\x0c\x1c\x85\u2028 \ufeff 😀 \u202e\t "
    assert normalise(text) == text


@given(any_text)
def test_a_normalised_text_has_no_carriage_return_and_as_many_lines(text: str) -> None:
    found = normalise(text)
    assert "\r" not in found
    assert len(found.split("\n")) == len(re.split("\r\n|\r|\n", text))


@given(any_text)
def test_inert_text_is_as_long_and_has_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = inert(text)
    assert len(shown) == len(text)
    for before, after in zip(text, shown, strict=True):
        assert after in "\t\n" or unicodedata.category(after) not in {"Cc", "Cs", "Zl", "Zp"}
        assert unicodedata.bidirectional(after) not in {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
        assert before == after or unicodedata.category(before) in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def test_control_characters_are_shown_as_pictures() -> None:
    assert inert("\x1b[31m\x00\x7f\x9b\u202e") == "␛[31m␀␡\ufffd\ufffd"


@given(any_text, st.integers(1, 20))
def test_a_line_is_one_line_and_no_wider_than_told(text: str, width: int) -> None:
    shown = one_line(text, width)
    assert len(shown) <= width
    assert "\n" not in shown
    assert one_line(text) == shown or shown.endswith("…")


def test_a_line_that_is_cut_ends_in_an_ellipsis_without_a_blank_before() -> None:
    assert one_line("  one\n\ttwo  three ") == "one two three"
    assert one_line("one two three", 9) == "one two…"
    assert one_line("one two", 7) == "one two"


def test_a_count_is_told_with_its_word() -> None:
    assert [plural(1, "case"), plural(1_200, "case"), plural(2, "study", "studies")] == [
        "1 case",
        "1,200 cases",
        "2 studies",
    ]


def test_a_long_list_says_how_many_more_there_are() -> None:
    assert listed(["a", "b"]) == "a, b"
    assert listed("abcde", limit=3) == "a, b, c and 2 more"
