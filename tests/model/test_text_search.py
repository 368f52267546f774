"""Words are found in any letter case and with any spaces between them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.phrase_search import phrase_finder
from sibtui.model.text_search import AFTER, BEFORE, matches

TEXT = "Nobody asked.\n\nThe loss\nfalls on THE LOSS adjuster.\nÉté."


def places(words: str, text: str) -> list[tuple[int, int]]:
    return list(phrase_finder(words)(text))


def found(words: str, text: str = TEXT) -> list[tuple[str, int]]:
    return [(match.quote, match.line) for match in matches("a1", text, places(words, text))]


def test_letter_case_and_line_ends_do_not_matter() -> None:
    assert found("the  loss") == [("The loss", 3), ("THE LOSS", 4)]
    assert found("loss falls") == [("loss\nfalls", 3)]
    assert found("été") == [("Été", 5)]


def test_special_characters_of_patterns_are_literal() -> None:
    assert found(".") == [(".", 1), (".", 4), (".", 5)]
    assert found("a.*") == []


def test_a_match_has_the_text_around_it() -> None:
    (match,) = matches("a1", TEXT, places("asked", TEXT))
    assert (match.source, match.before, match.after[:5]) == ("a1", "Nobody ", ".\n\nTh")


@given(st.text(alphabet="ab \n", max_size=20), st.sampled_from(["a", "ab", "aa", "a b", "b  a"]))
@example("", "a")
@example("a", "a")
@example("b a", "a")
@example("a b", "a")
@example("aa", "a")
@example("\na\n", "a")
@example("a\nb", "a b")
def test_a_match_has_its_place_line_and_quote(text: str, words: str) -> None:
    end = 0
    for match in matches("s", text, places(words, text)):
        assert match.segment.start >= end
        assert match.segment.quote(text) == match.quote
        assert match.quote.split() == words.split()
        assert (match.before, match.after) == (text[: match.segment.start], text[match.segment.end :])
        assert match.line == text.count("\n", 0, match.segment.start) + 1
        end = match.segment.end
    assert words != "a" or sum(1 for _ in matches("s", text, places(words, text))) == text.count("a")


@pytest.mark.parametrize("more", [-1, 0, 1])
def test_short_text_around_a_match_is_not_cut(more: int) -> None:
    before, after = "b" * (BEFORE + more - 2) + " b", "a " + "a" * (AFTER + more - 2)
    (match,) = matches("a1", f"{before}MATCH{after}", places("match", f"{before}MATCH{after}"))
    assert match.before == (before if more <= 0 else "b")
    assert match.after == (after if more <= 0 else "a")


def test_the_text_around_a_match_has_only_whole_words() -> None:
    text = "before " * 20 + "MATCH" + " after" * 60
    (match,) = matches("a1", text, places("match", text))
    assert match.before.startswith("before ")
    assert match.after.endswith(" after")
    assert len(match.before) <= BEFORE
    assert len(match.after) <= AFTER
    (alone,) = matches("a1", "x" * 100 + "MATCH" + "y" * 200, places("match", "x" * 100 + "MATCH" + "y" * 200))
    assert (len(alone.before), len(alone.after)) == (BEFORE, AFTER)
