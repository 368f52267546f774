"""Krippendorff's alpha-U: agreement on the places of freely chosen segments (Krippendorff 2004, p. 254).

All texts are treated as one long text, one after the other. For one code, the segments that a coder has coded are
called units; the uncoded stretches between them are called gaps. No library on the package index computes this
coefficient.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate, permutations
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CharacterRange = tuple[int, int]
"""A range of characters, as (start, end). The character at the end does not belong to the range."""


@dataclass(frozen=True, slots=True)
class UnitizingDifference:
    """How much the coded segments of several coders differ: as observed, and as expected by chance."""

    observed: float
    expected: float


def alpha_u(differences: Iterable[UnitizingDifference]) -> float | None:
    """Return the coefficient alpha-U, from the differences of one or several codes; None if no coder has a segment."""
    listed = list(differences)
    expected = sum(each.expected for each in listed)
    return 1 - sum(each.observed for each in listed) / expected if expected else None


def merged_units(spans: Iterable[CharacterRange], *, touching: bool = False) -> list[CharacterRange]:
    """Return the spans in order, with overlapping spans joined into one. If `touching` is set, spans that touch are joined too."""
    units: list[CharacterRange] = []
    for start, end in sorted(spans):
        if units and (start < units[-1][1] or (touching and start == units[-1][1])):
            units[-1] = units[-1][0], max(units[-1][1], end)
        else:
            units.append((start, end))
    return units


def gaps_between(units: Iterable[CharacterRange], sources: Iterable[CharacterRange]) -> list[CharacterRange]:
    """Return the stretches of the sources that no unit (coded segment) covers, in order.

    A stretch is within one source. The units must be in order and must not overlap. Each unit must be in one source.
    """
    gaps: list[CharacterRange] = []
    waiting = iter(units)
    unit = next(waiting, None)
    for start, end in sources:
        position = start
        while unit is not None and unit[0] < end:
            if position < unit[0]:
                gaps.append((position, unit[0]))
            position = unit[1]
            unit = next(waiting, None)
        if position < end:
            gaps.append((position, end))
    return gaps


def difference(coders: Sequence[Sequence[CharacterRange]], sources: Sequence[CharacterRange]) -> UnitizingDifference:
    """Return the observed and the expected difference between the coded segments of several coders.

    `coders` has one list per coder: the places of the coder's segments, in order and without overlap. `sources` are the
    places of the sources in one long text. They follow each other without space, so the end of the last source is the
    length of this text.
    """
    length = sources[-1][1]
    gaps = [gaps_between(units, sources) for units in coders]
    number = len(coders)
    observed = sum(_distance(coders[one], coders[other], gaps[other]) for one, other in permutations(range(number), 2))
    # each pair of overlapping units is seen from both coders; a unit inside a gap is seen from its own coder only, so it is doubled
    return UnitizingDifference(
        observed / (number * (number - 1) * length**2), _expected(coders, gaps, number * length, length)
    )


def _distance(units: Sequence[CharacterRange], others: Sequence[CharacterRange], gaps: Sequence[CharacterRange]) -> int:
    """Return the sum of squared differences between one coder's `units` and another coder's units and gaps.

    `others` are the units (coded segments) of the other coder, and `gaps` are the stretches between them.
    """
    overlapping = sum((a - c) ** 2 + (b - d) ** 2 for (a, b), (c, d) in _overlaps(units, others))
    inside = sum((b - a) ** 2 for a, b in units if _lies_in_one(a, b, gaps))
    return overlapping + 2 * inside


def _overlaps(
    units: Sequence[CharacterRange], others: Sequence[CharacterRange]
) -> Iterator[tuple[CharacterRange, CharacterRange]]:
    first = 0
    for unit in units:
        while first < len(others) and others[first][1] <= unit[0]:
            first += 1
        at = first
        while at < len(others) and others[at][0] < unit[1]:
            yield unit, others[at]
            at += 1


def _lies_in_one(start: int, end: int, gaps: Sequence[CharacterRange]) -> bool:
    at = bisect_left(gaps, (start + 1,)) - 1  # the last gap that begins at the start or before it
    return at >= 0 and end <= gaps[at][1]


def _expected(
    coders: Sequence[Sequence[CharacterRange]], gaps: Sequence[Sequence[CharacterRange]], total: int, length: int
) -> float:
    lengths = sorted(end - start for units in coders for start, end in units)
    if not lengths:
        return 0.0
    gap_lengths = sorted(end - start for each in gaps for start, end in each)
    sums = list(accumulate(reversed(gap_lengths), initial=0))
    weight = 0.0
    for unit in lengths:
        fitting = len(gap_lengths) - bisect_left(gap_lengths, unit)
        positions = sums[fitting] - fitting * (unit - 1)
        weight += (len(lengths) - 1) / 3 * (2 * unit**3 - 3 * unit**2 + unit) + unit**2 * positions
    return 2 / length * weight / (total * (total - 1) - sum(unit * (unit - 1) for unit in lengths))
