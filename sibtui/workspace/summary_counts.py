"""How many summaries (texts about matrix cells) a study has, how many need a review, and how many are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.project import Project


@dataclass(frozen=True, slots=True)
class TableSummaries:
    """The numbers of summaries of one table.

    `written` is the number of summaries by all coders. `stale` is the number of summaries whose quotes have changed
    since the summary was written. `missing` is the number of cells with codings but without a summary.
    """

    matrix: str
    written: int
    stale: int
    missing: int


@dataclass(frozen=True, slots=True)
class SummaryCounts:
    """How many summaries (texts about cells) the saved tables have. Tables without a summary are left out."""

    tables: Sequence[TableSummaries] = ()

    @property
    def sentence(self) -> str:
        """The totals of all tables in one line, such as `12 written, 2 changed since, 24 cells without one`."""
        written, stale, missing = (
            sum(getattr(each, name) for each in self.tables) for name in ("written", "stale", "missing")
        )
        parts = [f"{written:,} written"]
        parts += [f"{stale:,} changed since"] if stale else []
        parts += [f"{plural(missing, 'cell')} without one"] if missing else []
        return ", ".join(parts)


def summary_counts(project: Project) -> SummaryCounts:
    """Return the numbers of summaries of the saved tables.

    The result is empty in a blind round of coding, in which summaries are hidden.
    """
    current = project.rounds.current
    if current is not None and current.blind:
        return SummaryCounts()
    written = [each for each in project.summaries.list() if each.summary.matrix]
    tables = dict.fromkeys(each.summary.matrix for each in written)
    return SummaryCounts(
        tuple(
            TableSummaries(
                name,
                sum(each.summary.matrix == name for each in written),
                sum(each.summary.matrix == name and bool(each.changes or each.lost) for each in written),
                len(project.summaries.missing(name)),
            )
            for name in tables
        )
    )
