"""The evidence of matrix cells: how many quotes and sources each cell has, counted from the places of codings.

Overlapping codings of one matrix row count as one quote.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass, field, replace
from sibtui.model.presence import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sibtui.model.records import Kind

PackedSpan = tuple[int | None, int, int, int]
"""A coding of a matrix row, packed into four numbers.

The numbers are: member << 1 | counters, source << 31 | start, source << 31 | end, coder << 1 | firm. The member is the
id of the item in the column, for example of a case. The first number is None for a coding without a case. The source
fills the upper bits of the second and third number. So the comparison of two of these numbers shows whether a coding is
after another coding: in a later source, or later in the same source.
"""

_REST = (1 << 31) - 1
_MANY = 50


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """The evidence of one matrix row. `cells` is a map: column index → counts of quotes and sources.

    `waiting` is a map: source id → number of codings of the row that have no case yet.
    """

    cells: dict[int, Evidence]
    waiting: dict[int, int] = field(default_factory=dict)


class EvidenceCounter:
    """Counts the evidence of matrix rows. Cells with equal counts share one `Evidence` object.

    `kinds` is a map: source id → kind of source; None if the rule of the matrix does not depend on kinds.
    """

    def __init__(self, kinds: Mapping[int, Kind] | None = None) -> None:
        self._kinds = kinds
        self._made: dict[tuple[object, ...], Evidence] = {}

    def count(self, places: Iterable[PackedSpan], columns: Mapping[int, int]) -> EvidenceCounts:
        """Return the evidence of one matrix row.

        `places` are the codings of the row, ordered by source and start. `columns` is a map: id of an item (such as
        a case) → column index. Codings of other items are left out. If several items share a column, apply
        `shared_columns` to the places first.
        """
        groups: defaultdict[int | None, list[PackedSpan]] = defaultdict(list)
        for place in places:
            groups[place[0]].append(place)
        waiting: dict[int, int] = {}
        for _, start, _, _ in groups.pop(None, ()):
            waiting[start >> 31] = waiting.get(start >> 31, 0) + 1
        cells: dict[int, Evidence] = {}
        for key, group in groups.items():
            assert key is not None  # noqa: S101 - removed above
            column = columns.get(key >> 1)
            if column is None or column in cells:
                continue
            other = groups.get(key ^ 1, [])
            support, counter = (other, group) if key & 1 else (group, other)
            cells[column] = self._evidence(support, counter)
        return EvidenceCounts(cells, waiting)

    def _evidence(self, support: Sequence[PackedSpan], counter: Sequence[PackedSpan]) -> Evidence:
        key = (*_support(support), _quotes(counter) if counter else 0)
        if self._kinds is None and not (support and counter):
            evidence = self._made.get(key)
            if evidence is None:
                evidence = self._made[key] = _evidence(key)
            return evidence
        by_source = () if self._kinds is None else _by_kind(support, self._kinds)
        full_key = (*key, by_source, bool(support and counter) and disputed(support, counter))
        evidence = self._made.get(full_key)
        if evidence is None:
            evidence = self._made[full_key] = replace(_evidence(key), by_source=by_source, disputed=full_key[-1])
        return evidence


_Counts = tuple[int, int, int, int, int]
"""The counts of a group of codings.

These are: firm quotes, sources with firm quotes, the fewest firm quotes in one of these sources, the most firm quotes
in one of them, and tentative quotes.
"""

_NONE: _Counts = (0, 0, 0, 0, 0)
_LONE: tuple[_Counts, _Counts] = ((0, 0, 0, 0, 1), (1, 1, 1, 1, 0))


def _evidence(key: tuple[int, ...]) -> Evidence:
    quotes, sources, fewest, most, tentative, counter = key
    return Evidence(quotes, sources, tentative, counter, fewest, most)


def _support(group: Sequence[PackedSpan]) -> _Counts:
    # This loop runs a million times for a large study: it uses local integers and no calls
    if len(group) <= 1:
        return _LONE[group[0][3] & 1] if group else _NONE
    firm_end = tentative_end = tentative = 0
    beyond = 0  # end of the source that holds the last firm quote
    in_source: list[int] = []
    for _, start, end, coder in group:
        if coder & 1:
            if start >= firm_end:
                firm_end = end
                if start < beyond:
                    in_source[-1] += 1
                else:
                    beyond = (start | _REST) + 1
                    in_source.append(1)
            elif end < firm_end:  # of two overlapping codings, the one that ends first leaves more room
                firm_end = end
        elif start >= tentative_end:
            tentative += 1
            tentative_end = end
        elif end < tentative_end:
            tentative_end = end
    if in_source:
        return sum(in_source), len(in_source), min(in_source), max(in_source), tentative
    return 0, 0, 0, 0, tentative


def _by_kind(group: Sequence[PackedSpan], kinds: Mapping[int, Kind]) -> tuple[tuple[Kind, int], ...]:
    """Return (kind of source, number of firm quotes) for each source that has firm (not tentative) quotes."""
    by_source: dict[int, list[PackedSpan]] = {}
    for place in group:
        if place[3] & 1:
            by_source.setdefault(place[1] >> 31, []).append(place)
    return tuple((kinds[source], _quotes(places)) for source, places in by_source.items())


def _quotes(group: Sequence[PackedSpan]) -> int:
    """Return the number of quotes: the largest number of codings that can be chosen without an overlap.

    `group` has codings ordered by source and start.
    """
    quotes = end_of_last = 0
    for _, start, end, _ in group:
        if start >= end_of_last:
            quotes += 1
            end_of_last = end
        elif end < end_of_last:
            end_of_last = end
    return quotes


def disputed(support: Sequence[PackedSpan], counter: Sequence[PackedSpan]) -> bool:
    """Return whether two coders disagree on a passage: one has coded it as support, the other as counter-evidence.

    An overlap of their codings counts only if it is at least half of the shorter coding.
    """
    starts = [place[1] for place in support]
    # The longest place limits how far back an overlapping place can begin: with many places, this saves most comparisons
    longest = _REST if len(support) < _MANY else max(end - start for _, start, end, _ in support)
    for _, start, end, coder in counter:
        beginning = max(start & ~_REST, start - longest)  # no place that begins earlier reaches into the coding
        for at in range(bisect_left(starts, end) - 1, -1, -1):
            _, other_start, other_end, other_coder = support[at]
            if other_start < beginning:
                break
            if other_end > start and other_coder >> 1 != coder >> 1:
                overlap = min(end, other_end) - max(start, other_start)
                if 2 * overlap >= min(end - start, other_end - other_start):
                    return True
    return False


def shared_columns(places: Iterable[PackedSpan], columns: Mapping[int, int]) -> Iterator[PackedSpan]:
    """Yield the codings with column indexes instead of the ids of items (such as cases).

    Use this for tables in which several items share a column. `columns` is a map: item id → column index. Codings of
    other items are left out; codings without a case stay as they are. A coding about two items of one column is yielded
    twice. This does not change counts of quotes, because overlapping codings count as one quote.
    """
    for key, start, end, coder in places:
        if key is None:
            yield key, start, end, coder
            continue
        column = columns.get(key >> 1)
        if column is not None:
            yield column << 1 | key & 1, start, end, coder


def characters(places: Iterable[PackedSpan]) -> dict[int, int]:
    """Return a map: item id (such as a case) → number of code points in its firm (not tentative) supporting codings.

    A code point in several codings counts once.
    """
    covered: dict[int, int] = {}
    reached: dict[int, int] = {}
    for key, start, end, coder in places:
        if coder & 1 and key is not None and not key & 1:
            member = key >> 1
            added = end - max(start, reached.get(member, 0))
            if added > 0:
                covered[member] = covered.get(member, 0) + added
                reached[member] = end
    return covered
