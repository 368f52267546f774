"""Counting evidence: places of codings in, quotes and sources per column out. Overlapping codings of one row count once."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sibtui.model.presence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Place = tuple[int, int, int, int]
"""A coding of the row: member << 1 | counters, source << 31 | start, source << 31 | end, firm (0 or 1).

The member is what the columns are made of, a case say. With the source in the upper bits, one comparison tells whether a place begins
beyond an earlier one: in a later source, or behind its end in the same.
"""

_REST = (1 << 31) - 1

Tally = tuple[int, int, int, int, int]
"""Quotes; and of those with a firm coding: how many, in how many sources, fewest and most in one source."""

_NONE: Tally = (0, 0, 0, 0, 0)
_LONE: tuple[Tally, Tally] = ((1, 0, 0, 0, 0), (1, 1, 1, 1, 1))


class Counter:
    """Counts rows; equal counts share one `Evidence`, since most cells of a large matrix are alike."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, ...], Evidence] = {}

    def count(self, places: Iterable[Place], columns: Mapping[int, int]) -> dict[int, Evidence]:
        """What was found for one row: index of the column → evidence. Members without a column are left out.

        `places` come in the order of sources and starts. Overlapping supporting codings are one quote, firm when one of them is.
        """
        groups: defaultdict[int, list[Place]] = defaultdict(list)
        for place in places:
            groups[place[0]].append(place)
        found: dict[int, Evidence] = {}
        for key, group in groups.items():
            column = columns.get(key >> 1)
            if column is None or column in found:
                continue
            other = groups.get(key ^ 1)
            support, counter = (other, group) if key & 1 else (group, other)
            found[column] = self._evidence(_tally(support) if support else _NONE, _tally(counter)[0] if counter else 0)
        return found

    def _evidence(self, support: Tally, counter: int) -> Evidence:
        evidence = self._made.get((*support, counter))
        if evidence is None:
            quotes, firm, sources, fewest, most = support
            evidence = self._made[*support, counter] = Evidence(firm, sources, quotes - firm, counter, fewest, most)
        return evidence


def _tally(group: list[Place]) -> Tally:
    # This loop runs a million times for a large study: plain names, which Python changes fastest, and one call at most
    if len(group) == 1:
        return _LONE[group[0][3]]
    reached = quotes = sure = 0
    beyond = 0  # where the source ends in which a firm quote was found last
    in_source: list[int] = []
    for _, start, end, firm in group:
        if start >= reached:
            quotes += 1
            reached = end
            sure = 0
        elif end > reached:
            reached = end
        if firm and not sure:
            sure = 1
            if start < beyond:
                in_source[-1] += 1
            else:
                beyond = (start | _REST) + 1
                in_source.append(1)
    if in_source:
        return quotes, sum(in_source), len(in_source), min(in_source), max(in_source)
    return quotes, 0, 0, 0, 0


def shared_columns(places: Iterable[Place], columns: Mapping[int, int]) -> Iterator[Place]:
    """The places with columns for members, for a grouping in which several members share one.

    A coding of two cases in one column then overlaps itself, and counts once.
    """
    for key, start, end, firm in places:
        column = columns.get(key >> 1)
        if column is not None:
            yield column << 1 | key & 1, start, end, firm


def characters(places: Iterable[Place]) -> dict[int, int]:
    """Member → code points under its firm supporting codings, those under several counted once."""
    covered: dict[int, int] = {}
    reached: dict[int, int] = {}
    for key, start, end, firm in places:
        if firm and not key & 1:
            member = key >> 1
            fresh = end - max(start, reached.get(member, 0))
            if fresh > 0:
                covered[member] = covered.get(member, 0) + fresh
                reached[member] = end
    return covered
