"""Searches with whole words, stems, regular expressions and several words near each other."""

from __future__ import annotations

from itertools import pairwise, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model import search_terms
from sibtui.model.search_terms import SearchTerms
from sibtui.model.segments import Segment
from sibtui.model.text_search import context
from sibtui.model.words import places_of_words

if TYPE_CHECKING:
    from sibtui.model.arguments import Within

TEXT = "The coach came. The coaches trust people.\n\nTrust the coach’s card."


def found(*terms: str, text: str = TEXT, **how) -> list[str]:
    return [text[start:end] for start, end in SearchTerms(terms, **how).finder()(text, "en")]


@pytest.mark.parametrize(
    ("term", "how", "matches"),
    [
        ("coach", {}, ["coach", "coach", "coach"]),
        ("coach", {"whole_words": True}, ["coach", "coach"]),
        ("COACHES", {"stem": "en"}, ["coach", "coaches", "coach’s"]),
        ("coach trusted", {"stem": "en"}, ["coaches trust"]),
        ("coach(es)?", {"regex": True}, ["coach", "coaches", "coach"]),
        ("x*", {"regex": True}, []),
    ],
)
def test_a_term_is_found_in_the_way_asked_for(term: str, how: dict, matches: list[str]) -> None:
    assert found(term, **how) == matches


@pytest.mark.parametrize(
    ("within", "matches"),
    [
        (0, ["coaches trust"]),
        (1, ["coaches trust", "Trust the coach"]),
        ("sentence", ["coaches trust", "Trust the coach"]),
        ("paragraph", ["coaches trust", "Trust the coach"]),
    ],
)
def test_two_terms_are_found_near_each_other(within: Within, matches: list[str]) -> None:
    assert found("coach", "trust", within=within) == list(matches)


def test_terms_in_two_sentences_are_in_the_same_paragraph_only() -> None:
    text = "Coaches came. Nobody had trust.\n\nCoaches left."
    assert found("coaches", "trust", text=text, within="sentence") == []
    assert found("coaches", "trust", text=text, within="paragraph") == ["Coaches came. Nobody had trust"]


@pytest.mark.parametrize(("language", "number"), [("", 1), ("de", 1), ("en", 0)])
def test_sentences_end_as_in_the_language_of_the_text_which_is_guessed_if_it_is_not_given(
    language: str, number: int
) -> None:
    text = "Das ist für die Leute gut. Sie sollen am 3. Oktober Betten bekommen, weil die Nacht nicht gut war und sie nicht warten können."
    places = SearchTerms(("sollen", "Betten"), within="sentence").finder()(text, language)
    assert [text[start:end] for start, end in places] == ["sollen am 3. Oktober Betten"][:number]


words = st.lists(st.sampled_from(["a", "b", "c", "x"]), max_size=8)


@given(words, st.integers(0, 3))
@example([], 0)
@example(["a", "b"], 0)
@example(["a", "x", "b"], 0)
@example(["a", "x", "b"], 1)
@example(["a", "b", "a", "b"], 0)
@example(["b", "a", "c"], 1)
def test_passages_hold_all_terms_and_do_not_overlap(drawn: list[str], within: int) -> None:
    text = " ".join(drawn)
    terms = ("a", "b", "c") if "c" in drawn else ("a", "b")
    places = list(SearchTerms(terms, within=within).finder()(text, "en"))
    for (_, end), (start, _) in pairwise(places):
        assert end <= start
    for start, end in places:
        passage = text[start:end].split()
        assert set(terms) <= set(passage)
        assert len(passage) - 2 <= within
        assert {passage[0], passage[-1]} <= set(terms)
    possible = any(
        set(terms) <= set(drawn[first : last + 1]) and last - first - 1 <= within
        for first, last in product(range(len(drawn)), repeat=2)
        if first < last
    )
    assert bool(places) is possible


@pytest.mark.parametrize(
    ("terms", "how", "why"),
    [
        ((), {}, "nothing to search for"),
        (("a", "b"), {}, "must be within"),
        (("a",), {"within": 3}, "two words"),
        (("a", "b"), {"within": -1}, "0 or more"),
        (("a",), {"regex": True, "stem": "en"}, "do not go with it"),
        (("a",), {"regex": True, "whole_words": True}, "do not go with it"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(terms: tuple[str, ...], how: dict, why: str) -> None:
    with pytest.raises(InputError, match=why):
        SearchTerms(terms, **how)


@pytest.mark.parametrize(
    ("term", "how", "why"),
    [
        ("(", {"regex": True}, "not a regular expression: .*, at character"),
        ("a" * 1001, {"regex": True}, "too long"),
        ("(" * 990, {"regex": True}, "regular expression"),
        ("a{99999999999999999999}", {"regex": True}, "regular expression"),
        ("12", {"stem": "en"}, "nothing to search for"),
        (" ", {"regex": True}, "nothing to search for"),
    ],
)
def test_a_term_that_cannot_be_searched_for_is_refused(term: str, how: dict, why: str) -> None:
    with pytest.raises(InputError, match=why):
        found(term, **how)


def test_a_regular_expression_without_end_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_terms, "_SECONDS", 0.05)
    with pytest.raises(InputError, match="takes too long"):
        found(r"(x+x+)+y\b(?<=q)", text="x" * 5_000, regex=True)


def test_words_have_their_places_in_the_text_as_stored() -> None:
    text = "Ｅin “Don’t”: co‐pay 2."
    assert [text[start:end] for start, end in places_of_words(text)] == ["Ｅin", "Don’t", "co‐pay"]


def test_the_context_is_cut_to_the_width_and_is_one_line() -> None:
    assert context("The rate card\npaid late.", Segment(4, 13), 6) == ("The", "paid")
    assert context("rate", Segment(0, 4), 3) == ("", "")
