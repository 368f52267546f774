"""Alpha-U, compared with published values and with a sum over all pairs of segments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.agreement.unitizing import alpha_u, difference, gaps_between, merged_units

from .test_coefficients import PUBLISHED

if TYPE_CHECKING:
    from collections.abc import Sequence

CharacterRange = tuple[int, int]


def spans(lengths: Sequence[tuple[int, int]], begin: int = 0) -> list[CharacterRange]:
    return [(start - begin, start - begin + length) for start, length in lengths]


def test_alpha_u_of_krippendorffs_example_is_the_published_one() -> None:
    example_data = PUBLISHED["kripp2004_alphaU"]
    found = {code: difference([spans(coder, 150) for coder in example_data["data"][code]], [(0, 300)]) for code in "ck"}
    for code, published in (("c", example_data["published"]["c"]), ("k", example_data["published"]["k"])):
        assert found[code].observed == pytest.approx(published["Do"], abs=5e-5)
        assert found[code].expected == pytest.approx(published["De"], abs=5e-5)
        assert alpha_u([found[code]]) == pytest.approx(published["aU"], abs=5e-5)
    overall = PUBLISHED["alphaU_three_implementations"]["expected"]["overall_exact"]
    assert alpha_u(found.values()) == pytest.approx(overall)


def test_alpha_u_of_disjoint_segments_is_negative() -> None:
    published = PUBLISHED["alphaU_neg"]
    found = difference([spans(coder) for coder in published["data"]["A"]], [(0, 10)])
    assert alpha_u([found]) == pytest.approx(published["published"]["aU"], abs=5e-5)


@pytest.mark.parametrize("case", PUBLISHED["alphaU_edges"]["cases"], ids=lambda case: str(case["say"]))
def test_alpha_u_of_an_edge_case_is_the_computed_one(case: dict[str, Any]) -> None:
    found = difference([spans(coder) for coder in case["units"]], [(0, 100)])
    assert found.observed == pytest.approx(case["Do"])
    if "De" in case:
        assert found.expected == pytest.approx(case["De"])
    assert alpha_u([found]) == (None if case["alphaU"] is None else pytest.approx(case["alphaU"]))


@pytest.mark.parametrize("pair", PUBLISHED["alphaU_distance"]["data"][:2], ids=str)
def test_the_distance_of_two_overlapping_segments_is_the_published_one(pair: dict[str, Any]) -> None:
    found = difference([spans([pair["a"]], 150), spans([pair["b"]], 150)], [(0, 300)])
    assert found.observed * 300**2 == pytest.approx(pair["d2"])


def test_touching_segments_stay_apart_unless_they_are_to_be_joined() -> None:
    assert merged_units([(5, 9), (0, 5), (3, 4)]) == [(0, 5), (5, 9)]
    assert merged_units([(5, 9), (0, 5), (3, 4)], touching=True) == [(0, 9)]
    assert merged_units([(0, 6), (4, 5), (5, 9)]) == [(0, 9)]


def test_no_gap_crosses_the_end_of_a_source() -> None:
    sources = [(0, 10), (10, 20), (20, 30)]
    assert gaps_between([(2, 4), (8, 10)], sources) == [(0, 2), (4, 8), (10, 20), (20, 30)]
    assert gaps_between([], sources) == sources
    assert gaps_between([(0, 10), (25, 30)], sources) == [(10, 20), (20, 25)]


def slow_difference(coders: list[list[CharacterRange]], sources: list[CharacterRange]) -> tuple[float, float]:
    """Return the observed and the expected difference, as the book writes them: a sum over all pairs of segments."""
    length, number = sources[-1][1], len(coders)
    lines = [[(s, 1) for s in units] + [(s, 0) for s in gaps_between(units, sources)] for units in coders]
    observed = 0
    for i, one in enumerate(lines):
        for j, other in enumerate(lines):
            for (a, b), v in one if i != j else ():
                for (c, d), w in other:
                    if v and w and a < d and c < b:
                        observed += (a - c) ** 2 + (b - d) ** 2
                    elif v and not w and c <= a and b <= d:
                        observed += (b - a) ** 2
                    elif w and not v and a <= c and d <= b:
                        observed += (d - c) ** 2
    units = [b - a for line in lines for (a, b), v in line if v]
    gaps = [b - a for line in lines for (a, b), v in line if not v]
    weight = sum(
        (len(units) - 1) / 3 * (2 * u**3 - 3 * u**2 + u) + u**2 * sum(g - u + 1 for g in gaps if g >= u) for u in units
    )
    total = number * length
    divisor = total * (total - 1) - sum(u * (u - 1) for u in units)
    return observed / (number * (number - 1) * length**2), (2 / length * weight / divisor) if units else 0.0


@st.composite
def coded(draw: st.DrawFn) -> tuple[list[list[CharacterRange]], list[CharacterRange]]:
    """Two or three coders on one to three sources; no segment crosses the end of a source."""
    sources: list[CharacterRange] = []
    for size in draw(st.lists(st.integers(1, 9), min_size=1, max_size=3)):
        start = sources[-1][1] if sources else 0
        sources.append((start, start + size))
    coders: list[list[CharacterRange]] = []
    for _ in range(draw(st.integers(2, 3))):
        units = []
        for start, end in draw(st.lists(st.sampled_from(sources), max_size=4)):
            first = draw(st.integers(start, end - 1))
            units.append((first, draw(st.integers(first + 1, end))))
        coders.append(merged_units(units))
    return coders, sources


@given(coded())
@example(([[(0, 4)], [(0, 4)]], [(0, 4)]))  # equal, and the whole source
@example(([[(0, 4)], [(4, 8)]], [(0, 8)]))  # touching
@example(([[(0, 8)], [(2, 4)]], [(0, 8)]))  # nested
@example(([[(2, 4)], []], [(0, 4), (4, 8)]))  # inside a gap that ends with the source
@example(([[(0, 2), (2, 4)], [(0, 4)]], [(0, 4)]))  # two touching units in one
def test_the_differences_equal_a_sum_over_all_pairs(
    case: tuple[list[list[CharacterRange]], list[CharacterRange]],
) -> None:
    found = difference(*case)
    observed, expected = slow_difference(*case)
    assert found.observed == pytest.approx(observed)
    assert found.expected == pytest.approx(expected)
