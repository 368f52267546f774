"""The strategy of segments draws every border in every tenth example or more often."""

from __future__ import annotations

from collections import Counter
from functools import cache

import pytest
from hypothesis import given, settings

from sibtui.model.segments import Segment

from . import borders

SEGMENTS, PAIRS = borders.segments(), borders.pairs()


@cache
def measured(strategy) -> Counter[str]:
    """Return how many of 500 examples have each border."""
    counts: Counter[str] = Counter()

    @settings(max_examples=500, derandomize=True, database=None, deadline=None)
    @given(strategy)
    def draw(found: object) -> None:
        counts.update({"examples", *borders.borders(found)})

    draw()
    return counts


@pytest.mark.parametrize("name", ["touch", "nest", "same start", "same end", "equal", "chain"])
def test_lists_of_segments_have_each_border_in_every_tenth_example(name: str) -> None:
    counts = measured(SEGMENTS)
    assert counts[name] >= counts["examples"] / 10


@pytest.mark.parametrize("name", ["touch", "same start", "same end", "equal"])
def test_pairs_of_segments_have_each_border_in_every_tenth_example(name: str) -> None:
    counts = measured(PAIRS)
    assert counts[name] >= counts["examples"] / 10


def test_the_examples_have_the_borders_that_they_are_named_after() -> None:
    named = {name: borders.borders(getattr(borders, name)) for name in ("TOUCH", "NEST", "EQUAL", "CHAIN", "EMPTY")}
    assert all(name.lower() in found for name, found in named.items())
    assert borders.borders([Segment(0, 2), Segment(3, 4)]) == {"one apart"}
