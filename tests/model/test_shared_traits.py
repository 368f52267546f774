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
    assert rare_combinations(described, 3) == [
        RareCombination(("SIB B", "coach"), 2, ("c", "d")),
        RareCombination(("SIB B",), 1, ("e",)),
    ]
    assert rare_combinations(described, 1) == []
