"""Saturation: how many new codes each further interview brings (Guest, Namey and Chen 2020)."""

from __future__ import annotations

from fractions import Fraction
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BASES, RUNS, THRESHOLDS = (4, 5, 6), (2, 3), (5.0, 0.0)
"""The base sizes, run lengths and thresholds (percent) that the authors of the method compare: together twelve choices."""

NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class SaturationRun:
    """Several interviews in succession, from number `first` to number `last`, counted from 1.

    `new` is how many codes are first used in them. `ratio` is `new` divided by the number of codes in the base (the
    first interviews of the list).
    """

    first: int
    last: int
    new: int
    ratio: float


@dataclass(frozen=True, slots=True)
class SaturationCurve:
    """The number of new codes in each interview of a list, in order.

    `base` is the number of interviews in the base, at the start of the list. `run` is the number of interviews in
    each run after the base: with a base of 4 and a `run` of 2, the runs are the interviews 5-6, 6-7, 7-8 and so on.
    The ratio of a run is the number of its new codes, divided by the number of codes in the base. The study is
    saturated when the ratio is low. `item` is the noun for one of the interviews: "source" if some of them are
    reports or documents.
    """

    new: tuple[int, ...]
    base: int = 4
    run: int = 2
    item: str = "interview"

    @property
    def base_codes(self) -> int:
        return sum(self.new[: self.base])

    @property
    def why(self) -> str:
        """The reason why no ratio can be computed, such as too few interviews; empty if ratios can be computed."""
        if len(self.new) < self.base + self.run:
            return f"{plural(len(self.new), self.item)}, {self.base + self.run} are needed for a base of {self.base} and a run of {self.run}"
        return "" if self.base_codes else "no code in the base"

    def runs(self) -> Iterator[SaturationRun]:
        """Yield the runs (groups of successive interviews), in order. There are none if no ratio can be computed."""
        if self.why:
            return
        for start in range(self.base, len(self.new) - self.run + 1):
            found = sum(self.new[start : start + self.run])
            yield SaturationRun(start + 1, start + self.run, found, found / self.base_codes)

    def reached(self, threshold: float) -> SaturationRun | None:
        """Return the first run whose ratio is at most `threshold` percent; None if there is no such run."""
        most = self.most_new(threshold)
        return next((each for each in self.runs() if each.new <= most), None)

    def most_new(self, threshold: float) -> int:
        """Return the largest number of new codes that a run at the point of saturation can have.

        Whole numbers are compared, because 7 / 50 * 100 is more than 14 in floating-point numbers.

        >>> SaturationCurve((50, 7), base=1, run=1).most_new(14)
        7
        """
        return int(Fraction(str(threshold)) * self.base_codes / 100)

    def point(self, threshold: float) -> str:
        """Return the point of saturation: the first run of interviews whose ratio is at most `threshold` percent.

        `5+2` means: after interview 5, a run of 2 interviews. The form is that of Guest, Namey and Chen (2020).

        >>> SaturationCurve((9, 6, 3, 2, 1, 1, 0, 0, 1, 0, 0, 0)).point(5)
        '5+2'
        """
        if self.why:
            return f"not computable: {self.why}"
        found = self.reached(threshold)
        return NOT_REACHED if found is None else f"{found.first - 1}+{self.run}"

    def rises_again(self, threshold: float) -> bool:
        """Return whether a later run has a higher ratio than the run at the point of saturation (see `point`)."""
        found = self.reached(threshold)
        return found is not None and any(each.first > found.first and each.ratio > found.ratio for each in self.runs())


def new_codes(interviews: Iterable[frozenset[int]]) -> tuple[int, ...]:
    """Return, for each interview, the number of codes that no earlier interview has.

    >>> new_codes([frozenset({1, 2}), frozenset({2, 3}), frozenset()])
    (2, 1, 0)
    """
    known = set[int]()
    found = []
    for codes in interviews:
        found.append(len(codes - known))
        known |= codes
    return tuple(found)


def random_points(
    interviews: Sequence[frozenset[int]], base: int, run: int, threshold: float, *, shuffles: int, seed: int
) -> list[int | None]:
    """Return the point of saturation for each of `shuffles` random orders of the interviews.

    The point is the number of interviews before the first run whose ratio is at most `threshold` percent (see
    `SaturationCurve`). It is None for an order without such a run.
    """
    drawn = Random(seed)  # noqa: S311 - not a secret
    order = list(interviews)
    found: list[int | None] = []
    for _ in range(shuffles):
        drawn.shuffle(order)
        reached = SaturationCurve(new_codes(order), base, run).reached(threshold)
        found.append(None if reached is None else reached.first - 1)
    return found


def so_far(new: Sequence[int]) -> list[int]:
    """Return, for each interview, the number of codes in all interviews up to this one.

    `new` has the number of new codes of each interview.
    """
    return list(accumulate(new))
