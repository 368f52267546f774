"""The sources by case, in the order in which the sources pane lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Source

SHARED, NO_CASE = "Multiple", "No case"


def by_case(sources: Sequence[Source], cases: Sequence[str]) -> dict[str, list[Source]]:
    """Return a dict from cases to the sources of this case only, in the order of `cases`.

    Two groups follow: the sources of several cases, and the sources without a case.
    """
    groups: dict[str, list[Source]] = {label: [] for label in (*cases, SHARED, NO_CASE)}
    for source in sources:
        group = SHARED if len(source.cases) > 1 else source.cases[0] if source.cases else NO_CASE
        groups.setdefault(group, []).append(source)
    return groups


def neighbour(sources: Sequence[Source], cases: Sequence[str], source: Source | None, step: int) -> str | None:
    """Return the name of the next (1) or previous (-1) source in the order of the sources pane. None if there is none.

    If `source` is None, return the name of the first source.
    """
    order = [each for group in by_case(sources, cases).values() for each in group]
    ids = [each.id for each in order]
    at = 0 if source is None or source.id not in ids else ids.index(source.id) + step
    return order[at].name if 0 <= at < len(order) else None
