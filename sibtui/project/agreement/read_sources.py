"""The sources that coders have read, for each code: only there can their codings be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.agreement.rows import PAIR
from sibtui.store import readings as reading_rows

if TYPE_CHECKING:
    from sibtui.model.records import Code
    from sibtui.project.shared.base import Session


class Rater(NamedTuple):
    """A coder whose codings are compared: all of them, or those of some rounds. An empty tuple of rounds means all."""

    coder: int
    rounds: tuple[int, ...] = ()


Readers = tuple[bool, ...]
"""Whether each coder has read a source for a code."""


class ReadSources:
    """The readings by some raters: which of the raters have read a source for a code."""

    def __init__(self, session: Session, raters: Sequence[Rater], codes: Sequence[Code]) -> None:
        self._since = {code.id: code.read_since for code in codes}
        self._newest = max(self._since.values(), default="")
        self._times = [reading_rows.times(session.store, (rater.coder,), rater.rounds) for rater in raters]

    def readers(self, source: int, code: int) -> Readers:
        """Return whether each coder has read the source since the time from which readings count for the code."""
        since = self._since[code]
        return tuple(
            max(whole.get(source, ""), single.get(source, {}).get(code, "")) >= (since or "0")
            for whole, single in self._times
        )

    def last(self, source: int) -> tuple[str, ...]:
        """Return the time of each rater's last reading of a source; empty for a rater who has not read it."""
        return tuple(max(whole.get(source, ""), *single.get(source, {}).values(), "") for whole, single in self._times)

    def by_code(self, source: int) -> dict[int, Readers]:
        """Return for each code whether each coder has read the source for this code."""
        wholes = [whole.get(source, "") for whole, _ in self._times]
        if all(not at or at >= self._newest for at in wholes) and not any(
            source in single for _, single in self._times
        ):
            return dict.fromkeys(self._since, tuple(map(bool, wholes)))
        return {code: self.readers(source, code) for code in self._since}

    def shared(self, sources: Iterable[int]) -> list[int]:
        """Return the sources that two coders or more have read for one of the codes, in their order."""
        return [source for source in sources if any(sum(each) >= PAIR for each in set(self.by_code(source).values()))]

    def taking_part(self, sources: Iterable[int]) -> list[int]:
        """Return the indexes of the coders who share a reading: they have read a source for the same code as another coder."""
        found: set[int] = set()
        for source in sources:
            for readers in set(self.by_code(source).values()):
                if sum(readers) >= PAIR:
                    found.update(at for at, has_read in enumerate(readers) if has_read)
        return sorted(found)
