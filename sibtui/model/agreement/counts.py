"""The units of the sources, counted for each code by the values that the coders gave to the unit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sibtui.model.agreement.coefficients import Rating

Pattern = tuple[Rating | None, ...]
"""The values that the coders gave to a unit for a code, one value per coder: 1 coded, 0 not coded, None not read."""

PatternCounts = Mapping[Pattern, int]
"""The number of units by pattern."""


def summed(counted: Iterable[PatternCounts]) -> dict[Pattern, int]:
    """Return the sums of the numbers of units."""
    total: Counter[Pattern] = Counter()
    for counts in counted:
        total.update(counts)
    return dict(total)


def comparable(counts: PatternCounts) -> dict[Pattern, int]:
    """Return the patterns with two values or more, with their counts."""
    return {pattern: count for pattern, count in counts.items() if len(pattern) - pattern.count(None) > 1}


@dataclass(frozen=True, eq=False)
class UncodedSources:
    """The counts of each source for a code that nobody used in the source.

    Codes share one object if the same coders have read each source for these codes.
    """

    sources: tuple[PatternCounts, ...]

    @cached_property
    def total(self) -> PatternCounts:
        """The counts of all sources."""
        return summed(self.sources)


@dataclass(frozen=True, eq=False)
class CodeCounts:
    """The counts of each source for one code. `coded` has the counts of the sources with codings, by their index.

    The others are in `uncoded`, which has the counts of every source for a code that nobody used. So memory and time grow with the codings,
    not with codes times sources.
    """

    uncoded: UncodedSources
    coded: Mapping[int, PatternCounts]

    @cached_property
    def total(self) -> PatternCounts:
        """The counts of all sources."""
        total = Counter(self.uncoded.total)
        for at, counts in self.coded.items():
            total.subtract(self.uncoded.sources[at])
            total.update(counts)
        return +total

    def of_source(self, at: int) -> CodeCounts:
        """Return the counts of one source."""
        counts = self.coded.get(at)
        return CodeCounts(UncodedSources((self.uncoded.sources[at],)), {} if counts is None else {0: counts})


def projections(one: int, other: int) -> Callable[[CodeCounts], CodeCounts]:
    """Return a function that returns the counts of two coders, by their indexes. It projects shared counts once."""
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
