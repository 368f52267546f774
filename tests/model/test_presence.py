from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.assembly import assemble
from sibtui.model.evidence import Counter
from sibtui.model.ground import Ground, Topic
from sibtui.model.matrix import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.presence import ASCII_MARKS, DEFAULT_MARKS, STATES, Evidence, Rule, fragility, state

VECTORS = Path(__file__).parents[3] / "shared" / "method" / "presence_vectors.json"


def vectors() -> list:
    if not VECTORS.exists():
        reason = "the method's vectors are not beside this checkout"
        return [pytest.param({}, marks=pytest.mark.skip(reason=reason), id="method/presence_vectors.json")]
    return [pytest.param(vector, id=vector["name"]) for vector in json.loads(VECTORS.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("vector", vectors())
def test_a_cell_worked_by_hand_comes_out_as_worked(vector: dict) -> None:
    options = vector["options"]
    sources = {name: at for at, name in enumerate(sorted({e[2] for e in vector["evidence"]}), 1)}
    places = sorted(
        (1 << 1 | (stance == "-"), sources[source] << 31 | 10 * at, sources[source] << 31 | 10 * at + 5, int(firm))
        for at, (stance, firm, source, _) in enumerate(vector["evidence"])
    )
    places.sort(key=lambda place: place[1])
    found = Counter().count(places, {1: 0})
    ground = Ground(
        [{1}],
        {1: "2020-01-02"} if vector["all_coded"] else {},
        {} if vector["asked"] else {1: {7: "not asked"}},
    )
    verdict = options.get("override")
    definition = MatrixDefinition(
        "m", "", (RowDefinition("row", ("code",)),), rule=Rule(options.get("tq", 1), options.get("ts", 1))
    )
    judgements = [Judgement("row", "A", verdict, "why", "who", "when")] if verdict else []
    topics = [Topic(((7,),), "2020-01-01")]
    cell = assemble(definition, ["A"], [found], ground, topics, judgements=judgements).rows[0].cells[0]
    expected = vector["result"]
    assert {
        "computed": cell.computed.replace(" ", "_"),
        "shown": cell.state.replace(" ", "_"),
        "conflict": cell.computed != cell.state,
        "n_pos": cell.quotes,
        "n_tent": cell.tentative,
        "n_neg": cell.counter,
        "sources": cell.sources,
    } == expected
    assert cell.fragility == vector["fragility"]


def test_every_option_of_the_vectors_is_one_that_the_test_passes_on() -> None:
    if not VECTORS.exists():
        pytest.skip("the method's vectors are not beside this checkout")
    told = {option for vector in json.loads(VECTORS.read_text(encoding="utf-8")) for option in vector["options"]}
    assert told <= {"tq", "ts", "override"}


# per source: its firm quotes; and besides: tentative quotes, counter-evidence
firm_by_source = st.lists(st.integers(1, 4), max_size=4)


def evidence(firm: list[int], tentative: int = 0, counter: int = 0) -> Evidence:
    return Evidence(sum(firm), len(firm), tentative, counter, min(firm, default=0), max(firm, default=0))


rules = st.builds(Rule, st.integers(1, 5), st.integers(1, 3))


@given(firm_by_source, st.integers(0, 2), st.integers(0, 2), rules, st.booleans(), st.booleans())
def test_the_first_state_of_the_methods_table_that_holds_is_the_cells(
    firm: list[int], tentative: int, counter: int, rule: Rule, read: bool, covered: bool
) -> None:
    meets = sum(firm) >= rule.quotes and len(firm) >= rule.sources
    support = bool(firm or tentative)
    table = [
        ("contested", support and counter > 0),
        ("present", meets),
        ("tentative", support),
        ("rejected", counter > 0),
        ("incomplete", not read),
        ("no data", not covered),
        ("absent", True),
    ]
    expected = next(name for name, holds in table if holds)
    assert state(evidence(firm, tentative, counter), rule, read=read, covered=covered) == expected


@given(firm_by_source.filter(bool), rules)
def test_fragility_is_found_by_leaving_out_each_quote_and_each_source(firm: list[int], rule: Rule) -> None:
    def meets(quotes: list[int]) -> bool:
        return sum(quotes) >= rule.quotes and sum(1 for count in quotes if count) >= rule.sources

    if not meets(firm):
        return
    without_a_quote = [[*firm[:at], firm[at] - 1, *firm[at + 1 :]] for at in range(len(firm))]
    without_a_source = [[*firm[:at], *firm[at + 1 :]] for at in range(len(firm))]
    expected = "robust"
    if not all(map(meets, without_a_source)):
        expected = "single source"
    if not all(map(meets, without_a_quote)):
        expected = "single quote"
    assert fragility(evidence(firm), rule) == expected


@pytest.mark.parametrize(("quotes", "sources"), [(0, 1), (1, 0), (-1, 1)])
def test_a_threshold_is_one_or_more(quotes: int, sources: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        Rule(quotes, sources)


def test_every_state_has_a_mark_and_a_plain_one() -> None:
    assert tuple(DEFAULT_MARKS) == tuple(ASCII_MARKS) == STATES
    assert all(mark.isascii() for mark in ASCII_MARKS.values())
