"""Decisions on disagreements as values: the codings that they make, and the memo that keeps them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model.agreement.decisions import (
    Decision,
    DecisionTake,
    consensus_drafts,
    deciding,
    is_consensus,
    kept_decision,
    outcome,
    places_in_words,
)
from sibtui.model.agreement.disagreements import Disagreement
from sibtui.model.records import Coding
from sibtui.model.segments import Segment

ONE = Coding(1, "a1", Segment(10, 20), "", "", "", "Trust", "R1", "supports", "firm", ("A",), "Mine.", "", "u1")
OTHER = replace(ONE, id=2, coder="R2", uid="u2", memo="Theirs.")


def drafts(take: DecisionTake, one: Coding | None, other: Coding | None) -> list[tuple[Any, ...]]:
    made = consensus_drafts(Disagreement("only A", one, other), take, "Why.")
    return [(each.code, each.segment, each.stance, each.cases, each.coder, each.memo) for each in made]


def made(coding: Coding, **fields: Any) -> tuple[Any, ...]:
    each = replace(coding, **fields)
    return each.code, each.segment, each.stance, each.cases, "consensus", "Why."


def test_a_decision_takes_the_form_of_a_coder_or_of_none() -> None:
    wide = replace(OTHER, segment=Segment(5, 20))
    assert drafts("1", ONE, wide) == [made(ONE)]
    assert drafts("2", ONE, wide) == [made(wide)]
    assert drafts("both", ONE, wide) == [made(ONE), made(wide)]
    assert drafts("neither", ONE, wide) == []
    assert drafts("1", None, wide) == []
    assert drafts("both", None, wide) == [made(wide)]


def test_both_at_one_place_are_one_coding_with_the_cases_of_both() -> None:
    assert drafts("both", ONE, replace(OTHER, cases=("B", "A"))) == [made(ONE, cases=("A", "B"))]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"stance": "counters"}, "as firm support and as firm counter-evidence"),
        ({"certainty": "tentative"}, "as firm support and as tentative support"),
    ],
)
def test_both_cannot_hold_two_forms_of_one_place(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        drafts("both", ONE, replace(OTHER, **fields))


@given(
    st.sets(st.text("0123456789abcdef", min_size=1), min_size=1),
    st.lists(st.text("0123456789abcdef", min_size=1)),
    st.text(),
    st.text("0123456789abcdef"),
)
def test_a_memo_keeps_every_decision(settled: set[str], codings: list[str], reason: str, basis: str) -> None:
    decision = Decision("as R1", frozenset(settled), tuple(codings), reason, basis)
    assert kept_decision(*decision.memo()) == decision


@pytest.mark.parametrize(
    ("title", "text"), [("", "Settled codings: u1"), ("Consensus: both", "We met."), ("Meeting", "We met.")]
)
def test_other_memos_keep_no_decision(title: str, text: str) -> None:
    assert kept_decision(title, text) is None


def test_the_newest_decision_on_all_codings_counts() -> None:
    pair = Disagreement("other code", ONE, OTHER)
    one, both, neither = (Decision(words, frozenset(uids)) for words, uids in [("1", {"u1"}), ("b", {"u1", "u2"}), ("n", {"u1", "u2", "u3"})])  # fmt: skip
    assert deciding(pair, []) is None
    assert deciding(pair, [one]) is None
    assert deciding(pair, [one, both]) == both
    assert deciding(pair, [both, neither, one]) == neither


def test_a_decision_and_its_places_have_words() -> None:
    assert [outcome(take, ("R1", "R2")) for take in ("1", "2", "both", "neither")] == [
        "as R1", "as R2", "both", "neither",
    ]  # fmt: skip
    assert places_in_words([Disagreement("only A", ONE, None)]) == "a1 10:20"
    assert is_consensus("CONSENSUS")
    assert not is_consensus("R1")
