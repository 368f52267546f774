"""Passages of related codings, compared with all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import QueryError
from sibtui.model.query.evaluation import evaluate
from sibtui.model.query.parser import parse
from sibtui.model.query.passages import passages
from sibtui.model.query.spans import BEYOND, SHIFT
from sibtui.model.query.tree import Disjunction, Related, Relation, Term
from tests.borders import CHAIN, EQUAL, NEST, TOUCH
from tests.examples import examples

from .study import MemoryStudy, relates, touches
from .test_evaluation import RELATIONS, codings, of_borders

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARING = [each for each in RELATIONS if each.word in {"overlapping", "inside", "containing", "same place"}]
NEAR = [each for each in RELATIONS if each.word in {"within", "followed by"}]
EVERYTHING = Disjunction((Term("source", "1"), Term("source", "2")))


def of_pairs(query: Related, study: MemoryStudy, *, union: bool) -> dict[tuple[int, int, int], set[tuple[int, int]]]:
    """Return the pairs of related codings by (source, start, end) of their passage, by comparing every pair."""
    found: dict[tuple[int, int, int], set[tuple[int, int]]] = {}
    assert query.right is not None
    for one in evaluate(query, study):
        for other in evaluate(query.right, study):
            same_source = (
                one[0] >> SHIFT == other[0] >> SHIFT and one[2] != other[2] and other[2] not in study.uncertain
            )
            if same_source and touches(other, query.relation.unit, study) and relates(query, one, other, study):
                start = (min if union else max)(one[0], other[0])
                end = (max if union else min)(one[1], other[1])
                found.setdefault((start >> SHIFT, start & BEYOND, end & BEYOND), set()).add((one[2], other[2]))
    return found


@examples(300)
@given(
    st.sampled_from([(each, False) for each in SHARING] + [(each, True) for each in SHARING + NEAR]),
    codings,
    st.sets(st.integers(1, 5), max_size=1),
)
@example((Relation("overlapping"), False), of_borders(CHAIN), set())
@example((Relation("overlapping"), True), of_borders(TOUCH), set())
@example((Relation("same place"), False), of_borders(EQUAL), {1})
@example((Relation("containing"), True), of_borders(NEST), set())
@example((Relation("followed by", "sentence", 1), True), [(1, 7, 13, 1), (1, 24, 26, 3), (1, 35, 41, 3)], set())
def test_passages_are_those_of_the_pairs(
    relation: tuple[Relation, bool], codings: list[tuple[int, int, int, int]], uncertain: set[int]
) -> None:
    study, (word, union) = MemoryStudy(codings, uncertain), relation
    query = Related(Term("code", "1"), word, EVERYTHING)
    found = passages(query, study, union=union)
    pairs = of_pairs(query, study, union=union)
    assert [(each.source, each.start, each.end) for each in found] == sorted(pairs)
    for each in found:
        expected = pairs[each.source, each.start, each.end]
        assert each.left == tuple(sorted({one for one, _ in expected}))
        assert each.right == tuple(sorted({other for _, other in expected}))


def places(text: str, *codings: tuple[int, int, int, int], union: bool = False) -> Sequence[tuple[int, int]]:
    return [(each.start, each.end) for each in passages(parse(text), MemoryStudy(codings), union=union)]


def test_passages_are_the_shared_characters_and_the_union_both() -> None:
    both = (1, 0, 6, 1), (1, 4, 9, 3)
    assert places("code 1 overlapping code 3", *both) == [(4, 6)]
    assert places("code 1 overlapping code 3", *both, union=True) == [(0, 9)]


def test_a_short_coding_before_the_place_is_no_partner_inside_a_long_one() -> None:
    codings = (1, 6, 9, 1), (1, 0, 20, 3), (1, 2, 4, 3)
    assert [each.right for each in passages(parse("code 1 overlapping code 3"), MemoryStudy(codings))] == [(2,)]


def test_other_conditions_narrow_the_passages() -> None:
    codings = (1, 0, 6, 1), (2, 0, 6, 1), (1, 4, 9, 3), (2, 4, 9, 3)
    found = passages(parse("source 2 and code 1 overlapping code 3"), MemoryStudy(codings))
    assert [each.source for each in found] == [2]


def test_a_saved_query_can_have_the_relation() -> None:
    codings = (1, 0, 6, 1), (2, 0, 6, 1), (1, 4, 9, 3), (2, 4, 9, 3)
    study = MemoryStudy(codings, queries={"near": "code 1 overlapping code 3", "outer": "source 2 and query near"})
    assert [each.source for each in passages(parse("query near"), study)] == [1, 2]
    assert [each.source for each in passages(parse("query outer"), study)] == [2]
    assert [each.source for each in passages(parse("query near and source 1"), study)] == [1]


def test_an_error_in_a_saved_query_is_at_its_name() -> None:
    study = MemoryStudy((), queries={"apart": "code 1 within 9 characters of code 3", "alone": "code 1 alone"})
    for name in study.queries:
        with pytest.raises(QueryError) as error:
            passages(parse(f"source 1 and query {name}"), study)
        assert error.value.position == len("source 1 and query ") + 1


@pytest.mark.parametrize(
    ("text", "position", "union", "reason"),
    [
        ("code 1", 1, False, "passages need a query with one relation"),
        ("code 1 overlapping code 3 or code 2", 1, False, "passages need a query with one relation"),
        ("code 1 overlapping code 3 and code 1 inside code 3", 1, True, "passages need a query with one relation"),
        ("code 1 alone", 8, True, "codings with this relation have no partner"),
        ("code 1 not overlapping code 3", 12, False, "codings with this relation have no partner"),
        ("code 1 within 9 characters of code 3", 8, False, "codings with this relation can lie apart"),
        ("code 1 in the same sentence as code 3", 8, False, "codings with this relation can lie apart"),
    ],
)
def test_a_query_without_a_common_passage_is_refused(text: str, position: int, union: bool, reason: str) -> None:
    with pytest.raises(QueryError) as error:
        passages(parse(text), MemoryStudy(()), union=union)
    assert error.value.position == position
    assert error.value.reason.startswith(reason)
