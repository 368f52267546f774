"""The limits (bounds) of a query: the sources, coders and rounds whose codings it can find."""

from __future__ import annotations

from sibtui.model.frozen import dataclass

OTHERS = 0
"""A number for all coders, or all rounds, that the study does not have yet. A query such as `not round 1` can find
their codings."""


@dataclass(frozen=True, slots=True)
class QueryBounds:
    """Limits of a query: it can find only codings of these sources, coders and rounds (passes of a coder).

    `sources` and `coders` are ids, and `rounds` are numbers. `coders` and `rounds` can contain `OTHERS`. A field is None
    if it sets no limit.
    """

    sources: frozenset[int] | None = None
    coders: frozenset[int] | None = None
    rounds: frozenset[int] | None = None

    def within(self, other: QueryBounds) -> QueryBounds:
        """Return limits that combine these limits and `other`. A coding must meet both."""
        return QueryBounds(
            _intersection(self.sources, other.sources),
            _intersection(self.coders, other.coders),
            _intersection(self.rounds, other.rounds),
        )

    def readers(self, coders: tuple[int, ...], rounds: tuple[int, ...]) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the given coders and rounds that are within these limits, as (ids of coders, numbers of rounds).

        An empty argument means all coders or all rounds, and so does an empty tuple in the result. If no given coder is
        within the limits, all given coders are returned, because an empty tuple would mean all coders. The same applies
        to the rounds.
        """
        return _among(coders, self.coders), _among(rounds, self.rounds)


def _among(chosen: tuple[int, ...], limits: frozenset[int] | None) -> tuple[int, ...]:
    if limits is None:
        return chosen
    return tuple(sorted(limits.intersection(chosen) if chosen else limits)) or chosen


def _intersection(one: frozenset[int] | None, other: frozenset[int] | None) -> frozenset[int] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other
