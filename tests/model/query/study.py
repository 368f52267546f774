"""A study in memory for queries, and an evaluator that compares every pair of codings."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.model.query.evaluation import evaluate
from sibtui.model.query.parser import parse
from sibtui.model.query.spans import SHIFT, PackedPlace, packed
from sibtui.model.query.tree import AttributeTerm, Conjunction, Disjunction, Negation, Query, Related, Term, TextUnit
from sibtui.model.query.windows import packed_windows
from sibtui.model.sentences import Sentences

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sibtui.model.query.evaluation import Widen

TEXT = "# One\n\nAb cd. Ef gh! Ij.\n\n**Two**\n\nKl mn.\n\nOp qr? St.\nUv.\n\n"
"""A text with three sections: a heading, three paragraphs, seven sentences, and spaces at its end."""
PARENTS: Mapping[int, int | None] = {1: None, 2: 1, 3: None, 4: 3}


@dataclass(frozen=True)
class MemoryStudy:
    """Codings as (source, start, end, code), numbered from 1. A term `code` names the code by its id."""

    codings: Sequence[tuple[int, int, int, int]]
    uncertain: Collection[int] = ()
    texts: Mapping[int, str] = field(default_factory=dict)
    queries: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def all(self) -> list[PackedPlace]:
        return sorted(packed(s, start, end, at, code) for at, (s, start, end, code) in enumerate(self.codings, 1))

    def places(self, term: Term | AttributeTerm) -> Sequence[PackedPlace]:
        assert isinstance(term, Term)
        if term.word == "query":
            return evaluate(self.saved(term), self)
        if term.word == "source":
            return [place for place in self.all if place[0] >> SHIFT == int(term.value)]
        return [place for place in self.all if place[3] == int(term.value)]

    def saved(self, term: Term) -> Query:
        return parse(self.queries[term.value])

    def everything(self) -> Sequence[PackedPlace]:
        return self.all

    def undecided(self) -> Collection[int]:
        return frozenset(self.uncertain)

    def parents(self) -> dict[int, int | None]:
        return dict(PARENTS)

    def widen(self, unit: TextUnit) -> Widen:
        return packed_windows(lambda source: self.texts.get(source, TEXT), lambda _, __: "en", unit)


def naive(query: Query, study: MemoryStudy) -> list[PackedPlace]:
    """Return what `evaluate` returns, by comparing every pair of codings."""
    return [place for place in study.all if _finds(query, place, study)]


def _finds(query: Query, place: PackedPlace, study: MemoryStudy) -> bool:
    match query:
        case Conjunction():
            return all(_finds(each, place, study) for each in query.operands)
        case Disjunction():
            return any(_finds(each, place, study) for each in query.operands)
        case Negation():
            return not _finds(query.operand, place, study)
        case Related():
            if place[2] in study.uncertain or not _finds(query.left, place, study):
                return False
            return _has_relation(query, place, study) is not query.negated
        case _:
            return place in study.places(query)


def _has_relation(query: Related, place: PackedPlace, study: MemoryStudy) -> bool:
    others = [other for other in study.all if other[2] != place[2] and other[2] not in study.uncertain]
    if query.right is None:
        return not any(_shares(place, other) and _other_code(place[3], other[3]) for other in others)
    right = [other for other in others if _finds(query.right, other, study)]
    return any(place[0] >> SHIFT == other[0] >> SHIFT and relates(query, place, other, study) for other in right)


def _other_code(one: int, other: int) -> bool:
    return other not in {one, PARENTS[one]} and one != PARENTS[other]


def _shares(one: PackedPlace, other: PackedPlace) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def relates(query: Related, one: PackedPlace, other: PackedPlace, study: MemoryStudy) -> bool:
    relation = query.relation
    match relation.word:
        case "overlapping":
            return _shares(one, other)
        case "inside":
            return other[0] <= one[0] and one[1] <= other[1]
        case "containing":
            return one[0] <= other[0] and other[1] <= one[1]
        case "same place":
            return one[:2] == other[:2]
        case "followed by":
            return one[1] <= other[0] and _distance(one, other, relation.unit, study) <= relation.distance
        case _:
            return _distance(one, other, relation.unit, study) <= relation.distance


def _distance(one: PackedPlace, other: PackedPlace, unit: TextUnit, study: MemoryStudy) -> int:
    """Return the distance of two places in units; a large number if one of them touches no unit."""
    if unit == "character":
        return max(0, other[0] - one[1], one[0] - other[1])
    if unit == "source":
        return 0
    base = one[0] >> SHIFT << SHIFT
    units = units_of(study.texts.get(one[0] >> SHIFT, TEXT), unit)
    touched = [
        [at for at, (start, end) in enumerate(units) if start < place[1] - base and place[0] - base < end]
        for place in (one, other)
    ]
    return min((abs(a - b) for a in touched[0] for b in touched[1]), default=1 << 40)


def touches(place: PackedPlace, unit: TextUnit, study: MemoryStudy) -> bool:
    """Return whether a place shares a character with a unit of its text."""
    return _distance(place, place, unit, study) == 0


def units_of(text: str, unit: TextUnit) -> list[tuple[int, int]]:
    cut = Sentences(text)
    if unit == "sentence":
        return [(each.start, each.end) for each in cut.all()]
    if unit == "paragraph":
        return [(cut.paragraph(at).start, cut.paragraph(at).end) for at in range(cut.paragraphs)]
    starts = [0, *(at for at in range(len(text)) if text.startswith(("# One\n", "**Two**\n"), at) and at)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))
