"""The sources that the compared coders have read for each code. Codings can only be compared in these sources.

Instead of several coders, several rounds (passes through the sources) of one coder can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.agreement.rows import PAIR
from sibtui.store import readings as reading_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.records import Code
    from sibtui.project.shared.base import Session


class Rater(NamedTuple):
    """A coder whose codings are compared.

    If `rounds` is not empty, only the codings of these rounds (passes of the coder through the sources) are used.
    """

    coder: int
    rounds: tuple[int, ...] = ()


Readers = tuple[bool, ...]
"""One value for each rater (a coder, or one round of a coder): whether this rater has read a source for a code."""


class ReadSources:
    """The record of the sources read: by which rater, and for which codes.

    A rater is a coder, or one round (one pass of a coder through the sources).
    """

    def __init__(
        self, session: Session, raters: Sequence[Rater], codes: Sequence[Code], counting: Mapping[int, Sequence[int]]
    ) -> None:
        """`counting` is a map: id of a code → ids of the codes for which its codings count.

        These are the code itself and codes above it. All of them are in `codes`.
        """
        self._counted: dict[int, list[int]] = {code.id: [] for code in codes}
        for code in codes:
            for each in counting[code.id]:
                self._counted[each].append(code.id)
        self._since = {code.id: code.read_since for code in codes}
        self._newest = max(self._since.values(), default="")
        self._times = [reading_rows.times(session.store, (rater.coder,), rater.rounds) for rater in raters]

    def readers(self, source: int, code: int) -> Readers:
        """Return, for each rater, whether this rater has read the source for the code.

        The rater must also have read the source for each sub-code whose codings count for the code. A reading before
        the time `Code.read_since` does not count.
        """
        return self._all_of(code, {each: self.readers_alone(source, each) for each in self._counted[code]})

    def readers_alone(self, source: int, code: int) -> Readers:
        """Return, for each rater, whether this rater has read the source for the code itself.

        Readings for the sub-codes are not needed.
        """
        return self._counting(self._times_for(source, code), code)

    def _all_of(self, code: int, alone: Mapping[int, Readers]) -> Readers:
        """Return the result of `readers` for a code. `alone` is a map: code id → result of `readers_alone`.

        The map must have the code, and all sub-codes whose codings count for the code.
        """
        return tuple(map(all, zip(*(alone[each] for each in self._counted[code]), strict=True)))

    def _times_for(self, source: int, code: int) -> tuple[str, ...]:
        return tuple(max(whole.get(source, ""), single.get(source, {}).get(code, "")) for whole, single in self._times)

    def _counting(self, times: Iterable[str], code: int) -> Readers:
        since = self._since[code] or "0"
        return tuple(at >= since for at in times)

    def last(self, source: int) -> tuple[str, ...]:
        """Return the time of each rater's last reading of a source.

        The time is empty if the rater has not read the source to the end.
        """
        return tuple(max(whole.get(source, ""), *single.get(source, {}).values(), "") for whole, single in self._times)

    def by_code(self, source: int) -> dict[int, Readers]:
        """Return a map: code id → result of `readers` for this code (for each rater, True or False)."""
        alone = self._alone(source)
        if alone is None:
            return dict.fromkeys(self._since, tuple(source in whole for whole, _ in self._times))
        return {code: self._all_of(code, alone) for code in self._since}

    def _alone(self, source: int) -> dict[int, Readers] | None:
        """Return a map: code id → result of `readers_alone`.

        The result is None if the map is not needed, because every reading of the source counts for all codes.
        """
        wholes = [whole.get(source, "") for whole, _ in self._times]
        if all(not at or at >= self._newest for at in wholes) and not any(
            source in single for _, single in self._times
        ):
            return None
        return {code: self.readers_alone(source, code) for code in self._since}

    def without_subcodes(self, source: int) -> dict[int, Readers]:
        """Return a map: code id → for each rater, True if the source was read for the code, but not for all sub-codes.

        Left out are codes without a True value, and codes for which fewer than two raters have read the source.
        """
        alone = self._alone(source) or {}
        found = {}
        for code, readers in alone.items():
            partly = tuple(own and not every for own, every in zip(readers, self._all_of(code, alone), strict=True))
            if any(partly) and sum(readers) >= PAIR:
                found[code] = partly
        return found

    def times_by_code(self, source: int) -> dict[int, tuple[tuple[str, ...], Readers]]:
        """Return a map: code id → two tuples with one value for each rater.

        The first tuple has the time of the rater's last reading of the source for the code; empty without a reading.
        The second has True if this reading is not older than `Code.read_since`, so that it counts. If all readings
        of the source count, the map may be empty, because callers look only for readings that do not count.
        """
        times = [
            *(whole[source] for whole, _ in self._times if source in whole),
            *(at for _, single in self._times for at in single.get(source, {}).values()),
        ]
        if min(times, default=self._newest) >= self._newest:
            return {}
        found = {code: self._times_for(source, code) for code in self._since}
        return {code: (each, self._counting(each, code)) for code, each in found.items()}

    def shared(self, sources: Iterable[int]) -> list[int]:
        """Return the sources that at least two raters have read for the same code, in the given order."""
        return [source for source in sources if any(sum(each) >= PAIR for each in set(self.by_code(source).values()))]

    def taking_part(self, sources: Iterable[int]) -> list[int]:
        """Return the indexes of the raters who can be compared with at least one other rater.

        Two raters can be compared if both have read the same source for the same code. Only `sources` are
        considered.
        """
        found: set[int] = set()
        for source in sources:
            for readers in set(self.by_code(source).values()):
                if sum(readers) >= PAIR:
                    found.update(at for at, has_read in enumerate(readers) if has_read)
        return sorted(found)
