"""The sources in groups by case: the order in which the sources pane of the coding screen lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Source

SHARED, NO_CASE = "Multiple", "No case"


def by_case(sources: Sequence[Source], cases: Sequence[str]) -> dict[str, list[Source]]:
    """Return a map: case → sources that are only about this case. The cases are in the order of `cases`.

    At the end, the key “Multiple” has the sources about several cases, and “No case” the sources without a case.
    """
    groups: dict[str, list[Source]] = {label: [] for label in (*cases, SHARED, NO_CASE)}
    for source in sources:
        group = SHARED if len(source.cases) > 1 else source.cases[0] if source.cases else NO_CASE
        groups.setdefault(group, []).append(source)
    return groups


class SourceOrder:
    """The order in which the sources pane of the coding screen lists the sources."""

    def __init__(self, sources: Sequence[Source], cases: Sequence[str]) -> None:
        self._names = [each.name for group in by_case(sources, cases).values() for each in group]
        self._places = {name: at for at, name in enumerate(self._names)}

    def neighbour(self, name: str | None, step: int) -> str | None:
        """Return the name of the source after (1) or before (-1) the source `name`; None at an end of the list.

        For an unknown `name`, return the name of the first source.
        """
        place = self._places.get(name or "")
        at = 0 if place is None else place + step
        return self._names[at] if 0 <= at < len(self._names) else None
