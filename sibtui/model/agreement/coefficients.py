"""Coefficients of agreement between coders.

Every function takes counts of units, which are parts of a text, such as sentences. A function returns None if its
formula would divide by zero, for example because all values are equal.

The library krippendorff 0.9.0 gives the same alphas. It is not used, because it needs numpy, which would slow down
each start of the program.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import permutations
from typing import TYPE_CHECKING, Literal

from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Distance = Literal["nominal", "ordinal", "interval", "ratio"]
"""The way in which alpha measures the difference between two values: by equality, by rank, by subtraction, or by proportion."""

Rating = int | str
Units = Mapping[tuple[Rating | None, ...], int]
"""A map: values that the coders gave to a unit → number of units with these values.

The key has one value for each coder; None is a missing value.
"""


@dataclass(frozen=True, slots=True)
class TwoByTwo:
    """How many units (such as sentences) two coders have coded.

    The four numbers are for the units coded by both coders, only by the first, only by the second, and by neither.
    """

    both: int
    first: int
    second: int
    neither: int

    @property
    def units(self) -> int:
        return self.both + self.first + self.second + self.neither

    @property
    def observed(self) -> float | None:
        """The share of the units on which the two coders agree."""
        return _ratio(self.both + self.neither, self.units)

    @property
    def expected(self) -> float | None:
        """The share of the units on which the coders would agree by chance, as Cohen's kappa computes it."""
        first, second = self.both + self.first, self.both + self.second
        return _ratio(first * second + (self.units - first) * (self.units - second), self.units**2)

    @property
    def kappa(self) -> float | None:
        """Cohen's kappa (1960)."""
        return cohen_kappa(self._table)

    @property
    def alpha(self) -> float | None:
        """Krippendorff's alpha for nominal values. Both coders must have read every unit."""
        disagreements, coded, values = (
            self.first + self.second,
            2 * self.both + self.first + self.second,
            2 * self.units,
        )
        pairs = coded * (values - coded)
        return 1 - (values - 1) * disagreements / pairs if pairs else None

    @property
    def pi(self) -> float | None:
        """Scott's pi (1955)."""
        return chance_corrected(self.observed, self._by_share(lambda share: share**2 + (1 - share) ** 2))

    @property
    def ac1(self) -> float | None:
        """Gwet's AC1 (2008)."""
        return chance_corrected(self.observed, self._by_share(lambda share: 2 * share * (1 - share)))

    @property
    def brennan_prediger(self) -> float | None:
        """The coefficient of Brennan and Prediger (1981). The expected agreement by chance is always 0.5."""
        return chance_corrected(self.observed, 0.5)

    @property
    def positive(self) -> float | None:
        """The agreement on units with the code: 2·both / (2·both + first only + second only)."""
        return _ratio(2 * self.both, 2 * self.both + self.first + self.second)

    @property
    def negative(self) -> float | None:
        """The agreement on units without the code: 2·neither / (2·neither + first only + second only)."""
        return _ratio(2 * self.neither, 2 * self.neither + self.first + self.second)

    @property
    def jaccard(self) -> float | None:
        """The Jaccard index: the number of units coded by both coders, divided by the number coded by at least one."""
        return _ratio(self.both, self.both + self.first + self.second)

    @property
    def highest_kappa(self) -> float | None:
        """The highest kappa that is possible without changing how many units each coder codes.

        Kappa is highest when as many units as possible are coded by both coders.
        """
        return highest_kappa(self._table)

    @property
    def _table(self) -> dict[tuple[Rating, Rating], int]:
        return {(1, 1): self.both, (1, 0): self.first, (0, 1): self.second, (0, 0): self.neither}

    def _by_share(self, expected: Callable[[float], float]) -> float | None:
        share = _ratio(2 * self.both + self.first + self.second, 2 * self.units)
        return None if share is None else expected(share)


def chance_corrected(observed: float | None, expected: float | None) -> float | None:
    """Return the agreement corrected for chance: (observed − expected) / (1 − expected)."""
    if observed is None or expected is None or expected >= 1:
        return None
    return (observed - expected) / (1 - expected)


def pooled_kappa(tables: Sequence[TwoByTwo]) -> float | None:
    """Return one kappa for several codes (De Vries et al. 2008). `tables` has one table for each code.

    The kappa is computed from the mean observed agreement and the mean expected agreement of the codes.
    """
    pairs = [(t.observed, t.expected) for t in tables]
    known = [(observed, expected) for observed, expected in pairs if observed is not None and expected is not None]
    if not known:
        return None
    return chance_corrected(sum(o for o, _ in known) / len(known), sum(e for _, e in known) / len(known))


def cohen_kappa(table: Mapping[tuple[Rating, Rating], int]) -> float | None:
    """Return Cohen's kappa (1960) of two coders for any number of values.

    `table` is a map: (value of the first coder, value of the second coder) → number of units with these values.
    """
    return _kappa(table, sum(count for (one, other), count in table.items() if one == other))


def highest_kappa(table: Mapping[tuple[Rating, Rating], int]) -> float | None:
    """Return the highest possible kappa (Cohen 1960) of two coders who give each value as often as in `table`.

    `table` is a map: (value of the first coder, value of the second coder) → number of units with these values.
    """
    first, second = _margins(table)
    return _kappa(table, sum(min(first[value], second[value]) for value in first))


def _kappa(table: Mapping[tuple[Rating, Rating], int], agreed: int) -> float | None:
    # whole numbers, because rounding would make −0.0000000000000001 of a kappa of 0
    first, second = _margins(table)
    units, chance = sum(table.values()), sum(first[value] * second[value] for value in first)
    return _ratio(agreed * units - chance, units**2 - chance)


def _margins(table: Mapping[tuple[Rating, Rating], int]) -> tuple[Counter[Rating], Counter[Rating]]:
    first: Counter[Rating] = Counter()
    second: Counter[Rating] = Counter()
    for (one, other), count in table.items():
        first[one] += count
        second[other] += count
    return first, second


def fleiss_kappa(units: Units) -> float | None:
    """Return Fleiss' kappa (1971) of three or more coders. Units to which a coder gave no value are left out."""
    rated = _rated(units)
    number, coders = sum(count for _, count in rated), len(rated[0][0]) if rated else 0
    shares = _shares(rated)
    agreed = sum(count * sum(n * (n - 1) for n in Counter(values).values()) for values, count in rated)
    return chance_corrected(
        _ratio(agreed, number * coders * (coders - 1)), sum(share**2 for share in shares.values()) if rated else None
    )


def fleiss_kappa_by_value(units: Units) -> dict[Rating, float | None]:
    """Return a map: value → its Fleiss' kappa (1971). For this kappa, all other values count as one value.

    Units to which a coder gave no value are left out.
    """
    rated = _rated(units)
    ratings = sum(len(values) * count for values, count in rated)
    found: dict[Rating, float | None] = {}
    for value, share in _shares(rated).items():
        coders = len(rated[0][0])
        pairs = sum(count * (n := values.count(value)) * (n - 1) for values, count in rated)
        found[value] = chance_corrected(pairs / (ratings * (coders - 1) * share), share)
    return found


def _rated(units: Units) -> list[tuple[tuple[Rating, ...], int]]:
    """Return (values, number of units) for all units to which every coder has given a value."""
    return [
        (tuple(value for value in values if value is not None), count)
        for values, count in units.items()
        if None not in values and count
    ]


def _shares(rated: Sequence[tuple[tuple[Rating, ...], int]]) -> dict[Rating, float]:
    """Return a map: value → its share of all values that coders have given, sorted by value."""
    counts: Counter[Rating] = Counter()
    for values, count in rated:
        for value in values:
            counts[value] += count
    return {
        value: counts[value] / counts.total() for value in sorted(counts, key=lambda value: (str(type(value)), value))
    }


def alpha(units: Units, distance: Distance = "nominal") -> float | None:
    """Return Krippendorff's alpha (2011).

    A unit to which fewer than two coders gave a value is left out. Text values need the distance "nominal".
    """
    coincidences = _coincidences(units)
    counts: dict[Rating, float] = {}
    for (one, _), weight in coincidences.items():
        counts[one] = counts.get(one, 0) + weight
    total = sum(counts.values())
    if distance == "nominal":
        # the sum over pairs of different values, without visiting each pair
        observed = sum(weight for (one, other), weight in coincidences.items() if one != other)
        expected = total**2 - sum(count**2 for count in counts.values())
    else:
        square = _squares(counts, distance)
        observed = sum(weight * square(one, other) for (one, other), weight in coincidences.items())
        expected = sum(counts[one] * counts[other] * square(one, other) for one, other in permutations(counts, 2))
    return 1 - (total - 1) * observed / expected if expected > 0 else None


def _coincidences(units: Units) -> dict[tuple[Rating, Rating], float]:
    """Return a map: pair of values that two coders gave to the same unit → weight of the pair.

    If n coders gave a value to a unit, each pair of their values gets the weight 1 / (n − 1) from this unit. Each
    pair counts in both orders, so the weights from one unit have the sum n.
    """
    found: dict[tuple[Rating, Rating], float] = {}
    for values, count in units.items():
        given = [value for value in values if value is not None]
        for pair in permutations(given, 2):
            found[pair] = found.get(pair, 0) + count / (len(given) - 1)
    return found


def _squares(counts: Mapping[Rating, float], distance: Distance) -> Callable[[Rating, Rating], float]:
    """Return a function that takes two values and returns the square of their difference.

    `counts` is a map: value → how often it was given. Only the distance "ordinal" uses it.
    """
    if distance == "ordinal":
        ranks: dict[Rating, float] = {}
        below = 0.0
        for value in sorted(counts, key=_number):
            ranks[value] = below + counts[value] / 2
            below += counts[value]
        return lambda one, other: (ranks[one] - ranks[other]) ** 2
    if distance == "interval":
        return lambda one, other: (_number(one) - _number(other)) ** 2
    return lambda one, other: (
        0.0 if one == other else ((_number(one) - _number(other)) / (_number(one) + _number(other))) ** 2
    )


def _number(value: Rating) -> float:
    return float(value)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None
