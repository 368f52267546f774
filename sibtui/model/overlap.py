"""The number of characters that are coded with both of two codes. One pass through the codings counts all pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.agreement.unitizing import merged_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_END = (1 << 31) - 1

Passage = tuple[int, int, int]
"""A coding of one text: (start, end, code id)."""


class SharedCharacters:
    """Counts the characters of each code, and those that each pair of codes has in common. Call `add` for each text."""

    def __init__(self) -> None:
        self._own: dict[int, int] = {}
        self._common: dict[tuple[int, int], int] = {}

    def add(self, passages: Iterable[Passage]) -> None:
        """Add the codings of one text. A character in several codings with the same code counts once for this code."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for start, end, code in passages:
            spans.setdefault(code, []).append((start, end))
        edges: list[tuple[int, int, int]] = []
        for code, own in spans.items():
            for start, end in merged_units(own) if len(own) > 1 else own:
                self._own[code] = self._own.get(code, 0) + end - start
                edges += [(start, 1, code), (end, 0, code)]
        self._sweep(edges)

    def _sweep(self, edges: list[tuple[int, int, int]]) -> None:
        """Count the characters that each pair of codes has in common in one text.

        `edges` are the starts and ends of codings, as (offset, 1 for a start or 0 for an end, code id).
        """
        common, open_since = self._common, dict[int, int]()
        for at, opens, code in sorted(edges):
            if opens:
                open_since[code] = at
                continue
            since = open_since.pop(code)
            for other, began in open_since.items():
                pair = (code, other) if code < other else (other, code)
                common[pair] = common.get(pair, 0) + at - max(since, began)

    def pairs(self) -> Iterable[tuple[int, int]]:
        """Return the pairs of codes that have characters in common. The lower code id comes first in each pair."""
        return self._common.keys()

    def share(self, one: int, other: int) -> float:
        """Return the Jaccard index of two codes, from 0 to 1.

        It is the number of characters with both codes, divided by the number of characters with at least one of them.
        """
        common = self._common.get((min(one, other), max(one, other)), 0)
        either = self._own.get(one, 0) + self._own.get(other, 0) - common
        return common / either if either else 0.0


def shared_shares(places: Iterable[tuple[int, int, int]], order: Sequence[int]) -> dict[tuple[int, int], float]:
    """Return a map: two code ids → their Jaccard index (see `SharedCharacters.share`).

    Pairs of codes without common characters are left out. `places` are the codings, as (code id, source id,
    `start << 31 | end`). `order` are the ids of the codes to include. In a pair, the code that is earlier in `order`
    comes first.
    """
    rank = {code: at for at, code in enumerate(order)}
    by_source: dict[int, list[Passage]] = {}
    for code, source, place in places:
        if code in rank:
            by_source.setdefault(source, []).append((place >> 31, place & _END, code))
    shared = SharedCharacters()
    for passages in by_source.values():
        shared.add(passages)
    ordered = ((one, other) if rank[one] < rank[other] else (other, one) for one, other in shared.pairs())
    return {pair: shared.share(*pair) for pair in ordered}
