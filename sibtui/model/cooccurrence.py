"""Co-occurrence of codes: how often the passages of two codes meet, counted in one pass over the codings of each source."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Literal, get_args

from sibtui.model.frozen import dataclass
from sibtui.model.overlap import SharedCharacters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.overlap import Passage

MeetingUnit = Literal["overlap", "sentence", "paragraph", "source"]
"""Where two codes meet: in passages that overlap, or in the same unit of a text."""
MEETING_UNITS: tuple[MeetingUnit, ...] = get_args(MeetingUnit)

_UNEQUAL = 5
"""Above this ratio of the numbers of passages, c stays low even if every passage of the rarer code meets the other code."""


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """How often two codes occur together.

    `n1` and `n2` are the numbers of passages of each code. `n12` is the smaller of two numbers: the passages of the first code that
    meet the second code, and the passages of the second code that meet the first. `meetings` is the number of pairs of passages that
    meet. With a unit such as the paragraph, all four count units.
    """

    first: int
    second: int
    n1: int
    n2: int
    meetings: int
    n12: int
    jaccard: float
    """The characters that have both codes / the characters that have one of them or both, 0 to 1."""

    @property
    def c(self) -> float:
        """The coefficient of co-occurrence, 0 to 1: n12 / (n1 + n2 - n12).

        >>> round(Cooccurrence(1, 2, n1=100, n2=10, meetings=5, n12=5, jaccard=0.0).c, 3)
        0.048
        """
        return self.n12 / (self.n1 + self.n2 - self.n12)

    @property
    def is_unequal(self) -> bool:
        """Whether one code has more than five times as many passages as the other."""
        return max(self.n1, self.n2) > _UNEQUAL * min(self.n1, self.n2)


class MeetingCount:
    """Counts how often codes meet. Sources are added one after another."""

    def __init__(self) -> None:
        self._passages: Counter[int] = Counter()
        self._meetings: Counter[tuple[int, int]] = Counter()  # by two codes in either order
        self._met: Counter[tuple[int, int]] = Counter()
        self._shared = SharedCharacters()

    def add_overlaps(self, passages: Collection[Passage]) -> None:
        """Add the codings of one source; they meet where they share a character."""
        self._shared.add(passages)
        meetings = self._meetings
        met_by: list[tuple[int, set[int]]] = []
        reaching: list[tuple[int, int, set[int]]] = []
        for start, end, code in sorted(passages):
            met = set[int]()
            if reaching:
                reaching = [passage for passage in reaching if passage[0] > start]
                for _, other, met_before in reaching:
                    if other != code:
                        meetings[code, other] += 1
                        met.add(other)
                        met_before.add(code)
            reaching.append((end, code, met))
            met_by.append((code, met))
        for code, met in met_by:
            self._passages[code] += 1
            for other in met:
                self._met[code, other] += 1

    def add_units(self, passages: Iterable[Passage], units: Mapping[int, Iterable[int]]) -> None:
        """Add one source; codes meet where they are in the same unit. `units` has the indexes of the units of each code."""
        self._shared.add(passages)
        codes_of: dict[int, list[int]] = {}
        for code in sorted(units):
            for unit in units[code]:
                self._passages[code] += 1
                codes_of.setdefault(unit, []).append(code)
        for codes in codes_of.values():
            for one, other in combinations(codes, 2):
                self._meetings[one, other] += 1
                self._met[one, other] += 1
                self._met[other, one] += 1

    def found(self, order: Sequence[int]) -> Iterator[Cooccurrence]:
        """Yield each pair of codes that meet, in the order of `order`. Codes that are not in `order` are left out."""
        rank = {code: at for at, code in enumerate(order)}
        pairs = {
            (one, other) if rank[one] < rank[other] else (other, one)
            for one, other in self._meetings
            if one in rank and other in rank
        }
        for one, other in sorted(pairs, key=lambda pair: (rank[pair[0]], rank[pair[1]])):
            yield Cooccurrence(
                one,
                other,
                self._passages[one],
                self._passages[other],
                self._meetings[one, other] + self._meetings[other, one],
                min(self._met[one, other], self._met[other, one]),
                self._shared.share(one, other),
            )
