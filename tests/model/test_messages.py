"""Messages with the id of a hint, and their advice."""

from __future__ import annotations

import pytest

from sibtui.model.messages import Message, with_advice


def test_a_message_without_a_hint_has_an_empty_hint() -> None:
    assert Message("Nothing is coded yet.") == Message("Nothing is coded yet.", "")


@pytest.mark.parametrize(
    ("facts", "advice", "message"),
    [
        ("It exists.", "", "It exists."),
        ("It exists.", "choose another name", "It exists: choose another name."),
        ("Rows: 3 are wrong.", "correct them", "Rows: 3 are wrong. Correct them."),
        ("Is it so?", "check it", "Is it so? Check it."),
        ("", "check it", "Check it."),
        ("Rows: 3 are wrong.", "o changes them", "Rows: 3 are wrong. o changes them."),
        ("", "ctrl+p lists them", "ctrl+p lists them."),
        ("", "", ""),
    ],
)
def test_advice_is_added_after_a_colon_or_as_a_separate_sentence(facts: str, advice: str, message: str) -> None:
    assert with_advice(facts, advice) == message
