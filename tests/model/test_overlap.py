from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.overlap import shared_shares
from tests.borders import CHAIN, EQUAL, NEST, SAME_END, SAME_START, TOUCH, between, edges

if TYPE_CHECKING:
    from sibtui.model.segments import Segment

# Three codes and two sources, so that two codings of one source meet in most examples
coded = edges().flatmap(
    lambda found: st.lists(st.tuples(st.integers(1, 3), st.integers(1, 2), between(found)), max_size=8)
)
orders = st.permutations([1, 2, 3]).flatmap(lambda order: st.sampled_from([order, order[:2], order[:1], []]))


def of_two_codes(border: list[Segment]) -> list[tuple[int, int, Segment]]:
    """Return places of one source: the first segment has code 1, the others code 2."""
    return [(min(at, 2), 1, segment) for at, segment in enumerate(border, 1)]


@given(coded, orders)
@example([], [1, 2])
@example(of_two_codes(TOUCH), [2, 1])
@example(of_two_codes(NEST), [2, 1])
@example(of_two_codes(SAME_START), [1, 2])
@example(of_two_codes(SAME_END), [1, 2])
@example(of_two_codes(CHAIN), [1, 2])
@example(of_two_codes(EQUAL), [1, 2])
@example([(1, 1, EQUAL[0]), (2, 2, EQUAL[1])], [1, 2])
def test_a_share_is_the_intersection_divided_by_the_union(
    drawn: list[tuple[int, int, Segment]], order: list[int]
) -> None:
    positions: dict[int, set[tuple[int, int]]] = {code: set() for code in order}
    for code, source, segment in drawn:
        if code in positions:
            positions[code] |= {(source, at) for at in range(segment.start, segment.end)}
    expected = {
        (first, second): len(positions[first] & positions[second]) / len(positions[first] | positions[second])
        for first, second in combinations(order, 2)
        if positions[first] & positions[second]
    }
    places = [(code, source, segment.start << 31 | segment.end) for code, source, segment in drawn]
    assert shared_shares(places, order) == expected


def test_a_code_that_the_order_does_not_contain_is_left_out() -> None:
    places = [(1, 1, 0 << 31 | 10), (2, 1, 0 << 31 | 10), (3, 1, 0 << 31 | 10)]
    assert shared_shares(places, [1, 2]) == {(1, 2): 1.0}
