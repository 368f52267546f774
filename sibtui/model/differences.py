"""Differences between two copies of a study, and the decisions on the differences that are conflicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sibtui.model.study_items import ItemKey

Side = Literal["mine", "theirs"]
"""The study whose value a decision takes: mine or theirs."""
Proposal = Literal["add", "take", "keep", "remove", "conflict", "leave out"]
"""The action of a merge for a difference."""
DifferencePlace = tuple[str, ItemKey, str]
"""The kind, key and field of a difference. The field is empty for an item as a whole."""
SAME_CODE = "same code"
"""The field of a conflict about two codes with the same name."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference between two studies. `was` is the value that both had before, None when it is not known.

    If `field` is empty, a value has all fields of the item, or is None for a side that lacks the item. `decided` is the side whose value is
    taken in a conflict; empty without a decision.
    """

    kind: str
    key: ItemKey
    field: str
    mine: Any
    theirs: Any
    was: Any
    proposal: Proposal
    why: str = ""
    decided: Side | Literal[""] = ""

    @property
    def place(self) -> DifferencePlace:
        return self.kind, self.key, self.field


@dataclass(frozen=True, slots=True)
class Decisions:
    """The side to take in conflicts: `chosen` for single conflicts, `default` for all other conflicts. None leaves a conflict open."""

    default: Side | None = None
    chosen: Mapping[DifferencePlace, Side] = field(default_factory=dict)

    def on(self, place: DifferencePlace) -> Side | None:
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
