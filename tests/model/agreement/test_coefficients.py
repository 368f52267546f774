"""Coefficients of agreement, compared with published values and with formulas written out."""

from __future__ import annotations

import json
from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.agreement.coefficients import (
    TwoByTwo,
    alpha,
    chance_corrected,
    cohen_kappa,
    fleiss_kappa,
    fleiss_kappa_by_value,
    highest_kappa,
    pooled_kappa,
)

METHOD = Path(__file__).parents[2] / "data" / "method"
PUBLISHED: dict[str, Any] = {
    each["id"]: each
    for name in ("agreement_reference_values.json", "reference_values_2.json")
    for each in json.loads((METHOD / name).read_text(encoding="utf-8"))
}


def table(published: str) -> dict[tuple[str, str], int]:
    return {
        (one, other): count for key, count in PUBLISHED[published]["table"].items() for one, other in [key.split(",")]
    }


def units(published: str) -> Counter[tuple[Any, ...]]:
    return Counter(tuple(values) for values in PUBLISHED[published]["units"])


def pair(values: dict[tuple[str, str], int], has: str) -> TwoByTwo:
    """Return the counts of two values, of which `has` means that the code was used."""
    other = next(iter({value for key in values for value in key} - {has}))
    return TwoByTwo(*(values.get(key, 0) for key in ((has, has), (has, other), (other, has), (other, other))))


def test_cohens_kappa_of_three_values_is_the_published_one() -> None:
    published = PUBLISHED["cohen1960_ex2"]["published"]
    assert cohen_kappa(table("cohen1960_ex2")) == pytest.approx(published["kappa"], abs=5e-4)
    assert highest_kappa(table("cohen1960_ex2")) == pytest.approx(published["kappa_max"], abs=5e-4)


def test_kappa_pi_and_s_of_two_values_are_the_published_ones() -> None:
    found, published = pair(table("artstein_poesio2008_ex1"), "S"), PUBLISHED["artstein_poesio2008_ex1"]["published"]
    assert found.observed == pytest.approx(published["Po"])
    assert found.kappa == pytest.approx(published["kappa"], abs=5e-4)
    assert found.pi == pytest.approx(published["pi"], abs=5e-4)
    assert found.brennan_prediger == pytest.approx(published["S"], abs=5e-4)
    assert pair(table("twobytwo"), "y").kappa == 0.4


def test_a_rare_code_has_a_low_kappa_and_a_high_ac1() -> None:
    found, expected = pair(table("rare_code"), "1"), PUBLISHED["rare_code"]["recomputed"]
    assert (found.observed, found.kappa, found.alpha, found.ac1) == tuple(
        pytest.approx(expected[name]) for name in ("percent", "kappa", "alpha", "AC1")
    )


def test_fleiss_kappa_of_all_values_and_of_each_value_are_the_exact_ones() -> None:
    items = Counter(tuple(map(int, item)) for item in PUBLISHED["fleiss1971"]["items"])
    exact = PUBLISHED["fleiss1971_exact"]
    assert fleiss_kappa(items) == pytest.approx(exact["exact"]["kappa"], abs=exact["tolerance"])
    by_value = {str(value): kappa for value, kappa in fleiss_kappa_by_value(items).items()}
    assert by_value == pytest.approx(exact["exact"]["by_category"], abs=exact["tolerance"])


@pytest.mark.parametrize(
    ("published", "distance"),
    [
        *(("kripp1980_p133", "nominal"), ("kripp2011_B", "nominal"), ("wikipedia_kripp", "nominal"), ("wikipedia_kripp", "interval")),
        *(("kripp1980_p139", distance) for distance in ("nominal", "interval", "ratio")),
        *(("kripp2011_C", distance) for distance in ("nominal", "ordinal", "interval", "ratio")),
        ("hayes_kripp2007", "ordinal"),
    ],
)  # fmt: skip
def test_alpha_is_the_published_one(published: str, distance: Any) -> None:
    values = PUBLISHED[published]["published"]
    assert alpha(units(published), distance) == pytest.approx(values.get(distance, values.get("alpha")), abs=6e-4)


@pytest.mark.parametrize("distance", ["nominal", "interval", "ordinal"])
def test_alpha_of_forty_units_of_five_observers_is_the_recomputed_one(distance: Any) -> None:
    expected = PUBLISHED["hayes_kripp2007_more"]["expected"][distance]
    assert alpha(units("hayes_kripp2007"), distance) == pytest.approx(expected, abs=1e-6)


def test_the_units_of_two_coders_on_one_continuum_give_the_published_coefficients() -> None:
    counts, published = units("kripp1995_rowA_digitised"), PUBLISHED["kripp1995_rowA_digitised"]["published"]
    found = TwoByTwo(*(counts[key] for key in ((1, 1), (1, 0), (0, 1), (0, 0))))
    assert (found.kappa, found.pi, found.alpha) == tuple(
        pytest.approx(published[name], abs=5e-4) for name in ("kappa", "pi", "alpha")
    )


def test_units_without_variation_have_no_coefficient() -> None:
    values = units("degenerate")
    assert (alpha(values), fleiss_kappa(values), cohen_kappa(values)) == (None, None, None)


def test_the_coefficients_of_ten_sentences_are_the_expected_ones() -> None:
    found, expected = TwoByTwo(1, 1, 3, 5), PUBLISHED["ten_sentences"]["expected"]
    names = {
        "percent": found.observed, "expected_by_chance": found.expected, "kappa": found.kappa, "alpha": found.alpha,
        "positive_agreement": found.positive, "negative_agreement": found.negative, "jaccard": found.jaccard,
        "brennan_prediger": found.brennan_prediger, "AC1": found.ac1,
    }  # fmt: skip
    assert names == {name: pytest.approx(expected[name]) for name in names}


def test_a_pooled_kappa_is_not_the_mean_of_the_kappas() -> None:
    assert chance_corrected(0.77, (0.56 + 0.905) / 2) == pytest.approx(PUBLISHED["pooled_kappa"]["expected"])
    tables = [TwoByTwo(1, 1, 3, 5), TwoByTwo(2, 3, 3, 92)]
    observed, expected = [sum(values) / 2 for values in ((0.6, 0.94), (0.56, 0.905))]
    assert pooled_kappa(tables) == pytest.approx((observed - expected) / (1 - expected))


def test_codes_without_variation_or_units_do_not_change_a_pooled_kappa() -> None:
    tables = [TwoByTwo(1, 1, 3, 5), TwoByTwo(2, 3, 3, 92)]
    assert pooled_kappa([*tables, TwoByTwo(0, 0, 0, 9), TwoByTwo(0, 0, 0, 0)]) == pytest.approx(pooled_kappa(tables))
    assert pooled_kappa([TwoByTwo(0, 0, 0, 0)]) is None


def test_an_empty_table_has_no_coefficient() -> None:
    empty = TwoByTwo(0, 0, 0, 0)
    assert {empty.observed, empty.kappa, empty.alpha, empty.pi, empty.ac1, empty.positive, empty.jaccard} == {None}
    assert (alpha({}), fleiss_kappa({}), fleiss_kappa_by_value({})) == (None, None, {})


def test_a_code_that_one_coder_used_has_a_kappa_of_exactly_zero() -> None:
    assert (TwoByTwo(0, 7, 0, 92).kappa, TwoByTwo(0, 0, 3, 8).kappa) == (0.0, 0.0)


def test_a_unit_with_one_value_does_not_count_for_alpha() -> None:
    assert alpha({(1, None): 7, (1, 0): 2, (1, 1): 3, (None, None): 4}) == alpha({(1, 0): 2, (1, 1): 3})


counts = st.integers(0, 6)


@given(counts, counts, counts, counts)
@example(0, 0, 0, 5)
@example(5, 0, 0, 0)
@example(3, 0, 0, 4)
@example(0, 2, 0, 4)
def test_the_coefficients_of_two_coders_equal_the_general_ones(
    both: int, first: int, second: int, neither: int
) -> None:
    found = TwoByTwo(both, first, second, neither)
    patterns = {(1, 1): both, (1, 0): first, (0, 1): second, (0, 0): neither}
    assert (
        found.kappa == pytest.approx(cohen_kappa(patterns))
        if found.kappa is not None
        else cohen_kappa(patterns) is None
    )
    assert found.alpha == (None if (general := alpha(patterns)) is None else pytest.approx(general))
    for value in (found.kappa, found.alpha, found.pi):
        assert value is None or -1 <= value <= 1


values = st.tuples(*[st.sampled_from([None, 0, 1, 2])] * 3)


@given(st.lists(values, max_size=8))
@example([(1, 1, None), (0, 1, 1)])
@example([(None, None, None)])
def test_nominal_alpha_equals_the_definition(given_units: list[tuple[int | None, ...]]) -> None:
    """Alpha is 1 − Do/De, both as means over pairs of values (Krippendorff 2011)."""
    rated = [[v for v in unit if v is not None] for unit in given_units]
    rated = [unit for unit in rated if len(unit) > 1]
    everything = [value for unit in rated for value in unit]
    expected = sum(one != other for one, other in combinations(everything, 2))
    found = alpha(Counter(given_units))
    if not expected:
        assert found is None
        return
    observed = sum(
        Fraction(sum(one != other for one, other in combinations(unit, 2)) * 2, len(unit) - 1) for unit in rated
    ) / len(everything)
    by_chance = Fraction(2 * expected, len(everything) * (len(everything) - 1))
    assert found == pytest.approx(float(1 - observed / by_chance))
