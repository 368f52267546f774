"""Differences between two copies of a study, and the decisions on the differences that are conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sibtui.model.study_items import ItemKey

Side = Literal["mine", "theirs"]
"""The study whose value a decision takes: mine or theirs."""
MergeChoice = Literal["mine", "theirs", "both"]
"""A decision on a conflict: one side, or both values together (see `joined`)."""
Proposal = Literal["add", "take", "keep", "remove", "conflict", "leave out"]
"""The action of a merge for a difference."""
DifferencePlace = tuple[str, ItemKey, str]
"""The kind, key and field of a difference. The field is empty for an item as a whole."""
_JOINED_TEXTS = frozenset(
    {
        ("coding", "memo"), ("memo", "text"), ("study", "description"), ("matrix note", "text"), ("matrix row", "note"),
        *(("code", name) for name in ("definition", "include", "exclude", "example")),
    }
)  # fmt: skip
"""The (kind, field) of texts of which both values can be kept."""
SAME_CODE = "same code"
"""The field of a conflict about two codes with the same name."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two studies. `was` is the value that both had before, None when it is not known.

    If `field` is empty, a value has all fields of the item, or is None for a side that lacks the item. `decided` is the side whose value is
    taken in a conflict, or “both”; empty without a decision.
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
        """Whether a decision on this conflict can keep both values: two texts, or the cases of a coding."""
        fits = (self.kind, self.field) in _JOINED_TEXTS or (self.kind, self.field) == ("coding", "cases")
        return self.proposal == "conflict" and fits


def joined(mine: Any, theirs: Any) -> Any:
    """Return both values together: the two texts on lines of their own, or the cases of both.

    >>> joined("Ask her.", "Compare a2.").splitlines()
    ['Ask her.', 'Compare a2.']
    """
    if isinstance(mine, frozenset):
        return mine | theirs
    return "\n".join(filter(None, (mine, theirs)))


@dataclass(frozen=True, slots=True)
class Decisions:
    """The side to take in conflicts: `chosen` for single conflicts, `default` for all other conflicts. None leaves a conflict open."""

    default: Side | None = None
    chosen: Mapping[DifferencePlace, MergeChoice] = field(default_factory=dict)

    def on(self, place: DifferencePlace) -> MergeChoice | None:
        return self.chosen.get(place, self.default)


@dataclass(frozen=True, slots=True)
class Merging:
    """The settings of a merge. `coders` maps names of coders in the other study to names in this study.

    `at` and `coder` are the time and the coder of the events that the merge adds to codes.
    """

    decisions: Decisions = field(default_factory=Decisions)
    coders: Mapping[str, str] = field(default_factory=dict)
    at: str = ""
    coder: str = ""
