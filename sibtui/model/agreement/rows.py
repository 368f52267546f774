"""The agreement of two or more coders on one code, one source, or all codes together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from sibtui.model.agreement.coefficients import TwoByTwo, alpha, fleiss_kappa, pooled_kappa
from sibtui.model.agreement.counts import comparable, summed
from sibtui.model.agreement.intervals import Interval, SourceDraws, UnitDraws, interval
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.agreement.counts import CodeCounts, Pattern, PatternCounts

_UNRATED = "kappa: no unit was read by all coders, or these units do not vary"
_OF_TWO: dict[Pattern, None] = dict.fromkeys([(1, 1), (1, 0), (0, 1), (0, 0)])
"""The patterns of two coders who both have read the unit, in the order of the fields of `TwoByTwo`."""
PAIR = 2
"""The number of coders for Cohen's kappa. With more coders, Fleiss' kappa is used."""
ONE_CODER = "Agreement compares two coders or more, and only one was named. Name two rounds to compare a coder with himself or herself."
"""The message for a comparison with one coder and fewer than two rounds."""


@dataclass(frozen=True)
class Agreement:
    """The agreement of coders on one or more codes.

    `codes` has the counts of units (such as sentences) for each code. Only units that at least two coders have read
    are counted. `interval` is the confidence interval of Krippendorff's alpha; None if no interval was requested or
    if there are no units.
    """

    label: str
    codes: tuple[PatternCounts, ...]
    interval: Interval | None = None

    @cached_property
    def patterns(self) -> PatternCounts:
        """A map: pattern → number of units with this pattern, added up over all codes."""
        return summed(self.codes)

    @cached_property
    def units(self) -> int:
        """The number of units, added up over all codes."""
        return sum(self.patterns.values())

    @cached_property
    def table(self) -> TwoByTwo:
        """The counts of units for two coders. Use this only if there are exactly two coders."""
        return _table(self.patterns)

    @cached_property
    def coded(self) -> tuple[int, int, int]:
        """Three numbers of units, by how many of their readers have coded them: all, some, none.

        A reader is a coder who has read the unit.
        """
        counts = [0, 0, 0]
        for pattern, count in self.patterns.items():
            values = set(pattern) - {None}
            counts[1 if len(values) > 1 else 0 if 1 in values else 2] += count
        return counts[0], counts[1], counts[2]

    @cached_property
    def observed(self) -> float | None:
        """The observed agreement: the share of pairs with equal values.

        Any two coders who have read a unit give a pair of values.
        """
        pairs = equal = 0
        for pattern, count in self.patterns.items():
            for one, other in combinations([value for value in pattern if value is not None], 2):
                pairs += count
                equal += count * (one == other)
        return equal / pairs if pairs else None

    @property
    def percent(self) -> float | None:
        return None if self.observed is None else 100 * self.observed

    @cached_property
    def kappa(self) -> float | None:
        """Cohen's kappa for two coders; Fleiss' kappa for more coders.

        For several codes, Cohen's kappa is pooled. The result is None if no unit was read by all coders, or if the
        values do not vary.
        """
        if self.coders != PAIR:
            return fleiss_kappa(self.patterns)
        return self.table.kappa if len(self.codes) == 1 else pooled_kappa(list(map(_table, self.codes)))

    @cached_property
    def alpha(self) -> float | None:
        """Krippendorff's alpha for nominal values. A coder who has not read a unit gives it no value."""
        return _alpha(self.patterns)

    @property
    def coders(self) -> int:
        """The number of coders; 0 if there are no units."""
        return len(next(iter(self.patterns), ()))

    @property
    def why(self) -> str:
        """The reason why the coefficients cannot be computed.

        If they can be computed, this is a remark on their confidence interval, such as `2 draws without variation
        left out`. If there is no such remark, the text is empty.
        """
        by_all, by_some, by_none = self.coded
        if not self.units:
            return "no two coders have read the same source for it"
        if not by_some and not by_none:
            return "no variation: every unit has the code"
        if not by_some and not by_all:
            return "no variation: no unit has the code"
        if self.kappa is None:
            return "kappa: no code varies on its own" if self.coders == PAIR else _UNRATED
        if self.interval is not None and self.interval.unvaried:
            return f"{plural(self.interval.unvaried, 'draw')} without variation left out"
        return ""


def agreement(label: str, codes: Sequence[CodeCounts], draws: SourceDraws | UnitDraws | None = None) -> Agreement:
    """Return the agreement on several codes together.

    If `draws` (random samples of the data) are given, the result has a confidence interval.
    """
    totals = tuple(comparable(code.total) for code in codes)
    if draws is None or not any(totals):
        return Agreement(label, totals)
    return Agreement(label, totals, interval([_alpha(comparable(counts)) for counts in draws.totals(codes)]))


def _alpha(patterns: PatternCounts) -> float | None:
    """Return Krippendorff's alpha. For two coders, the shorter formula of `TwoByTwo` gives the same result."""
    return _table(patterns).alpha if patterns.keys() <= _OF_TWO.keys() else alpha(patterns)


def _table(patterns: PatternCounts) -> TwoByTwo:
    return TwoByTwo(*(patterns.get(pattern, 0) for pattern in _OF_TWO))
