"""Rare combinations of traits, such as a role, a case and a date. They can identify a person without a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sibtui.model.folding import name_key
from sibtui.model.frozen import dataclass

_Key = tuple[str, ...]
"""The traits of a source in the form that is compared, with an empty text for each missing trait."""


@dataclass(frozen=True, slots=True)
class Described:
    """A source with its people and its traits, such as a role.

    `people` are names, or other texts that distinguish persons. All sources have their `traits` in the same order,
    with an empty text for a missing trait.
    """

    source: str
    people: tuple[str, ...]
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RareCombination:
    """A combination of traits that few people share, with the number of these people and the names of their sources."""

    traits: tuple[str, ...]
    people: int
    sources: tuple[str, ...]


def rare_combinations(described: Iterable[Described], at_least: int) -> Sequence[RareCombination]:
    """Return the combinations of traits that fewer than `at_least` people share, ordered by their first source.

    The combination of a source consists of its traits, without empty ones. People who have all these traits share the
    combination, even if they have further traits. A source without traits is left out. Letter case is ignored. A person
    in several sources counts once.
    """
    keyed = [(tuple(map(name_key, each.traits)), each) for each in described if any(each.traits)]
    groups: dict[_Key, list[Described]] = {key: [] for key, _ in keyed}
    for present in {tuple(map(bool, key)) for key in groups}:
        for key, each in keyed:
            shared = tuple(trait if is_present else "" for trait, is_present in zip(key, present, strict=True))
            if shared in groups and tuple(map(bool, shared)) == present:
                groups[shared].append(each)
    counted = (
        RareCombination(
            tuple(trait for trait, is_present in zip(group[0].traits, key, strict=True) if is_present),
            len({name_key(person) for each in group for person in each.people}),
            tuple(dict.fromkeys(each.source for each in group)),
        )
        for key, group in groups.items()
    )
    return [each for each in counted if each.people < at_least]
