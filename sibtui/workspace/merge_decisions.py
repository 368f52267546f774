"""The decisions on the conflicts of a merge, before anything is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.differences import MergeChoice, Proposal, Side
    from sibtui.project.merging.merge_results import StudyDifference, StudyMerge

_DONE: dict[Proposal, str] = {"add": "added", "take": "changed", "remove": "removed", "leave out": "left out"}
"""A map from a proposal to the word for it after a merge."""


class MergeDecisions:
    """The changes and conflicts of a merge that was tried, and the decisions on its conflicts. Conflicts come first."""

    def __init__(self) -> None:
        self.differences: Sequence[StudyDifference] = ()
        self.conflicts = 0
        """The number of conflicts, which are the first of the differences."""
        self.has_base = True
        self._choices: dict[StudyDifference, MergeChoice] = {}

    def take(self, found: StudyMerge) -> None:
        """Set the result of a merge that wrote nothing. Decisions on conflicts that are still there stay."""
        conflicts = [replace(each, decided="") for each in found.differences if each.proposal == "conflict"]
        self.conflicts = len(conflicts)
        self.differences = (*conflicts, *(each for each in found.differences if each.proposal != "conflict"))
        self.has_base = found.has_base

    def choice(self, difference: StudyDifference) -> MergeChoice | None:
        """Return the decision on a conflict; None while it is open. The merge calls this for each conflict."""
        return self._choices.get(replace(difference, decided=""))

    def choose(self, difference: StudyDifference, choice: MergeChoice) -> None:
        """Decide a conflict. Raises InputError for a difference that is no conflict, and for “both” if both values cannot be kept."""
        if difference.proposal != "conflict":
            raise InputError("This is no conflict: only one side has changed it.")
        if choice == "both" and not difference.joinable:
            raise InputError("Both values cannot be kept here: take one side.")
        self._choices[difference] = choice

    def choose_rest(self, side: Side) -> int:
        """Decide all open conflicts alike, and return their number."""
        rest = self.open
        self._choices.update(dict.fromkeys((self.differences[at] for at in rest), side))
        return len(rest)

    @property
    def open(self) -> list[int]:
        """The indexes of the conflicts without a decision."""
        return [at for at, each in enumerate(self.differences[: self.conflicts]) if each not in self._choices]

    def open_after(self, at: int) -> int | None:
        """Return the index of the next open conflict after an index, or else of the first open conflict."""
        left = self.open
        return next((each for each in left if each > at), left[0] if left else None)

    @property
    def summary(self) -> str:
        """The numbers of changes and conflicts in words."""
        proposals = [each.proposal for each in self.differences]
        counts = [f"{count:,} {words}" for each, words in _DONE.items() if (count := proposals.count(each))]
        conflicts = [plural(self.conflicts, "conflict")] if self.conflicts else []
        return listed([*conflicts, *counts]) or "nothing new"


def merged_words(name: str, found: StudyMerge) -> str:
    """Return a message on a merge that was written."""
    counts = [f"{number:,} {word}" for proposal, word in _DONE.items() if (number := found.count(proposal))]
    settled = found.count("conflict")
    counts += [f"{plural(settled, 'conflict')} settled"] if settled else []
    return f"Merged {one_line(name, 40)}: {listed(counts)}"


def what_differs(difference: StudyDifference) -> str:
    """Return the kind, the name and the field of what differs, on one line."""
    named = f"{difference.kind} {one_line(difference.where, 60)}".rstrip()
    return f"{named}, {difference.field}" if difference.field else named
