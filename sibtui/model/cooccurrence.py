"""Co-occurrence of codes: how often two codes meet (occur together).

Two codes meet if their passages overlap. If a unit is chosen, such as the paragraph, they meet if both occur in the
same unit of the text.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Literal, get_args

from sibtui.model.frozen import dataclass
from sibtui.model.overlap import SharedCharacters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.overlap import Passage

MeetingUnit = Literal["overlap", "sentence", "paragraph", "section", "source"]
"""The condition for two codes to meet: their passages overlap, or are in the same sentence, paragraph, section or source."""
MEETING_UNITS: tuple[MeetingUnit, ...] = get_args(MeetingUnit)

_UNEQUAL = 5
"""The ratio of the numbers of passages of two codes above which the coefficient c is low in any case."""


@dataclass(frozen=True, slots=True)
class Cooccurrence:
    """How often two codes occur together. `first` and `second` are the ids of the codes.

    If passages are compared:

    - `n1` and `n2` are the numbers of passages of the first and the second code.
    - `meetings` is the number of pairs of overlapping passages.
    - `n12` is the smaller of two numbers: how many passages of the first code overlap a passage of the second, and
      how many passages of the second code overlap a passage of the first.

    If units such as paragraphs are compared:

    - `n1` and `n2` are the numbers of units with the first and the second code.
    - `meetings` and `n12` are both the number of units with both codes.
    """

    first: int
    second: int
    n1: int
    n2: int
    meetings: int
    n12: int
    jaccard: float
    """The share of characters with both codes among the characters with at least one of them, 0 to 1."""

    @property
    def c(self) -> float:
        """The coefficient of co-occurrence, 0 to 1: n12 / (n1 + n2 - n12).

        >>> round(Cooccurrence(1, 2, n1=100, n2=10, meetings=5, n12=5, jaccard=0.0).c, 3)
        0.048
        """
        return self.n12 / (self.n1 + self.n2 - self.n12)

    @property
    def is_unequal(self) -> bool:
        """Whether one code has more than five times as many passages as the other code.

        The coefficient c is then always low.
        """
        return max(self.n1, self.n2) > _UNEQUAL * min(self.n1, self.n2)


class MeetingCount:
    """Counts how often each pair of codes meets (occurs together). Call one of the `add` methods for each source."""

    def __init__(self) -> None:
        self._passages: Counter[int] = Counter()
        self._meetings: Counter[tuple[int, int]] = Counter()  # by two codes in either order
        self._met: Counter[tuple[int, int]] = Counter()
        self._shared = SharedCharacters()

    def add_overlaps(self, passages: Collection[Passage]) -> None:
        """Add a source. Two codes meet if their passages share a character."""
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
        """Add a source. Two codes meet if they are in the same unit, such as a paragraph.

        `units` maps a code to the indexes of the units that have this code.
        """
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
        """Yield the Cooccurrence of each pair of codes that meet.

        `order` has the ids of the codes to include, in the order of the results.
        """
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
