from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sibtui.model.cell_basis import Gap
from sibtui.model.cell_words import DISPUTED, beside_quotes, changed_since, evidence_clauses, state_words, why
from sibtui.model.matrix import Cell
from sibtui.model.matrix_definition import Judgement
from sibtui.model.presence import RESTS

if TYPE_CHECKING:
    from sibtui.model.presence import State

UNREAD = (Gap("b1", ("T/Code",), again=True),)


def cell(computed: State, **parts: Any) -> Cell:
    return Cell(computed, computed, "", 0, 0, 0, parts.pop("counter", 0), None, **parts)


def test_an_incomplete_cell_names_unread_sources_and_waiting_codings() -> None:
    incomplete = cell("incomplete", gaps=UNREAD, waiting=1)
    assert len(incomplete.reasons) == 2
    assert why(incomplete) == incomplete.reasons


def test_a_rejected_cell_names_its_counter_evidence_and_unread_sources() -> None:
    rejected = cell("rejected", counter=1200, gaps=UNREAD)
    assert why(rejected) == ("1,200 against", *rejected.reasons)


def test_an_absent_cell_states_whether_its_topic_was_asked() -> None:
    assert why(cell("absent", covered_by="asked")) == ("asked",)
    assert why(cell("absent")) == ("not recorded",)


@pytest.mark.parametrize("state", ["present", "contested", "tentative"])
def test_a_cell_with_support_names_only_a_dispute(state: State) -> None:
    facts = {"counter": 1, "gaps": UNREAD, "covered_by": "asked"}
    assert why(cell(state, **facts)) == ()
    assert why(cell(state, disputed=True, **facts)) == ("two coders disagree on a passage",)


def test_a_judged_cell_names_both_states() -> None:
    verdict = Judgement("Row", "A", "present", "seen", "R1", "2020")
    assert state_words(cell("absent")) == "absent"
    judged = Cell("present", "absent", "X", 0, 0, 0, 0, None, judgement=verdict)
    assert state_words(judged) == "judged present, computed absent"


def test_reasons_beside_quotes_are_those_of_open_judged_and_disputed_cells() -> None:
    incomplete = cell("incomplete", gaps=UNREAD)
    assert beside_quotes(incomplete) == incomplete.reasons
    assert beside_quotes(cell("present", gaps=UNREAD)) == ()
    assert beside_quotes(cell("present", disputed=True)) == (DISPUTED,)


def test_the_evidence_of_a_cell_is_described_in_words() -> None:
    def counted(quotes: int, tentative: int, counter: int, **parts: Any) -> tuple[str, ...]:
        return evidence_clauses(Cell("present", "present", "X", quotes, 1, tentative, counter, parts.get("fragility")))

    assert counted(0, 0, 0) == ()
    assert counted(1_200, 1, 2) == ("1,200 firm quotes from 1 source, 1 tentative, 2 of counter-evidence",)
    assert counted(0, 1, 1) == ("1 tentative quote, 1 of counter-evidence",)
    assert counted(0, 0, 1) == ("1 quote of counter-evidence",)
    assert counted(1, 0, 0, fragility="single quote") == ("1 firm quote from 1 source", RESTS["single quote"])


def test_all_changes_since_a_judgement_are_joined_to_one_clause() -> None:
    assert changed_since(cell("present")) == ""
    judged = cell("present", changes=("1 quote is gone", "the row drew on A, and draws on B"))
    assert changed_since(judged) == "changed since: 1 quote is gone; the row drew on A, and draws on B"
