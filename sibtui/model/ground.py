"""What the evidence stands on: which sources of a column were read for a row, and which of them cover its topic."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sibtui.model.records import Asked


@dataclass(frozen=True, slots=True)
class Topic:
    """What a row asks about: chains of code ids, each from one of its codes up to the theme; and since when all exist."""

    chains: tuple[tuple[int, ...], ...]
    since: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The sources under a matrix. `columns[c]` are the ids of the sources of column c.

    `read_at` has the time of reading of each source that was read to the end. `asked` has what was recorded about topics, by source and
    code; where nothing is recorded, a source counts as covering every topic.
    """

    columns: Sequence[Collection[int]]
    read_at: Mapping[int, str]
    asked: Mapping[int, Mapping[int, Asked]] = field(default_factory=dict)

    def read_until(self) -> list[str | None]:
        """Per column: the time up to which all its sources had been read last; None when one is unread, "~" when it has none."""
        ends: list[str | None] = []
        for sources in self.columns:
            times = [self.read_at.get(source) for source in sources]
            ends.append(None if None in times else min((time for time in times if time), default="~"))
        return ends

    def covers(self, source: int, topic: Topic) -> bool:
        """Whether the source covers the topic: one of the row's codes, by the record nearest to it, was not "not asked"."""
        records = self.asked.get(source)
        if not records:
            return True
        return any(
            next((records[code] for code in chain if code in records), None) != "not asked" for chain in topic.chains
        )

    def covered(self, column: int, topic: Topic) -> bool:
        """Whether some source of the column covers the topic."""
        return any(self.covers(source, topic) for source in self.columns[column])
