"""Counts of units, such as sentences: how many were coded by each combination of coders."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from sibtui.model.agreement.counts import CodeCounts, Pattern, PatternCounts, UncodedSources
from sibtui.model.agreement.units import UnitIndex, character_patterns, unit_patterns
from sibtui.model.frozen import dataclass
from sibtui.model.languages import DEFAULT
from sibtui.project.agreement.text_units import units_of
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sibtui.model.agreement.unitizing import CharacterRange
    from sibtui.model.agreement.units import FixedUnit, Touch
    from sibtui.model.progress import Progress
    from sibtui.project.agreement.comparison import Comparison, PlacedCoding
    from sibtui.project.agreement.read_sources import Readers


@dataclass(frozen=True, slots=True)
class CountedUnits:
    """The units to count: their kind, how much of a unit a coding must cover, and whether headings are units.

    `speaker_pattern` finds the names of speakers. It is used only if the units are turns (passages of one speaker).
    """

    unit: FixedUnit
    touch: Touch = "any"
    headings: bool = True
    speaker_pattern: str = ""


def count_units(compared: Comparison, units: CountedUnits, progress: Progress | None = None) -> dict[int, CodeCounts]:
    """Return a map: code id → numbers of units by source and by pattern.

    A pattern states for each coder whether this coder has coded a unit (1, 0, or None if not read). `progress` receives
    (sources done, all sources).
    """
    places = {source: at for at, source in enumerate(compared.sources)}
    sizes = [0] * len(places)
    coded: dict[int, dict[int, PatternCounts]] = {code.id: {} for code in compared.codes}
    rest = dict(places)

    def count(source: int, rows: Iterable[PlacedCoding]) -> None:
        at = rest.pop(source)
        sizes[at], patterns = _counted(compared, source, rows, units)
        for code, found in patterns.items():
            coded[code][at] = found
        if progress is not None:
            progress(len(places) - len(rest), len(places))

    for source, rows in compared.placed():
        count(source, rows)
    for source in list(rest):
        count(source, ())
    return _by_code(compared, coded, sizes)


def _by_code(
    compared: Comparison, coded: Mapping[int, Mapping[int, PatternCounts]], sizes: Iterable[int]
) -> dict[int, CodeCounts]:
    uncoded: dict[tuple[Readers, ...], UncodedSources] = {}
    found = {}
    readers = [compared.readers(source) for source in compared.sources]
    for each in compared.codes:
        key = tuple(map(itemgetter(each.id), readers))
        if key not in uncoded:
            uncoded[key] = UncodedSources(tuple(map(_uncoded, key, sizes)))
        found[each.id] = CodeCounts(uncoded[key], coded[each.id])
    return found


def _counted(
    compared: Comparison, source: int, rows: Iterable[PlacedCoding], units: CountedUnits
) -> tuple[int, dict[int, PatternCounts]]:
    """Return (number of units of a source, map: code id → numbers of units by pattern, as in `count_units`).

    The map has only codes with codings in this source.
    """
    text = source_rows.text(compared.store, source)
    if units.unit == "character":
        return len(text), _character_counts(compared, source, rows, len(text))
    language = compared.language(source, text) if units.unit == "sentence" else DEFAULT
    cut = units_of(text, units.unit, language, headings=units.headings, speaker_pattern=units.speaker_pattern)
    index, readers = UnitIndex(cut, text), compared.readers(source)
    every = _touched(index, rows, len(compared.coders)) if units.touch == "any" else None
    if every is None:
        every = {
            code: [index.coded(each, units.touch) for each in spans]
            for code, spans in _spans(rows, len(compared.coders)).items()
        }
    size = len(index)
    return size, {
        code: unit_patterns(
            masks
            if all(readers[code])
            else [mask if has else None for mask, has in zip(masks, readers[code], strict=True)],
            size,
        )
        for code, masks in every.items()
    }


def _touched(index: UnitIndex, rows: Iterable[PlacedCoding], raters: int) -> dict[int, list[int]]:
    """Return a map: code id → for each rater, the units that codings of this rater touch.

    The units are the bits of a number: if unit 3 is touched, bit 3 is set. A rater is a coder, or one round of a coder.
    """
    found: dict[int, list[int]] = {}
    for codes, those, span in rows:
        mask = index.touched(span)
        for code in codes:
            masks = found.get(code)
            if masks is None:
                masks = found[code] = [0] * raters
            for rater in those:
                masks[rater] |= mask
    return found


def _spans(rows: Iterable[PlacedCoding], raters: int) -> dict[int, list[list[CharacterRange]]]:
    """Return a map: code id → for each rater (a coder, or one round of a coder), the places of the codings."""
    found: dict[int, list[list[CharacterRange]]] = {}
    for codes, those, span in rows:
        for code in codes:
            spans = found.setdefault(code, [[] for _ in range(raters)])
            for rater in those:
                spans[rater].append(span)
    return found


def _character_counts(
    compared: Comparison, source: int, rows: Iterable[PlacedCoding], length: int
) -> dict[int, PatternCounts]:
    readers = compared.readers(source)
    return {
        code: character_patterns(
            [each if has else None for each, has in zip(spans, readers[code], strict=True)], length
        )
        for code, spans in _spans(rows, len(compared.coders)).items()
    }


def _uncoded(readers: Readers, units: int) -> PatternCounts:
    pattern: Pattern = tuple(0 if has_read else None for has_read in readers)
    return {pattern: units}
