"""The results of comparing and merging studies. They contain names and texts that can be shown to people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sibtui.model.difference_words import COLUMNS
from sibtui.model.differences import MergeChoice, Proposal
from sibtui.model.table import Table


@dataclass(frozen=True, slots=True)
class StudyDifference:
    """One difference between two studies: an item of only one study, or a field of an item with different values.

    `where` is the name of the item, or the place of a coding. `field` is the field that differs; it is empty if only
    one study has the item. `mine` and `theirs` are the two values, and `was` is the last value that both studies had in
    common. `proposal` is the action that a merge proposes, and `why` the reason. `decided` is the decision on a
    conflict; it is empty before the decision. `joinable` is set if both values can be kept. If a field of a coding
    differs, `words` are the quote and the code of this coding.
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
    """The differences of two studies.

    `has_base` is False if no common state of both studies is known. In this case, each field that differs is a
    conflict.
    """

    differences: tuple[StudyDifference, ...]
    has_base: bool

    def table(self) -> Table:
        """Return the differences as a table, one row per difference.

        In the example, a study is compared with its own export, so that there is no difference.

        >>> files = project.exports.folder("theirs")
        >>> project.diff("theirs").table().rows
        ()
        """
        return difference_table(self.differences, "Differences", has_base=self.has_base)


@dataclass(frozen=True, slots=True)
class StudyMerge:
    """The result of a merge.

    - `differences`: all changes and conflicts.
    - `conflicts`: the open conflicts, which nobody has decided. If there are any, nothing is written.
    - `written`: whether the study was changed. If only decisions were recorded, it is True too.
    - `has_base`: whether a common earlier version of both studies is known.
    - `withdrawn`: the sources that were erased for good from the other study. They stay in this study.
    - `coders`: the coders of the other study, spelled as in that study.
    """

    differences: tuple[StudyDifference, ...]
    conflicts: tuple[StudyDifference, ...]
    written: bool
    has_base: bool
    withdrawn: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()

    def count(self, proposal: Proposal, kind: str | None = None) -> int:
        """Return the number of differences for which the merge proposes this action, such as “add”.

        If `kind` is given, count only items of this kind. In the example, a study is merged with its own export, so
        that no coding is added.

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
