"""The completion of a query that is being typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.query.completion import complete
from sibtui.model.query.parser import A_CASE, A_CODE, A_SOURCE, parse, words_after

NAMES = {
    A_CODE: ["Theme/Rate card", "Theme/Rates", "Trust", 'Own "words"'],
    A_CASE: ["SIB A", "SIB B"],
    A_SOURCE: ["a1", "b1"],
}


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("co", "code"),
        ("wai", "waiting "),
        ("CODE", "CODE"),
        ("code tr", 'code "Trust" '),
        ('code "Tr', 'code "Trust" '),
        ("code “Tr", 'code "Trust" '),
        ("code card", 'code "Theme/Rate card" '),
        ("code the", 'code "Theme/Rate'),
        ("code ra", 'code "Theme/Rate'),
        ("code words", 'code "Own ""words""" '),
        ("code Trust over", "code Trust overlapping "),
        ("code Trust not al", "code Trust not alone "),
        ("code Trust in the same pa", "code Trust in the same paragraph "),
        ("code Trust and case s", 'code Trust and case "SIB '),
        ("code Trust and case SIB", 'code Trust and case "SIB '),
        ("(source a", '(source "a1" '),
        ("kind inter", "kind interview "),
        ("how sea", "how search "),
        ("code Trust and fo", "code Trust and for "),
        ("for ", "for paper "),
        ("code Trust followed by source b1 with", "code Trust followed by source b1 within "),
        ("code Nothing", "code Nothing"),
        ("text any", "text any"),
        ("code Trust ! over", "code Trust ! over"),
        ("code Trust wrong over", "code Trust wrong over"),
        ("", ""),
    ],
)
def test_a_query_is_completed_as_far_as_the_candidates_agree(typed: str, completed: str) -> None:
    assert complete(typed, NAMES).line == completed


def test_candidates_are_the_words_and_names_that_can_follow() -> None:
    assert complete("code Trust followed by code ", NAMES).candidates == (
        '"Theme/Rate card"', '"Theme/Rates"', '"Trust"', '"Own ""words"""',
    )  # fmt: skip
    assert complete("code Trust w", NAMES).candidates == ("within",)
    assert complete("code Trust within ", NAMES).candidates == ()
    assert "waiting" in complete("", NAMES).candidates
    assert complete("code Trust ", NAMES).candidates[-2:] == ("and", "or")


def test_words_after_a_query_are_those_of_the_parser() -> None:
    assert words_after("code Trust in the same") == ("sentence", "paragraph", "section", "source")
    assert words_after("code Trust wrong") == ()
    assert words_after("(waiting")[-1] == ")"


@given(st.text(alphabet="code Trust\"' and(overlapping!", max_size=30))
def test_a_completion_only_adds_to_the_query(typed: str) -> None:
    completion = complete(typed, NAMES)
    assert completion.before == typed[: len(completion.before)]
    assert len(completion.before) <= len(typed)
    if len(completion.candidates) == 1:
        again = complete(completion.line, NAMES)
        assert again.typed == ""


def test_completing_step_by_step_makes_a_query() -> None:
    line = ""
    for word in ("code ", "tru", "over", "sour", "b"):
        line = complete(line + word, NAMES).line
    assert line == 'code "Trust" overlapping source "b1" '
    assert parse(line)
