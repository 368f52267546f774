"""Fixed units of a text, and how coders coded them: sentences, paragraphs, turns, whole sources, characters."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Literal, get_args

from sibtui.model.agreement.counts import Pattern
from sibtui.model.agreement.unitizing import merged_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.agreement.unitizing import CharacterRange

FixedUnit = Literal["sentence", "paragraph", "turn", "source", "character"]
"""A fixed unit. All coders judge the same units."""
UNITS: tuple[FixedUnit | Literal["free"], ...] = (*get_args(FixedUnit), "free")

Touch = Literal["any", "half", "all"]
"""The part of a unit that codings must cover so that the unit has their code. Spaces and punctuation do not count."""
TOUCHES: tuple[Touch, ...] = get_args(Touch)


def coded_units(units: Sequence[CharacterRange], spans: Iterable[CharacterRange], text: str, touch: Touch) -> set[int]:
    """Return the indexes of the units that have the code of these spans. The units are in order and do not overlap."""
    starts = [start for start, _ in units]
    found: set[int] = set()
    covered: dict[int, list[CharacterRange]] = {}
    for start, end in merged_units(spans, touching=True):
        at = max(0, bisect_right(starts, start) - 1)
        while at < len(units) and units[at][0] < end:
            shared = max(start, units[at][0]), min(end, units[at][1])
            if shared == units[at]:
                found.add(at)
            elif shared[0] < shared[1]:
                covered.setdefault(at, []).append(shared)
            at += 1
    found.update(at for at, parts in covered.items() if _has_code(units[at], parts, text, touch))
    return found


def _has_code(unit: CharacterRange, covered: Sequence[CharacterRange], text: str, touch: Touch) -> bool:
    letters, wanted = sum(_letters(text, *part) for part in covered), _letters(text, *unit)
    if not wanted:  # a unit of punctuation alone has the code when a coding touches it
        return touch == "any"
    return {"any": letters > 0, "half": 2 * letters >= wanted, "all": letters == wanted}[touch]


def _letters(text: str, start: int, end: int) -> int:
    return sum(map(str.isalnum, text[start:end]))


def unit_patterns(coded: Sequence[set[int] | None], units: int) -> Counter[Pattern]:
    """Return the number of units by pattern. `coded` has the units that each coder coded; None for a coder who did not read them."""
    touched: set[int] = set().union(*(each for each in coded if each is not None))
    patterns: Counter[Pattern] = Counter(
        tuple(None if each is None else int(at in each) for each in coded) for at in touched
    )
    patterns[tuple(None if each is None else 0 for each in coded)] += units - len(touched)
    return +patterns


def character_patterns(spans: Sequence[Sequence[CharacterRange] | None], length: int) -> Counter[Pattern]:
    """Return the number of characters by pattern. `spans` has the spans that each coder coded; None for a coder who did not read."""
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
    """Return whether a unit is a heading: a line that begins with number signs."""
    line = text[unit[0] : unit[1]]
    marks = len(line) - len(line.lstrip("#"))
    return 0 < marks <= 6 and line[marks : marks + 1].isspace() and "\n" not in line


def without_headings(units: Iterable[CharacterRange], text: str) -> Iterator[CharacterRange]:
    """Yield the units that are not headings."""
    return (unit for unit in units if not is_heading(text, unit))
