"""What a key costs, as ratios to a bare Textual app on the same text in the same run. `python -m tests.benchmarks.keys` prints the figures."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform != "linux":
    pytest.skip("reads another process's clock as Linux has it", allow_module_level=True)

from . import keys

if TYPE_CHECKING:
    from collections.abc import Mapping

pytestmark = pytest.mark.slow

AT_MOST = {
    "next sentence": 3.5, "grow, shrink": 3.0, "move an edge by a word": 3.0, "next paragraph": 4.0, "next coding": 3.5,
    "page down": 1.5, "same code again": 8.0, "resize": 5.0,
}  # fmt: skip
"""How many times the processor time of the bare app's key: what the budgets in milliseconds come to where it takes about three."""


@pytest.fixture(scope="module")
def ratios() -> Mapping[str, float]:
    return {figure.work: figure.ratio for figure in keys.figures(keys.NOTES["2MB"], 20)}


@pytest.mark.parametrize("work", AT_MOST)
def test_a_key_costs_little_more_than_in_a_bare_app(ratios: Mapping[str, float], work: str) -> None:
    assert ratios[work] <= AT_MOST[work]


def test_memory_does_not_grow_with_moving_about() -> None:
    before, after = keys.growth(keys.NOTES["line"], 1_500)
    assert after - before < 12


def test_the_first_screen_costs_less_than_twice_an_empty_one() -> None:
    assert keys.painting(7).ratio <= 1.8
