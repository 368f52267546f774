"""A combination of traits is rare when too few people share it."""

from __future__ import annotations

from sibtui.model.shared_traits import Described, RareCombination, rare_combinations


def test_people_share_a_combination_of_traits_in_any_letter_case() -> None:
    described = [
        Described("a", ("Ann",), ("SIB A", "Coach")),
        Described("b", ("b 1", "b 2"), ("SIB A", "coach")),
        Described("c", ("Ben",), ("SIB B", "coach")),
        Described("d", ("Cem", "ben"), ("SIB B", "coach")),
        Described("e", ("Dan",), ("SIB B", "")),
        Described("f", ("Eve",), ("", "")),
    ]
    assert rare_combinations(described, 3) == [RareCombination(("SIB B", "coach"), 2, ("c", "d"))]
    assert rare_combinations(described, 1) == []


def test_a_missing_trait_is_no_trait() -> None:
    described = [
        Described("a", ("Ann",), ("SIB A", "", "2020")),
        Described("b", ("Ben",), ("SIB A", "coach", "2020")),
        Described("c", ("Cem",), ("SIB A", "Coach", "2021")),
        Described("d", ("Dan",), ("SIB A", "coach", "2021")),
        Described("e", ("Eve",), ("SIB B", "", "")),
    ]
    assert rare_combinations(described, 3) == [
        RareCombination(("SIB A", "2020"), 2, ("a", "b")),
        RareCombination(("SIB A", "coach", "2020"), 1, ("b",)),
        RareCombination(("SIB A", "Coach", "2021"), 2, ("c", "d")),
        RareCombination(("SIB B",), 1, ("e",)),
    ]
    described.append(Described("f", ("Fay",), ("SIB A", "", "")))
    assert len(rare_combinations(described, 3)) == 4
    assert rare_combinations(described, 6)[-1] == RareCombination(("SIB A",), 5, ("a", "b", "c", "d", "f"))
