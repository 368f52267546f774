"""The results of comparisons and merges of studies, as texts for the command line, the screen and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sibtui.model.difference_words import COLUMNS
from sibtui.model.differences import MergeChoice, Proposal
from sibtui.model.table import Table


@dataclass(frozen=True, slots=True)
class StudyDifference:
    """One difference between two studies. `where` is the name of the item, or the place of a coding.

    `field` is the field that differs; it is empty for a whole item.

    `was` is the value that both had. `proposal` is the action of a merge: add, take, keep, remove, leave out, or conflict. `decided` is the
    side that is taken in a conflict, or both; it is empty while the conflict is open. `joinable` is set when both values can be kept.
    `words` are the words and the code of a coding of which one field differs.
    """

    kind: str
    where: str
    field: str
    mine: str
    theirs: str
    was: str
    proposal: Proposal
    why: str = ""
    decided: MergeChoice | Literal[""] = ""
    joinable: bool = False
    words: str = ""


@dataclass(frozen=True, slots=True)
class StudyComparison:
    """The differences of two studies. Without `has_base`, the state in common is not known, and every field that differs is a conflict."""

    differences: tuple[StudyDifference, ...]
    has_base: bool

    def table(self) -> Table:
        """Return the differences as a table, one row per difference.

        >>> files = project.exports.folder("theirs")
        >>> project.diff("theirs").table().rows
        ()
        """
        return difference_table(self.differences, "Differences", has_base=self.has_base)


@dataclass(frozen=True, slots=True)
class StudyMerge:
    """The result of a merge. `differences` are the changes and conflicts. `conflicts` are the open conflicts; if there are any, nothing is written.

    `written` is False when the study was not changed: after a dry run, with an open conflict, or when there was nothing new.
    `withdrawn` are the sources that were withdrawn for good from the other study only. They stay in this study.
    """

    differences: tuple[StudyDifference, ...]
    conflicts: tuple[StudyDifference, ...]
    written: bool
    has_base: bool
    withdrawn: tuple[str, ...] = ()

    def count(self, proposal: Proposal, kind: str | None = None) -> int:
        """Return the number of differences with this proposal, of one kind of item or of all.

        >>> files = project.exports.folder("theirs")
        >>> project.merge("theirs", dry_run=True).count("add", "coding")
        0
        """
        return sum(each.proposal == proposal and kind in {None, each.kind} for each in self.differences)

    def table(self) -> Table:
        """Return the changes and conflicts as a table, one row per difference.

        >>> files = project.exports.folder("theirs")
        >>> project.merge("theirs", dry_run=True).table().columns
        ('kind', 'where', 'field', 'mine', 'theirs', 'was', 'proposal', 'decided', 'why')
        """
        return difference_table(self.differences, "Merge", has_base=self.has_base)


def difference_table(differences: Sequence[StudyDifference], title: str, *, has_base: bool) -> Table:
    rows = tuple(tuple(getattr(each, column) for column in COLUMNS) for each in differences)
    below = (
        ()
        if has_base
        else ("The state in common is not known: nothing is removed, and fields that differ are conflicts.",)
    )
    return Table(COLUMNS, rows, title, below)
