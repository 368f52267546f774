from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.cell_basis import BasisColumn, CellBasis, ReadTimes
from sibtui.model.compute import compute_matrix
from sibtui.model.evidence import EvidenceCounter
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.model.presence import ASCII_MARKS, DEFAULT_MARKS, STATES, Evidence, Rule, fragility, meets, state
from sibtui.model.records import KINDS

if TYPE_CHECKING:
    from sibtui.model.matrix import Cell

METHOD = Path(__file__).parents[1] / "data" / "method"
VECTORS = json.loads((METHOD / "presence_vectors.json").read_text(encoding="utf-8"))
REFERENCE = json.loads((METHOD / "reference_values_2.json").read_text(encoding="utf-8"))
MORE = next(entry["vectors"] for entry in REFERENCE if entry["id"] == "presence_more")


def cell_of(evidence: list, rule: Rule, *, read: bool = True, asked: bool = True) -> Cell:
    """Return the cell of one row and case. `evidence` are (stance, firm, source), as in the vectors."""
    sources = {name: at for at, name in enumerate(sorted({e[2] for e in evidence}), 1)}
    places = sorted(
        (
            (1 << 1 | (stance == "-"), sources[source] << 31 | 10 * at, sources[source] << 31 | 10 * at + 5, 2 | firm)
            for at, (stance, firm, source, *_) in enumerate(evidence)
        ),
        key=lambda place: place[1],
    )
    basis = CellBasis(
        [BasisColumn([1], ReadTimes({1: "2020-01-02"} if read else {}), frozenset([1]))],
        {1: "b2"}, {7: "code"}, {7: None}, {7: "2020-01-01"}, {} if asked else {1: {7: {None: "not asked"}}},
    )  # fmt: skip
    definition = MatrixDefinition("m", "", (RowDefinition("row", ("code",)),), rule=rule)
    counted = EvidenceCounter().count(places, {1: 0})
    return compute_matrix(definition, ["A"], [counted], [basis], [(7,)]).rows[0].cells[0]


@pytest.mark.parametrize("vector", [pytest.param(vector, id=vector["name"]) for vector in VECTORS])
def test_the_state_of_a_cell_equals_the_state_worked_out_by_hand(vector: dict) -> None:
    options = vector["options"]
    assert set(options) <= {"tq", "ts", "override"}
    rule = Rule(options.get("tq", 1), options.get("ts", 1))
    cell = cell_of(vector["evidence"], rule, read=vector["all_coded"], asked=vector["asked"])
    shown = options.get("override", cell.state)
    expected = vector["result"]
    assert {
        "computed": cell.computed.replace(" ", "_"),
        "shown": shown.replace(" ", "_"),
        "conflict": cell.computed != shown,
        "n_pos": cell.quotes,
        "n_tent": cell.tentative,
        "n_neg": cell.counter,
        "sources": cell.sources,
    } == expected
    if cell.computed == "contested":  # the vectors are older than the fragility of contested cells
        assert cell.fragility == "single quote"
    else:
        assert cell.fragility == vector["fragility"]


@pytest.mark.parametrize(
    "vector", [pytest.param(vector, id=vector["name"]) for vector in MORE if "evidence" in vector and "rule" in vector]
)
def test_counter_evidence_without_support_is_not_contested(vector: dict) -> None:
    assert cell_of(vector["evidence"], Rule(*vector["rule"])).computed == vector["computed"]


firm_by_source = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 3)), max_size=3)
rules = st.builds(
    Rule,
    st.integers(1, 3),
    st.integers(1, 3),
    st.integers(1, 2),
    st.lists(st.sampled_from(KINDS), max_size=1).map(tuple),
)


def evidence(firm: list[tuple[str, int]], tentative: int = 0, counter: int = 0) -> Evidence:
    quotes = [count for _, count in firm]
    return Evidence(
        sum(quotes), len(firm), tentative, counter, min(quotes, default=0), max(quotes, default=0), tuple(firm)
    )


def enough(firm: list[tuple[str, int]], rule: Rule) -> bool:
    sources_with_quotes = [(kind, count) for kind, count in firm if count]
    kinds = {kind for kind, _ in sources_with_quotes}
    return (
        sum(count for _, count in sources_with_quotes) >= rule.quotes
        and len(sources_with_quotes) >= rule.sources
        and len(kinds) >= rule.kinds
        and set(rule.needs) <= kinds
    )


@given(firm_by_source, st.integers(0, 1), st.integers(0, 1), rules, st.booleans(), st.booleans())
@example([], 0, 0, Rule(), True, True)
@example([("report", 1)], 0, 1, Rule(needs=("interview",)), True, True)
@example([("report", 1), ("interview", 1)], 0, 1, Rule(2, 2, 2), True, True)
def test_the_state_is_the_first_that_applies_in_the_method(
    firm: list[tuple[str, int]], tentative: int, counter: int, rule: Rule, known: bool, covered: bool
) -> None:
    table = [
        ("contested", enough(firm, rule) and counter > 0),
        ("present", enough(firm, rule)),
        ("tentative", bool(firm or tentative)),
        ("rejected", counter > 0),
        ("incomplete", not known),
        ("no data", not covered),
        ("absent", True),
    ]
    expected = next(name for name, holds in table if holds)
    assert state(evidence(firm, tentative, counter), rule, known=known, covered=covered) == expected


@given(firm_by_source.filter(bool), rules)
@example([("interview", 1), ("report", 2)], Rule(needs=("interview",)))
@example([("interview", 2), ("report", 2)], Rule(needs=("interview",)))
@example([("interview", 1)], Rule())
@example([("interview", 2)], Rule())
def test_fragility_equals_the_search_over_left_out_quotes_and_sources(firm: list[tuple[str, int]], rule: Rule) -> None:
    if not enough(firm, rule):
        assert not meets(evidence(firm), rule)
        return
    without_a_quote = [[*firm[:at], (firm[at][0], firm[at][1] - 1), *firm[at + 1 :]] for at in range(len(firm))]
    without_a_source = [[*firm[:at], *firm[at + 1 :]] for at in range(len(firm))]
    expected = "robust"
    if not all(enough(left, rule) for left in without_a_source):
        expected = "single source"
    if not all(enough(left, rule) for left in without_a_quote):
        expected = "single quote"
    assert fragility(evidence(firm), rule) == expected


# (stance, firm, source); contested ranks at least as high as tentative
pieces = st.tuples(st.sampled_from("+-"), st.booleans(), st.sampled_from(["I1", "I2"]))
RANKS = [
    {"contested": "X", "present": "X", "tentative": "X"},
    {"contested": "X", "present": "X", "tentative": ""},
    {"contested": "", "present": "X", "tentative": ""},
]


@given(
    st.lists(pieces, max_size=5),
    pieces,
    st.integers(1, 2),
    st.integers(1, 2),
    st.sampled_from(RANKS),
    st.booleans(),
    st.booleans(),
)
@example([("+", False, "I1")], ("-", True, "I2"), 1, 1, RANKS[1], True, True)
@example([("-", True, "I1")], ("+", True, "I1"), 1, 1, RANKS[1], True, True)
def test_counter_evidence_adds_no_mark_and_support_removes_none(
    before: list, added: tuple, quotes: int, sources: int, marks: dict[str, str], read: bool, asked: bool
) -> None:
    rule = Rule(quotes, sources)
    first, second = (
        marks.get(cell_of(found, rule, read=read, asked=asked).computed, "") == "X"
        for found in (before, [*before, added])
    )
    if added[0] == "-":
        assert first or not second
    else:
        assert second or not first


@pytest.mark.parametrize(("quotes", "sources", "kinds"), [(0, 1, 1), (1, 0, 1), (-1, 1, 1), (1, 1, 0)])
def test_a_threshold_is_one_or_more(quotes: int, sources: int, kinds: int) -> None:
    with pytest.raises(ValueError, match="1 or more"):
        Rule(quotes, sources, kinds)


def test_every_state_has_a_mark_and_an_ascii_mark() -> None:
    assert tuple(DEFAULT_MARKS) == tuple(ASCII_MARKS) == STATES
    assert all(mark.isascii() for mark in ASCII_MARKS.values())


def test_the_kinds_that_a_row_needs_are_in_the_usual_order() -> None:
    assert RowDefinition("Trust", needs=("document", "interview", "document")).needs == ("interview", "document")
