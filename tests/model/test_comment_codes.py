from __future__ import annotations

import pytest

from sibtui.model.comment_codes import CommentReader, CommentReading

PATHS = ("Trust", "Money", "Money/Budgets", "Care, home", "A/Same", "B/Same")


@pytest.mark.parametrize(
    ("text", "codes", "memo"),
    [
        ("TRUST", ["Trust"], ""),
        ("Code: Trust", ["Trust"], ""),
        ("code: A new one; money", ["A new one", "Money"], ""),
        ("#slow", ["slow"], ""),
        ("trust; budgets", ["Trust", "Money/Budgets"], ""),
        ("trust, money", ["Trust", "Money"], ""),
        ("care, home", ["Care, home"], ""),
        ("Trust: they asked first", ["Trust"], "they asked first"),
        ("Trust\nwhy this? ask again", ["Trust"], "why this? ask again"),
        ("Same", [], "Same"),
        ("a/same", ["A/Same"], ""),
        ("Ask Anna again.", [], "Ask Anna again."),
        ("slow", [], "slow"),
        ("", [], ""),
    ],
)
def test_a_comment_is_read_as_codes_and_a_memo(text, codes, memo):
    assert CommentReader(PATHS).read(text) == CommentReading(tuple(codes), memo)


@pytest.mark.parametrize(
    ("text", "codes", "memo"),
    [
        ("slow", ["slow"], ""),
        ("slow; Trust", ["slow", "Trust"], ""),
        ("Ask Anna again.", [], "Ask Anna again."),
        ("Is this so? Hm", [], "Is this so? Hm"),
        ("one two three four five six seven eight nine", [], "one two three four five six seven eight nine"),
    ],
)
def test_each_short_comment_may_name_a_code(text, codes, memo):
    assert CommentReader(PATHS, every=True).read(text) == CommentReading(tuple(codes), memo)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trust (counters)", CommentReading(("Trust",), "", counters=True)),
        ("trust (tentative)\nAsk again.", CommentReading(("Trust",), "Ask again.", tentative=True)),
        ("Money/Budgets (counters, tentative)", CommentReading(("Money/Budgets",), "", counters=True, tentative=True)),
        ("Trust (R1)", CommentReading((), "Trust (R1)")),
        ("Hope (counters)", CommentReading((), "Hope (counters)")),
    ],
)
def test_a_code_may_have_its_stance_and_certainty(text, expected):
    assert CommentReader(PATHS).read(text) == expected
