"""Combinations of traits that few people share, such as a role, a case and a date: they can identify a person without a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sibtui.model.folding import name_key


@dataclass(frozen=True, slots=True)
class Described:
    """A source with its people, and the traits that describe them, in a fixed order; a missing trait is empty.

    `people` are names, or other texts that differ from person to person.
    """

    source: str
    people: tuple[str, ...]
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RareCombination:
    """Traits that few people share, with the number of these people, and their sources."""

    traits: tuple[str, ...]
    people: int
    sources: tuple[str, ...]


def rare_combinations(described: Iterable[Described], at_least: int) -> Sequence[RareCombination]:
    """Return the combinations that fewer than `at_least` people share, in the order of their first sources.

    Traits and people are compared without letter case; a person in two sources counts once. A combination without any trait describes nobody.
    """
    groups: dict[tuple[str, ...], list[Described]] = {}
    for each in described:
        if any(each.traits):
            groups.setdefault(tuple(map(name_key, each.traits)), []).append(each)
    counted = (
        RareCombination(
            tuple(trait for trait in group[0].traits if trait),
            len({name_key(person) for each in group for person in each.people}),
            tuple(dict.fromkeys(each.source for each in group)),
        )
        for group in groups.values()
    )
    return [each for each in counted if each.people < at_least]
