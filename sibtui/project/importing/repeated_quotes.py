"""Choosing places for quotes that occur several times in a text. The order of the rows of a table decides.

If the rows of a table follow the order of the text, a row's place is between the places of the rows before and after
it. For each row, the earliest and the latest possible place are computed. If both are the same place, the row gets
this place.

The rows whose place is certain show whether the table follows the order of the text. If a source has fewer than two
such places, the other sources decide. If the order is not known, rows with the same quote, code and coder get places
only if there are as many places as rows.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from operator import attrgetter
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence


@dataclass(frozen=True, slots=True)
class OrderedRow:
    """A row of a table of codings. `number` is its position in the table. `code` is a number for its code.

    `starts` are the possible places of the quote, as offsets in ascending order. `is_open` is set if the quote
    occurs several times, so that one of these places must be chosen. `like` is the quote, the code and the coder of
    the row. Rows with the same `like` must get different places.
    """

    number: int
    code: int
    starts: Sequence[int]
    like: Hashable = None
    is_open: bool = False


_ENOUGH = 5
"""The number of rows that must show that a table is in the order of the text.

Each of these rows has a later place than the row before it. In addition, no row may have an earlier place than the row
before it.
"""


def are_in_order(sources: Iterable[Sequence[int]]) -> bool:
    """Return whether the rows of a table are in the order of the texts.

    `sources` has a list of offsets for each source: the places of those rows whose place is certain, in row order.
    """
    pairs = [pair for starts in sources for pair in pairwise(starts)]
    return sum(a < b for a, b in pairs) >= _ENOUGH and all(a <= b for a, b in pairs)


def places_by_order(rows: Iterable[OrderedRow], *, in_order: bool = False) -> dict[int, int]:
    """Choose a place for the quotes that occur several times. Return a map: number of a row → index in its `starts`.

    All rows are about one source. A row is in the map only if its place is open (`is_open`), and the order of the rows
    allows only one place. If the rows are not in the order of the text, only the order of rows with the same code is
    used. `in_order` is set if other sources show that the table is in order.
    """
    ordered = sorted(rows, key=attrgetter("number"))
    whole = _forced(ordered, in_order=in_order)
    if whole is not None:
        return whole
    by_code: dict[int, list[OrderedRow]] = {}
    for row in ordered:
        by_code.setdefault(row.code, []).append(row)
    found: dict[int, int] = {}
    for some in by_code.values():
        found |= _forced(some) or {}
    return found


def _forced(rows: Sequence[OrderedRow], *, in_order: bool = False) -> dict[int, int] | None:
    """Choose places for rows by their order. Return None if the rows are not in the order of the text.

    The result is a map: number of a row whose `is_open` is set → index of its place in `starts`. A row that may
    still have several places is left out. See `places_by_order`.
    """
    first, last = _earliest(rows), _latest(rows)
    if first is None or last is None:
        return None
    shows_order = in_order or len({row.starts[0] for row in rows if not row.is_open}) > 1
    alike = Counter(row.like for row in rows if row.is_open)
    return {
        row.number: row.starts.index(at)
        for row, at, other in zip(rows, first, last, strict=True)
        if row.is_open and at == other and (shows_order or alike[row.like] == len(row.starts))
    }


def _earliest(rows: Sequence[OrderedRow]) -> list[int] | None:
    low, taken, places = -1, dict[object, int](), list[int]()
    for row in rows:
        least = max(low, taken.get(row.like, -1) + 1) if row.is_open else low
        at = next((start for start in row.starts if start >= least), None)
        if at is None:
            return None
        low = at
        taken[row.like] = at
        places.append(at)
    return places


def _latest(rows: Sequence[OrderedRow]) -> list[int] | None:
    high, taken, places = None, dict[object, int](), list[int]()
    for row in reversed(rows):
        most = high
        if row.is_open and row.like in taken:
            most = taken[row.like] - 1 if most is None else min(most, taken[row.like] - 1)
        at = next((start for start in reversed(row.starts) if most is None or start <= most), None)
        if at is None:
            return None
        high = at
        taken[row.like] = at
        places.append(at)
    return places[::-1]
