from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from sibtui.model.overlap import shared_shares

from .strategies import segments

if TYPE_CHECKING:
    from sibtui.model.segments import Segment

coded = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 3), segments), max_size=20)
orders = st.permutations([1, 2, 3, 4, 5]).flatmap(lambda order: st.integers(0, 5).map(lambda size: order[:size]))


@given(coded, orders)
def test_a_share_is_the_code_points_of_both_by_those_of_either(
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
