"""Counts of units for each code, by pattern. A unit is a part of a text, such as a sentence.

The pattern of a unit is a tuple with one value for each coder: 1 (coded), 0 (not coded) or None (not read).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from sibtui.model.agreement.coefficients import Rating

Pattern = tuple[Rating | None, ...]
"""The values of a unit for one code, one value per coder: 1 (coded), 0 (not coded) or None (not read)."""

PatternCounts = Mapping[Pattern, int]
"""A map: pattern → number of units with this pattern."""


def summed(counted: Iterable[PatternCounts]) -> dict[Pattern, int]:
    """Return the sum of several counts, as a map: pattern → total number of units with this pattern."""
    total: dict[Pattern, int] = {}
    # the same counts come often: many sources have one coded unit of a code
    for (pattern, count), times in Counter(chain.from_iterable(counts.items() for counts in counted)).items():
        total[pattern] = total.get(pattern, 0) + count * times
    return total


def comparable(counts: PatternCounts) -> dict[Pattern, int]:
    """Return the counts without the patterns in which fewer than two coders have a value."""
    return {pattern: count for pattern, count in counts.items() if len(pattern) - pattern.count(None) > 1}


@dataclass(frozen=True, eq=False)
class UncodedSources:
    """For each source, the counts of its units (such as sentences) if no unit has the code.

    These counts depend only on the coders who have read the source. So several codes can share one object.
    """

    sources: tuple[PatternCounts, ...]

    @cached_property
    def total(self) -> PatternCounts:
        return summed(self.sources)


@dataclass(frozen=True, eq=False)
class CodeCounts:
    """The counts of units for one code, by source.

    `coded` is a map: index of a source → counts of this source. It has only the sources with codings of the code.
    The counts of all other sources are in `uncoded`.
    """

    uncoded: UncodedSources
    coded: Mapping[int, PatternCounts]

    @cached_property
    def total(self) -> PatternCounts:
        total = dict(self.uncoded.total)
        for pattern, count in summed(self.uncoded.sources[at] for at in self.coded).items():
            total[pattern] -= count
        for pattern, count in summed(self.coded.values()).items():
            total[pattern] = total.get(pattern, 0) + count
        return {pattern: count for pattern, count in total.items() if count > 0}

    def of_source(self, at: int) -> CodeCounts:
        """Return the counts for one source only. `at` is the index of the source."""
        counts = self.coded.get(at)
        return CodeCounts(UncodedSources((self.uncoded.sources[at],)), {} if counts is None else {0: counts})


def projections(one: int, other: int) -> Callable[[CodeCounts], CodeCounts]:
    """Return a function that takes the counts for many coders and returns the counts for two of the coders.

    `one` and `other` are the indexes of the two coders.
    """
    known: dict[int, UncodedSources] = {}

    def of_pair(counts: PatternCounts) -> PatternCounts:
        found: Counter[Pattern] = Counter()
        for pattern, count in counts.items():
            found[pattern[one], pattern[other]] += count
        return found

    def project(code: CodeCounts) -> CodeCounts:
        if id(code.uncoded) not in known:
            known[id(code.uncoded)] = UncodedSources(tuple(map(of_pair, code.uncoded.sources)))
        return CodeCounts(known[id(code.uncoded)], {at: of_pair(counts) for at, counts in code.coded.items()})

    return project
