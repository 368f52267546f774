"""The sources by case, in the order in which the sources pane lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Source

SHARED, NO_CASE = "Multiple", "No case"


def by_case(sources: Sequence[Source], cases: Sequence[str]) -> dict[str, list[Source]]:
    """Return case → its sources, in the order of cases; last the sources of several cases and of none."""
    groups: dict[str, list[Source]] = {label: [] for label in (*cases, SHARED, NO_CASE)}
    for source in sources:
        group = SHARED if len(source.cases) > 1 else source.cases[0] if source.cases else NO_CASE
        groups.setdefault(group, []).append(source)
    return groups


def neighbour(sources: Sequence[Source], cases: Sequence[str], source: Source | None, step: int) -> str | None:
    """Return the name of the source after or before one in the order of the pane; None at either end. Without a source, the first."""
    order = [each for group in by_case(sources, cases).values() for each in group]
    ids = [each.id for each in order]
    at = 0 if source is None or source.id not in ids else ids.index(source.id) + step
    return order[at].name if 0 <= at < len(order) else None
