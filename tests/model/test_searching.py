"""Words are found where they are, whatever their case and the blanks between them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model.searching import AFTER, BEFORE, matches, pattern

TEXT = "Nobody asked.\n\nThe loss\nfalls on THE LOSS adjuster.\nÉté."


def found(words: str, text: str = TEXT) -> list[tuple[str, int]]:
    return [(match.quote, match.line) for match in matches("a1", text, pattern(words))]


def test_letter_case_and_the_ends_of_lines_do_not_matter() -> None:
    assert found("the  loss") == [("The loss", 3), ("THE LOSS", 4)]
    assert found("loss falls") == [("loss\nfalls", 3)]
    assert found("été") == [("Été", 5)]


def test_signs_of_patterns_are_only_signs() -> None:
    assert found(".") == [(".", 1), (".", 4), (".", 5)]
    assert found("a.*") == []


def test_a_match_brings_the_text_around_it() -> None:
    (match,) = matches("a1", TEXT, pattern("asked"))
    assert (match.source, match.before, match.after[:5]) == ("a1", "Nobody ", ".\n\nTh")


@pytest.mark.parametrize("words", ["", " \n"])
def test_nothing_cannot_be_searched_for(words: str) -> None:
    with pytest.raises(InputError):
        pattern(words)


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab", min_size=1, max_size=3))
def test_every_match_is_where_it_says(text: str, words: str) -> None:
    for match in matches("s", text, pattern(words)):
        assert match.segment.quote(text) == match.quote
        assert match.before + match.quote + match.after in text
        assert match.line == text.count("\n", 0, match.segment.start) + 1


def test_what_is_shown_around_a_match_cuts_through_no_word() -> None:
    text = "before " * 20 + "MATCH" + " after" * 60
    (match,) = matches("a1", text, pattern("match"))
    assert match.before.startswith("before ")
    assert match.after.endswith(" after")
    assert len(match.before) <= BEFORE
    assert len(match.after) <= AFTER
    (alone,) = matches("a1", "x" * 100 + "MATCH" + "y" * 200, pattern("match"))
    assert (len(alone.before), len(alone.after)) == (BEFORE, AFTER)
