"""Intervals of agreement: percentiles of a coefficient over random draws with replacement (the bootstrap).

Sentences of one interview are not independent, so whole sources are drawn. With fewer than ten sources, units are drawn instead.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import log, log1p
from operator import add, itemgetter, mul
from random import Random
from typing import TYPE_CHECKING

from sibtui.model.agreement.counts import comparable, summed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.agreement.counts import CodeCounts, Pattern, PatternCounts, UncodedSources

LEAST_SOURCES = 10
"""The least number of sources to draw sources from."""
_FIELD = 64
"""Bits of one count among packed counts."""
_FEW = 20
"""The most expected successes that are counted one by one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of a coefficient over random draws. `unvaried` counts draws without variation, which are left out."""

    low: float | None
    high: float | None
    unvaried: int = 0


def interval(values: Sequence[float | None]) -> Interval:
    """Return the interval of these values. None is a draw in which the coefficient is undefined."""
    known = sorted(value for value in values if value is not None)
    if not known:
        return Interval(None, None, len(values))
    last = len(known) - 1
    return Interval(_at(known, 0.025 * last), _at(known, 0.975 * last), len(values) - len(known))


def _at(ordered: Sequence[float], position: float) -> float:
    """Return the value at a position between 0 and the last index; values between two indexes are interpolated."""
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


class SourceDraws:
    """Random draws of sources. All codes of a report share them, so that a sum over codes can be drawn too."""

    def __init__(self, sources: int, draws: int, seed: int) -> None:
        random = Random(seed)  # noqa: S311 - the draws are no secret
        self.number, self.seed = draws, seed
        self._weights = [_times_drawn(sources, random) for _ in range(draws)]
        self._places: dict[Pattern, int] = {}
        self._uncoded: dict[UncodedSources, tuple[list[int], list[int]]] = {}

    def totals(self, codes: Sequence[CodeCounts]) -> list[PatternCounts]:
        """Return the counts over all codes for each draw. A code costs only as much as the sources with its codings."""
        drawn = [0] * len(self._weights)
        for code in codes:
            drawn = list(map(add, drawn, self._code_totals(code)))
        return list(map(self._unpacked, drawn))

    def _code_totals(self, code: CodeCounts) -> list[int]:
        if code.uncoded not in self._uncoded:
            packed = list(map(self._packed, code.uncoded.sources))
            self._uncoded[code.uncoded] = packed, [sum(map(mul, packed, weights)) for weights in self._weights]
        packed, totals = self._uncoded[code.uncoded]
        differences = [self._packed(counts) - packed[at] for at, counts in code.coded.items()]
        pick = itemgetter(*code.coded, 0, 0)  # two more, so that the result is a tuple; `map` ends with the differences
        return [
            total + sum(map(mul, differences, pick(weights)))
            for total, weights in zip(totals, self._weights, strict=True)
        ]

    def _packed(self, counts: PatternCounts) -> int:
        """Return the counts as one number, so that one multiplication multiplies all of them."""
        return sum(
            count << (_FIELD * self._places.setdefault(pattern, len(self._places))) for pattern, count in counts.items()
        )

    def _unpacked(self, total: int) -> PatternCounts:
        mask = (1 << _FIELD) - 1
        return {
            pattern: count for pattern, place in self._places.items() if (count := total >> (_FIELD * place) & mask)
        }


def _times_drawn(sources: int, random: Random) -> list[int]:
    """Return how often each source is drawn when as many are drawn as there are."""
    drawn = Counter(random.choices(range(sources), k=sources))
    return [drawn[at] for at in range(sources)]


@dataclass(frozen=True, slots=True)
class UnitDraws:
    """Random draws of units, for studies with few sources."""

    number: int
    seed: int

    def totals(self, codes: Sequence[CodeCounts]) -> list[PatternCounts]:
        """Return the counts over all codes for each draw. As many units are drawn as there are."""
        counts = comparable(summed(code.total for code in codes))
        random = Random(self.seed)  # noqa: S311 - the draws are no secret
        patterns = sorted(counts, key=lambda pattern: (counts[pattern], repr(pattern)))
        return [_units_drawn(random, counts, patterns) for _ in range(self.number)]


def _units_drawn(random: Random, counts: PatternCounts, patterns: Sequence[Pattern]) -> PatternCounts:
    left = remaining = sum(counts.values())
    drawn = {}
    for pattern in patterns:
        drawn[pattern] = binomial(random, left, counts[pattern] / remaining)
        left -= drawn[pattern]
        remaining -= counts[pattern]
    return drawn


def binomial(random: Random, trials: int, probability: float) -> int:
    """Return a random number of successes. `random.binomialvariate` does not exist before Python 3.12.

    Few successes are counted by the geometric distances between them. Many are found by halving: the median of the trials' uniform numbers
    has a beta distribution, and all trials below it succeed when it is below the probability (Devroye 1986, pp. 525 and 536).
    """
    successes = 0
    while trials > 0 and 0 < probability < 1:
        if trials * probability <= _FEW:
            return successes + _by_distances(random, trials, probability)
        middle = (trials + 1) // 2
        median = random.betavariate(middle, trials + 1 - middle)
        if median <= probability:
            successes += middle
            trials -= middle
            probability = (probability - median) / (1 - median)
        else:
            trials = middle - 1
            probability /= median
    return successes + (trials if probability >= 1 else 0)


def _by_distances(random: Random, trials: int, probability: float) -> int:
    failing = log1p(-probability)
    successes, position = 0, 0
    while True:
        position += 1 + int(log(1 - random.random()) / failing)
        if position > trials:
            return successes
        successes += 1
