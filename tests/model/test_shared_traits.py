"""A combination of traits is rare when too few people share it."""

from __future__ import annotations

from sibtui.model.shared_traits import Described, RareCombination, rare_combinations


def test_people_of_several_sources_share_a_combination_in_any_letter_case() -> None:
    described = [
        Described("a", 1, ("SIB A", "Coach")),
        Described("b", 2, ("SIB A", "coach")),
        Described("c", 1, ("SIB B", "coach")),
        Described("d", 1, ("SIB B", "coach")),
        Described("e", 1, ("SIB B", "")),
        Described("f", 1, ("", "")),
    ]
    assert rare_combinations(described, 3) == [
        RareCombination(("SIB B", "coach"), 2, ("c", "d")),
        RareCombination(("SIB B",), 1, ("e",)),
    ]
    assert rare_combinations(described, 1) == []
