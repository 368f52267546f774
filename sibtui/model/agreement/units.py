"""Units: the parts into which a text is divided to compare coders, such as sentences or turns.

The module finds the units that each coder has coded.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, get_args

from sibtui.model.agreement.counts import Pattern, PatternCounts
from sibtui.model.agreement.unitizing import merged_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.agreement.unitizing import CharacterRange

FixedUnit = Literal["sentence", "paragraph", "turn", "source", "character"]
"""A kind of unit into which a text is divided before it is compared. All coders judge the same units."""
UNITS: tuple[FixedUnit | Literal["free"], ...] = (*get_args(FixedUnit), "free")

_UNUSED = {"free": ("by", "touch", "headings", "extras"), "character": ("touch", "headings"), "source": ("headings",)}


def unused_arguments(unit: FixedUnit | Literal["free"]) -> tuple[str, ...]:
    """Return the names of the arguments of `reports.agreement` that have no effect with this unit."""
    return _UNUSED.get(unit, ()) if unit == "free" else (*_UNUSED.get(unit, ()), "merge_touching")


Touch = Literal["any", "half", "all"]
"""The part of a unit that codings must cover so that the unit counts as coded. Only letters and digits count."""
TOUCHES: tuple[Touch, ...] = get_args(Touch)


class UnitIndex:
    """The units of a text (such as its sentences), in order and without overlap.

    The methods return a set of units as an integer (bit 0 is the first unit), because such sets are joined quickly.
    """

    def __init__(self, units: Sequence[CharacterRange], text: str) -> None:
        self._units = units
        self._text = text
        self._starts = [start for start, _ in units]

    def __len__(self) -> int:
        return len(self._units)

    def coded(self, spans: Iterable[CharacterRange], touch: Touch) -> int:
        """Return the coded units as the bits of an integer. `spans` are the places of the codings."""
        found = 0
        if touch == "any":
            for span in spans:
                found |= self.touched(span)
            return found
        covered: dict[int, list[CharacterRange]] = {}
        for span in merged_units(spans, touching=True):
            for at, shared in self._shared(span):
                covered.setdefault(at, []).append(shared)
        for at, parts in covered.items():
            if self._has_code(self._units[at], parts, touch):
                found |= 1 << at
        return found

    def touched(self, span: CharacterRange) -> int:
        """Return the units in which a span covers a letter or digit, as the bits of an integer.

        A unit without letters and digits is included if the span covers any part of it.
        """
        start, end = span
        starts, units = self._starts, self._units
        after = bisect_left(starts, end)
        first = bisect_right(starts, start, 0, after) - 1
        if first < 0 or units[first][1] <= start:
            first += 1
        if first >= after:
            return 0
        text = self._text
        if units[first][0] < start and not (text[start].isalnum() or self._is_touched(first, span)):
            first += 1
        if (
            first < after
            and units[after - 1][1] > end
            and not (text[end - 1].isalnum() or self._is_touched(after - 1, span))
        ):
            after -= 1
        return (1 << after) - (1 << first)

    def _is_touched(self, at: int, span: CharacterRange) -> bool:
        first, last = self._units[at]
        return self._has_letter((max(span[0], first), min(span[1], last))) or not self._has_letter((first, last))

    def _shared(self, span: CharacterRange) -> Iterator[tuple[int, CharacterRange]]:
        """Yield (index of a unit, the range shared with the span) for each unit that the span overlaps."""
        start, end = span
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._units) and self._units[at][0] < end:
            first, last = self._units[at]
            if start < last:
                yield at, (max(start, first), min(end, last))
            at += 1

    def _has_letter(self, part: CharacterRange) -> bool:
        return any(map(str.isalnum, self._text[part[0] : part[1]]))

    def _has_code(self, unit: CharacterRange, covered: Sequence[CharacterRange], touch: Touch) -> bool:
        if [unit] == covered:
            return True
        letters, wanted = sum(map(self._letters, covered)), self._letters(unit)
        return wanted > 0 and (2 * letters >= wanted if touch == "half" else letters == wanted)

    def _letters(self, part: CharacterRange) -> int:
        return sum(map(str.isalnum, self._text[part[0] : part[1]]))


def unit_patterns(coded: Sequence[int | None], units: int) -> PatternCounts:
    """Return a map: pattern → number of units.

    A pattern has one value per coder: 1 (coded), 0 (not coded) or None (not read). `coded` has one item per coder: an
    integer whose bits are the coded units, or None if the coder has not read the source. `units` is the number of all
    units.
    """
    match coded:
        case [int() as one, int() as other]:
            return _pair_counts((one & other).bit_count(), one.bit_count(), other.bit_count(), units)
    found: dict[Pattern, int] = {(): (1 << units) - 1} if units else {}
    for each in coded:
        if each is None:
            found = {(*pattern, None): mask for pattern, mask in found.items()}
        else:
            found = {
                (*pattern, value): part
                for pattern, mask in found.items()
                for value, part in ((1, mask & each), (0, mask & ~each))
                if part
            }
    return {pattern: mask.bit_count() for pattern, mask in found.items()}


@lru_cache(maxsize=10_000)
def _pair_counts(both: int, one: int, other: int, units: int) -> PatternCounts:
    """Return a map for two coders: pattern → number of units. It is cached, because many sources have equal counts.

    `one` is the number of units coded by the first coder, `other` by the second coder, and `both` by both coders.
    """
    counts = {(1, 1): both, (1, 0): one - both, (0, 1): other - both, (0, 0): units - one - other + both}
    return {pattern: count for pattern, count in counts.items() if count}


def bits(numbers: int) -> set[int]:
    """Return the positions of the bits of an integer that are 1. The lowest bit has the position 0.

    >>> sorted(bits(0b1101))
    [0, 2, 3]
    """
    return {at for at, bit in enumerate(reversed(f"{numbers:b}")) if bit == "1"}


def character_patterns(spans: Sequence[Sequence[CharacterRange] | None], length: int) -> Counter[Pattern]:
    """Return a map: pattern → number of characters.

    A pattern has one value per coder: 1 (coded), 0 (not coded) or None (not read). `spans` has one item per coder: the
    places that the coder has coded, or None if the coder did not read the text. `length` is the number of characters.
    """
    edges: list[tuple[int, int, int]] = []
    for coder, each in enumerate(spans):
        for start, end in merged_units(each or (), touching=True):
            edges += [(start, coder, 1), (end, coder, 0)]
    state: list[int | None] = [None if each is None else 0 for each in spans]
    patterns: Counter[Pattern] = Counter()
    position = 0
    for at, coder, value in sorted(edges):
        patterns[tuple(state)] += at - position
        state[coder], position = value, at
    patterns[tuple(state)] += length - position
    return +patterns


def is_heading(text: str, unit: CharacterRange) -> bool:
    """Return whether a unit is a heading: one line that begins with up to six `#` and a space."""
    line = text[unit[0] : unit[1]]
    marks = len(line) - len(line.lstrip("#"))
    return 0 < marks <= 6 and line[marks : marks + 1].isspace() and "\n" not in line


def without_headings(units: Iterable[CharacterRange], text: str) -> Iterator[CharacterRange]:
    return (unit for unit in units if not is_heading(text, unit))
