"""The user's decisions on the conflicts of a merge of two studies, made before the merge changes the study."""

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
"""A dict: proposed action of a merge → the word for this action after the merge."""


class MergeDecisions:
    """The differences between two studies to merge, and the user's decisions on the conflicts.

    The differences come from a trial run of the merge.
    """

    def __init__(self) -> None:
        self.differences: Sequence[StudyDifference] = ()
        self.conflicts = 0
        """The number of conflicts at the beginning of `differences`."""
        self.has_base = True
        self.coders: tuple[str, ...] = ()
        """The coders of the other study."""
        self.names: dict[str, str] = {}
        """A dict: coder of the other study → name of this coder in this study."""
        self._choices: dict[StudyDifference, MergeChoice] = {}

    def take(self, found: StudyMerge) -> None:
        """Store the differences that another trial run of the merge has found, in place of the present ones.

        The decision on a conflict is kept if the new run has found the same conflict.
        """
        conflicts = [replace(each, decided="") for each in found.differences if each.proposal == "conflict"]
        self.conflicts = len(conflicts)
        self.differences = (*conflicts, *(each for each in found.differences if each.proposal != "conflict"))
        self.has_base = found.has_base
        self.coders = found.coders

    def name_coder(self, coder: str, name: str) -> None:
        """Set the name that this study uses for a coder of the other study.

        If `name` is empty, the coder has the same name in both studies.
        """
        name = " ".join(name.split())
        self.names.pop(coder, None)
        if name and name != coder:
            self.names[coder] = name

    @property
    def renamed(self) -> str:
        """The coders who get another name in this study, such as `Ann=A1, Bob=B2`; empty if there are none.

        The name before the equals sign is the name in the other study.
        """
        return ", ".join(f"{one_line(old, 30)}={one_line(new, 30)}" for old, new in self.names.items())

    def choice(self, difference: StudyDifference) -> MergeChoice | None:
        """Return the user's decision on a conflict; None if the user has not decided."""
        return self._choices.get(replace(difference, decided=""))

    def choose(self, difference: StudyDifference, choice: MergeChoice) -> None:
        """Store the user's decision on a conflict.

        Raises InputError if the difference is no conflict, or if `choice` is “both” and the two values cannot be
        joined.
        """
        if difference.proposal != "conflict":
            raise InputError("This is no conflict: only one side has changed it.")
        if choice == "both" and not difference.joinable:
            raise InputError("Both values cannot be kept here: take one side.")
        self._choices[difference] = choice

    def choose_rest(self, side: Side) -> int:
        """Decide all conflicts in `open` in favour of the study `side`, and return their number."""
        rest = self.open
        self._choices.update(dict.fromkeys((self.differences[at] for at in rest), side))
        return len(rest)

    @property
    def open(self) -> list[int]:
        """The conflicts on which the user has not decided. Each is given by its index in `differences`."""
        return [at for at, each in enumerate(self.differences[: self.conflicts]) if each not in self._choices]

    def open_after(self, at: int) -> int | None:
        """Return the index of the next undecided conflict after the index `at`; None if all are decided.

        After the last conflict, the search continues with the first.
        """
        left = self.open
        return next((each for each in left if each > at), left[0] if left else None)

    @property
    def summary(self) -> str:
        """The numbers of conflicts and of other changes, in words."""
        proposals = [each.proposal for each in self.differences]
        counts = [f"{count:,} {words}" for each, words in _DONE.items() if (count := proposals.count(each))]
        conflicts = [plural(self.conflicts, "conflict")] if self.conflicts else []
        return listed([*conflicts, *counts]) or "nothing new"


def merged_words(name: str, found: StudyMerge) -> str:
    """Return the message after a merge with another study: the number of changes of each kind.

    `name` is the file name of the other study.
    """
    counts = [f"{number:,} {word}" for proposal, word in _DONE.items() if (number := found.count(proposal))]
    settled = found.count("conflict")
    counts += [f"{plural(settled, 'conflict')} settled"] if settled else []
    return f"Merged {one_line(name, 40)}: {listed(counts)}"


def what_differs(difference: StudyDifference) -> str:
    """Return one line that names the place of a difference: the kind of item, its name and the field."""
    named = f"{difference.kind} {one_line(difference.where, 60)}".rstrip()
    return f"{named}, {difference.field}" if difference.field else named
