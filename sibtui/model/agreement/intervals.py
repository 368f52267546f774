"""Confidence intervals of coefficients of agreement, by the bootstrap.

Many random samples (draws) are taken from the data, with replacement, and a coefficient is computed for each of
them. The interval is the middle 95 % of the results.

A draw consists of whole sources, because sentences of one interview are not independent. If there are fewer than ten
sources, a draw consists of units (such as sentences).
"""

from __future__ import annotations

import sys
from array import array
from math import log, log1p
from random import Random
from typing import TYPE_CHECKING

from sibtui.model.agreement.counts import comparable, summed
from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.agreement.counts import CodeCounts, Pattern, PatternCounts, UncodedSources

LEAST_SOURCES = 10
"""The least number of sources for which whole sources are drawn. With fewer sources, units are drawn."""
_FIELD = 8
"""The number of bytes for one count, if the counts of many draws are packed into one integer."""
_FEW = 20
"""The largest expected number of successes at which successes are counted one by one."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The 95 % confidence interval of a coefficient.

    `unvaried` is the number of random samples that were left out, because the coefficient is undefined in them.
    """

    low: float | None
    high: float | None
    unvaried: int = 0


def interval(values: Sequence[float | None]) -> Interval:
    """Return the confidence interval of a coefficient.

    `values` has the coefficient for each random sample of the data; None for a sample in which it is undefined.
    """
    known = sorted(value for value in values if value is not None)
    if not known:
        return Interval(None, None, len(values))
    last = len(known) - 1
    return Interval(_at(known, 0.025 * last), _at(known, 0.975 * last), len(values) - len(known))


def _at(ordered: Sequence[float], position: float) -> float:
    """Return the value at a position of a sorted list. A position between two indexes is interpolated."""
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (position - below) * (ordered[above] - ordered[below])


class SourceDraws:
    """Many random samples (draws) of the sources of a study, with replacement.

    All codes of a report use the same samples, so their counts can be added up. To be fast, the counts for all
    samples are packed into one large integer, with 64 bits per sample.
    """

    def __init__(self, sources: int, draws: int, seed: int) -> None:
        self.number, self.seed = draws, seed
        random = Random(seed)  # noqa: S311 - the draws are no secret
        times = [array("Q", bytes(_FIELD * draws)) for _ in range(sources)]
        for draw in range(draws):
            for source in random.choices(range(sources), k=sources):
                times[source][draw] += 1
        self._weights = [int.from_bytes(each.tobytes(), sys.byteorder) for each in times]
        self._uncoded: dict[UncodedSources, dict[Pattern, int]] = {}

    def totals(self, codes: Sequence[CodeCounts]) -> list[PatternCounts]:
        """Return, for each random sample of sources, the counts of units, added up over these codes."""
        packed: dict[Pattern, int] = {}
        for code in codes:
            self._add(packed, self._uncoded_total(code.uncoded).items())
            for at, counts in code.coded.items():
                weight, uncoded = self._weights[at], code.uncoded.sources[at]
                self._add(packed, ((pattern, -count * weight) for pattern, count in uncoded.items()))
                self._add(packed, ((pattern, count * weight) for pattern, count in counts.items()))
        drawn = {pattern: self._unpacked(total) for pattern, total in packed.items()}
        return [dict(zip(drawn, counts, strict=True)) for counts in zip(*drawn.values(), strict=True)]

    def _uncoded_total(self, uncoded: UncodedSources) -> dict[Pattern, int]:
        if uncoded not in self._uncoded:
            total: dict[Pattern, int] = {}
            for counts, weight in zip(uncoded.sources, self._weights, strict=True):
                self._add(total, ((pattern, count * weight) for pattern, count in counts.items()))
            self._uncoded[uncoded] = total
        return self._uncoded[uncoded]

    @staticmethod
    def _add(packed: dict[Pattern, int], terms: Iterable[tuple[Pattern, int]]) -> None:
        for pattern, term in terms:
            packed[pattern] = packed.get(pattern, 0) + term

    def _unpacked(self, total: int) -> Sequence[int]:
        return array("Q", total.to_bytes(_FIELD * self.number, sys.byteorder))


@dataclass(frozen=True, slots=True)
class UnitDraws:
    """Many random samples (draws) of units, for a study with few sources. `number` is the number of samples."""

    number: int
    seed: int

    def totals(self, codes: Sequence[CodeCounts]) -> list[PatternCounts]:
        """Return, for each random sample, the counts of units, added up over these codes.

        A sample is taken with replacement, and has as many units as the study.
        """
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
    """Return a random number of successes in `trials` trials, each with the given probability of success.

    Python has `random.binomialvariate` only since version 3.12. The method is from Devroye (1986, pp. 525 and 536).

    Imagine that each trial has a random number from 0 to 1, and succeeds if this number is below `probability`. Only
    the median of the numbers is drawn, from a beta distribution. If the median is below `probability`, all trials
    with lower numbers succeed; otherwise, all trials with higher numbers fail. The other half of the trials is
    treated in the same way, until few successes are expected.
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
