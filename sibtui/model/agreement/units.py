"""Fixed units of a text (sentences, paragraphs, turns, whole sources, characters), and which of them the coders have coded."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
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
    """Return the names of those arguments of `reports.agreement` that have no effect if this unit is chosen."""
    return _UNUSED.get(unit, ()) if unit == "free" else (*_UNUSED.get(unit, ()), "merge_touching")


Touch = Literal["any", "half", "all"]
"""How much of a unit must be covered by codings with a code so that the unit counts as coded. Only letters and digits count."""
TOUCHES: tuple[Touch, ...] = get_args(Touch)


class UnitIndex:
    """The fixed units of a text, in order and without overlap. It finds the units that codings cover."""

    def __init__(self, units: Sequence[CharacterRange], text: str) -> None:
        self._units = units
        self._text = text
        self._starts = [start for start, _ in units]
        self._touched: dict[CharacterRange, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self._units)

    def coded(self, spans: Iterable[CharacterRange], touch: Touch) -> set[int]:
        """Return the indexes of the units that count as coded with a code. `spans` are the places of the codings with this code."""
        if touch == "any":
            return set().union(*map(self._touched_by, spans))
        covered: dict[int, list[CharacterRange]] = {}
        for span in merged_units(spans, touching=True):
            for at, shared in self._shared(span):
                covered.setdefault(at, []).append(shared)
        return {at for at, parts in covered.items() if self._has_code(self._units[at], parts, touch)}

    def _shared(self, span: CharacterRange) -> Iterator[tuple[int, CharacterRange]]:
        """Yield (index of the unit, shared range) for each unit that shares characters with a span."""
        start, end = span
        at = max(0, bisect_right(self._starts, start) - 1)
        while at < len(self._units) and self._units[at][0] < end:
            first, last = self._units[at]
            if start < last:
                yield at, (max(start, first), min(end, last))
            at += 1

    def _touched_by(self, span: CharacterRange) -> tuple[int, ...]:
        """Return the indexes of the units in which a span covers at least one letter or digit.

        In a unit that has no letters and digits, it is enough to cover any character.
        """
        if span not in self._touched:  # the codes above a code ask for its spans again
            self._touched[span] = tuple(
                at
                for at, shared in self._shared(span)
                if shared == self._units[at] or self._has_letter(shared) or not self._has_letter(self._units[at])
            )
        return self._touched[span]

    def _has_letter(self, part: CharacterRange) -> bool:
        return any(map(str.isalnum, self._text[part[0] : part[1]]))

    def _has_code(self, unit: CharacterRange, covered: Sequence[CharacterRange], touch: Touch) -> bool:
        if [unit] == covered:
            return True
        letters, wanted = sum(map(self._letters, covered)), self._letters(unit)
        return wanted > 0 and (2 * letters >= wanted if touch == "half" else letters == wanted)

    def _letters(self, part: CharacterRange) -> int:
        return sum(map(str.isalnum, self._text[part[0] : part[1]]))


def unit_patterns(coded: Sequence[set[int] | None], units: int) -> PatternCounts:
    """Return the number of units by pattern. `coded` has, for each coder, the indexes of the units coded; None for a coder who did not read.

    `units` is the number of all units.
    """
    match coded:
        case [set() as one, set() as other]:
            both = len(one & other)
            counts = {(1, 1): both, (1, 0): len(one) - both, (0, 1): len(other) - both}
            return {
                pattern: count for pattern, count in (*counts.items(), ((0, 0), units - sum(counts.values()))) if count
            }
    touched: set[int] = set().union(*(each for each in coded if each is not None))
    patterns: Counter[Pattern] = Counter(
        tuple(None if each is None else int(at in each) for each in coded) for at in touched
    )
    patterns[tuple(None if each is None else 0 for each in coded)] += units - len(touched)
    return +patterns


def character_patterns(spans: Sequence[Sequence[CharacterRange] | None], length: int) -> Counter[Pattern]:
    """Return the number of characters by pattern. `spans` has, for each coder, the spans coded; None for a coder who did not read the text.

    `length` is the number of characters of the text.
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
    """Return whether a unit is a heading: a line that begins with `#` signs and a space."""
    line = text[unit[0] : unit[1]]
    marks = len(line) - len(line.lstrip("#"))
    return 0 < marks <= 6 and line[marks : marks + 1].isspace() and "\n" not in line


def without_headings(units: Iterable[CharacterRange], text: str) -> Iterator[CharacterRange]:
    """Yield the units that are not headings."""
    return (unit for unit in units if not is_heading(text, unit))
