"""The evaluation of a query: it finds the places of codings.

A term, such as `code Trust`, gives a sorted list of places. So a relation such as “overlapping” can be tested in one
pass through two lists.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import merge
from typing import TYPE_CHECKING, Protocol

from sibtui.model.query.other_codes import OtherCodes
from sibtui.model.query.spans import BEYOND, SHIFT, PlaceIndex
from sibtui.model.query.tree import Conjunction, Disjunction, Negation, Query, Related, Relation

if TYPE_CHECKING:
    from sibtui.model.query.spans import PackedPlace
    from sibtui.model.query.tree import AttributeTerm, Term, TextUnit
    from sibtui.model.query.windows import Window

Widen = Callable[["PackedPlace", int], "Window | None"]
"""A function that takes a place and a distance in units of text. It returns the window around the place; None if the place touches no unit."""


class QueriedStudy(Protocol):
    """The facts about a study that the evaluation of a query needs. All lists of places are sorted."""

    def places(self, term: Term | AttributeTerm) -> Sequence[PackedPlace]:
        """Return the places of the codings that fit a term of the query, such as `code Trust`."""

    def saved(self, term: Term) -> Query:
        """Return the saved query that a term names, such as `query Costs`."""

    def everything(self) -> Sequence[PackedPlace]:
        """Return the places of all codings."""

    def undecided(self) -> Collection[int]:
        """Return the ids of the codings whose place is uncertain. Relations such as “overlapping” ignore them."""

    def parents(self) -> dict[int, int | None]:
        """Return a map: code id → id of the code above it, or None."""

    def widen(self, unit: TextUnit) -> Widen:
        """Return a function that takes a place and a distance, and returns the window around the place.

        The window is a stretch of text. The distance is a number of units, such as sentences. The function returns None
        for a place in no unit.
        """


def evaluate(query: Query, study: QueriedStudy) -> Sequence[PackedPlace]:
    """Return the places of the codings that a query finds, sorted by source and start."""
    match query:
        case Related():
            return _related(query, study)
        case Conjunction():
            return _all_of(query.operands, study)
        case Disjunction():
            return _any_of([evaluate(each, study) for each in query.operands])
        case Negation():
            return _without(study.everything(), evaluate(query.operand, study))
        case _:
            return study.places(query)


def _all_of(operands: Sequence[Query], study: QueriedStudy) -> Sequence[PackedPlace]:
    """Return the places that all operands find.

    An operand with “not” is not evaluated on its own, because it finds nearly all codings. The places to exclude are
    removed from the result instead.
    """
    wanted = [evaluate(each, study) for each in operands if not isinstance(each, Negation)]
    refused = [evaluate(each.operand, study) for each in operands if isinstance(each, Negation)]
    found = min(wanted, key=len) if wanted else study.everything()
    for other in wanted:
        if other is not found:
            known = set(other)
            found = [place for place in found if place in known]
    for other in refused:
        found = _without(found, other)
    return found


def _any_of(found: Sequence[Sequence[PackedPlace]]) -> Sequence[PackedPlace]:
    return list(dict.fromkeys(merge(*found)))


def _without(places: Sequence[PackedPlace], others: Iterable[PackedPlace]) -> Sequence[PackedPlace]:
    left_out = set(others)
    return [place for place in places if place not in left_out]


def _related(query: Related, study: QueriedStudy) -> Sequence[PackedPlace]:
    left = certain(evaluate(query.left, study), study)
    fits = set(_fitting(query, left, study))
    return [place for place in left if (place in fits) is not query.negated]


def certain(places: Sequence[PackedPlace], study: QueriedStudy) -> Sequence[PackedPlace]:
    """Return the places without the uncertain ones (see `QueriedStudy.undecided`)."""
    undecided = study.undecided()
    return [place for place in places if place[2] not in undecided] if undecided else places


def _fitting(query: Related, left: Sequence[PackedPlace], study: QueriedStudy) -> Iterator[PackedPlace]:
    """Yield the places of `left` that have the relation of the query.

    For `code A overlapping code B`, these are the places of A that overlap a place of B.
    """
    if query.right is None:
        others = OtherCodes(certain(study.everything(), study), study.parents())
        yield from (place for place in left if others.leave_alone(place))
        return
    left, right = _in_shared_sources(left, certain(evaluate(query.right, study), study))
    widen = widening(query.relation, study)
    yield from filter(_test(query.relation, PlaceIndex(touching(right, query.relation, widen)), widen), left)


def touching(places: Sequence[PackedPlace], relation: Relation, widen: Widen) -> Sequence[PackedPlace]:
    """Return the places to which the relation can apply.

    If the unit of the relation is the sentence (as in “within 2 sentences”) or the paragraph, a place outside of all
    such units is left out, for example the space between two sentences. For any other unit, all places are returned.
    """
    if relation.unit not in {"sentence", "paragraph"}:
        return places
    return [place for place in places if widen(place, 0) is not None]


def _in_shared_sources(
    left: Sequence[PackedPlace], right: Sequence[PackedPlace]
) -> tuple[list[PackedPlace], list[PackedPlace]]:
    shared = {place[0] >> SHIFT for place in left} & {place[0] >> SHIFT for place in right}
    return (
        [place for place in left if place[0] >> SHIFT in shared],
        [place for place in right if place[0] >> SHIFT in shared],
    )


def _test(relation: Relation, index: PlaceIndex, widen: Widen) -> Callable[[PackedPlace], bool]:
    """Return a test: place → whether this place has the relation to at least one place in the index."""
    match relation.word:
        case "inside":
            return index.contains
        case "containing":
            return index.is_inside
        case "same place":
            return index.is_equal
        case "followed by":
            return _followed(relation, index, widen)
        case _:
            return _near(relation, index, widen)


def _near(relation: Relation, index: PlaceIndex, widen: Widen) -> Callable[[PackedPlace], bool]:
    distance = relation.distance

    def near(place: PackedPlace) -> bool:
        window = widen(place, distance)
        return window is not None and index.overlaps(*window, place[2])

    return near


def _followed(relation: Relation, index: PlaceIndex, widen: Widen) -> Callable[[PackedPlace], bool]:
    distance = relation.distance

    def followed(place: PackedPlace) -> bool:
        start, window = index.next_start(place[1]), widen(place, distance)
        return start is not None and window is not None and start < window[1]

    return followed


def widening(relation: Relation, study: QueriedStudy) -> Widen:
    """Return a function (place, distance) → window: the stretch of text around a place that must be searched.

    Only a coding inside the window can have the given relation to the place.
    """
    if relation.word == "overlapping":
        return lambda place, _: place[:2]
    if relation.unit == "character":
        return _widened_by_characters
    return _whole_source if relation.unit == "source" else study.widen(relation.unit)


def _widened_by_characters(place: PackedPlace, distance: int) -> Window:
    """Return a window around a place. A coding overlaps it if the coding is within `distance` characters of the place.

    On each side, the window is one character wider than `distance`, so that a coding at exactly this distance
    overlaps it.
    """
    first = place[0] & ~BEYOND
    return max(first, place[0] - distance) - 1, min(first | BEYOND, place[1] + distance + 1)


def _whole_source(place: PackedPlace, _: int) -> Window:
    return place[0] & ~BEYOND, place[0] | BEYOND
