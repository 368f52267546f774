"""Overlap of codes: the share of text that two codes have in common, computed in one pass over all codings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.segments import Segment, islands

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_END = (1 << 31) - 1


def shared_shares(places: Iterable[tuple[int, int, int]], order: Sequence[int]) -> dict[tuple[int, int], float]:
    """Return the overlap (0-1) of each pair of codes that share text: code points with both codes / code points with at least one of them.

    `places` are (code, source, start << 31 | end). The codes of a pair are in the order of `order`. Codes that are not in `order` are
    left out.
    """
    rank = {code: at for at, code in enumerate(order)}
    by_code_and_source: dict[tuple[int, int], list[Segment]] = {}
    for code, source, place in places:
        if code in rank:
            by_code_and_source.setdefault((source, code), []).append(Segment(place >> 31, place & _END))
    length: dict[int, int] = {}
    edges: dict[int, list[tuple[int, int, int]]] = {}
    for (source, code), segments in by_code_and_source.items():
        for island in islands(segments):
            length[code] = length.get(code, 0) + len(island)
            edges.setdefault(source, []).extend(((island.start, 1, code), (island.end, 0, code)))
    both = _shared(edges.values())
    shares: dict[tuple[int, int], float] = {}
    for (first, second), shared in both.items():
        pair = (first, second) if rank[first] < rank[second] else (second, first)
        shares[pair] = shared / (length[first] + length[second] - shared)
    return shares


def _shared(sources: Iterable[list[tuple[int, int, int]]]) -> dict[tuple[int, int], int]:
    """Return the number of code points under both codes of each pair (lower code, higher code).

    `sources` holds, for each source, the starts and ends of its segments: (offset, 1 for a start or 0 for an end, code).
    """
    both: dict[tuple[int, int], int] = {}
    for edges in sources:
        open_since: dict[int, int] = {}
        for at, opens, code in sorted(edges):
            if opens:
                open_since[code] = at
                continue
            since = open_since.pop(code)
            for other, began in open_since.items():
                pair = (code, other) if code < other else (other, code)
                both[pair] = both.get(pair, 0) + at - max(since, began)
    return both
