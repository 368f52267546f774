"""The message on a query that is being typed."""

from __future__ import annotations

import pytest

from sibtui.model.query.parser import A_CODE
from sibtui.workspace.query_line import EXAMPLE, QueryState, query_state

NAMES = {A_CODE: ["Trust", "Rate card"]}


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("", QueryState(f"An example: {EXAMPLE}. An empty line removes the query.")),
        ("cod", QueryState("code · coder")),
        ("code ", QueryState('"Trust" · "Rate card"')),
        ('code "Ra', QueryState('"Rate card"')),
        ("code Trust ov", QueryState("overlapping")),
        ("code Trust within", QueryState("within")),
        ("code Trust within ", QueryState("a number")),
        ("round x", QueryState("a round is a whole number, 1 or more, not “x”.", 7)),
        ("code ! Trust", QueryState("“!” has no meaning here.", 6)),
    ],
)
def test_the_message_has_the_error_or_what_can_follow(typed: str, state: QueryState) -> None:
    assert query_state(typed, NAMES) == state


def test_a_whole_query_can_go_on() -> None:
    state = query_state("code Trust alone ", NAMES)
    assert (state.message, state.at) == ("and · or", 0)


def test_many_candidates_are_cut() -> None:
    state = query_state("code ", {A_CODE: [f"c{at}" for at in range(50)]})
    assert state.message.endswith('"c19" · …')
