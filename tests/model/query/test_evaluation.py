"""Queries over places, compared with an evaluator that compares every pair of codings."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.query.evaluation import evaluate
from sibtui.model.query.parser import parse
from sibtui.model.query.tree import Conjunction, Disjunction, Negation, Query, Related, Relation, Term
from tests.borders import BORDERS, CHAIN, EQUAL, NEST, SAME_END, SAME_START, TOUCH
from tests.examples import examples

from .study import TEXT, MemoryStudy, naive

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.query.spans import PackedPlace
    from sibtui.model.segments import Segment

RELATIONS = (
    *(Relation(word) for word in ("overlapping", "inside", "containing", "same place", "alone")),
    *(Relation("within", unit) for unit in ("sentence", "paragraph", "section", "source")),
    *(Relation(word, "character", n) for word in ("within", "followed by") for n in (0, 1, 4)),
    *(Relation(word, unit, n) for word in ("within", "followed by") for unit in ("sentence", "paragraph") for n in (0, 1, 2)),
)  # fmt: skip
EDGES = (0, 5, 6, 7, 12, 13, 14, 20, 21, 24, 25, 26, 33, 35, 41, 42, 43, 49, 50, 53, 54, 57, 58, 59)
"""The edges of the units of the text, and offsets between them."""

terms = st.sampled_from([*(Term("code", str(code)) for code in (1, 2, 3, 4)), Term("source", "1")])
spans = st.sampled_from(list(combinations(EDGES, 2)))
near_spans = st.integers(0, len(EDGES) - 3).flatmap(
    lambda at: st.sampled_from(list(combinations(EDGES[at : at + 4], 2)))
)
codings = st.lists(
    st.tuples(st.sampled_from([1, 2]), st.one_of(spans, near_spans), st.sampled_from([1, 2, 3, 4])).map(
        lambda drawn: (drawn[0], *drawn[1], drawn[2])
    ),
    max_size=10,
)


def relate(left: Query, relation: Relation, right: Query, negated: bool) -> Query:
    return Related(left, relation, None if relation.word == "alone" else right, negated)


def deeper(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(relate, inner, st.sampled_from(RELATIONS), inner, st.booleans()),
        st.builds(Negation, inner), st.builds(Conjunction, several), st.builds(Disjunction, several),
    )  # fmt: skip


queries: st.SearchStrategy[Query] = st.recursive(terms, deeper, max_leaves=5)


def of_borders(segments: Sequence[Segment]) -> list[tuple[int, int, int, int]]:
    """Return the segments as codings of the codes 1, 3, 1, … in one source."""
    return [(1, each.start, each.end, 1 + 2 * (at % 2)) for at, each in enumerate(segments)]


def test_the_edges_are_those_of_the_text() -> None:
    assert len(TEXT) == EDGES[-1]
    assert TEXT[EDGES[0] : EDGES[1]] == "# One"


@pytest.mark.parametrize("segments", BORDERS, ids=lambda segments: " ".join(map(str, segments)) or "none")
@pytest.mark.parametrize("negated", [False, True], ids=["", "not"])
@pytest.mark.parametrize("relation", RELATIONS, ids=lambda r: f"{r.word} {r.distance} {r.unit}")
def test_each_relation_at_each_border_is_that_of_the_pairs(
    relation: Relation, negated: bool, segments: Sequence[Segment]
) -> None:
    study = MemoryStudy(of_borders(segments))
    for one, other in (("1", "3"), ("3", "1"), ("1", "1")):
        query = relate(Term("code", one), relation, Term("code", other), negated)
        assert evaluate(query, study) == naive(query, study)


@examples(400)
@given(st.sampled_from(RELATIONS), st.booleans(), codings, st.sets(st.integers(1, 10), max_size=2))
@example(Relation("overlapping"), False, of_borders(TOUCH), set())
@example(Relation("inside"), False, of_borders(EQUAL), set())
@example(Relation("containing"), False, of_borders(SAME_START), set())
@example(Relation("containing"), True, of_borders(SAME_END), set())
@example(Relation("alone"), False, of_borders(NEST), set())
@example(Relation("alone"), False, of_borders(CHAIN), {2})
@example(Relation("within", "sentence", 2), False, [(1, 24, 26, 1), (1, 25, 33, 3)], set())
def test_each_relation_is_that_of_the_pairs(
    relation: Relation, negated: bool, codings: list[tuple[int, int, int, int]], uncertain: set[int]
) -> None:
    study = MemoryStudy(codings, uncertain)
    everything = Disjunction((Term("source", "1"), Term("source", "2")))
    for left in (Term("code", "1"), everything):
        query = relate(left, relation, everything, negated)
        assert evaluate(query, study) == naive(query, study)


@examples(400)
@given(queries, codings)
@example(Conjunction((Negation(Term("code", "1")), Negation(Term("code", "2")))), of_borders(CHAIN))
@example(Conjunction((Term("code", "1"), Term("code", "1"))), of_borders(CHAIN))
@example(Negation(Negation(Term("code", "1"))), of_borders(CHAIN))
@example(Disjunction((Term("code", "1"), Term("source", "1"))), of_borders(EQUAL))
def test_each_query_is_that_of_the_pairs(query: Query, codings: list[tuple[int, int, int, int]]) -> None:
    study = MemoryStudy(codings)
    assert evaluate(query, study) == naive(query, study)


def found(text: str, *codings: tuple[int, int, int, int], uncertain: Sequence[int] = ()) -> list[int]:
    """Return the numbers of the codings that a query finds."""
    return [place[2] for place in evaluate(parse(text), MemoryStudy(codings, uncertain))]


def test_touching_codings_do_not_overlap() -> None:
    assert found("code 1 overlapping code 3", (1, 0, 5, 1), (1, 5, 9, 3)) == []
    assert found("code 1 within 0 characters of code 3", (1, 0, 5, 1), (1, 5, 9, 3)) == [1]


def test_a_coding_never_relates_to_itself() -> None:
    for relation in ("overlapping", "inside", "containing", "same place as", "in the same source as"):
        assert found(f"code 1 {relation} code 1", (1, 0, 5, 1)) == []
        assert found(f"code 1 {relation} code 1", (1, 0, 5, 1), (1, 0, 5, 1)) == [1, 2]


def test_identical_segments_are_inside_and_contain_each_other() -> None:
    for relation in ("overlapping", "inside", "containing", "same place as"):
        assert found(f"code 1 {relation} code 3", (1, 2, 5, 1), (1, 2, 5, 3)) == [1]


def test_a_code_and_its_sub_code_are_alone_together() -> None:
    below = (1, 0, 5, 1), (1, 2, 9, 2)
    assert found("source 1 alone", *below) == [1, 2]
    assert found("code 1 overlapping code 2", *below) == [1]
    assert found("code 1 not overlapping code 2", *below) == []
    assert found("source 1 alone", *below, (1, 8, 12, 3)) == [1]


def test_relations_hold_inside_one_source() -> None:
    assert found("code 1 within 9999999999999 characters of code 3", (1, 0, 5, 1), (2, 0, 5, 3)) == []
    assert found("code 1 followed by code 3 within 9999999999999 characters", (1, 0, 5, 1), (2, 6, 9, 3)) == []


def test_the_distance_of_overlapping_codings_is_zero() -> None:
    assert found("code 1 within 0 sentences of code 3", (1, 7, 20, 1), (1, 14, 24, 3)) == [1]


def test_a_coding_that_begins_before_the_end_does_not_follow() -> None:
    assert found("code 1 followed by code 3 within 9 characters", (1, 0, 5, 1), (1, 4, 9, 3)) == []
    assert found("code 1 followed by code 3 within 9 characters", (1, 0, 5, 1), (1, 5, 9, 3)) == [1]


def test_a_coding_of_spaces_is_near_nothing() -> None:
    assert found("code 1 in the same paragraph as code 3", (1, 25, 26, 1), (1, 0, 40, 3)) == []


def test_a_coding_without_a_certain_place_takes_no_part_in_relations() -> None:
    both = (1, 0, 5, 1), (1, 2, 9, 3)
    for uncertain in (1, 2):
        assert found("code 1 overlapping code 3", *both, uncertain=[uncertain]) == []
    assert found("code 1 not overlapping code 3", *both, uncertain=[1]) == []
    assert found("code 1 not overlapping code 3", *both, uncertain=[2]) == [1]
    assert found("code 1", *both, uncertain=[1]) == [1]


def test_relations_bind_tighter_than_not_and_or() -> None:
    codings = (1, 0, 5, 1), (1, 2, 9, 3), (1, 20, 30, 1)
    assert found("not code 1 overlapping code 3", *codings) == [2, 3]
    assert found("code 3 or code 1 overlapping code 3 and source 1", *codings) == [1, 2]
    assert found("(code 1 or code 3) overlapping (code 1 or code 3)", *codings) == [1, 2]


def test_many_identical_codings_are_searched_at_once() -> None:
    places: list[PackedPlace] = MemoryStudy([(1, 0, 5, 1)] * 20_000).all
    assert len(places) == 20_000
    study = MemoryStudy([(1, 0, 5, 1)] * 20_000)
    assert len(evaluate(parse("code 1 overlapping code 1"), study)) == 20_000
    assert len(evaluate(parse("code 1 alone"), study)) == 20_000
