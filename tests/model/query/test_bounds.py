"""The bounds of two queries: what both can find."""

from __future__ import annotations

from sibtui.model.query.bounds import QueryBounds


def test_bounds_within_others_are_what_both_queries_can_find() -> None:
    pilot = QueryBounds(sources=frozenset({1, 2}), coders=frozenset({7}))
    assert pilot.within(QueryBounds(sources=frozenset({2, 3}))) == QueryBounds(frozenset({2}), frozenset({7}))
    assert QueryBounds().within(pilot) == pilot.within(QueryBounds()) == pilot
    assert pilot.within(QueryBounds(sources=frozenset({3}))).sources == frozenset()
