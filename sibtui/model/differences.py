"""Differences between two copies of a study (“mine” and “theirs”), and the decisions on conflicts between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sibtui.model.referring_texts import SummaryText
from sibtui.model.study_items import ItemKey

Side = Literal["mine", "theirs"]
"""The side whose value a decision takes: my study or the other study."""
MergeChoice = Literal["mine", "theirs", "both"]
"""A decision on a conflict: take the value of one side, or both values together (see `joined`)."""
Proposal = Literal["add", "take", "keep", "remove", "conflict", "leave out"]
"""The action that a merge proposes for a difference."""
DifferencePlace = tuple[str, ItemKey, str]
"""The place of a difference: (kind of item, key of item, field). The field is empty if the difference is about a whole item."""
_JOINED_TEXTS = frozenset(
    {
        ("summary", "words"), ("code summary", "words"), ("coding", "memo"), ("memo", "text"), ("study", "description"), ("matrix note", "text"), ("matrix row", "note"),
        *(("code", name) for name in ("definition", "include", "exclude", "example")),
    }
)  # fmt: skip
"""The (kind, field) of texts for which a decision may keep both values."""
SAME_CODE = "same code"
"""The field of a conflict on whether two codes with the same name are the same code."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between two copies of a study, in one field of an item or in a whole item.

    `mine` and `theirs` are the values in the two copies. `was` is the value in their last common version; None if it
    is not known. If `field` is empty, the difference is about a whole item: each value is then a tuple of all fields
    of the item, or None if the item is missing. `proposal` is the action that the merge takes by itself, or
    "conflict" if the user must decide. `decided` is the decision on a conflict; empty if there is none yet.
    """

    kind: str
    key: ItemKey
    field: str
    mine: Any
    theirs: Any
    was: Any
    proposal: Proposal
    why: str = ""
    decided: MergeChoice | Literal[""] = ""

    @property
    def place(self) -> DifferencePlace:
        return self.kind, self.key, self.field

    @property
    def is_joinable(self) -> bool:
        """Whether the user can keep both values of a conflict.

        This is possible for texts such as definitions and memos, and for the cases of a coding.
        """
        fits = (self.kind, self.field) in _JOINED_TEXTS or (self.kind, self.field) == ("coding", "cases")
        return self.proposal == "conflict" and fits


def joined(mine: Any, theirs: Any) -> Any:
    """Return both values together. Texts are written one below the other; two sets of cases become one set.

    >>> joined("Ask her.", "Compare a2.").splitlines()
    ['Ask her.', 'Compare a2.']
    """
    if isinstance(mine, frozenset):
        return mine | theirs
    if isinstance(mine, SummaryText):
        return mine.above(theirs, "\n")
    return "\n".join(filter(None, (mine, theirs)))


@dataclass(frozen=True, slots=True)
class Decisions:
    """The user's decisions on conflicts. `chosen` has decisions on single conflicts.

    `default` decides all other conflicts. If `default` is None, the other conflicts stay undecided.
    """

    default: Side | None = None
    chosen: Mapping[DifferencePlace, MergeChoice] = field(default_factory=dict)

    def on(self, place: DifferencePlace) -> MergeChoice | None:
        return self.chosen.get(place, self.default)


@dataclass(frozen=True, slots=True)
class Merging:
    """The settings of a merge. `coders` is a map: coder's name in the other study → coder's name in this study.

    If two copies of a code have different names or definitions, the merge keeps one of them. The other is recorded in
    the history of the code, with the time `at` and the coder's name `coder`.
    """

    decisions: Decisions = field(default_factory=Decisions)
    coders: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    coder: str = ""
