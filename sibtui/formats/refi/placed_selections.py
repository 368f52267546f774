"""The selections (coded passages) that have offsets, by source.

The offsets show how the program that wrote the file counts characters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sibtui.formats.refi.sources import RawSelection, SourcesReader


class PlacedSelections(Mapping[str, "list[RawSelection]"]):
    """A map: name of a source → its selections (coded passages) with offsets. Each list is read when it is used.

    The map is used to find out how the file counts offsets. Plain text shows this best. If any source in plain text
    has selections, the sources in rich text are left out. Sources without a text are always left out.
    """

    def __init__(self, reader: SourcesReader) -> None:
        self._reader = reader
        counts: dict[str, int] = {}
        for source, count in reader.placed_counts():
            if count:
                counts[source] = counts.get(source, 0) + count
        rich, rulers = reader.result.rich, reader.result.rulers
        if any(name in rulers and name not in rich for name in counts):
            counts = {name: count for name, count in counts.items() if name not in rich}
        self._counts = counts
        self.count = sum(self._counts.values())
        """The number of all selections with a position, including those in sources without a text."""

    def __getitem__(self, source: str) -> list[RawSelection]:
        groups = (group for name, group in self._reader.result.groups if name == source)
        found = (each for group in groups for each in self._reader.selections_in(source, group))
        return [each for each in found if each[1] >= 0]

    def __iter__(self) -> Iterator[str]:
        return (source for source in self._counts if source in self._reader.result.rulers)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def all(self) -> Iterable[RawSelection]:
        """Return the selections (coded passages) of all sources. The result can be iterated over several times."""
        return _Again(self)


class _Again(Iterable["RawSelection"]):
    def __init__(self, placed: PlacedSelections) -> None:
        self._placed = placed

    def __iter__(self) -> Iterator[RawSelection]:
        return (each for source in self._placed for each in self._placed[source])
