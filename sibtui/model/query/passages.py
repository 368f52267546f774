"""Passages of text that two related codings have in common, or that they cover together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import QueryError
from sibtui.model.frozen import dataclass
from sibtui.model.query.evaluation import certain, evaluate, touching, widening
from sibtui.model.query.spans import BEYOND, SHIFT, PlaceIndex
from sibtui.model.query.tree import Conjunction, Query, Related, Relation, Term

if TYPE_CHECKING:
    from sibtui.model.query.evaluation import QueriedStudy, Widen
    from sibtui.model.query.spans import PackedPlace

_SHARING = ("overlapping", "inside", "containing", "same place")


@dataclass(frozen=True, slots=True, order=True)
class FoundPassage:
    """A passage that a query finds in a source. `source` is the id of the source.

    If the query is `code Trust inside code Care`, `left` are the ids of the passage's codings with Trust, and `right`
    are the ids of its codings with Care.
    """

    source: int
    start: int
    end: int
    left: tuple[int, ...]
    right: tuple[int, ...]


def passages(query: Query, study: QueriedStudy, *, union: bool = False) -> Sequence[FoundPassage]:
    """Return the passages that belong to a relation in a query, such as “overlapping”, ordered by place.

    A passage is the text that two related codings share. With `union`, it is the text from the earlier start of the
    two codings to the later end. If several pairs of codings have the same passage, it is returned once.

    The query must be a relation, or several parts joined by “and”, of which exactly one is a relation. A part can
    also be a saved query. Raises QueryError for any other query. If `union` is not set, QueryError is also raised
    for a relation such as “followed by”, because its codings may share no text.
    """
    # evaluated first, because then the position of an error inside a saved query is that of its name
    left = evaluate(query, study)
    related = _the_relation(query, study)
    relation = related.relation
    if not union and relation.word not in _SHARING:
        raise QueryError(relation.at, "codings with this relation can lie apart, so they have no shared characters.")
    assert related.right is not None  # noqa: S101 - `_the_relation` refuses it
    widen = widening(relation, study)
    right = touching(certain(evaluate(related.right, study), study), relation, widen)
    partners = _partners(relation, PlaceIndex(right), widen)
    found: dict[tuple[int, int], tuple[dict[int, None], dict[int, None]]] = {}
    for place in left:
        for other in partners(place):
            start, end = sorted((place[0], other[0])), sorted((place[1], other[1]))
            left_numbers, right_numbers = found.setdefault((start[not union], end[union]), ({}, {}))
            left_numbers[place[2]] = right_numbers[other[2]] = None
    return [
        FoundPassage(start >> SHIFT, start & BEYOND, end & BEYOND, tuple(sorted(left)), tuple(sorted(right)))
        for (start, end), (left, right) in sorted(found.items(), key=lambda item: item[0])
    ]


def _the_relation(query: Query, study: QueriedStudy) -> Related:
    """Return the only relation in a query, such as “overlapping”. Raises QueryError for any other query."""
    relations = list(_relations(query, study))
    for part in relations:
        if part.negated or part.right is None:
            raise QueryError(part.relation.at, "codings with this relation have no partner, and so no common passage.")
    if len(relations) != 1:
        raise QueryError(1, "passages need a query with one relation between codings, such as “overlapping”.")
    return relations[0]


def _relations(query: Query, study: QueriedStudy) -> Iterator[Related]:
    """Yield the relations, such as “overlapping”, that every coding found by the query must have.

    The `at` of a relation is its position in the query. If the relation is in a saved query, `at` is the position of
    the saved query's name.
    """
    match query:
        case Related():
            yield query
        case Conjunction():
            for each in query.operands:
                yield from _relations(each, study)
        case Term(word="query"):
            for each in _relations(study.saved(query), study):
                yield replace(each, relation=replace(each.relation, at=query.at))


def _partners(relation: Relation, index: PlaceIndex, widen: Widen) -> Callable[[PackedPlace], Iterator[PackedPlace]]:
    """Return a function that takes a place, and yields its partners: the related places in the index.

    For the relation `inside`, for example, the partners are the places that contain the given place.
    """
    fits = _FITS.get(relation.word, _is_another)

    def partners(place: PackedPlace) -> Iterator[PackedPlace]:
        window = None if relation.word in _SHARING else widen(place, relation.distance)
        low, high = window or place[:2]
        yield from (other for other in index.overlapping(low, high) if fits(place, other))

    return partners


def _is_another(place: PackedPlace, other: PackedPlace) -> bool:
    return place[2] != other[2]


_FITS: dict[str, Callable[[PackedPlace, PackedPlace], bool]] = {
    "inside": lambda place, other: place[2] != other[2] and other[0] <= place[0] and place[1] <= other[1],
    "containing": lambda place, other: place[2] != other[2] and place[0] <= other[0] and other[1] <= place[1],
    "same place": lambda place, other: place[2] != other[2] and place[:2] == other[:2],
    "followed by": lambda place, other: place[1] <= other[0],
}
