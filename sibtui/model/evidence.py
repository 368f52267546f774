"""Counting evidence: places of codings in, quotes and sources per column out. Overlapping codings of one row count once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.presence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Place = tuple[int, int, int, int]
"""A coding of the row: member << 1 | counters, source << 31 | start, source << 31 | end, firm (0 or 1).

The member is what the columns are made of, a case say. With the source in the upper bits, one comparison tells whether a place begins
beyond an earlier one: in a later source, or behind its end in the same.
"""

_SOURCE = 31
# What a tally keeps. This loop runs a million times for a large study, and a list is what Python changes fastest.
_END, _QUOTES, _FIRM, _SOURCES, _HERE, _FEWEST, _MOST, _SURE = range(8)


class Counter:
    """Counts rows; equal counts share one `Evidence`, since most cells of a large matrix are alike."""

    def __init__(self) -> None:
        self._made: dict[tuple[int, ...], Evidence] = {}

    def count(self, places: Iterable[Place], columns: Mapping[int, int]) -> dict[int, Evidence]:
        """What was found for one row: index of the column → evidence. Members without a column are left out.

        `places` come in the order of sources and starts. Overlapping supporting codings are one quote, firm when one of them is.
        """
        tallies: dict[int, list[int]] = {}
        get = tallies.get
        for key, start, end, firm in places:
            tally = get(key)
            if tally is None:
                tallies[key] = [end, 1, firm, firm, firm, 0, 0, firm]
            elif start >= tally[0]:
                if start >> 31 != tally[0] >> 31:
                    _leave_source(tally)
                tally[0] = end
                tally[1] += 1
                tally[7] = firm
                if firm:
                    _add_firm(tally)
            else:
                if end > tally[0]:  # noqa: PLR1730 - max() would cost more than the rest of the loop
                    tally[0] = end
                if firm and not tally[7]:
                    tally[7] = 1
                    _add_firm(tally)
        return self._by_column(tallies, columns)

    def _by_column(self, tallies: Mapping[int, list[int]], columns: Mapping[int, int]) -> dict[int, Evidence]:
        made = self._made
        found: dict[int, Evidence] = {}
        for key, tally in tallies.items():
            column = columns.get(key >> 1)
            if column is None or column in found:
                continue
            support, counter = (tallies.get(key ^ 1, _NONE), tally) if key & 1 else (tally, tallies.get(key | 1, _NONE))
            _leave_source(support)
            _, quotes, firm, sources, _, fewest, most, _ = support
            counts = (firm, sources, quotes - firm, counter[_QUOTES], fewest, most)
            evidence = made.get(counts)
            if evidence is None:
                evidence = made[counts] = Evidence(*counts)
            found[column] = evidence
        return found


_NONE = [0] * 8


def _add_firm(tally: list[int]) -> None:
    tally[_FIRM] += 1
    if not tally[_HERE]:
        tally[_SOURCES] += 1
    tally[_HERE] += 1


def _leave_source(tally: list[int]) -> None:
    """Take the firm quotes of the source that ends here into the fewest and the most."""
    here = tally[_HERE]
    if here:
        tally[_MOST] = max(tally[_MOST], here)
        if here < tally[_FEWEST] or not tally[_FEWEST]:
            tally[_FEWEST] = here
        tally[_HERE] = 0


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
