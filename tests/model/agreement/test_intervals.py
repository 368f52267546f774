"""Intervals by random draws, compared with draws that add the counts one by one."""

from __future__ import annotations

from collections import Counter
from random import Random
from statistics import mean, variance

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.agreement.counts import CodeCounts, PatternCounts, UncodedSources, projections, summed
from sibtui.model.agreement.intervals import Interval, SourceDraws, UnitDraws, binomial, interval


def test_an_interval_is_the_middle_of_the_values() -> None:
    assert interval([at / 100 for at in range(101)]) == Interval(pytest.approx(0.025), pytest.approx(0.975))
    assert interval([3.0]) == Interval(3.0, 3.0)


def test_draws_without_variation_are_left_out_and_counted() -> None:
    assert interval([None, 0.5, None]) == Interval(0.5, 0.5, 2)
    assert interval([None]) == Interval(None, None, 1)


source_counts = st.fixed_dictionaries(
    {}, optional={(1, 1): st.integers(1, 9), (1, 0): st.integers(1, 9), (0, 0): st.integers(1, 99)}
)


@st.composite
def codes(draw: st.DrawFn) -> list[CodeCounts]:
    uncoded = UncodedSources(tuple({(0, 0): draw(st.integers(0, 9))} for _ in range(4)))
    return [
        CodeCounts(uncoded, draw(st.dictionaries(st.integers(0, 3), source_counts, max_size=4)))
        for _ in range(draw(st.integers(1, 3)))
    ]


@given(codes())
@example([CodeCounts(UncodedSources(({(0, 0): 3},) * 4), {})])
@example([CodeCounts(UncodedSources(({(0, 0): 3},) * 4), {0: {}, 3: {(1, 1): 3}})])
def test_drawn_sources_give_the_sums_of_their_counts(drawn_codes: list[CodeCounts]) -> None:
    random = Random(7)
    expected = []
    for _ in range(20):
        chosen = random.choices(range(4), k=4)
        total: Counter[tuple[int, int]] = Counter()
        for code in drawn_codes:
            for at in chosen:
                total.update(code.coded.get(at, code.uncoded.sources[at]))  # type: ignore[arg-type]
        expected.append(+total)
    drawn = SourceDraws(4, 20, seed=7).totals(drawn_codes)
    assert [{pattern: count for pattern, count in counts.items() if count} for counts in drawn] == expected


@given(codes())
def test_drawn_units_are_as_many_as_the_units_compared(drawn_codes: list[CodeCounts]) -> None:
    total = summed(code.total for code in drawn_codes)
    for drawn in UnitDraws(20, seed=3).totals(drawn_codes):
        assert sum(drawn.values()) == sum(total.values())
        assert set(drawn) <= set(total)


def test_a_unit_that_one_coder_has_read_is_not_drawn() -> None:
    code = CodeCounts(UncodedSources(({(0, None): 50, (0, 0): 5},)), {})
    assert UnitDraws(3, seed=1).totals([code]) == [{(0, 0): 5}] * 3


def test_the_same_seed_gives_the_same_draws() -> None:
    code = CodeCounts(UncodedSources(({(0, 0): 500, (1, 1): 40, (1, 0): 3},)), {})
    assert UnitDraws(5, seed=1).totals([code]) == UnitDraws(5, seed=1).totals([code])
    assert UnitDraws(5, seed=1).totals([code]) != UnitDraws(5, seed=2).totals([code])


@pytest.mark.parametrize(("trials", "probability"), [(30, 0.2), (3000, 0.001), (3000, 0.3), (100_000, 0.9)])
def test_binomial_numbers_have_the_mean_and_the_variance_of_their_distribution(trials: int, probability: float) -> None:
    random = Random(11)
    found = [binomial(random, trials, probability) for _ in range(4000)]
    expected, spread = trials * probability, trials * probability * (1 - probability)
    assert 0 <= min(found) <= max(found) <= trials
    assert mean(found) == pytest.approx(expected, abs=4 * (spread / 4000) ** 0.5)
    assert variance(found) == pytest.approx(spread, rel=0.12)


def test_binomial_numbers_at_the_ends_are_certain() -> None:
    random = Random(1)
    assert [binomial(random, 9, chance) for chance in (0.0, 1.0)] == [0, 9]
    assert binomial(random, 0, 0.5) == 0


def test_the_counts_of_a_code_are_those_of_its_coded_and_uncoded_sources() -> None:
    uncoded = UncodedSources(({(0, 0): 3}, {(0, None): 4}))
    code = CodeCounts(uncoded, {0: {(1, 0): 1, (0, 0): 2}})
    assert code.total == {(1, 0): 1, (0, 0): 2, (0, None): 4}
    assert code.of_source(0).total == {(1, 0): 1, (0, 0): 2}
    assert code.of_source(1).total == {(0, None): 4}


def test_a_projection_keeps_two_coders_and_shares_uncoded_sources() -> None:
    uncoded = UncodedSources(({(0, 0, 0): 3}, {(0, None, 0): 4}))
    coded: dict[int, PatternCounts] = {0: {(1, 0, 1): 1, (1, 1, 1): 2}}
    project = projections(0, 2)
    one, other = project(CodeCounts(uncoded, coded)), project(CodeCounts(uncoded, {}))
    assert one.total == {(1, 1): 3, (0, 0): 4}
    assert other.total == {(0, 0): 7}
    assert one.uncoded is other.uncoded
